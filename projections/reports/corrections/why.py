"""Why the effect of a correction is what it is."""

from __future__ import annotations

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from events.trace import Trace
from projections.explaining import asked
from projections.formula import Explanation, Term, Unit
from projections.metrics import kind_of, kinds_of
from projections.period import Period
from projections.reports.corrections.rows import Cases, CorrectionRow, Corrections

FIGURES: Final = ("was", "became", "change", "late", "until")

Formula = tuple[str, list[Term]]


def explain(report: Corrections, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one correction.

    Raises KeyError with the keys or the figures there are.
    """
    row = asked(report.rows, key, figure, FIGURES)
    expression, terms = _formula(report, row, figure)
    value = getattr(row, figure)
    return Explanation(
        figure=figure,
        unit=_unit(row, figure),
        value=value.isoformat() if isinstance(value, dt.date) else value,
        expression=expression,
        terms=tuple(terms),
        trace=_trace(report, row, figure),
        recorded_after=_settled(report, row) if figure == "late" else None,
    )


def _unit(row: CorrectionRow, figure: str) -> Unit:
    if figure in ("late", "until"):
        return "count" if figure == "late" else "date"
    return row.change_unit if figure == "change" else row.unit


def _settled(report: Corrections, row: CorrectionRow) -> dt.datetime | None:
    """The end of the day on which the effect was first complete."""
    if row.settled is None:
        return None
    return dt.datetime.combine(row.settled, dt.time.max, ZoneInfo(report.basis.zone))


def _trace(report: Corrections, row: CorrectionRow, figure: str) -> Trace:
    """The events of the metric in the stretch; of the day it is due, what was agreed and said."""
    basis = report.basis
    if figure == "until":
        return Trace(
            kinds=("correction_agreed", "correction_reviewed"),
            sellers=(row.seller,),
            fields=(("correction", row.key),),
            zone=basis.zone,
        )
    spans = basis.stretches[row.key]
    whole = Period(spans.before.first, spans.after.last)
    stretch = {"was": spans.before, "became": spans.after}.get(figure, whole)
    first, second = basis.cases[row.key]
    deals = {"was": first.deals, "became": second.deals, "change": (*first.deals, *second.deals)}
    if row.reading == "cohort" and figure == "late" and basis.turned.get(row.key):
        kinds = kinds_of(row.metric, basis.recognition)
        return Trace(kinds=kinds, deals=basis.turned[row.key], zone=basis.zone)
    if row.reading == "cohort" and deals.get(figure):
        return Trace(
            kinds=kinds_of(row.metric, basis.recognition),
            deals=tuple(dict.fromkeys(deals[figure])),
            first=stretch.first,
            last=stretch.last,
            zone=basis.zone,
        )
    return Trace(
        kinds=kinds_of(row.metric, basis.recognition),
        sellers=(row.seller,),
        first=stretch.first,
        last=stretch.last,
        zone=basis.zone,
    )


def _formula(report: Corrections, row: CorrectionRow, figure: str) -> Formula:
    first, second = report.basis.cases[row.key]
    match figure:
        case "was":
            return _level(row, first, row.days_before, "₀")
        case "became":
            return _level(row, second, row.days_after, "₁")
        case "change" if row.change is not None:
            terms = [Term("m₁", row.became, row.unit), Term("m₀", row.was, row.unit)]
            return ("m₁÷m₀" if kind_of(row.metric) == "count" else "m₁-m₀"), terms
    return "", []


def _level(row: CorrectionRow, cases: Cases, days: int, mark: str) -> Formula:
    """`X÷d` of counts and money, `X÷N` of shares, `Σ÷N` of means."""
    match kind_of(row.metric):
        case "share":
            over, under = Term(f"X{mark}", cases.count, "count"), cases.entered
        case "mean":
            over, under = Term(f"Σ{mark}", cases.sum, row.unit), cases.count
        case "money":
            over, under = Term(f"Σ{mark}", cases.sum, row.unit), days
        case _:
            over, under = Term(f"X{mark}", cases.count, "count"), days
    is_days = kind_of(row.metric) in ("count", "money")
    below = Term(f"d{mark}" if is_days else f"N{mark}", under, "days" if is_days else "count")
    return f"{over.symbol}÷{below.symbol}", [over, below]
