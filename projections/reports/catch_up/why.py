"""Why a figure of the catch-up report is what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from events.trace import Trace
from events.vocabulary import name_of
from projections.catch_up import rest
from projections.chain_why import check_formula, share_formula
from projections.deals import DEAL_KINDS
from projections.explaining import asked
from projections.formula import Explanation, Term, Unit, Value
from projections.pipeline import Stake, credit
from projections.reports import plan_fact
from projections.reports.catch_up.rows import COLUMNS, CatchUp, CatchUpRow, Means

Formula = tuple[str, list[Term]]
UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in COLUMNS if column.unit != "text"
}
_MONEY: Final = frozenset(key for key, unit in UNITS.items() if unit == "money")
_CREDITS: Final = ("credit", "credit_month")


def explain(report: CatchUp, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one row.

    Raises KeyError with the keys or the figures there are.
    """
    row = asked(report.rows, key, figure, UNITS)
    value = getattr(row, figure)
    expression, terms = ("", []) if value is None else _FORMULAS[figure](report, row)
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=value.isoformat() if figure == "last_day" and value is not None else value,
        expression=expression,
        terms=tuple(terms),
        trace=_trace(report, row, figure),
        otherwise=_planned(report, row) if figure in _MONEY - {"check", *_CREDITS} else None,
    )


def _planned(report: CatchUp, row: CatchUpRow) -> Trace | None:
    """The plan, for who has sold nothing of it yet."""
    return plan_fact.explain(report.basis.board, f"seller:{row.seller}", "deviation").otherwise


def _trace(report: CatchUp, row: CatchUpRow, figure: str) -> Trace:
    """Gaps come from the sales of the period, chances from deals, the rest from the last days."""
    basis = report.basis
    if figure in _CREDITS:
        stakes = _stakes(report.basis.means[row.seller], figure)
        names = tuple(deal for stake in stakes for deal in stake.deals)
        kinds = tuple(name_of(kind) for kind in DEAL_KINDS)
        return Trace(kinds=kinds, deals=names or ("",), last=basis.seen, zone=basis.zone)
    if figure in _MONEY - {"check"}:
        return plan_fact.explain(basis.board, f"seller:{row.seller}", "fact").trace
    if figure == "norm":
        if row.key in basis.norms:
            return Trace(kinds=("plan_set",), sellers=(row.seller,), zone=basis.zone)
        fields = (("activity", row.activity),)
        return Trace(kinds=("norm_set",), sellers=("", row.seller), fields=fields, zone=basis.zone)
    return Trace(
        kinds=tuple(_kind(step) for step in _way(report, row, figure)),
        sellers=() if figure == "last_day" or row.source == "mixed" else (row.seller,),
        first=basis.first,
        last=basis.seen,
        zone=basis.zone,
    )


def _way(report: CatchUp, row: CatchUpRow, figure: str) -> list[str]:
    """The steps whose events a figure comes from."""
    chain = report.basis.means[row.seller].chain
    way = chain.way(row.activity) or ()
    steps = [step.step_from for step in way]
    if figure == "share" and way:
        return [way[0].step_from, way[0].step_to]
    return [*steps, chain.sale] if figure != "last_day" else [row.activity, chain.sale]


def _kind(step: str) -> str:
    return step.partition(":")[0]


def _gap(report: CatchUp, row: CatchUpRow) -> Formula:
    return "L-F", _money(report, row, "line")


def _gap_until(report: CatchUp, row: CatchUpRow) -> Formula:
    return "L[X]-F", _money(report, row, "line_until")


def _gap_month(report: CatchUp, row: CatchUpRow) -> Formula:
    return "T-F", _money(report, row, "plan")


def _money(report: CatchUp, row: CatchUpRow, goal: str) -> list[Term]:
    """What a gap is the difference of."""
    means = report.basis.means[row.seller]
    symbol = {"line": "L", "line_until": "L[X]", "plan": "T"}[goal]
    return [Term(symbol, getattr(means, goal), "money"), Term("F", means.fact, "money")]


def _credit(report: CatchUp, row: CatchUpRow) -> Formula:
    return _expected(_stakes(report.basis.means[row.seller], "credit"))


def _credit_month(report: CatchUp, row: CatchUpRow) -> Formula:
    return _expected(_stakes(report.basis.means[row.seller], "credit_month"))


def _stakes(means: Means, figure: str) -> tuple[Stake, ...]:
    return means.stakes if figure == "credit" else means.stakes_month


