"""Why a day of the course is what it is: the events of the day, or of all days up to it."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from events.trace import Trace
from projections.formula import Explanation, Term
from projections.reports.course.rows import COLUMNS, Course, CourseRow
from projections.reports.plan_fact.why import SUMS, planned

_UNITS: Final = {column.key: column.unit for column in COLUMNS if column.unit == "money"}


def explain(report: Course, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure; raises KeyError where there is none."""
    row = next((row for row in report.rows if row.key == key), None)
    if row is None or figure not in _UNITS:
        raise KeyError(f"{key} {figure}")
    summed = figure in ("sold", "fact")
    terms: tuple[Term, ...] = ()
    if figure == "deviation":
        terms = (Term("F", row.fact, "money"), Term("L", row.line, "money"))
    return Explanation(
        figure=figure,
        unit=_UNITS[figure],
        value=getattr(row, figure),
        expression="F-L" if terms else "",
        terms=terms,
        trace=_trace(report, row, figure),
        events_sum=SUMS[report.question.measure] if summed else None,
    )


def _trace(report: Course, row: CourseRow, figure: str) -> Trace:
    sellers, zone = report.question.sellers, report.basis.zone
    if figure == "line":
        return replace(planned(report.question, zone), sellers=sellers)
    first = row.day if figure == "sold" else report.question.period.first
    return Trace(kinds=report.basis.kinds, sellers=sellers, first=first, last=row.day, zone=zone)
