"""What one more fact means to its seller: the day's work, and the way back to the line (P1, P3)."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from projections.chain import Check, deals_for
from projections.period import month_of
from projections.question import Question
from projections.report import Column, Report
from projections.reports.activity import ActivityRow, activity
from projections.reports.plan_fact import plan_fact
from projections.state import Settings
from projections.windows.effect import EffectWindow

COLUMNS = (
    Column("activity", "text"),
    Column("fact", "count"),
    Column("norm", "count"),
)


class Effect(Report, frozen=True, kw_only=True):
    """A seller's day and month in a few figures.

    `rows` are the seller's whole activities of the day, against the norms set by hand.
    `deviation` is F-L of the month in minor units, None without a plan; `deals` is ⌈gap÷A⌉ with
    the average check A, how many sales bring the seller back to the line: 0 on it, None where
    nothing is known of A.
    """

    rows: tuple[ActivityRow, ...]
    check: Check
    deviation: Fraction | None = None
    deals: int | None = None


def effect(window: EffectWindow, question: Question, settings: Settings) -> Effect:
    """The effect on the one seller the question names, on the day that is its period."""
    day = activity(window.day, _of_the_day(question), settings)
    month = plan_fact(window.month, replace(question, period=month_of(window.month.seen)), settings)
    row = next((row for row in month.rows if row.seller in question.sellers), None)
    deviation = row.deviation if row is not None and row.plan is not None else None
    return Effect(
        name="effect",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(row for row in day.rows if row.book is None and row.direction is None),
        check=window.check,
        deviation=deviation,
        deals=_deals(deviation, window.check.value),
    )


def _of_the_day(question: Question) -> Question:
    """The same question with the day seen to its end."""
    dials = replace(question.dials, as_of=question.period.last, mode="evening")
    return replace(question, dials=dials, per="month")


def _deals(deviation: Fraction | None, check: Fraction | None) -> int | None:
    """⌈gap÷A⌉ (requirement row 22); None where the plan or the check is unknown."""
    if deviation is None:
        return None
    if deviation >= 0:
        return 0
    return deals_for(-deviation, check) if check is not None and check > 0 else None
