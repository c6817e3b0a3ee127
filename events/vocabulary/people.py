"""People and working time: who sells, since when, and on which days."""

import datetime as dt
from typing import ClassVar, Final, Literal

from events.vocabulary.fact import Fact, Whole

Recognition = Literal["payment", "order", "invoice", "won"]
BRIEF: Final = 30
"""Seconds below which a call is hardly a talk, where a department has not chosen otherwise."""

AbsenceReason = Literal["leave", "sick", "trip", "training", "other"]


class DepartmentOpened(Fact, frozen=True, kw_only=True):
    """The department and its ground rules; a later one replaces them from its day on.

    `recognition` names what counts as a sale: money received, an order, an invoice or a won deal.
    Calls shorter than `brief_seconds` are no work done for the norms; with 0 every call counts.
    """

    name: str
    country: str
    currency: str
    minor_digits: Whole
    zone: str
    language: str
    recognition: Recognition = "payment"
    late_days: Whole = 3
    brief_seconds: Whole = BRIEF


class SellerHired(Fact, frozen=True, kw_only=True):
    """A person starts to sell; the business day of the event is the first working day."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("name",)

    seller: str
    name: str
    team: str | None = None
    role: str | None = None
    territory: str | None = None
    channel: str | None = None


class SellerLeft(Fact, frozen=True, kw_only=True):
    """A person stops selling; the business day of the event is the last working day."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    seller: str
    note: str | None = None


class RoleSet(Fact, frozen=True, kw_only=True):
    """A seller's role or team from the day of the event on."""

    seller: str
    role: str | None = None
    team: str | None = None


class CalendarSet(Fact, frozen=True, kw_only=True):
    """A year's working days for the department, a team or a seller.

    `days_off` are dates off that the weekend does not cover, `workdays` are weekend dates worked.
    A calendar of a narrower scope only adds its exceptions to the wider one.
    """

    year: Whole
    team: str | None = None
    seller: str | None = None
    days_off: tuple[dt.date, ...] = ()
    workdays: tuple[dt.date, ...] = ()
    source: str


class AbsenceSet(Fact, frozen=True, kw_only=True):
    """A seller is away from `first` to `last`, both included; those are not working days."""

    seller: str
    first: dt.date
    last: dt.date
    reason: AbsenceReason = "leave"


class HandedOver(Fact, frozen=True, kw_only=True):
    """A client or a deal goes from one seller to another; earlier credit stays where it was."""

    seller: str
    to: str
    client: str | None = None
    deal: str | None = None


class CreditSplitSet(Fact, frozen=True, kw_only=True):
    """How credit for a deal is shared, in basis points that sum to 10,000."""

    deal: str
    shares: dict[str, Whole]
