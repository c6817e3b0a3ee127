"""From the windows of plan-fact and of the days to the course of a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from projections.linear import due_dates
from projections.period import month_of
from projections.question import Question
from projections.reports.course.rows import COLUMNS, Basis, Course, CourseRow
from projections.reports.plan_fact.compute import plan_fact
from projections.reports.plan_fact.rows import PlanFact
from projections.state import Settings
from projections.windows.course import CourseWindow


def course(window: CourseWindow, question: Question, settings: Settings) -> Course:
    """A row for each day that is worked or sold on; the line is plan-fact's in the evening.

    L of a day is the sum over the rows of plan-fact of T×w÷W with the w of that evening.
    """
    board = plan_fact(window.board, question, settings)
    period, calendars = question.period, window.board.calendars
    worked = set(calendars.working_dates(None, period.first, period.last))
    days = sorted(worked | window.sold.keys())
    lines = _lines(board, window, days)
    facts = accumulate(window.sold.get(day, 0) for day in days)
    seen = window.board.seen
    return Course(
        name="course",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(
            _row(day, day in worked, day <= seen, window.sold.get(day, 0), fact, line)
            for day, fact, line in zip(days, facts, lines, strict=True)
        ),
        trust=window.board.trust,
        plan=board.total.plan,
        seen=seen,
        basis=Basis(zone=settings.zone, kinds=window.board.kinds),
    )


def _row(
    day: dt.date, working: bool, seen: bool, sold: int, fact: int, line: Fraction | None
) -> CourseRow:
    return CourseRow(
        key=day.isoformat(),
        day=day,
        working=working,
        sold=sold if seen else None,
        fact=fact if seen else None,
        line=line,
        deviation=fact - line if seen and line is not None else None,
    )


def _lines(board: PlanFact, window: CourseWindow, days: Sequence[dt.date]) -> list[Fraction | None]:
    """The line of every day; None without any plan."""
    parts = [
        (row.seller, row.team if row.scope == "reserve" else None, part)
        for row in board.rows
        for part in board.basis.parts.get(row.key, ())
    ]
    if not parts:
        return [None] * len(days)
    found = [Fraction()] * len(days)
    for seller, team, part in parts:
        month = month_of(dt.date.fromisoformat(f"{part.share.month}-01"))
        due = [
            day
            for day in due_dates(window.board.calendars, month, seller, team=team)
            if board.question.period.first <= day
        ]
        a_day, place = Fraction(part.plan, part.share.whole), 0
        for index, day in enumerate(days):
            while place < len(due) and due[place] <= day:
                place += 1
            found[index] += a_day * place
    return [*found]
