"""Why a figure of a pay sheet is what it is: each part with its events (feature P10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Final

from events.trace import Trace
from projections.explaining import asked
from projections.formula import EventsSum, Explanation, Term, Unit
from projections.regularity import REGULARITY
from projections.reports.pay.rows import AFTER_CLOSE, CHECKS, COLUMNS, PayReport, PayRow
from projections.reports.pay.sheets import Kpi, PaySheet
from projections.reports.pay.turned import (
    carried_trace,
    deed_kind,
    deed_kinds,
    done_kinds,
    turned_traces,
)
from projections.scales import WHOLE_BP, Scale

Formula = tuple[str, list[Term]]

UNITS: Final[dict[str, Unit]] = {
    column.key: column.unit for column in (*COLUMNS, *AFTER_CLOSE, *CHECKS) if column.unit != "text"
}
_SUMMED: Final = ("ote", "fixed", "premium", "plan", "fact", "bonus", "carried", "pay", "margin",
                  "after_close")  # fmt: skip
_SUMS: Final[dict[str, EventsSum]] = {"revenue": "amount", "margin": "margin", "profit": "profit"}
_SCHEME: Final = ("ote_set", "scale_set", "kpi_set")
_PEOPLE: Final = ("calendar_set", "seller_hired", "seller_left", "role_set")


def explain(report: PayReport, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one row.

    Raises KeyError with the keys or the figures there are.
    """
    terms: list[Term]
    row = asked((*report.rows, *report.lines, report.total), key, figure, UNITS)
    if getattr(row, figure) is None:
        expression, terms, events_sum = "", [], None
        trace = _trace(report, row, figure)
    elif row.kind is not None:
        expression, terms, trace, events_sum = _of_line(report, row, figure)
    elif row.seller is None:
        expression, terms = _of_department(report, figure)
        trace, events_sum = _trace(report, row, figure), None
    else:
        expression, terms = _FORMULAS[figure](report, row, report.basis.sheets[row.seller])
        trace = _trace(report, row, figure)
        events_sum = _counted(report, row, figure, expression)
    return Explanation(
        figure=figure,
        unit=UNITS[figure],
        value=getattr(row, figure),
        expression=expression,
        terms=tuple(terms),
        trace=trace,
        events_sum=events_sum,
        also=turned_traces(report, row) if figure == "carried" and row.kind is None else (),
        otherwise=_trace(report, row, "ote") if figure == "pay" else None,
    )


def _counted(report: PayReport, row: PayRow, figure: str, expression: str) -> EventsSum | None:
    """A fact without refunds of earlier months is the sum of its events."""
    if row.seller is None or expression or report.basis.aside[row.seller]:
        return None
    if figure == "margin":
        return "margin"
    return None if figure != "fact" else _SUMS[report.basis.sheets[row.seller].scale.measure]


def _trace(report: PayReport, row: PayRow, figure: str) -> Trace:
    """The schemes behind what was promised, the deeds and sales behind what was earned."""
    basis, period = report.basis, report.question.period
    sellers = report.question.sellers if row.seller is None else (row.seller,)
    anybodys = ("", *sellers) if sellers else ()
    sheet = basis.sheets.get(row.seller or "")
    match figure:
        case "ote" | "fixed":
            return Trace(kinds=("ote_set", *_PEOPLE), sellers=anybodys, zone=basis.zone)
        case "plan":
            return Trace(kinds=("plan_set",), sellers=sellers, zone=basis.zone)
        case "after_close" if report.closing is not None:
            return Trace(
                kinds=(*basis.kinds, *done_kinds(sheet)),
                sellers=sellers,
                first=period.first,
                last=period.last,
                zone=basis.zone,
                after=report.closing.position,
            )
        case "k" | "premium":
            return _deeds(report, sellers, sheet.kpis if sheet else ())
        case "carried":
            lines = [line for line in report.lines if line.seller in sellers or not sellers]
            ids = tuple(each for line in lines for each in (line.event, line.sale) if each)
            return Trace(ids=ids or ("-",), zone=basis.zone)
    return Trace(
        kinds=basis.kinds,
        sellers=sellers,
        first=period.first,
        last=min(period.last, basis.seen),
        zone=basis.zone,
    )


def _deeds(report: PayReport, sellers: tuple[str, ...], kpis: Iterable[Kpi]) -> Trace:
    """The deeds of the month; how regularly clients buy opens on a line of its own, so where
    nothing else is weighed the schemes are listed, those of everybody too.
    """
    kinds, period, zone = deed_kinds(kpis), report.question.period, report.basis.zone
    if not kinds:
        return Trace(kinds=_SCHEME, sellers=("", *sellers) if sellers else (), zone=zone)
    last = min(period.last, report.basis.seen)
    return Trace(kinds=kinds, sellers=sellers, first=period.first, last=last, zone=zone)


