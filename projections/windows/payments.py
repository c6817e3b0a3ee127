"""What the payments report needs of a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import msgspec

from events.vocabulary import HandedOver
from events.vocabulary.plans import PlanSet
from projections.calendars import CALENDAR_KINDS, Calendars
from projections.dials import seen_day
from projections.fold.sales import REFUND
from projections.owners import owners
from projections.period import Period
from projections.plans import Plans, plans
from projections.question import Question
from projections.receivables import Bill, bills
from projections.report import Trust
from projections.source import Paper, Source
from projections.state import Settings
from projections.touches import touches
from projections.trust import trust


class PaymentsWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`bills` are all invoices as seen, from all `papers`.

    `owners` are the sellers who look after an invoice now. `received` and `refunded` is the money
    of the period, `targets` says whether the plans are plans of cash, `touches` is the median of
    a sale.
    """

    seen: dt.date
    calendars: Calendars
    plans: Plans
    targets: bool
    bills: Mapping[str, Bill]
    papers: tuple[Paper, ...]
    owners: Mapping[str, str | None]
    received: int
    refunded: int
    touches: Fraction | None
    trust: Trust


def load_payments(source: Source, question: Question, settings: Settings) -> PaymentsWindow:
    """The window of the payments report."""
    dials, period = question.dials, question.period
    seen = seen_day(dials, settings.zone)
    calendars = Calendars(source.facts(CALENDAR_KINDS, dials))
    papers = tuple(source.papers(dials))
    invoices = bills(papers)
    money = _money(source, question, period)
    return PaymentsWindow(
        seen=seen,
        calendars=calendars,
        plans=plans(source.facts((PlanSet,), dials), "revenue"),
        targets=settings.recognition == "payment",
        bills=invoices,
        papers=papers,
        owners=owners(invoices, source.facts((HandedOver,), dials)),
        received=money.get("payment_received", 0),
        refunded=-money.get(REFUND, 0),
        touches=touches(source, dials, seen),
        trust=trust(source, period, dials, settings.zone, calendars.missing(period), calendars),
    )


def _money(source: Source, question: Question, period: Period) -> dict[str, int]:
    kinds = ("payment_received", REFUND)
    cells = source.cells(kinds, period, question.dials, ("activity",), question.sellers)
    return {cell.activity or "": cell.amount for cell in cells}
