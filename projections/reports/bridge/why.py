"""Why a figure of the bridge is what it is."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

from events.trace import Trace
from events.vocabulary import name_of
from projections.bridge import Side
from projections.chain import Chain, Check, Conversion
from projections.chain_why import check_formula, share_formula
from projections.counts import counting
from projections.deals import DEAL_KINDS
from projections.explaining import asked
from projections.formula import EventsSum, Explanation, Term, Unit, Value
from projections.linear import ratio
from projections.reports import plan_fact
from projections.reports.bridge.rows import COLUMNS, BridgeReport, BridgeRow, Means
from projections.windows.chains import HISTORY

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
        trace=_trace(report, row, figure),
        events_sum=_events_sum(row) if figure == "done" else None,
        otherwise=None if figure == "done" else _planned(report, row),
    )


def _events_sum(row: BridgeRow) -> EventsSum | None:
    return None if row.factor == "burned" else counting(row.step_to or row.step_from or "")


def _planned(report: BridgeReport, row: BridgeRow) -> Trace:
    """The plans that the line of the row is from."""
    return plan_fact.explain(report.basis.board, _board(row), "plan").trace


def _board(row: BridgeRow) -> str:
    """The key plan-fact knows the row by."""
    return f"seller:{row.seller}" if row.seller is not None else row.scope


def _sellers(report: BridgeReport, row: BridgeRow) -> tuple[str, ...]:
    return (row.seller,) if row.seller is not None else tuple(report.basis.means)


def _history(report: BridgeReport, row: BridgeRow) -> Trace:
    """What the share or the check of a plan was read from: the days before its first month.

    Where a seller's own were few the department's are in it, and are listed with them.
    """
    basis = report.basis
    first = report.question.period.first.replace(day=1)
    steps = (basis.steps[-1],) if row.factor == "check" else (row.step_from, row.step_to)
    return Trace(
        kinds=tuple(step for step in steps if step is not None),
        sellers=() if _is_mixed(report, row) else _sellers(report, row),
        first=first - HISTORY,
        last=min(basis.seen, _last_month(report) - dt.timedelta(days=1)),
        zone=basis.zone,
    )


def _last_month(report: BridgeReport) -> dt.date:
    """The first day of the last month, whose chain is read from the days before it."""
    return report.question.period.last.replace(day=1)


def _chains(report: BridgeReport, row: BridgeRow) -> list[Chain]:
    """What the plans of the row were made of, a chain for each month and seller."""
    whose = _sellers(report, row)
    return [chain for (_, seller), chain in report.basis.chains.items() if seller in whose]


def _read(chain: Chain, row: BridgeRow) -> Check | Conversion | None:
    """The check, or the conversion of the row's step; None where the chain has another step."""
    if row.factor == "check":
        return chain.check
    pair = (row.step_from, row.step_to)
    return next((one for one in chain.steps if (one.step_from, one.step_to) == pair), None)


def _is_mixed(report: BridgeReport, row: BridgeRow) -> bool:
    """Whether figures of others are in it; a share over several steps is taken to be mixed."""
    found = [_read(chain, row) for chain in _chains(report, row)]
    return any(one is None or one.mixed for one in found)


def _trace(report: BridgeReport, row: BridgeRow, figure: str) -> Trace:
    """What the factor counts: its steps, or the sales of the period.

    What the plan takes of it comes from the plan and from what was done before it.
    """
    basis, period = report.basis, report.question.period
    if figure == "wanted" or (figure == "planned" and row.factor == "deviation"):
        return _planned(report, row)
    if row.factor in ("conversion", "check") and figure in ("share_due", "planned"):
        return _history(report, row)
    if row.factor == "burned":
        kinds = tuple(name_of(kind) for kind in DEAL_KINDS)
        deals = basis.deals.get(row.seller or "", ())
        return Trace(kinds=kinds, deals=deals or ("",), last=basis.seen, zone=basis.zone)
    if row.step_from is None:
        return plan_fact.explain(basis.board, _board(row), "fact").trace
    return Trace(
        kinds=(row.step_to or row.step_from,),
        sellers=_sellers(report, row),
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
    side = means.plan if figure in ("wanted", "share_due", "planned") else means.fact
    if figure in ("share_due", "planned") and (read := _as_read(report, row)) is not None:
        return read
    if figure == "wanted":
        return _wanted(report, row, side, place)
    if figure in ("share", "share_due"):
        return "k÷n", [
            Term("k", side.counts[place], "count"),
            Term("n", side.counts[place - 1], "count"),
        ]
    if row.factor == "check":
        return "S÷k", [Term("S", side.money, "money"), Term("k", side.counts[-1], "count")]
    return "", []


def _as_read(report: BridgeReport, row: BridgeRow) -> Formula | None:
    """How the share or the check of a seller's plan was read from the days before its month.

    None where it is made of several months, sellers or steps.
    """
    chains = _chains(report, row) if row.seller is not None else []
    read = _read(chains[0], row) if len(chains) == 1 else None
    if isinstance(read, Check):
        return check_formula(read) if read.value == row.planned else None
    return share_formula(read) if read is not None and read.share == row.share_due else None


def _wanted(report: BridgeReport, row: BridgeRow, plan: Side, place: int) -> Formula:
    """L÷A÷c÷…: what the line takes at the check and the shares the plan was made with.

    A line of nought takes nothing, at whatever check and shares.
    """
    if row.scope == "department":
        terms = [
            Term(f"n[{child.seller}]", child.wanted, "count")
            for child in report.basis.children[row.key]
            if child.wanted is not None
        ]
        return "+".join(term.symbol for term in terms), terms
    line = Term("L", plan.money, "money")
    if not plan.money:
        return line.symbol, [line]
    steps = report.basis.steps
    shares = [
        Term(f"c[{steps[at]}]", ratio(plan.counts[at + 1], plan.counts[at]), "share")
        for at in range(place, len(steps) - 1)
    ]
    check = Term("A", ratio(plan.money, plan.counts[-1]), "money")
    terms = [line, check, *shares]
    return "÷".join(term.symbol for term in terms), terms


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
