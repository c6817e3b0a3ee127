"""Why a figure of the activity report is what it is."""

from __future__ import annotations

from typing import Final

from events.trace import Trace
from projections.counts import counting
from projections.explaining import asked
from projections.formula import EventsSum, Explanation, Term, Unit
from projections.reports.activity.rows import COLUMNS, Activity, ActivityRow, Run

Formula = tuple[str, list[Term]]
UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in COLUMNS if column.unit != "text"
}


def explain(report: Activity, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one row.

    Raises KeyError with the keys or the figures there are.
    """
    row = asked((*report.rows, *report.department), key, figure, UNITS)
    expression, terms = _formula(report, row, figure)
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=getattr(row, figure),
        expression=expression,
        terms=tuple(terms),
        trace=_trace(report, row, figure),
        events_sum=_events_sum(report, row) if figure == "fact" else None,
        otherwise=None if row.fact or figure == "fact" else _trace(report, row, "norm"),
    )


def _events_sum(report: Activity, row: ActivityRow) -> EventsSum | None:
    """Brief calls are listed and not counted; what a book holds no trace can ask for."""
    if row.book is not None:
        return None
    return "count" if report.question.brief else counting(row.activity)


def _trace(report: Activity, row: ActivityRow, figure: str) -> Trace:
    """A book follows from the whole history of a client, so the events of both are listed."""
    basis, period = report.basis, report.question.period
    sellers = report.question.sellers if _is_sum(row) else (row.seller or "",)
    if figure == "norm":
        if row.norm_source == "plan":
            return Trace(kinds=("plan_set",), sellers=sellers, zone=basis.zone)
        concerned = (*sellers, "") if sellers else ()
        wanted = (("activity", row.activity),)
        return Trace(kinds=("norm_set",), sellers=concerned, fields=wanted, zone=basis.zone)
    own = row.activity.startswith(":")
    fields = [("activity", row.activity[1:])] if own else []
    if row.direction is not None:
        fields.append(("direction", row.direction))
    return Trace(
        kinds=("step_completed" if own else row.activity,),
        sellers=sellers,
        fields=tuple(fields),
        first=period.first,
        last=min(period.last, basis.seen),
        zone=basis.zone,
    )


def _is_sum(row: ActivityRow) -> bool:
    return row.key.startswith("*|")


def _formula(report: Activity, row: ActivityRow, figure: str) -> Formula:
    fact, norm = Term("F", row.fact, "count"), Term("N", row.norm, "count")
    match figure:
        case "norm":
            return _norm(report, row)
        case "deviation":
            return "F-N", [fact, norm]
        case "percent":
            return "F÷N×100", [fact, norm]
    return "", []


def _norm(report: Activity, row: ActivityRow) -> Formula:
    """Σ norm × days over the stretches of one norm; the department's is the sum of its sellers'."""
    if _is_sum(row):
        terms = [
            Term(f"N[{one.seller}]", one.norm, "count")
            for one in report.rows
            if one.norm is not None and _same(one, row)
        ]
        return "+".join(term.symbol for term in terms), terms
    runs = report.basis.runs[row.key]
    if not runs:
        return "0", []
    marks = [f"[{place}]" for place in range(1, len(runs) + 1)] if len(runs) > 1 else [""]
    made = [_run(report, row, run, mark) for run, mark in zip(runs, marks, strict=True)]
    return "+".join(expression for expression, _ in made), [
        term for _, terms in made for term in terms
    ]


def _same(one: ActivityRow, other: ActivityRow) -> bool:
    return (one.activity, one.book, one.direction) == (
        other.activity,
        other.book,
        other.direction,
    )


def _run(report: Activity, row: ActivityRow, run: Run, mark: str) -> Formula:
    """`N×w` by hand, `T÷A÷c÷…÷W×w` from the plan (requirement row 8)."""
    days = Term(f"w{mark}", run.days, "days")
    chain = report.basis.chains.get((run.month, row.seller or ""))
    way = chain.way(row.activity) if chain is not None else None
    if not run.norm.derived or chain is None or way is None:
        return f"N{mark}×w{mark}", [Term(f"N{mark}", run.norm.per_day, "count"), days]
    whose = (run.month, row.seller or "")
    plan = report.basis.plans.seller(*whose)
    shares = [Term(f"c[{step.step_from}]{mark}", step.share, "share") for step in way]
    terms = [
        Term(f"T{mark}", plan, "money"),
        Term(f"A{mark}", chain.check.value, "money"),
        *shares,
        Term(f"W{mark}", report.basis.working_days[whose], "days"),
    ]
    return "÷".join(term.symbol for term in terms) + f"×w{mark}", [*terms, days]
