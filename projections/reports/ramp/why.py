"""Why a figure of the report of growing norms is what it is."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from events.trace import Trace
from projections.explaining import asked
from projections.formula import Explanation, Term, Unit
from projections.reports.ramp.rows import COLUMNS, RampReport, RampRow

UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in COLUMNS if column.unit != "text"
}


def explain(report: RampReport, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one row.

    Raises KeyError with the keys or the figures there are.
    """
    row = asked(report.rows, key, figure, UNITS)
    terms = _terms(row) if figure == "next" and row.norm is not None else ()
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=getattr(row, figure),
        expression="min(G,⌈N×(1+r)⌉)" if terms else "",
        terms=terms,
        trace=_trace(report, row, figure),
    )


def _terms(row: RampRow) -> tuple[Term, ...]:
    return (
        Term("G", row.goal, "count"),
        Term("N", row.norm, "count"),
        Term("r", Fraction(row.weekly_bp, 10_000), "share"),
    )


def _trace(report: RampReport, row: RampRow, figure: str) -> Trace:
    """What was set, done or scored behind a figure."""
    zone, weeks = report.basis.zone, report.basis.weeks
    named = (("activity", row.activity),)
    if figure == "attained":
        own = row.activity.startswith(":")
        return Trace(
            kinds=("step_completed" if own else row.activity,),
            sellers=(row.seller,),
            fields=(("activity", row.activity[1:]),) if own else (),
            first=weeks.first,
            last=weeks.last,
            zone=zone,
        )
    if figure in ("card_mean", "short_share"):
        kind = "card_filled" if figure == "card_mean" else "call_made"
        return Trace(
            kinds=(kind,), sellers=(row.seller,), first=weeks.first, last=weeks.last, zone=zone
        )
    if figure in ("card_mean_before", "short_share_before"):
        kind = "card_filled" if figure == "card_mean_before" else "call_made"
        return Trace(kinds=(kind,), sellers=(row.seller,), last=row.since, zone=zone)
    return Trace(
        kinds=("ramp_started", "ramp_held", "norm_set"),
        sellers=(row.seller, ""),
        fields=named,
        zone=zone,
    )
