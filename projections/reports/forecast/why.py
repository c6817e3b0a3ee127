"""Why a forecast is what it is: its parts, and the sales it began with."""

from __future__ import annotations

from typing import Final

from events.trace import Trace
from projections.formula import Explanation, Term, Unit
from projections.reports.forecast.rows import COLUMNS, Forecast

_UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in COLUMNS if column.unit in ("money", "percent")
}


def explain(report: Forecast, key: str, figure: str) -> Explanation:
    """The formula and the sales up to the evening; raises KeyError where there is no figure."""
    row = next((row for row in report.rows if row.key == key), None)
    if row is None or figure not in _UNITS:
        raise KeyError(f"{key} {figure}")
    terms: tuple[Term, ...] = ()
    if figure.endswith("_error"):
        said = getattr(row, figure.removesuffix("_error"))
        terms = (Term("P", said, "money"), Term("F", row.fact, "money"))
    last = report.question.period.last if figure == "fact" else row.day
    return Explanation(
        figure=figure,
        unit=_UNITS[figure],
        value=getattr(row, figure),
        expression="(P-F)÷F×100" if terms else "",
        terms=terms,
        trace=Trace(
            kinds=report.kinds,
            sellers=(row.seller,) if row.seller else report.question.sellers,
            first=report.question.period.first,
            last=last,
            zone=report.zone,
        ),
    )
