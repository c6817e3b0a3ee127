"""Why a figure of the report of calls is what it is."""

from __future__ import annotations

from typing import Final

from events.trace import Trace
from projections.explaining import asked
from projections.formula import Explanation, Term, Unit
from projections.reports.calls.rows import COLUMNS, CallsReport, CallsRow

UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in COLUMNS if column.unit != "text"
}

LENGTHS: Final = ("under_1", "under_3", "over_3")


def explain(report: CallsReport, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one row.

    Raises KeyError with the keys or the figures there are.
    """
    row = asked((*report.rows, *report.department), key, figure, UNITS)
    value = getattr(row, figure)
    expression, terms = ("", ()) if value is None else _formula(row, figure)
    counted = figure == "calls" and row.book is None
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=value,
        expression=expression,
        terms=terms,
        trace=_trace(report, row),
        events_sum="count" if counted else None,
    )


def _formula(row: CallsRow, figure: str) -> tuple[str, tuple[Term, ...]]:
    """A share of the measured calls, or of all; minutes are seconds by sixty."""
    if figure == "reached_share" and row.reached is not None:
        return "k÷n", (Term("k", row.reached, "count"), Term("n", row.calls, "count"))
    if figure == "minutes":
        return "s÷60", (Term("s", row.seconds, "count"), Term("60", 60, "count"))
    name = figure.removesuffix("_share")
    if name == figure or name not in LENGTHS:
        return "", ()
    measured = row.calls - row.unmeasured
    return "k÷n", (Term("k", getattr(row, name), "count"), Term("n", measured, "count"))


def _trace(report: CallsReport, row: CallsRow) -> Trace:
    """A book follows from the whole history of a client, so the calls of both are listed; those
    of one length are listed among all.
    """
    basis, period = report.basis, report.question.period
    sellers = report.question.sellers if row.key.startswith("*") else (row.seller or "",)
    return Trace(
        kinds=("call_made",),
        sellers=sellers,
        fields=() if row.direction is None else (("direction", row.direction),),
        first=period.first,
        last=min(period.last, basis.seen),
        zone=basis.zone,
    )
