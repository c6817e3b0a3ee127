"""Why evenness is what it is: the months it is measured over, and the days inside this one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from itertools import accumulate
from typing import Final

from msgspec.structs import replace

from events.trace import Trace
from projections.explaining import asked
from projections.formula import Explanation, Term, Unit
from projections.reports import plan_fact
from projections.reports.forecast.besides import ALL, EVEN, EvenRow, parts
from projections.reports.forecast.rows import Forecast

Formula = tuple[str, list[Term]]

UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in EVEN if column.unit != "text"
}


def explain(report: Forecast, key: str, figure: str) -> Explanation:
    """The formula of a figure of evenness, and the sales it is measured by: those of the month
    where nothing was sold yet by the day that lies furthest from the even line.

    Raises KeyError with the keys or the figures there are.
    """
    rows = [row for row in parts(report)[0].rows if isinstance(row, EvenRow)]
    row = asked(rows, key, figure, UNITS)
    formula, trace = _FIGURES[figure]
    value = getattr(row, figure)
    expression, terms = ("", []) if value is None else formula(report, row)
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=value,
        expression=expression,
        terms=tuple(terms),
        trace=trace(report, row),
        otherwise=_sales(report, row),
    )


def _reached(report: Forecast, row: EvenRow) -> list[Term]:
    """Fact ÷ plan of each month with a plan."""
    terms: list[Term] = []
    for board in report.basis.months:
        found = (board.total,) if row.seller is None else board.rows
        then = next((each for each in found if each.seller == row.seller), None)
        if then is not None and then.plan:
            month = board.question.period.month
            terms.append(Term(f"a[{month}]", Fraction(then.fact, then.plan), "share"))
    return terms


def _hits(report: Forecast, row: EvenRow) -> Formula:
    """How many of the months reached their plan: each of them, rounded down, counts as one."""
    terms = _reached(report, row)
    return "+".join(f"({term.symbol}≥1)" for term in terms), terms


def _mean(report: Forecast, row: EvenRow) -> Formula:
    terms = _reached(report, row)
    total = "+".join(term.symbol for term in terms)
    return f"({total})÷n", [*terms, Term("n", len(terms), "count")]


def _variation(report: Forecast, row: EvenRow) -> Formula:
    """The standard deviation over the mean; both are of the months behind them."""
    mean, variation = row.attainment or Fraction(), row.variation or Fraction()
    return "s÷m", [Term("s", variation * mean, "share"), Term("m", mean, "share")]


def _distance(report: Forecast, row: EvenRow) -> Formula:
    """The share sold by the day that lies furthest from w÷W."""
    day, place, share = furthest(report, row.seller)
    days = len(report.basis.sold[row.seller])
    even = Fraction(place, days)
    marked = f"[{day:%m-%d}]"
    terms = [
        Term(f"c{marked}", share, "share"),
        Term(f"w{marked}", place, "days"),
        Term("W", days, "days"),
    ]
    return (f"c{marked}-w{marked}÷W" if share >= even else f"w{marked}÷W-c{marked}"), terms


def furthest(report: Forecast, seller: str | None) -> tuple[dt.date, int, Fraction]:
    """The day furthest from the diagonal, its place among the working days, the share by then."""
    days = report.basis.sold[seller]
    whole = sum(amount for _, amount in days)
    shares = [Fraction(part, whole) for part in accumulate(amount for _, amount in days)]
    place = max(
        range(1, len(days) + 1),
        key=lambda each: abs(shares[each - 1] - Fraction(each, len(days))),
    )
    return days[place - 1][0], place, shares[place - 1]


def _last_third(report: Forecast, row: EvenRow) -> Formula:
    whole = sum(amount for _, amount in report.basis.sold[row.seller])
    part = (row.last_third or Fraction()) * whole
    return "S[⅓]÷S", [Term("S[⅓]", part, "money"), Term("S", whole, "money")]


def _months(report: Forecast, row: EvenRow) -> Trace:
    """What was planned and sold in all the months."""
    months = [board.question.period for board in report.basis.months]
    trace = _sales(report, row)
    return replace(trace, first=months[0].first, last=months[-1].last)


def _days(report: Forecast, row: EvenRow) -> Trace:
    """What was sold up to the day that lies furthest."""
    if row.distance is None:
        return _sales(report, row)
    return replace(_sales(report, row), last=furthest(report, row.seller)[0])


def _sales(report: Forecast, row: EvenRow) -> Trace:
    """What was sold in the month."""
    key = ALL if row.seller is None else f"seller:{row.seller}"
    return plan_fact.explain(report.basis.board, key, "fact").trace


_FIGURES: Final[
    dict[
        str,
        tuple[Callable[[Forecast, EvenRow], Formula], Callable[[Forecast, EvenRow], Trace]],
    ]
] = {
    "hits": (_hits, _months),
    "attainment": (_mean, _months),
    "variation": (_variation, _months),
    "distance": (_distance, _days),
    "last_third": (_last_third, _sales),
}
