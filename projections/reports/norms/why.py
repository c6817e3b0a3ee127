"""Why a figure of the report of norms is what it is."""

from __future__ import annotations

from typing import Final

from events.trace import Trace
from projections.explaining import asked
from projections.formula import Explanation, Term, Unit
from projections.offers import before
from projections.period import month_of
from projections.reports.norms.rows import COLUMNS, NormRow, NormsReport

Formula = tuple[str, list[Term]]
UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in COLUMNS if column.unit != "text"
}


def explain(report: NormsReport, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one row.

    Raises KeyError with the keys or the figures there are.
    """
    row = asked(report.rows, key, figure, UNITS)
    source = (row.norm_source or "") if figure == "norm" else figure
    value = getattr(row, figure)
    expression, terms = ("", []) if value is None else _formula(report, row, source)
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=value,
        expression=expression,
        terms=tuple(terms),
        trace=_trace(report, row, source),
    )


def _formula(report: NormsReport, row: NormRow, source: str) -> Formula:
    """T÷A÷c÷…÷W, a month's work over its days, seconds over talks; else the value as it is set."""
    basis = report.basis
    if source == "plan":
        return _plan(report, row)
    if source == "best_month" and row.rate is not None:
        return "F÷W", [Term("F", row.rate.done, "count"), Term("W", row.rate.days, "days")]
    if source == "mean_seconds":
        seconds, talked = basis.talks[row.seller, row.activity]
        return "s÷n", [Term("s", seconds, "count"), Term("n", talked, "count")]
    return "", []


def _plan(report: NormsReport, row: NormRow) -> Formula:
    basis = report.basis
    month = f"{basis.seen:%Y-%m}"
    chain = basis.chains[month, row.seller]
    shares = [
        Term(f"c[{step.step_from}]", step.share, "share") for step in chain.way(row.activity) or ()
    ]
    terms = [
        Term("T", basis.plans.seller(month, row.seller), "money"),
        Term("A", chain.check.value, "money"),
        *shares,
        Term("W", basis.days[row.seller, "month"], "days"),
    ]
    return "÷".join(term.symbol for term in terms), terms


def _trace(report: NormsReport, row: NormRow, source: str) -> Trace:
    basis = report.basis
    named = (("activity", row.activity),)
    match source:
        case "plan":
            return Trace(kinds=("plan_set",), sellers=(row.seller,), zone=basis.zone)
        case "sector":
            return Trace(kinds=("benchmark_entered",), fields=named, zone=basis.zone)
        case "best" | "mean_seconds" | "best_month":
            return _done(report, row, source)
    return Trace(kinds=("norm_set",), sellers=(row.seller, ""), fields=named, zone=basis.zone)


def _done(report: NormsReport, row: NormRow, source: str) -> Trace:
    """What was done in the stretch a figure is of, by whoever it is of."""
    basis, own = report.basis, row.activity.startswith(":")
    stretch = before(basis.due)
    if source == "best_month" and row.rate is not None:
        stretch = month_of(row.rate.month)
    fields = [("activity", row.activity[1:])] if own else []
    if row.direction is not None:
        fields.append(("direction", row.direction))
    return Trace(
        kinds=("step_completed" if own else row.activity,),
        sellers=basis.peers[row.seller] if source == "best" else (row.seller,),
        fields=tuple(fields),
        first=stretch.first,
        last=min(stretch.last, basis.seen),
        zone=basis.zone,
    )
