"""Why a figure of plan-fact is what it is: its formula with the numbers, and its events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from msgspec.structs import replace

from events.trace import Trace
from projections.calendars import PEOPLE
from projections.explaining import asked
from projections.formula import Explanation, Term, Unit, Value
from projections.question import Question
from projections.reports.plan_fact.rows import AFTER_CLOSE, COLUMNS, PlanFact, PlanFactRow
from projections.reports.plan_fact.sums import current, expected, need

Formula = tuple[str, list[Term]]
SUMS: Final[dict[str, Literal["amount", "margin", "profit"]]] = {
    "revenue": "amount",
    "margin": "margin",
    "profit": "profit",
}
UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in (*COLUMNS, *AFTER_CLOSE) if column.unit != "text"
}
_AFTER: Final = {"after_close": "fact", "plan_after_close": "plan"}


def explain(report: PlanFact, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one row.

    Raises KeyError with the keys or the figures there are.
    """
    row = asked((*report.rows, *report.teams, report.total), key, figure, UNITS)
    if getattr(row, figure) is None and figure in _AFTER:
        raise KeyError(f"{figure}: the month is not closed")
    expression, terms = _FORMULAS[figure](report, row)
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=getattr(row, figure),
        expression=expression,
        terms=tuple(terms),
        trace=_trace(report, row, figure),
        events_sum=SUMS[report.question.measure]
        if figure == "fact" and _sells(report, row)
        else None,
        otherwise=None if row.fact or figure == "fact" else _trace(report, row, "plan"),
    )


def _trace(report: PlanFact, row: PlanFactRow, figure: str) -> Trace:
    """Plans and calendars speak of other days than their own, so they are listed by whom only;
    what came after the close is what the log took later than its position.
    """
    basis, period = report.basis, report.question.period
    sellers = _sellers(report, row)
    if figure in _AFTER and report.closing is not None:
        whole = _trace(report, row, _AFTER[figure])
        return replace(whole, after=report.closing.position)
    if figure in ("days", "days_done"):
        everybodys = ("", *sellers) if sellers else ()
        return Trace(kinds=PEOPLE, sellers=everybodys, zone=basis.zone)
    if figure in ("plan", "line") or not _sells(report, row):
        own = sellers if row.scope == "seller" else ()
        return replace(planned(report.question, basis.zone), sellers=own)
    return Trace(
        kinds=basis.kinds,
        sellers=sellers,
        first=period.first,
        last=min(period.last, basis.seen),
        zone=basis.zone,
    )


def planned(question: Question, zone: str) -> Trace:
    """The plans of the measure that is asked for, in a single month those of that month."""
    month = question.period.month
    fields = (("measure", question.measure), *((("month", month),) if month else ()))
    return Trace(kinds=("plan_set",), fields=fields, zone=zone)


def _sells(report: PlanFact, row: PlanFactRow) -> bool:
    """Whether there is anybody behind the row: a reserve and a team without sellers are plans."""
    return row.scope not in ("reserve", "team") or bool(_sellers(report, row))


def _sellers(report: PlanFact, row: PlanFactRow) -> tuple[str, ...]:
    """The sellers whose events count; empty is everybody, and "" are the events of nobody."""
    match row.scope:
        case "department":
            return report.question.sellers
        case "unassigned":
            return ("",)
        case "team":
            members = (child.seller for child in report.basis.children[row.key])
            return tuple(seller for seller in members if seller is not None)
    return () if row.seller is None else (row.seller,)


def _plan(report: PlanFact, row: PlanFactRow) -> Formula:
    """A whole month's plan was set; more or less than that is computed."""
    if row.key in report.basis.children:
        return _over(report, row, "T", lambda child: child.plan)
    parts = report.basis.parts.get(row.key, ())
    if len(parts) <= 1 and all(part.share.days == part.share.whole for part in parts):
        return "", []
    return _by_month(report, row, "d")


def _plain(report: PlanFact, row: PlanFactRow) -> Formula:
    """Counted or summed from its events."""
    return "", []


def _line(report: PlanFact, row: PlanFactRow) -> Formula:
    if row.key in report.basis.children:
        return _over(report, row, "L", lambda child: child.line)
    if len(report.basis.parts.get(row.key, ())) == 1:
        part = report.basis.parts[row.key][0]
        return "T×w÷W", [
            Term("T", part.plan, "money"),
            Term("w", part.share.done, "days"),
            Term("W", part.share.whole, "days"),
        ]
    return _by_month(report, row, "w")


