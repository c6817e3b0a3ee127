"""Deals on their way to the sale: which stage they are in, whose they are, what is open of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from sys import intern
from typing import Final

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


class _Told(msgspec.Struct, gc=False):
    """What was said of one deal so far, its papers by their number."""

    entries: dict[str, dt.date] = msgspec.field(default_factory=dict)
    seller: str | None = None
    sold: dt.date | None = None
    lost: bool = False
    price: int = 0
    issued: dict[str, int] | None = None
    settled: dict[str, int] | None = None


def deals(turns: Iterable[Turn], recognition: Recognition) -> dict[str, Deal]:
    """Every deal that some turns are of, by its key; they come by day and position.

    An invoiced deal is open for what is not yet paid of its invoices where payments are the
    sale; every other deal until its first sale, for the amount named last.
    """
    sale = name_of(SALE_KIND[recognition])
    told: dict[str, _Told] = {}
    day = dt.date.min
    for turn in turns:
        if turn.day != day.toordinal():
            day = dt.date.fromordinal(turn.day)
        deal = told.get(turn.deal)
        if deal is None:
            deal = told[turn.deal] = _Told()
        _hear(deal, turn, day, sale)
    return {key: _deal(key, told.pop(key), recognition) for key in list(told)}


def _hear(deal: _Told, turn: Turn, day: dt.date, sale: str) -> None:
    """Take in what is said next. The sale itself enters no stage."""
    said, amount = turn.said, turn.amount
    if turn.seller is not None:
        deal.seller = intern(turn.seller)
    if said == sale:
        if deal.sold is None and amount is not None:
            deal.sold = day
    elif said in _STAGES or said[0] == ":":
        deal.entries.setdefault(intern(said), day)
    elif said == _LOST:
        deal.lost = True
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