def _expected(stakes: Sequence[Stake]) -> Formula:
    """Σ p×V×q over the stages, V being the open amounts of a stage together."""
    terms: list[Term] = []
    for stake in stakes:
        terms += [
            Term(f"p[{stake.stage}]", stake.p, "share"),
            Term(f"V[{stake.stage}]", stake.amount, "money"),
            Term(f"q[{stake.stage}]", stake.q, "share"),
        ]
    symbols = [term.symbol for term in terms]
    triples = zip(symbols[::3], symbols[1::3], symbols[2::3], strict=True)
    return "+".join("×".join(triple) for triple in triples) or "0", terms


def _check(report: CatchUp, row: CatchUpRow) -> Formula:
    """The seller's own average check, or mixed with the department's."""
    return check_formula(report.basis.means[row.seller].chain.check)


def _share(report: CatchUp, row: CatchUpRow) -> Formula:
    """Of the step the seller's own share, or mixed with the department's."""
    way = report.basis.means[row.seller].chain.way(row.activity)
    return share_formula(way[0]) if way else ("", [])


def _check_for_fewer(report: CatchUp, row: CatchUpRow) -> Formula:
    """⌈(L-F-E)÷(n-1)⌉ in whole currency units."""
    terms = [
        *_money(report, row, "line"),
        Term("E", row.credit, "money"),
        Term("n", row.now, "count"),
    ]
    return "⌈(L-F-E)÷(n-1)⌉", terms


def _money_per_day(report: CatchUp, row: CatchUpRow) -> Formula:
    means = report.basis.means[row.seller]
    days = Term("d", means.days, "days")
    terms = [*_money(report, row, "line_until"), Term("E", row.credit, "money"), days]
    left = rest(means.line_until - means.fact, credit(means.stakes))
    return ("(L[X]-F-E)÷d" if left else "0"), terms


def _now(report: CatchUp, row: CatchUpRow) -> Formula:
    return _need(report, row, "line", "credit")


def _until(report: CatchUp, row: CatchUpRow) -> Formula:
    return _need(report, row, "line_until", "credit")


def _month(report: CatchUp, row: CatchUpRow) -> Formula:
    return _need(report, row, "plan", "credit_month")


def _need(report: CatchUp, row: CatchUpRow, goal: str, of_hand: str) -> Formula:
    """n = ⌈(gap-E)÷A⌉ of the sale, ⌈n÷c÷…⌉ of the steps before it."""
    means = report.basis.means[row.seller]
    sale = _sale(report, row)
    if row.key != sale.key:
        figure = {"line": "now", "line_until": "until", "plan": "month"}[goal]
        shares = [
            Term(f"c[{step.step_from}]", step.share, "share")
            for step in means.chain.way(row.activity) or ()
        ]
        terms = [Term("n", getattr(sale, figure), "count"), *shares]
        return f"⌈{'÷'.join(term.symbol for term in terms)}⌉", terms
    expected = getattr(sale, of_hand)
    terms = [*_money(report, row, goal), Term("E", expected, "money")]
    if not rest(getattr(means, goal) - means.fact, expected):
        return "0", terms
    minuend = terms[0].symbol
    return f"⌈({minuend}-F-E)÷A⌉", [*terms, Term("A", row.check, "money")]


def _per_day(report: CatchUp, row: CatchUpRow) -> Formula:
    if not row.now:
        return "0", []
    return "N÷d", [Term("N", row.now, "count"), Term("d", row.days, "days")]


def _norm(report: CatchUp, row: CatchUpRow) -> Formula:
    """T÷A÷c÷…÷W of its month where it follows from the plan; else as it was set by hand."""
    means = report.basis.norms.get(row.key)
    if means is None:
        return "", []
    terms = [
        Term("T", means.plan, "money"),
        Term("A", means.chain.check.value, "money"),
        *(
            Term(f"c[{step.step_from}]", step.share, "share")
            for step in means.chain.way(row.activity) or ()
        ),
        Term("W", means.days, "days"),
    ]
    return "÷".join(term.symbol for term in terms), terms


def _last_day(report: CatchUp, row: CatchUpRow) -> Formula:
    """The period's last working day less the median lag in working days."""
    end: Value = report.question.period.last.isoformat()
    lag = Term("m", report.basis.lags[row.activity], "days")
    return "D-m", [Term("D", end, "date"), lag]


def _sale(report: CatchUp, row: CatchUpRow) -> CatchUpRow:
    return next(one for one in report.rows if one.seller == row.seller)


_FORMULAS: Final[dict[str, Callable[[CatchUp, CatchUpRow], Formula]]] = {
    "gap": _gap,
    "gap_until": _gap_until,
    "gap_month": _gap_month,
    "credit": _credit,
    "credit_month": _credit_month,
    "check": _check,
    "check_for_fewer": _check_for_fewer,
    "money_per_day": _money_per_day,
    "share": _share,
    "now": _now,
    "until": _until,
    "month": _month,
    "per_day": _per_day,
    "norm": _norm,
    "last_day": _last_day,
}