def _by_month(report: PlanFact, row: PlanFactRow, symbol: Literal["w", "d"]) -> Formula:
    """Σ T×w÷W over the months, or Σ T×d÷W for their days inside the period."""
    terms: list[Term] = []
    for part in report.basis.parts.get(row.key, ()):
        month, share = part.share.month, part.share
        terms += [
            Term(f"T[{month}]", part.plan, "money"),
            Term(f"{symbol}[{month}]", share.done if symbol == "w" else share.days, "days"),
            Term(f"W[{month}]", share.whole, "days"),
        ]
    symbols = [term.symbol for term in terms]
    triples = zip(symbols[::3], symbols[1::3], symbols[2::3], strict=True)
    return "+".join(f"{plan}×{days}÷{whole}" for plan, days, whole in triples), terms


def _over(
    report: PlanFact, row: PlanFactRow, symbol: str, value: Callable[[PlanFactRow], Value]
) -> Formula:
    """A sum over the rows behind a row, as far as they have the figure."""
    terms = [
        Term(f"{symbol}[{child.seller or child.scope}]", found, "money")
        for child in report.basis.children[row.key]
        if (found := value(child)) is not None
    ]
    return "+".join(term.symbol for term in terms), terms


def _deviation(report: PlanFact, row: PlanFactRow) -> Formula:
    fact = Term("F", row.fact, "money")
    if row.line is None:
        return "F", [fact]
    return "F-L", [fact, Term("L", row.line, "money")]


def _deviation_percent(report: PlanFact, row: PlanFactRow) -> Formula:
    return "(F-L)÷L×100", [Term("F", row.fact, "money"), Term("L", row.line, "money")]


def _percent(report: PlanFact, row: PlanFactRow) -> Formula:
    return "F÷T×100", _basics(row, "FT")


def _required(report: PlanFact, row: PlanFactRow) -> Formula:
    if row.key in report.basis.children:
        if row.required_per_day is None:
            return "", []
        days_left = row.days - row.days_done
        return _over(report, row, "R", lambda child: need(child, days_left))
    if row.plan is not None and row.plan <= row.fact:
        return "0", _basics(row, "TF")
    return "(T-F)÷(W-w)", _basics(row, "TFWw")


def _pace(report: PlanFact, row: PlanFactRow) -> Formula:
    needed = Term("R", row.required_per_day, "money")
    if row.key not in report.basis.children:
        return "R÷(F÷w)", [needed, *_basics(row, "Fw")]
    rates, terms = _over(report, row, "C", current)
    return f"R÷({rates})", [needed, *terms]


def _forecast(report: PlanFact, row: PlanFactRow) -> Formula:
    if row.key in report.basis.children:
        return _over(report, row, "P", expected)
    return "F×W÷w", _basics(row, "FWw")


def _forecast_percent(report: PlanFact, row: PlanFactRow) -> Formula:
    return "P÷T×100", [Term("P", row.forecast, "money"), *_basics(row, "T")]


def _after_close(report: PlanFact, row: PlanFactRow) -> Formula:
    """The fact now less the fact as it was known at the close."""
    known = row.fact - (row.after_close or 0)
    return "F-K", [Term("F", row.fact, "money"), Term("K", known, "money")]


def _plan_after_close(report: PlanFact, row: PlanFactRow) -> Formula:
    """The plan now less the plan as it was known at the close."""
    known = (row.plan or 0) - (row.plan_after_close or 0)
    return "T-K", [Term("T", row.plan or 0, "money"), Term("K", known, "money")]


def _basics(row: PlanFactRow, symbols: str) -> list[Term]:
    """The terms every reader knows, in the order asked for."""
    known = {
        "T": Term("T", row.plan, "money"),
        "F": Term("F", row.fact, "money"),
        "W": Term("W", row.days, "days"),
        "w": Term("w", row.days_done, "days"),
    }
    return [known[symbol] for symbol in symbols]


_FORMULAS: Final[dict[str, Callable[[PlanFact, PlanFactRow], Formula]]] = {
    "plan": _plan,
    "fact": _plain,
    "percent": _percent,
    "line": _line,
    "deviation": _deviation,
    "deviation_percent": _deviation_percent,
    "required_per_day": _required,
    "pace": _pace,
    "forecast": _forecast,
    "forecast_percent": _forecast_percent,
    "days": _plain,
    "days_done": _plain,
    "after_close": _after_close,
    "plan_after_close": _plan_after_close,
}
