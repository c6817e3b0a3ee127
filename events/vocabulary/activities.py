"""What sellers do all day."""

from typing import ClassVar

from events.vocabulary.fact import Cuts, Seconds, Whole
from events.vocabulary.plans import Direction


class CallMade(Cuts, frozen=True, kw_only=True):
    """A telephone call ended. `seconds` is talk time, unknown where nobody measured it."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("phone", "note")

    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    direction: Direction = "out"
    seconds: Seconds | None = None
    result: str | None = None
    reached: bool | None = None
    phone: str | None = None
    note: str | None = None


class MeetingHeld(Cuts, frozen=True, kw_only=True):
    """A meeting with a client took place."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    seconds: Seconds | None = None
    note: str | None = None


class PresentationGiven(Cuts, frozen=True, kw_only=True):
    """The offer was shown to a client."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    note: str | None = None


class ProposalSent(Cuts, frozen=True, kw_only=True):
    """A priced offer went to a client."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    amount: Whole | None = None
    note: str | None = None


class StepCompleted(Cuts, frozen=True, kw_only=True):
    """A trade's own activity: a measurement, a design project, a credit application."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    activity: str
    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    note: str | None = None
