"""What the forecast ledger says below its rows, as rows that open: evenness, break-even, slips."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from projections import slips
from projections.report import Column, Part, Row
from projections.reports.forecast.rows import BreakEven, Evenness, Forecast

ALL: Final = "department"
PLUS: Final = "department"

EVEN: Final = (
    Column("seller", "text"),
    Column("hits", "count"),
    Column("attainment", "share"),
    Column("variation", "score"),
    Column("distance", "share"),
    Column("last_third", "share"),
)
BREAK_EVEN: Final = (
    Column("costs", "money"),
    Column("plus_at", "money"),
    Column("plus_on", "date"),
)


class EvenRow(Row, frozen=True, kw_only=True):
    """See `Evenness`; `attainment` is the mean over the months, `variation` its coefficient."""

    seller: str | None
    scope: str
    hits: int
    attainment: Fraction | None
    variation: Fraction | None
    distance: Fraction | None
    last_third: Fraction | None


class PlusRow(Row, frozen=True, kw_only=True):
    """Where the plus begins; see `BreakEven`."""

    scope: str = "department"
    costs: int
    plus_at: Fraction
    plus_on: str | None


def parts(report: Forecast) -> tuple[Part, ...]:
    """What is said below the rows, by the name it is asked for under."""
    plus = () if report.break_even is None else (_plus(report.break_even),)
    return (
        Part(name="even", columns=EVEN, rows=tuple(map(_even, report.evenness))),
        Part(name="break-even", columns=BREAK_EVEN, rows=plus),
        slips.part(report.slips),
    )


def _even(it: Evenness) -> EvenRow:
    return EvenRow(
        key=it.seller or ALL,
        seller=it.seller,
        scope="seller" if it.seller else ALL,
        hits=it.hits,
        attainment=it.mean,
        variation=it.cv,
        distance=it.distance,
        last_third=it.last_third,
    )


def _plus(found: BreakEven) -> PlusRow:
    return PlusRow(
        key=PLUS,
        costs=found.costs,
        plus_at=found.revenue,
        plus_on=None if found.day is None else found.day.isoformat(),
    )
