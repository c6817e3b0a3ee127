"""Why a figure of the conversions report is what it is."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from events.trace import Trace
from events.vocabulary import name_of
from projections.explaining import asked
from projections.formula import Explanation, Term, Unit
from projections.interval import Z, parts
from projections.period import week_of
from projections.reports.conversions.rows import COLUMNS, ConversionRow, Conversions
from projections.steps import kinds_of

Formula = tuple[str, list[Term]]
UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in COLUMNS if column.unit != "text"
}
UNTRACED: Final = ("book", "bucket")
"""Cuts that no field of an event holds; the events of all their values are listed."""


def explain(report: Conversions, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one row.

    Raises KeyError with the keys or the figures there are.
    """
    row = asked((*report.totals, *report.rows), key, figure, UNITS)
    value = getattr(row, figure)
    expression, terms = ("", []) if value is None else _formula(row, figure)
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=value,
        expression=expression,
        terms=tuple(terms),
        trace=_trace(report, row, figure),
        events_sum="count" if figure in ("n", "count") and _exact(report, row) else None,
    )


def _exact(report: Conversions, row: ConversionRow) -> bool:
    """Whether the events of a count are as many as it says: deals may enter a step again.

    A trade's own step may be an activity or a stage, so the events of all of them are listed.
    """
    if report.question.reading == "cohort" or ":" in row.step_from + row.step_to:
        return False
    return row.cut is None or report.question.by not in UNTRACED


def _formula(row: ConversionRow, figure: str) -> Formula:
    """Share = k÷n; the bounds are Wilson's, with `s` for the root times z."""
    k, n = Term("k", row.count, "count"), Term("n", row.n, "count")
    if figure == "share":
        return "k÷n", [k, n]
    if figure in ("low", "high") and row.share is not None:
        _, spread, _ = parts(row.share, row.n)
        sign = "-" if figure == "low" else "+"
        return f"(k÷n+z×z÷(2×n){sign}s)÷(1+z×z÷n)", [
            k,
            n,
            Term("z", Z, "ratio"),
            Term("s", spread, "ratio"),
        ]
    return "", []


def _trace(report: Conversions, row: ConversionRow, figure: str) -> Trace:
    """The events of the first step for `n`, of the second for `count`, else of both."""
    steps = {"n": (row.step_from,), "count": (row.step_to,)}.get(
        figure, (row.step_from, row.step_to)
    )
    kinds = tuple(dict.fromkeys(name_of(kind) for step in steps for kind in kinds_of(step)))
    cohort = report.question.reading == "cohort"
    return _by_deal(report, row, figure, kinds) if cohort else _by_day(report, row, kinds)


def _by_deal(report: Conversions, row: ConversionRow, figure: str, kinds: tuple[str, ...]) -> Trace:
    """What the counted deals did in these steps; no deal has an empty name."""
    basis = report.basis
    deals = (basis.reached if figure == "count" else basis.entered)[row.key]
    return Trace(kinds=kinds, deals=deals or ("",), last=basis.seen, zone=basis.zone)


def _by_day(report: Conversions, row: ConversionRow, kinds: tuple[str, ...]) -> Trace:
    question, basis = report.question, report.basis
    found = Trace(
        kinds=kinds,
        sellers=question.sellers,
        first=question.period.first,
        last=min(question.period.last, basis.seen),
        zone=basis.zone,
    )
    if row.cut is None or question.by in UNTRACED:
        return found
    if question.by == "week":
        week = week_of(dt.date.fromisoformat(row.cut))
        first, last = (
            max(week.first, question.period.first),
            min(week.last, found.last or week.last),
        )
        return msgspec.structs.replace(found, first=first, last=last)
    if question.by == "seller":
        return msgspec.structs.replace(found, sellers=(row.cut,))
    return msgspec.structs.replace(found, fields=((question.by, row.cut or None),))
