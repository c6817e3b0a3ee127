"""Why a figure of the bridge is what it is."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from events.trace import Trace
from events.vocabulary import name_of
from projections.counts import counting
from projections.deals import DEAL_KINDS
from projections.explaining import asked
from projections.formula import EventsSum, Explanation, Term, Unit, Value
from projections.linear import ratio
from projections.reports import plan_fact
from projections.reports.bridge.rows import COLUMNS, BridgeReport, BridgeRow, Means

Formula = tuple[str, list[Term]]
UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in COLUMNS if column.unit != "text"
}


def explain(report: BridgeReport, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one row.

    Raises KeyError with the keys or the figures there are.
    """
    row = asked(
        (*report.rows, *report.department, *report.burned, report.total), key, figure, UNITS
    )
    value = getattr(row, figure)
    expression, terms = ("", []) if value is None else _formula(report, row, figure)
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=value,
        expression=expression,
        terms=tuple(terms),
        trace=_trace(report, row),
        events_sum=_events_sum(row) if figure == "done" else None,
    )


def _events_sum(row: BridgeRow) -> EventsSum | None:
    return None if row.factor == "burned" else counting(row.step_to or row.step_from or "")


def _trace(report: BridgeReport, row: BridgeRow) -> Trace:
    """What the factor counts: its steps, or the sales of the period."""
    basis, period = report.basis, report.question.period
    if row.factor == "burned":
        kinds = tuple(name_of(kind) for kind in DEAL_KINDS)
        deals = basis.deals.get(row.seller or "", ())
        return Trace(kinds=kinds, deals=deals or ("",), last=basis.seen, zone=basis.zone)
    if row.step_from is None:
        board = f"seller:{row.seller}" if row.seller is not None else row.scope
        return plan_fact.explain(basis.board, board, "fact").trace
    return Trace(
        kinds=(row.step_to or row.step_from,),
        sellers=(row.seller,) if row.seller is not None else tuple(basis.means),
        first=period.first,
        last=min(period.last, basis.seen),
        zone=basis.zone,
    )


def _formula(report: BridgeReport, row: BridgeRow, figure: str) -> Formula:
    if row.factor == "burned":
        return _burned(row) if figure == "effect" else ("", [])
    if figure != "effect":
        return _side(report, row, figure)
    if row.scope == "department":
        return _over(report, row)
    if row.factor in ("deviation", "rest"):
        return _deviation(report, row)
    means, place = _means(report, row), _place(report, row)
    if means is None:
        return "", []
    return _by_mean(row, means) if means.mean is not None else _in_turn(means, place)


def _means(report: BridgeReport, row: BridgeRow) -> Means | None:
    """Both sides of a row, None where it has none."""
    basis = report.basis
    return basis.whole if row.scope == "department" else basis.means.get(row.seller or "")


def _place(report: BridgeReport, row: BridgeRow) -> int:
    """Which factor of the product a row is."""
    steps = report.basis.steps
    if row.factor == "check":
        return len(steps)
    return 0 if row.step_to is None else steps.index(row.step_to)


def _side(report: BridgeReport, row: BridgeRow, figure: str) -> Formula:
    """A share is a ratio of counts, a check one of money and sales; other figures are counted."""
    means, place = _means(report, row), _place(report, row)
    if means is None or row.factor == "deviation":
        return "", []
    side = means.plan if figure in ("share_due", "planned") else means.fact
    if figure in ("share", "share_due"):
        return "k÷n", [
            Term("k", side.counts[place], "count"),
            Term("n", side.counts[place - 1], "count"),
        ]
    if row.factor == "check":
        return "S÷k", [Term("S", side.money, "money"), Term("k", side.counts[-1], "count")]
    return "", []


def _burned(row: BridgeRow) -> Formula:
    """The leads that would have become sales at the department's median share."""
    return "N×(c-c[*])×A", [
        Term("N", row.done, "count"),
        Term("c", row.share, "share"),
        Term("c[*]", row.share_due, "share"),
        Term("A", row.actual, "money"),
    ]


def _over(report: BridgeReport, row: BridgeRow) -> Formula:
    """The sum over the rows of sellers and of what is nobody's."""
    terms = [
        Term(f"e[{child.seller or child.scope}]", child.effect, "money")
        for child in report.basis.children[row.key]
    ]
    return "+".join(term.symbol for term in terms) or "0", terms


def _deviation(report: BridgeReport, row: BridgeRow) -> Formula:
    whole = next(one for one in report.rows if one.key == f"{row.seller or row.scope}|deviation")
    if whole.planned is None:
        return "F", [Term("F", whole.actual, "money")]
    return "F-L", [Term("F", whole.actual, "money"), Term("L", whole.planned, "money")]


def _by_mean(row: BridgeRow, means: Means) -> Formula:
    """M×ln(x₁÷x₀), M being the log mean of the line and the fact."""
    pairs: dict[str, tuple[Value, Value, Unit]] = {
        "volume": (row.done, row.wanted, "count"),
        "conversion": (row.share, row.share_due, "share"),
        "check": (row.actual, row.planned, "money"),
    }
    new, old, unit = pairs[row.factor]
    terms = [Term("M", means.mean, "money"), Term("x[1]", new, unit), Term("x[0]", old, unit)]
    return "M×ln(x[1]÷x[0])", terms


def _in_turn(means: Means, place: int) -> Formula:
    """What revenue is after the factor's fact is put in, less what it was before."""
    plan, fact = means.plan, means.fact
    worth = [ratio(plan.money, count) or Fraction() for count in plan.counts]

    def stage(at: int) -> list[Term]:
        return [
            Term(f"k[{at}]", fact.counts[at], "count"),
            Term(f"r[{at}]", worth[at], "money"),
        ]

    if place == 0:
        return "k[0]×r[0]-L", [*stage(0), Term("L", plan.money, "money")]
    if place == len(plan.counts):
        last = place - 1
        terms = [Term("F", fact.money, "money"), *stage(last)]
        return f"F-k[{last}]×r[{last}]", terms
    before = place - 1
    return f"k[{place}]×r[{place}]-k[{before}]×r[{before}]", [*stage(place), *stage(before)]
