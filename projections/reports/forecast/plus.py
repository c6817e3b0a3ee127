"""Why the plus begins where it does (feature P15): what the month costs, and what it earns."""

from __future__ import annotations

from typing import Final

from events.trace import Trace
from events.vocabulary import FixedCostsSet, name_of
from projections.explaining import asked
from projections.formula import Explanation, Term, Unit
from projections.reports import plan_fact
from projections.reports.forecast.besides import ALL, BREAK_EVEN, PlusRow, parts
from projections.reports.forecast.rows import Forecast

_UNITS: Final[dict[str, Unit]] = {column.key: column.unit for column in BREAK_EVEN}


def explain(report: Forecast, key: str, figure: str) -> Explanation:
    """C of the costs, C×F÷M of the revenue, the day at F÷w a day.

    Raises KeyError with the keys or the figures there are.
    """
    rows = [row for row in parts(report)[1].rows if isinstance(row, PlusRow)]
    row = asked(rows, key, figure, _UNITS)
    board, month = report.basis.board, report.question.period.month
    fact = Term("F", board.total.fact, "money")
    expression, terms, trace = "", [], plan_fact.explain(board, ALL, "fact").trace
    match figure:
        case "costs":
            kinds, fields = (name_of(FixedCostsSet),), (("month", month),)
            trace = Trace(kinds=kinds, fields=fields, zone=board.basis.zone)
        case "plus_at":
            expression = "C×F÷M"
            terms = [
                Term("C", row.costs, "money"), fact, Term("M", report.basis.margin, "money"),
            ]  # fmt: skip
        case "plus_on":
            expression = "P÷(F÷w)"
            terms = [
                Term("P", row.plus_at, "money"), fact, Term("w", board.total.days_done, "days"),
            ]  # fmt: skip
    return Explanation(
        figure=figure,
        unit=_UNITS[figure],
        value=getattr(row, figure),
        expression=expression,
        terms=tuple(terms),
        trace=trace,
    )
