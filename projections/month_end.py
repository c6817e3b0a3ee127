"""What the close of a month says: where the log ended then, and the month's totals (feature P9)."""

from __future__ import annotations

from typing import get_args

from events.envelope import Head
from events.vocabulary import MonthClosed
from events.vocabulary.plans import Measure
from projections.desk import Desk
from projections.period import Period
from projections.question import Dials, Question
from projections.reports.plan_fact import PlanFact


def month_closed(desk: Desk, head: Head, period: Period) -> MonthClosed:
    """The close of a whole month on a log that ends at `head`, with which `desk` has caught up."""
    return MonthClosed(
        month=f"{period.first:%Y-%m}",
        position=head.seq,
        link=head.link,
        totals=_totals(desk, period),
    )


def _totals(desk: Desk, period: Period) -> dict[str, int]:
    """The department's plan and its money in every measure, and the revenue of each seller."""
    totals: dict[str, int] = {}
    dials = Dials(as_of=period.last, mode="evening")
    for measure in get_args(Measure):
        question = Question(period=period, dials=dials, measure=measure)
        report = desk.ask("plan-fact", question)
        if not isinstance(report, PlanFact):
            raise TypeError(report.name)
        totals[measure] = report.total.fact
        if report.total.plan is not None:
            totals[f"plan:{measure}"] = report.total.plan
        if measure == "revenue":
            totals.update({f"revenue:{row.key}": row.fact for row in report.rows})
    return totals
