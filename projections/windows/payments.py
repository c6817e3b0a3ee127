"""What the payments report needs of a source."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import groupby

import msgspec

from events.vocabulary import HandedOver
from events.vocabulary.plans import PlanSet
from projections.calendars import CALENDAR_KINDS, Calendars
from projections.dials import seen_day
from projections.fold.sales import REFUND
from projections.owners import Owners
from projections.period import Period
from projections.plans import Plans, plans
from projections.promises import Word, Words, promises
from projections.question import Question
from projections.receivables import Bill, Invoices, Tally
from projections.report import Trust
from projections.source import Paper, Source
from projections.state import Settings
from projections.touches import touches
from projections.trust import trust


class PaymentsWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`bills` are the invoices as seen of which anything is open, `before` those of which anything
    was as the period began; most of all invoices are in neither, and are only counted.

    `owners` are the sellers who look after each of these now, `tallies` what all invoices come to
    by who looks after them, `everyone` and `words` what all promises say. `received` and
    `refunded` is the money of the period, `targets` says whether the plans are plans of cash,
    `touches` is the median of a sale.
    """

    seen: dt.date
    calendars: Calendars
    plans: Plans
    targets: bool
    bills: Mapping[str, Bill]
    before: Mapping[str, Bill]
    owners: Mapping[str, str | None]
    tallies: Mapping[str | None, Tally]
    everyone: Word
    words: Mapping[str, Word]
    received: int
    refunded: int
    touches: Fraction | None
    trust: Trust


def load_payments(source: Source, question: Question, settings: Settings) -> PaymentsWindow:
    """The window of the payments report."""
    dials, period = question.dials, question.period
    seen = seen_day(dials, settings.zone)
    calendars = Calendars(source.facts(CALENDAR_KINDS, dials))
    money = _money(source, question, period)
    held = plans(source.facts((PlanSet,), dials), "revenue")
    said = touches(source, dials, seen)
    trusted = trust(source, period, dials, settings.zone, calendars.missing(period), calendars)
    owners = Owners(source.facts((HandedOver,), dials))
    # The papers come last: the megabytes they take leave no gaps below what is kept.
    invoices, before = _invoices(source.papers(dials), period.first)
    bills = {bill.invoice: bill for bill in invoices.owing()}
    tallies: defaultdict[str | None, Tally] = defaultdict(Tally)
    words = Words()
    for bill in invoices:
        words.add(bill, promises(bill, seen))
        tallies[owners.of(bill)].add(bill)
    return PaymentsWindow(
        seen=seen,
        calendars=calendars,
        plans=held,
        targets=settings.recognition == "payment",
        bills=bills,
        before=before,
        owners={bill.invoice: owners.of(bill) for bill in (*before.values(), *bills.values())},
        tallies=tallies,
        everyone=words.everyone,
        words=words.clients,
        received=money.get("payment_received", 0),
        refunded=-money.get(REFUND, 0),
        touches=said,
        trust=trusted,
    )


def _invoices(papers: Iterable[Paper], first: dt.date) -> tuple[Invoices, dict[str, Bill]]:
    """All invoices, and those of which anything was open before a day."""
    start = first.toordinal()
    invoices = Invoices()
    before: dict[str, Bill] | None = None
    for begun, those in groupby(papers, lambda paper: paper.day >= start):
        if begun:
            before = {bill.invoice: bill for bill in invoices.owing()}
        invoices.read(those)
    if before is None:
        before = {bill.invoice: bill for bill in invoices.owing()}
    return invoices, before


def _money(source: Source, question: Question, period: Period) -> dict[str, int]:
    kinds = ("payment_received", REFUND)
    cells = source.cells(kinds, period, question.dials, ("activity",), question.sellers)
    return {cell.activity or "": cell.amount for cell in cells}