def _of_line(
    report: PayReport, row: PayRow, figure: str
) -> tuple[str, list[Term], Trace, EventsSum | None]:
    """A KPI with its deeds, a refund with the sale it undoes, and what came after the close."""
    if row.kind == "premium":
        return *_share(report, row, figure), _done_trace(report, row), None
    turned = report.basis.turned[row.key]
    before, now = turned if figure == "carried" else (0, row.fact or 0)
    terms = [Term("N", now, "money"), Term("V", before, "money")]
    return "N-V", terms, carried_trace(report, row), None


def _share(report: PayReport, row: PayRow, figure: str) -> Formula:
    """`P×w×f÷n`: the whole premium, the weight of the KPI and how much of it was done."""
    sheet = report.basis.sheets[row.seller or ""]
    kpi = next(each for each in sheet.kpis if _is_of(each, row))
    expression, terms = _done(kpi, "")
    if figure != "premium":
        return expression, terms
    whole = Term("P", sheet.income.premium, "money")
    return f"P×w×{expression}", [whole, Term("w", kpi.weight, "share"), *terms]


def _done_trace(report: PayReport, row: PayRow) -> Trace:
    """The deeds of the month; of regularity all that its clients ever bought."""
    basis, activity = report.basis, row.activity or ""
    if activity == REGULARITY:
        told = basis.regular.get(row.seller or "")
        clients = told.clients if told else ("-",)
        return Trace(kinds=basis.kinds[:1], clients=clients, zone=basis.zone)
    fields: list[tuple[str, str | None]] = []
    if row.direction is not None:
        fields.append(("direction", row.direction))
    if activity.startswith(":"):
        fields.append(("activity", activity[1:]))
    return Trace(
        kinds=(deed_kind(activity),),
        sellers=(row.seller or "",),
        fields=tuple(fields),
        first=report.question.period.first,
        last=min(report.question.period.last, basis.seen),
        zone=basis.zone,
    )


def _is_of(kpi: Kpi, row: PayRow) -> bool:
    return (kpi.activity, kpi.book, kpi.direction) == (row.activity, row.book, row.direction)


def _done(kpi: Kpi, mark: str) -> Formula:
    """`f÷n`, and 1 where more was done than was due."""
    if kpi.done == 1:
        return "1", []
    return f"f{mark}÷n{mark}", [
        Term(f"f{mark}", kpi.fact, "count"),
        Term(f"n{mark}", kpi.norm, "count"),
    ]


def _ote(_report: PayReport, _row: PayRow, sheet: PaySheet) -> Formula:
    """Set for the whole month, or by the days each one held."""
    runs = sheet.income.runs
    if len(runs) == 1 and runs[0][1] == sheet.income.days:
        return "", []
    return _by_run(sheet, None)


def _fixed(_report: PayReport, _row: PayRow, sheet: PaySheet) -> Formula:
    return _by_run(sheet, "salary_bp")


def _by_run(sheet: PaySheet, part: str | None) -> Formula:
    """Σ O×s×d÷W over the incomes of the month; days only where one did not hold for all of it."""
    runs, days = sheet.income.runs, sheet.income.days
    said: list[str] = []
    terms: list[Term] = []
    for place, (body, held) in enumerate(runs, 1):
        mark = f"[{place}]" if len(runs) > 1 else ""
        factors = [Term(f"O{mark}", body.amount, "money")]
        if part is not None:
            factors.append(Term(f"s{mark}", _bp(getattr(body, part)), "share"))
        expression = "×".join(term.symbol for term in factors)
        if held != days:
            factors += [Term(f"d{mark}", held, "days"), Term("W", days, "days")]
            expression += f"×d{mark}÷W"
        said.append(expression)
        terms += factors
    return "+".join(said), list(dict.fromkeys(terms))


def _k(_report: PayReport, _row: PayRow, sheet: PaySheet) -> Formula:
    said: list[str] = []
    terms: list[Term] = []
    for kpi in sheet.kpis:
        name = ":".join(part for part in (kpi.activity, kpi.book, kpi.direction) if part)
        mark = f"[{name}]"
        expression, done = _done(kpi, mark)
        said.append(f"w{mark}×{expression}")
        terms += [Term(f"w{mark}", kpi.weight, "share"), *done]
    return "+".join(said), terms


def _premium(_report: PayReport, row: PayRow, sheet: PaySheet) -> Formula:
    return "P×K", [Term("P", sheet.income.premium, "money"), Term("K", row.k, "share")]


def _fact(report: PayReport, row: PayRow, _sheet: PaySheet) -> Formula:
    """The month's own sales: what undoes earlier ones stands on lines of its own."""
    aside = report.basis.aside[row.seller or ""]
    if not aside:
        return "", []
    both = (row.fact or 0) + aside
    return "S-R", [Term("S", both, "money"), Term("R", aside, "money")]


def _percent(_report: PayReport, row: PayRow, _sheet: PaySheet) -> Formula:
    return "F÷T×100", [Term("F", row.fact, "money"), Term("T", row.plan, "money")]


