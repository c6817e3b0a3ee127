"""Leads and deals. A lead is a deal at its first stage, so both carry the key `deal`."""

import datetime as dt
from typing import ClassVar, Literal

import msgspec

from events.vocabulary.fact import Cuts, Fact, Whole

Temperature = Literal["hot", "warm", "cold"]
LossReason = Literal[
    "price",
    "competitor",
    "budget",
    "no_decision_maker",
    "silence",
    "timing",
    "poor_fit",
    "service",
    "unknown",
]


class LeadReceived(Cuts, frozen=True, kw_only=True):
    """Somebody showed interest."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    deal: str
    seller: str | None = None
    client: str | None = None
    note: str | None = None


class LeadQualified(Cuts, frozen=True, kw_only=True):
    """A lead turned out to be ready to buy; `answers` is the check-list it went through."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    deal: str
    seller: str | None = None
    client: str | None = None
    answers: dict[str, bool] = msgspec.field(default_factory=dict)
    note: str | None = None


class TemperatureSet(Fact, frozen=True, kw_only=True):
    """A person labels a lead hot, warm or cold."""

    deal: str
    seller: str | None = None
    client: str | None = None
    temperature: Temperature


class StageEntered(Cuts, frozen=True, kw_only=True):
    """A deal completes a step of the department's own list."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    deal: str
    stage: str
    seller: str | None = None
    client: str | None = None
    note: str | None = None


class DealOpened(Cuts, frozen=True, kw_only=True):
    """Work on a possible sale begins; `amount` is the expectation."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    deal: str
    seller: str | None = None
    client: str | None = None
    amount: Whole | None = None
    note: str | None = None


class AmountSet(Fact, frozen=True, kw_only=True):
    """The expected amount of a deal changes."""

    deal: str
    amount: Whole
    seller: str | None = None
    client: str | None = None


class ExpectedDateSet(Fact, frozen=True, kw_only=True):
    """The day a deal is expected to close changes."""

    deal: str
    on: dt.date
    seller: str | None = None
    client: str | None = None


class DealParked(Fact, frozen=True, kw_only=True):
    """A deal rests for a known reason until a known day."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("reason",)

    deal: str
    until: dt.date
    reason: str
    seller: str | None = None
    client: str | None = None


class DealResumed(Fact, frozen=True, kw_only=True):
    """A parked deal is worked on again."""

    deal: str
    seller: str | None = None
    client: str | None = None


class NextStepSet(Fact, frozen=True, kw_only=True):
    """What happens next with a deal, and when."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("step",)

    deal: str
    step: str
    on: dt.date
    seller: str | None = None
    client: str | None = None


class DealWon(Cuts, frozen=True, kw_only=True):
    """The client said yes; amount, cost of goods and direct costs where they are known."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    deal: str
    seller: str | None = None
    client: str | None = None
    amount: Whole | None = None
    cost: Whole = 0
    direct: Whole = 0
    note: str | None = None


class DealLost(Cuts, frozen=True, kw_only=True):
    """The client said no."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    deal: str
    reason: LossReason = "unknown"
    seller: str | None = None
    client: str | None = None
    note: str | None = None
