"""Rows from plans, facts and days, and sums of rows (features P2, requirement rows 4-7, 21)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import msgspec

from projections.linear import Part, pace, percent, ratio, required, total
from projections.reports.plan_fact.rows import PlanFactRow, Scope
from projections.rounding import half_up


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a row speaks of, and the working days that are theirs."""

    key: str
    scope: Scope
    days: int
    done: int
    seller: str | None = None
    team: str | None = None
    hired: dt.date | None = None
    left: dt.date | None = None
    absences: tuple[tuple[dt.date, dt.date], ...] = ()


def single(subject: Subject, parts: Sequence[Part], fact: int) -> PlanFactRow:
    """A row of its own; without `parts` there is no plan."""
    plan = half_up(sum((part.portion for part in parts), Fraction())) if parts else None
    line = sum((part.due for part in parts), Fraction()) if parts else None
    needed = required(plan, fact, subject.days - subject.done)
    forecast = ratio(fact * subject.days, subject.done)
    return _filled(subject, plan, fact, line, needed, ratio(fact, subject.done), forecast)


def summed(subject: Subject, rows: Sequence[PlanFactRow]) -> PlanFactRow:
    """The sum of rows, on the working days of the subject."""
    plan = _known([row.plan for row in rows])
    line = _known([row.line for row in rows])
    days_left = subject.days - subject.done
    needs = [need(row, days_left) for row in rows]
    late = any(
        row.plan is not None and found is None for row, found in zip(rows, needs, strict=True)
    )
    return _filled(
        subject,
        None if plan is None else int(plan),
        sum(row.fact for row in rows),
        line,
        None if late else _known(needs),
        _known([current(row) for row in rows]),
        None if all(row.forecast is None for row in rows) else total(expected(row) for row in rows),
    )


def need(row: PlanFactRow, days_left: int) -> Fraction | None:
    """What a row adds to the required rate of a sum with so many working days left."""
    own = row.days - row.days_done
    return required(row.plan, row.fact, own if own > 0 else days_left)


def current(row: PlanFactRow) -> Fraction | None:
    """What a row adds to the current rate: F÷w of whoever has a plan and days left to sell."""
    if row.plan is None or row.days <= row.days_done:
        return None
    return ratio(row.fact, row.days_done)


def expected(row: PlanFactRow) -> Fraction:
    """What a row adds to the forecast of a sum."""
    return Fraction(row.fact) if row.forecast is None else row.forecast


def _known(values: Sequence[Fraction | int | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return total(known) if known else None


def _filled(
    subject: Subject,
    plan: int | None,
    fact: int,
    line: Fraction | None,
    needed: Fraction | None,
    rate: Fraction | None,
    forecast: Fraction | None,
) -> PlanFactRow:
    deviation = fact - (line or Fraction())
    return PlanFactRow(
        key=subject.key,
        seller=subject.seller,
        scope=subject.scope,
        team=subject.team,
        plan=plan,
        fact=fact,
        percent=percent(fact, plan),
        line=line,
        deviation=deviation,
        deviation_percent=percent(deviation, line),
        required_per_day=needed,
        pace=pace(needed, rate),
        forecast=forecast,
        forecast_percent=percent(forecast, plan),
        days=subject.days,
        days_done=subject.done,
        hired=subject.hired,
        left=subject.left,
        absences=subject.absences,
    )