def _g(_report: PayReport, row: PayRow, sheet: PaySheet) -> Formula:
    """The rates of the steps passed, each over its stretch of the plan."""
    scale, reached = sheet.scale, sheet.reached or 0
    passed = [step for step in scale.steps if step.start <= reached]
    if not passed:
        return "0", []
    if scale.cap is not None and row.g == scale.cap:
        return "C", [Term("C", scale.cap, "share")]
    if scale.form == "steps":
        return "r", [Term("r", passed[-1].rate, "share")]
    return _stretches(scale, len(passed), Term("x", reached, "share"))


def _stretches(scale: Scale, passed: int, reached: Term) -> Formula:
    """`r×x` in the first step, `r[1]×s[2]+r[2]×(x-s[2])` in the second, and so on."""
    steps = scale.steps[:passed]
    if passed == 1:
        return "r×x", [Term("r", steps[0].rate, "share"), reached]
    said: list[str] = []
    terms: list[Term] = []
    for place, step in enumerate(steps, 1):
        rate = Term(f"r[{place}]", step.rate, "share")
        begins = f"-s[{place}]" if place > 1 else ""
        ends = reached.symbol if place == passed else f"s[{place + 1}]"
        said.append(f"{rate.symbol}×({ends}{begins})" if begins else f"{rate.symbol}×{ends}")
        terms.append(rate)
        if place > 1:
            terms.append(Term(f"s[{place}]", step.start, "share"))
    return "+".join(said), [*terms, reached]


def _bonus(_report: PayReport, row: PayRow, sheet: PaySheet) -> Formula:
    return "B×g", [Term("B", sheet.income.bonus, "money"), Term("g", row.g, "share")]


def _carried(report: PayReport, row: PayRow, _sheet: PaySheet) -> Formula:
    lines = [
        line for line in report.lines if line.seller == row.seller and line.carried is not None
    ]
    terms = [
        Term(f"{line.kind}[{line.month}/{place}]", line.carried, "money")
        for place, line in enumerate(lines, 1)
    ]
    return "+".join(term.symbol for term in terms), terms


def _pay(_report: PayReport, row: PayRow, _sheet: PaySheet) -> Formula:
    """The lines of the sheet."""
    parts = (("fixed", row.fixed), ("premium", row.premium), ("bonus", row.bonus),
             ("carried", row.carried))  # fmt: skip
    terms = [Term(name, amount, "money") for name, amount in parts if amount is not None]
    return "+".join(term.symbol for term in terms), terms


def _one_more(_report: PayReport, row: PayRow, sheet: PaySheet) -> Formula:
    """The bonus with the next deal less the bonus now."""
    found = row.ahead
    if found is None:
        return "", []
    with_it = (row.g or 0) + found.now / sheet.income.bonus if sheet.income.bonus else row.g
    return "B×(G-g)", [
        Term("B", sheet.income.bonus, "money"),
        Term("G", with_it, "share"),
        Term("g", row.g, "share"),
    ]


def _after_close(_report: PayReport, row: PayRow, sheet: PaySheet) -> Formula:
    """The sheet now less the sheet as it was known at the close."""
    then = sheet.settled - (row.after_close or 0)
    return "P-K", [Term("P", sheet.settled, "money"), Term("K", then, "money")]


def _of_department(report: PayReport, figure: str) -> Formula:
    paid = [row for row in report.rows if row.pay is not None]
    pay = Term("P", sum(row.pay or 0 for row in paid), "money")
    match figure:
        case "fixed_share" | "variable_share":
            fixed = Term("S", sum(row.fixed or 0 for row in paid), "money")
            return ("S÷P" if figure == "fixed_share" else "(P-S)÷P"), [fixed, pay]
        case "cost":
            earned = sum(row.margin or 0 for row in paid)
            return "P÷M", [pay, Term("M", earned, "money")]
    if figure not in _SUMMED:
        return "", []
    terms = [
        Term(f"{figure}[{row.seller}]", value, "money")
        for row in report.rows
        if (value := getattr(row, figure)) is not None
    ]
    return "+".join(term.symbol for term in terms), terms


def _bp(value: int) -> Fraction:
    return Fraction(value, WHOLE_BP)


def _plain(_report: PayReport, _row: PayRow, _sheet: PaySheet) -> Formula:
    """Set, or counted from its events."""
    return "", []


_FORMULAS: Final[dict[str, Callable[[PayReport, PayRow, PaySheet], Formula]]] = {
    "ote": _ote,
    "fixed": _fixed,
    "k": _k,
    "premium": _premium,
    "plan": _plain,
    "fact": _fact,
    "percent": _percent,
    "g": _g,
    "bonus": _bonus,
    "carried": _carried,
    "pay": _pay,
    "one_more": _one_more,
    "margin": _plain,
    "after_close": _after_close,
}
