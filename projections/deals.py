"""Deals on their way to the sale: which stage they are in, whose they are, what is open of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from events.vocabulary import (
    AmountSet,
    CreditNoteIssued,
    DealLost,
    DealOpened,
    DealWon,
    HandedOver,
    InvoiceIssued,
    InvoiceWrittenOff,
    LeadQualified,
    LeadReceived,
    MeetingHeld,
    OrderPlaced,
    PaymentReceived,
    PresentationGiven,
    ProposalSent,
    StageEntered,
    StepCompleted,
)
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition
from projections.fold.sales import SALE_KIND, is_sale
from projections.fold.states import INVOICE_KINDS, invoices
from projections.source import Version
from projections.steps import STEPS, step_of

STAGES: Final[tuple[type[Fact], ...]] = (
    LeadReceived,
    LeadQualified,
    DealOpened,
    MeetingHeld,
    PresentationGiven,
    ProposalSent,
    OrderPlaced,
    InvoiceIssued,
    StageEntered,
    StepCompleted,
)
"""What puts a deal into a stage; a call moves none."""

PRICED: Final = (DealOpened, AmountSet, ProposalSent, OrderPlaced, InvoiceIssued, DealWon)
"""What says how much a deal is about."""

DEAL_KINDS: Final[tuple[type[Fact], ...]] = (
    *STAGES,
    AmountSet,
    DealWon,
    DealLost,
    HandedOver,
    PaymentReceived,
    CreditNoteIssued,
    InvoiceWrittenOff,
)
"""The facts a deal is read from."""


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


def deals(facts: Iterable[Version], recognition: Recognition) -> dict[str, Deal]:
    """Every deal some facts of `DEAL_KINDS` name, by its key.

    An invoiced deal is open for what is not yet paid of its invoices where payments are the
    sale; every other deal until its first sale, for the amount named last.
    """
    told: dict[str, list[Version]] = {}
    for version in sorted(facts, key=lambda version: (version.day, version.seq)):
        deal: str | None = getattr(version.body, "deal", None)
        if deal:
            told.setdefault(deal, []).append(version)
    return {deal: _deal(deal, its, recognition) for deal, its in told.items()}


def _deal(deal: str, facts: Sequence[Version], recognition: Recognition) -> Deal:
    entries = _entries(facts, recognition)
    sold = next((v.day for v in facts if is_sale(v.body, recognition)), None)
    lost = any(isinstance(version.body, DealLost) for version in facts)
    return Deal(
        deal=deal,
        seller=_seller(facts),
        entries=entries,
        stage=_stage(entries),
        sold=sold,
        lost=lost,
        open=0 if lost else _open(facts, sold is not None, recognition),
    )


def _entries(facts: Sequence[Version], recognition: Recognition) -> dict[str, dt.date]:
    """The first entry into each stage in order; the sale itself is none."""
    found: dict[str, dt.date] = {}
    for version in facts:
        if isinstance(version.body, STAGES) and not isinstance(
            version.body, SALE_KIND[recognition]
        ):
            found.setdefault(step_of(version.body), version.day)
    return found


def _stage(entries: Iterable[str]) -> str | None:
    stage: str | None = None
    furthest = -1
    for step in entries:
        place = STEPS.index(step) if step in STEPS else furthest + 1
        if place > furthest:
            stage = step
            furthest = place if step in STEPS else furthest
    return stage


def _seller(facts: Sequence[Version]) -> str | None:
    """Who was named last, or whom the deal was handed over to."""
    for version in reversed(facts):
        body = version.body
        if isinstance(body, HandedOver):
            return body.to
        name: str | None = getattr(body, "seller", None)
        if name is not None:
            return name
    return None


def _open(facts: Sequence[Version], sold: bool, recognition: Recognition) -> int:
    papers = invoices(version for version in facts if isinstance(version.body, INVOICE_KINDS))
    if papers and recognition == "payment":
        return sum(max(0, paper.open) for paper in papers.values())
    if sold:
        return 0
    bodies = (version.body for version in reversed(facts))
    amounts = (body.amount for body in bodies if isinstance(body, PRICED))
    return next((amount for amount in amounts if amount is not None), 0)
