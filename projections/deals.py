"""Deals on their way to the sale: which stage they are in, whose they are, what is open of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from sys import intern
from typing import Final, TypeVar

import msgspec

from events.vocabulary import (
    AmountSet,
    DealLost,
    DealOpened,
    DealWon,
    InvoiceIssued,
    LeadQualified,
    LeadReceived,
    MeetingHeld,
    OrderPlaced,
    PresentationGiven,
    ProposalSent,
    name_of,
)
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition
from projections.fold.sales import SALE_KIND
from projections.fold.turns import TURNS
from projections.source import Turn
from projections.steps import STEPS

STAGES: Final[tuple[type[Fact], ...]] = (
    LeadReceived,
    LeadQualified,
    DealOpened,
    MeetingHeld,
    PresentationGiven,
    ProposalSent,
    OrderPlaced,
    InvoiceIssued,
)
"""What puts a deal into a stage besides a department's own steps; a call moves none."""

PRICED: Final = (DealOpened, AmountSet, ProposalSent, OrderPlaced, InvoiceIssued, DealWon)
"""What says how much a deal is about."""

DEAL_KINDS: Final[tuple[type[Fact], ...]] = tuple(TURNS)
"""The facts a deal is read from."""

LEAD: Final = name_of(LeadReceived)
_STAGES: Final = frozenset(map(name_of, STAGES))
_PRICED: Final = frozenset(map(name_of, PRICED))
_INVOICE: Final = name_of(InvoiceIssued)
_LOST: Final = name_of(DealLost)
_PLACES: Final = {step: place for place, step in enumerate(STEPS)}


class Deal(msgspec.Struct, frozen=True, kw_only=True):
    """A deal as known at the dials.

    `entries` are the days of its first entry into each stage. `stage` is where it stands: the
    furthest standard step, or the department's own stage entered since. `sold` is the day of its
    first sale. `open` is what it may still bring in minor units: 0 once it is sold or lost, or
    its amount is not known.
    """

    deal: str
    seller: str | None
    entries: dict[str, dt.date]
    stage: str | None
    sold: dt.date | None
    lost: bool
    open: int


class Lead(msgspec.Struct, gc=False):
    """How a deal began and what came of it; the little that leads are counted by, for the deals
    of a year are many.

    `received` is None where it did not begin as a lead. `seller` is whose it is now, `sold` the
    day of its first sale.
    """

    received: dt.date | None = None
    seller: str | None = None
    sold: dt.date | None = None
    lost: bool = False


class _Told(Lead, gc=False):
    """What was said of one deal so far, its papers by their number."""

    entries: dict[str, dt.date] = msgspec.field(default_factory=dict)
    price: int = 0
    issued: dict[str, int] | None = None
    settled: dict[str, int] | None = None


Hearing = TypeVar("Hearing", bound=Lead)
"""As much of a deal as is wanted."""


def deals(turns: Iterable[Turn], recognition: Recognition) -> dict[str, Deal]:
    """Every deal that some turns are of, by its key; they come by day and position.

    An invoiced deal is open for what is not yet paid of its invoices where payments are the
    sale; every other deal until its first sale, for the amount named last.
    """
    told = _heard(turns, recognition, _Told, _hear)
    return {key: _deal(key, told.pop(key), recognition) for key in list(told)}


def leads(turns: Iterable[Turn], recognition: Recognition) -> dict[str, Lead]:
    """The same deals with no more of each than how it began and ended."""
    return _heard(turns, recognition, Lead, _hear_lead)


def _heard(
    turns: Iterable[Turn],
    recognition: Recognition,
    made: Callable[[], Hearing],
    hear: Callable[[Hearing, Turn, dt.date, str], None],
) -> dict[str, Hearing]:
    """What the turns of each deal leave, when `hear` takes them in one after the other."""
    sale = name_of(SALE_KIND[recognition])
    told: dict[str, Hearing] = {}
    day = dt.date.min
    for turn in turns:
        if turn.day != day.toordinal():
            day = dt.date.fromordinal(turn.day)
        deal = told.get(turn.deal)
        if deal is None:
            deal = told[turn.deal] = made()
        hear(deal, turn, day, sale)
    return told


def _hear_lead(deal: Lead, turn: Turn, day: dt.date, sale: str) -> None:
    """Take in what is said next of whose a deal is, how it began and how it ended."""
    said = turn.said
    if turn.seller is not None:
        deal.seller = intern(turn.seller)
    if said == sale:
        if deal.sold is None and turn.amount is not None:
            deal.sold = day
    elif said == LEAD:
        if deal.received is None:
            deal.received = day
    elif said == _LOST:
        deal.lost = True


def _hear(deal: _Told, turn: Turn, day: dt.date, sale: str) -> None:
    """Take in all that is said next. The sale itself enters no stage."""
    _hear_lead(deal, turn, day, sale)
    said, amount = turn.said, turn.amount
    if said != sale and (said in _STAGES or said[0] == ":"):
        deal.entries.setdefault(intern(said), day)
    if amount is None:
        return
    if said in _PRICED:
        deal.price = amount
    number = turn.invoice
    if number is not None:
        if said == _INVOICE:
            if deal.issued is None:
                deal.issued = {}
            deal.issued[number] = amount
        else:
            if deal.settled is None:
                deal.settled = {}
            deal.settled[number] = deal.settled.get(number, 0) + amount


def _deal(key: str, told: _Told, recognition: Recognition) -> Deal:
    return Deal(
        deal=key,
        seller=told.seller,
        entries=told.entries,
        stage=_stage(told.entries),
        sold=told.sold,
        lost=told.lost,
        open=0 if told.lost else _open(told, recognition),
    )


def _stage(entries: Iterable[str]) -> str | None:
    stage: str | None = None
    furthest = -1
    for step in entries:
        place = _PLACES.get(step)
        if place is None:
            stage = step
        elif place > furthest:
            stage, furthest = step, place
    return stage


def _open(told: _Told, recognition: Recognition) -> int:
    if told.issued and recognition == "payment":
        settled = told.settled or {}
        return sum(
            max(0, amount - settled.get(number, 0)) for number, amount in told.issued.items()
        )
    return told.price if told.sold is None else 0
