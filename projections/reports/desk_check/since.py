"""Since when an indicator sags: the period's working days looked at backwards (row 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction

import msgspec
from msgspec.structs import replace

from projections.calendars import Calendars
from projections.counts import counted
from projections.dials import due_day
from projections.linear import Part, ratio, shares
from projections.measures import money
from projections.question import Question
from projections.reports.activity import Activity
from projections.reports.bridge import BridgeReport
from projections.reports.desk_check.rows import DeskRow
from projections.windows.desk_check import DeskCheckWindow

Account = Mapping[dt.date, int]
"""What was counted on each day."""

Behind = Callable[[dt.date], bool]
"""Whether an indicator was behind at the end of a day."""


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """The period day by day: the counts of each step and the money, both by seller."""

    question: Question
    seen: dt.date
    calendars: Calendars
    counts: Mapping[tuple[str | None, str], Account]
    sales: Mapping[str | None, Account]


def days_of(window: DeskCheckWindow, question: Question) -> Days:
    """The days of a window."""
    counts: dict[tuple[str | None, str], dict[dt.date, int]] = {}
    for cell in window.steps:
        if cell.day is not None and cell.activity is not None:
            counts.setdefault((cell.seller, cell.activity), {})[cell.day] = counted(cell)
    sales: dict[str | None, dict[dt.date, int]] = {}
    for cell in window.sales:
        if cell.day is not None:
            sales.setdefault(cell.seller, {})[cell.day] = money(cell, question.measure)
    return Days(
        question=question,
        seen=window.seen,
        calendars=window.calendars,
        counts=counts,
        sales=sales,
    )


def dated(row: DeskRow, days: Days, bridged: BridgeReport, done: Activity) -> DeskRow:
    """The line with the first day of the unbroken stretch it has been behind.

    An indicator is behind at the end of a day if its fact until then is below what the plan's
    own factor asks for by then: the comparison that gives the effect its sign today. Burned
    leads are judged by deals of many months, so they have no such day.
    """
    behind = _behind(row, days, bridged, done)
    if behind is None:
        return row
    until = min(days.question.period.last, due_day(days.seen, days.question.dials.mode))
    worked = days.calendars.working_dates(row.seller, days.question.period.first, until)
    age = 0
    for day in reversed(worked):
        if not behind(day):
            break
        age += 1
    return replace(row, since=worked[-age] if age else days.seen, age=age)


def _behind(row: DeskRow, days: Days, bridged: BridgeReport, done: Activity) -> Behind | None:
    if row.factor == "activity":
        strip = next(each.by_day for each in done.rows if each.key == row.key)
        return lambda day: sum((_short(*each) for each in strip if each[0] <= day), Fraction()) > 0
    if row.factor == "burned" or row.norm is None:
        return None
    due, seller, first = row.norm, row.seller, row.step_from or ""
    sold = days.sales.get(seller, {})
    came = days.counts.get((seller, first), {})
    if row.factor == "rest":
        return lambda day: upto(sold, day) < _line(row, days, bridged, day)
    if row.factor == "volume":
        whole = _line(row, days, bridged, days.seen)
        return lambda day: (
            bool(whole) and (upto(came, day) * whole < due * _line(row, days, bridged, day))
        )
    if row.factor == "check":
        sale = days.counts.get((seller, bridged.basis.steps[-1]), {})
        return lambda day: _below(upto(sold, day), upto(sale, day), due)
    reached = days.counts.get((seller, row.step_to or ""), {})
    return lambda day: _below(upto(reached, day), upto(came, day), due)


def upto(account: Account, day: dt.date) -> int:
    """What was counted until the end of a day."""
    return sum(amount for each, amount in account.items() if each <= day)


def _below(part: int, whole: int, due: Fraction) -> bool:
    """Whether a ratio of sums is below what is due; without a case there is nothing to judge."""
    found = ratio(part, whole)
    return found is not None and found < due


def _short(day: dt.date, fact: int, norm: Fraction | None) -> Fraction:
    """What a day fell short of its norm; what is done on days without one makes up for others."""
    return (norm or Fraction()) - fact


def _line(row: DeskRow, days: Days, bridged: BridgeReport, day: dt.date) -> Fraction:
    """The line of a row's plan at the end of a day; today's, for the day seen itself."""
    parts = bridged.basis.board.basis.parts.get(
        f"seller:{row.seller}" if row.seller is not None else row.scope, ()
    )
    due = min(day, due_day(days.seen, days.question.dials.mode))
    spread = {
        share.month: share
        for share in shares(days.calendars, days.question.period, due, row.seller)
    }
    return sum((Part(part.plan, spread[part.share.month]).due for part in parts), Fraction())
