"""What the forecast ledger needs of a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from events.vocabulary import ExpectedDateSet, FixedCostsSet
from projections.deals import Deal, deals
from projections.fold.sales import SALE_ACTIVITIES
from projections.lags import Workdays
from projections.measures import money
from projections.order_book import BOOK_KINDS, OrderBook, order_book
from projections.period import Period, month_of
from projections.question import Dials, Question
from projections.reports.plan_fact import PlanFact, plan_fact
from projections.source import Source, Version
from projections.state import Settings
from projections.windows.catch_up import DEALS
from projections.windows.plan_fact import load_plan_fact

MARKS: Final = (15, 10, 5)
"""So many working days before the end the forecasts are looked at."""

MONTHS: Final = 6
"""So many months back evenness is looked at, the asked one included."""


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """An evening in the month as it was known then, up to the moment `known`; `dated` are the days
    deals were expected.
    """

    day: dt.date
    known: dt.datetime
    before_end: int
    board: PlanFact
    deals: Mapping[str, Deal]
    dated: Mapping[str, dt.date]


class ForecastWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`board` is the month as seen now, `months` those before it and itself, oldest first.

    `sold` is the money of each day by seller; `margins` the department's board in margin.
    """

    board: PlanFact
    margin: PlanFact
    working: tuple[dt.date, ...]
    seen: dt.date
    past: tuple[Past, ...]
    months: tuple[PlanFact, ...]
    sold: Mapping[tuple[dt.date, str | None], int]
    workdays: Workdays
    costs: int | None
    book: OrderBook


def load_forecast(source: Source, question: Question, settings: Settings) -> ForecastWindow:
    """The window of the forecast ledger."""
    period, dials = question.period, question.dials
    first = load_plan_fact(source, question, settings)
    working = first.calendars.working_dates(None, period.first, period.last)
    past = tuple(
        _past(source, question, settings, working[-1 - left], left)
        for left in MARKS
        if left < len(working) and working[-1 - left] <= first.seen
    )
    cells = source.cells(
        SALE_ACTIVITIES[settings.recognition], period, dials, ("day", "seller"), question.sellers
    )
    facts = tuple(source.facts(BOOK_KINDS, dials))
    margin = msgspec.structs.replace(question, measure="margin")
    return ForecastWindow(
        board=plan_fact(first, question, settings),
        margin=plan_fact(load_plan_fact(source, margin, settings), margin, settings),
        working=working,
        seen=first.seen,
        past=past,
        months=tuple(_months(source, question, settings)),
        sold={(cell.day, cell.seller): money(cell, question.measure) for cell in cells if cell.day},
        workdays=Workdays(first.calendars.working_dates(None, period.first - DEALS, period.last)),
        costs=_costs(source.facts((FixedCostsSet,), dials), period),
        book=order_book(facts, period, first.seen, settings.recognition, question.sellers),
    )


def _past(source: Source, question: Question, settings: Settings, day: dt.date, left: int) -> Past:
    """An evening with both dials set to it."""
    zone = ZoneInfo(settings.zone)
    known = dt.datetime.combine(day, dt.time.max, zone)
    if question.dials.known_at is not None:
        known = min(known, question.dials.known_at)
    dials = Dials(as_of=day, known_at=known, position=question.dials.position, mode="evening")
    asked = msgspec.structs.replace(question, dials=dials)
    past = Period(day - DEALS, day)
    return Past(
        day=day,
        known=known,
        before_end=left,
        board=plan_fact(load_plan_fact(source, asked, settings), asked, settings),
        deals=deals(source.turns(dials, past), settings.recognition),
        dated=_dated(source.facts((ExpectedDateSet,), dials, past)),
    )


def _dated(facts: list[Version]) -> dict[str, dt.date]:
    """The day each deal was expected to close, as said last."""
    return {
        version.body.deal: version.body.on
        for version in facts
        if isinstance(version.body, ExpectedDateSet)
    }


def _months(source: Source, question: Question, settings: Settings) -> list[PlanFact]:
    """The boards of the last months in the evening of their last day."""
    found: list[PlanFact] = []
    month = question.period
    for _ in range(MONTHS):
        dials = msgspec.structs.replace(question.dials, as_of=month.last, mode="evening")
        asked = msgspec.structs.replace(question, period=month, dials=dials)
        found.append(plan_fact(load_plan_fact(source, asked, settings), asked, settings))
        month = month_of(month.first - dt.timedelta(days=1))
    return found[::-1]


def _costs(facts: list[Version], period: Period) -> int | None:
    """The fixed costs of the month, as set last."""
    amounts = [
        version.body.amount
        for version in facts
        if isinstance(version.body, FixedCostsSet) and version.body.month == period.month
    ]
    return amounts[-1] if amounts else None
