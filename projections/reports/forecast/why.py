"""Why a forecast is what it is: the sales it began with, the deals it counted on."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from events.trace import Trace
from events.vocabulary import name_of
from projections import slips
from projections.formula import Explanation, Term, Unit
from projections.order_book import BOOK_KINDS
from projections.reports import plan_fact
from projections.reports.forecast import even, plus
from projections.reports.forecast.rows import COLUMNS, Forecast, ForecastRow, Said

_UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in COLUMNS if column.unit in ("money", "percent")
}


def explain(report: Forecast, key: str, figure: str) -> Explanation:
    """The formula and the events as they were known that evening; `part:row` is what is said below.

    Raises KeyError where there is no figure.
    """
    part, _, rest = key.partition(":")
    match part:
        case "even":
            return even.explain(report, rest, figure)
        case "break-even":
            return plus.explain(report, rest, figure)
        case slips.NAME:
            return slips.explain(report.slips, rest, figure, report.basis.board.basis.zone)
    row = next((row for row in report.rows if row.key == key), None)
    if row is None or figure not in _UNITS:
        raise KeyError(f"{key} {figure}")
    if figure.endswith("_error"):
        return _error(report, row, figure)
    if figure == "fact":
        return replace(_of_board(report.basis.board, row, "fact"), value=row.fact)
    said = report.basis.said[row.before_end]
    if figure == "run_rate":
        return replace(_run_rate(report, said, row), figure=figure, recorded_until=said.known)
    terms = _stakes(said, row) if figure == "pipeline" else _promised(said, row)
    return Explanation(
        figure=figure,
        unit="money",
        value=getattr(row, figure),
        expression="+".join(["F", *(_product(term) for term in terms)]),
        terms=(Term("F", _sold(said, row), "money"), *(each for term in terms for each in term)),
        trace=Trace(
            kinds=tuple(name_of(kind) for kind in BOOK_KINDS),
            deals=_deals(said, row, figure) or ("",),
            last=row.day,
            zone=report.basis.board.basis.zone,
        ),
        recorded_until=said.known,
        otherwise=_by_then(report, said, row),
    )


def _by_then(report: Forecast, said: Said, row: ForecastRow) -> Trace:
    """What was sold by that evening: all a forecast has that counts on no deal."""
    return _run_rate(report, said, row).trace


def _run_rate(report: Forecast, said: Said, row: ForecastRow) -> Explanation:
    """The run rate of that evening; who was on no board yet had neither plan nor money."""
    if row.seller is None or any(then.seller == row.seller for then in said.board.rows):
        return _of_board(said.board, row, "forecast")
    now = _of_board(report.basis.board, row, "fact")
    return replace(now, value=None, events_sum=None, trace=replace(now.trace, last=row.day))


def _of_board(board: plan_fact.PlanFact, row: ForecastRow, figure: str) -> Explanation:
    """The figure of plan-fact that a forecast is."""
    return plan_fact.explain(board, f"seller:{row.seller}" if row.seller else "department", figure)


def _error(report: Forecast, row: ForecastRow, figure: str) -> Explanation:
    """How far a forecast was off, with the sales that came."""
    said = getattr(row, figure.removesuffix("_error"))
    came = _of_board(report.basis.board, row, "fact")
    return replace(
        came,
        figure=figure,
        unit="percent",
        value=getattr(row, figure),
        expression="(P-F)÷F×100",
        terms=(Term("P", said, "money"), Term("F", row.fact, "money")),
        events_sum=None,
    )


def _sold(said: Said, row: ForecastRow) -> int:
    """What had been sold by that evening."""
    rows = said.board.rows if row.seller else (said.board.total,)
    return next((then.fact for then in rows if then.seller == row.seller), 0)


def _stakes(said: Said, row: ForecastRow) -> list[tuple[Term, ...]]:
    """p×A×q of the open deals of each stage."""
    return [
        (
            Term(f"p[{stake.stage}]", stake.p, "share"),
            Term(f"A[{stake.stage}]", stake.amount, "money"),
            Term(f"q[{stake.stage}]", stake.q, "share"),
        )
        for stake in said.stakes[row.seller]
    ]


def _promised(said: Said, row: ForecastRow) -> list[tuple[Term, ...]]:
    """What is open of all deals that were said to close."""
    amount = sum(amount for _, amount in said.promised[row.seller])
    return [(Term("A", amount, "money"),)]


def _product(terms: tuple[Term, ...]) -> str:
    return "×".join(term.symbol for term in terms)


def _deals(said: Said, row: ForecastRow, figure: str) -> tuple[str, ...]:
    """The deals a forecast counted on."""
    if figure == "word":
        return tuple(deal for deal, _ in said.promised[row.seller])
    return tuple(deal for stake in said.stakes[row.seller] for deal in stake.deals)
