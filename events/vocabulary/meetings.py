"""Stand-ups, corrections and the talks around them."""

import datetime as dt
from typing import ClassVar, Literal

from events.vocabulary.fact import Fact, Seconds, Whole

ReviewVerdict = Literal["done", "not_done", "moved"]


class StandupStarted(Fact, frozen=True, kw_only=True):
    """A stand-up begins; `present` are the sellers who are there."""

    standup: str
    present: tuple[str, ...] = ()


class ItemStarted(Fact, frozen=True, kw_only=True):
    """An item of the agenda gets the floor; `seconds` is its box."""

    standup: str
    item: str
    seconds: Seconds
    seller: str | None = None


class ItemEnded(Fact, frozen=True, kw_only=True):
    """An item of the agenda gives the floor back; `seconds` is the time it took, pauses apart."""

    standup: str
    item: str
    seconds: Seconds
    seller: str | None = None


class StandupPaused(Fact, frozen=True, kw_only=True):
    """The clock of a stand-up stops."""

    standup: str


class StandupResumed(Fact, frozen=True, kw_only=True):
    """The clock of a stand-up runs on."""

    standup: str


class StandupClosed(Fact, frozen=True, kw_only=True):
    """A stand-up ends; `uncorrected` are lagging sellers who left without a correction."""

    standup: str
    seconds: Seconds
    uncorrected: tuple[str, ...] = ()


class CorrectionAgreed(Fact, frozen=True, kw_only=True):
    """A seller and the head agree what changes: a metric, from what to what, until when, how."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("action",)

    correction: str
    seller: str
    metric: str
    before: str
    target: str
    until: dt.date
    action: str
    topic: str | None = None
    standup: str | None = None


class CorrectionReviewed(Fact, frozen=True, kw_only=True):
    """What came of a correction, in the seller's or the head's word."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    correction: str
    seller: str
    verdict: ReviewVerdict
    until: dt.date | None = None
    note: str | None = None


class TaskSet(Fact, frozen=True, kw_only=True):
    """A seller gets a task that is no correction of a metric."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("action",)

    task: str
    seller: str
    action: str
    due: dt.date
    client: str | None = None
    deal: str | None = None


class TaskDone(Fact, frozen=True, kw_only=True):
    """A task was done."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    task: str
    seller: str
    note: str | None = None


class MicroTrainingHeld(Fact, frozen=True, kw_only=True):
    """Two minutes on one topic of the technique."""

    topic: str
    seconds: Seconds
    sellers: tuple[str, ...]
    standup: str | None = None


class CaseDiscussed(Fact, frozen=True, kw_only=True):
    """A hard situation was talked through."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("words",)

    words: str
    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    standup: str | None = None


class OneToOneHeld(Fact, frozen=True, kw_only=True):
    """The regular talk of the head with one seller."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    seller: str
    note: str | None = None


class ClientPlanSet(Fact, frozen=True, kw_only=True):
    """What is intended with a key client, and by how much it shall grow."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("words",)

    client: str
    month: str
    amount: Whole
    seller: str | None = None
    words: str | None = None
