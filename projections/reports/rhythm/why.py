"""Why a figure of the rhythm is what it is."""

from __future__ import annotations

from typing import Final

from events.trace import Trace
from events.vocabulary import name_of
from projections.formula import Explanation, Term, Unit
from projections.meeting import STEPS
from projections.reports.rhythm.rows import Rhythm, RhythmRow

UNITS: Final[dict[str, Unit]] = {
    "held": "count",
    "seconds": "seconds",
    "present": "count",
    "uncorrected": "count",
}
KINDS: Final = tuple(name_of(step) for step in STEPS)


def explain(report: Rhythm, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one day, or of all of them.

    Raises KeyError with the keys or the figures there are.
    """
    rows = {row.key: row for row in report.rows}
    if key != report.total.key and key not in rows:
        raise KeyError(f"{key}: {', '.join((*rows, report.total.key))}")
    if figure not in UNITS:
        raise KeyError(f"{figure}: {', '.join(UNITS)}")
    row = rows.get(key)
    expression, terms = ("", []) if row is not None else _formula(report, figure)
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=getattr(row or report.total, figure),
        expression=expression,
        terms=tuple(terms),
        trace=_trace(report, row),
    )


def _formula(report: Rhythm, figure: str) -> tuple[str, list[Term]]:
    """The mean talk time; the others are counted."""
    met = sum(row.held for row in report.rows)
    if figure != "seconds" or not met:
        return "", []
    return "S÷n", [Term("S", report.basis.talked, "seconds"), Term("n", met, "count")]


def _trace(report: Rhythm, row: RhythmRow | None) -> Trace:
    """The steps of a day, or of the period as far as it is seen."""
    first = row.day if row else report.question.period.first
    last = row.day if row else report.basis.last
    return Trace(kinds=KINDS, first=first, last=last, zone=report.basis.zone)
