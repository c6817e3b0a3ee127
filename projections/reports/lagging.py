"""Who lags today, and who of them has a correction: the rule of closing (requirement row 26)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec

from projections.corrections import AT_MOST_OPEN, CorrectionState, open_of
from projections.question import Question
from projections.report import Column, Report, Row
from projections.reports import activity, plan_fact
from projections.reports.activity import Activity
from projections.reports.plan_fact import PlanFact
from projections.state import Settings

if TYPE_CHECKING:
    from projections.windows.lagging import LaggingWindow

COLUMNS = (
    Column("seller", "text"),
    Column("deviation", "money"),
    Column("red", "text"),
    Column("corrections", "count"),
)


class LaggingRow(Row, frozen=True, kw_only=True):
    """A seller who works on the day and lags.

    `deviation` is F-L in minor units, None without a plan; `red` the activity that is below its
    norm where there is no plan to lag behind. `corrections` were agreed on the day seen, or moved
    to a later one; who is `full` has as many open as one may have, and can agree no other.
    """

    seller: str
    deviation: Fraction | None = None
    red: str | None = None
    corrections: int = 0
    full: bool = False

    @property
    def corrected(self) -> bool:
        """Whether nothing more is to be agreed today."""
        return self.full or bool(self.corrections)


class Lagging(Report, frozen=True, kw_only=True):
    """Who lags most is first. `held` stand-ups began before the day seen; they turn the order of
    those who speak, where it rotates.
    """

    rows: tuple[LaggingRow, ...]
    held: int

    @property
    def sellers(self) -> tuple[str, ...]:
        """Who lags, the most first."""
        return tuple(row.seller for row in self.rows)

    @property
    def uncorrected(self) -> tuple[str, ...]:
        """Who of them has no correction of the day, and could agree one."""
        return tuple(row.seller for row in self.rows if not row.corrected)


def lagging(window: LaggingWindow, question: Question, settings: Settings) -> Lagging:
    """Behind the line of the month; without a plan, below the norm."""
    asked = msgspec.structs.replace(question, measure=window.measure, per="month")
    standing = plan_fact.plan_fact(window.month, asked, settings)
    work = activity.activity(window.work, asked, settings) if window.work is not None else None
    counted = _counted(window.corrections, window.seen)
    behind = [
        msgspec.structs.replace(
            row,
            corrections=counted.get(row.seller, 0),
            full=len(open_of(window.corrections, row.seller)) >= AT_MOST_OPEN,
        )
        for row in (*_behind(standing, window.seen), *_red(standing, work, window.seen))
    ]
    return Lagging(
        name="lagging",
        question=asked,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(behind),
        held=window.held,
    )


def rotated(sellers: Iterable[str], held: int) -> tuple[str, ...]:
    """The sellers in an order of their own that begins with another one every stand-up."""
    ordered = sorted(sellers)
    first = held % len(ordered) if ordered else 0
    return (*ordered[first:], *ordered[:first])


def _counted(corrections: Sequence[CorrectionState], day: dt.date) -> dict[str, int]:
    """How many corrections each seller agreed on a day, or moved from it to a later one."""
    counted: dict[str, int] = {}
    for state in corrections:
        moved = any(it.day == day and it.verdict == "moved" for it in state.reviews)
        if state.agreed == day or (moved and state.open):
            counted[state.seller] = counted.get(state.seller, 0) + 1
    return counted


def _behind(report: PlanFact, day: dt.date) -> list[LaggingRow]:
    """Behind the line, in the order of the report: who lags most is first."""
    return [
        LaggingRow(key=row.key, seller=row.seller, deviation=row.deviation)
        for row in report.rows
        if row.seller is not None and row.plan is not None and row.here(day)
        if row.deviation is not None and row.deviation < 0
    ]


def _red(report: PlanFact, work: Activity | None, day: dt.date) -> list[LaggingRow]:
    """Of those without a plan, who is below the norm: the first red line of each (row 9)."""
    reds = {row.seller: row.activity for row in (work.rows if work else ()) if row.first_red}
    return [
        LaggingRow(key=row.key, seller=row.seller, red=reds[row.seller])
        for row in report.rows
        if row.seller is not None and row.plan is None and row.here(day)
        if row.seller in reds
    ]
