"""What plan-fact needs of a source."""

from __future__ import annotations

import datetime as dt

import msgspec

from events.vocabulary.plans import MonthClosed, PlanSet
from projections.calendars import CALENDAR_KINDS, Calendars
from projections.closing import Closing, closings
from projections.dials import seen_day
from projections.fold.sales import SALE_ACTIVITIES, SALE_KINDS
from projections.measures import money
from projections.plans import Plans, plans
from projections.question import Question
from projections.report import Trust
from projections.source import Source
from projections.state import Settings
from projections.trust import trust


class PlanFactWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`sales` is the money of the period by seller in the asked measure, None for no seller.

    `seen` is the last business day seen, `kinds` the kinds of events the money comes from.
    `closing` is the close of the period where it is a closed month, `closed` the same window as it
    was known then; None where the dials see no further than that.
    """

    seen: dt.date
    calendars: Calendars
    plans: Plans
    sales: dict[str | None, int]
    kinds: tuple[str, ...]
    trust: Trust = Trust()
    closing: Closing | None = None
    closed: PlanFactWindow | None = None


def load_plan_fact(source: Source, question: Question, settings: Settings) -> PlanFactWindow:
    """The window of plan-fact."""
    dials, period = question.dials, question.period
    found = _seen(source, question, settings)
    counted = trust(
        source, period, dials, settings.zone, found.calendars.missing(period), found.calendars
    )
    closing = closings(source.facts((MonthClosed,), dials)).get(period.month or "")
    closed = None
    if closing is not None and (dials.position is None or dials.position > closing.position):
        then = msgspec.structs.replace(dials, position=closing.position)
        closed = _seen(source, msgspec.structs.replace(question, dials=then), settings)
    return msgspec.structs.replace(found, trust=counted, closing=closing, closed=closed)


def _seen(source: Source, question: Question, settings: Settings) -> PlanFactWindow:
    """Plans, days and money as seen through the dials of the question."""
    dials, recognition = question.dials, settings.recognition
    sold = source.cells(
        SALE_ACTIVITIES[recognition], question.period, dials, ("seller",), question.sellers
    )
    return PlanFactWindow(
        seen=seen_day(dials, settings.zone),
        calendars=Calendars(source.facts(CALENDAR_KINDS, dials)),
        plans=plans(source.facts((PlanSet,), dials), question.measure),
        sales={cell.seller: money(cell, question.measure) for cell in sold},
        kinds=SALE_KINDS[recognition],
    )
