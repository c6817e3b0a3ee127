"""Why a figure of the payment plan is what it is: its formula with the numbers, and its events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Final

from events.trace import Trace
from events.vocabulary import name_of
from projections.calendars import PEOPLE
from projections.fold.papers import PAPER_KINDS
from projections.formula import Explanation, Term, Unit, Value
from projections.promises import ENOUGH, WEIGHT, Piece, Word, chance
from projections.receivables import Claim
from projections.reports.payments.rows import ASIDE, COLUMNS, PaymentRow, Payments, PaymentTotal
from projections.reports.payments.schedule import overdue, today

Formula = tuple[str, list[Term]]

UNITS: Final[dict[str, Unit]] = {c.key: c.unit for c in COLUMNS if c.unit != "text"}
DAY_UNITS: Final[dict[str, Unit]] = {c.key: c.unit for c in ASIDE}

PAPERS: Final = tuple(name_of(kind) for kind in PAPER_KINDS)
CASH: Final = ("payment_received", "credit_note_issued")


def explain(report: Payments, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure of one row.

    Raises KeyError with the keys or the figures there are.
    """
    rows: dict[str, PaymentRow] = {row.key: row for row in (*report.rows, report.total)}
    if key not in rows:
        raise KeyError(f"{key}: {', '.join(rows)}")
    row = rows[key]
    units = UNITS | DAY_UNITS if row is report.total else UNITS
    if figure not in units:
        raise KeyError(f"{figure}: {', '.join(units)}")
    if row is report.total:
        expression, terms = _TOTALS[figure](report, report.total)
        trace = _day_trace(report, figure)
    else:
        expression, terms = _FIGURES[figure](report, row)
        trace = _row_trace(report, row, figure)
    return Explanation(
        figure=figure,
        unit=units[figure],
        value=_value(row, figure),
        expression=expression,
        terms=tuple(terms),
        trace=trace,
        events_sum="amount" if figure == "cash_fact" and report.basis.recognised else None,
    )


def _value(row: PaymentRow, figure: str) -> Value:
    """A figure as an explanation holds it; days are written as ISO has them."""
    found: Value | dt.date = getattr(row, figure)
    return found.isoformat() if isinstance(found, dt.date) else found


def _row_trace(report: Payments, row: PaymentRow, figure: str) -> Trace:
    """The papers of the invoice; for a client's word those of all its invoices."""
    basis = report.basis
    if figure == "reliability":
        own = () if row.mixed or row.client is None else (row.client,)
        return Trace(kinds=PAPERS, clients=own, last=basis.seen, zone=basis.zone)
    named = (("invoice", row.invoice),)
    return Trace(kinds=PAPERS, fields=named, last=basis.seen, zone=basis.zone)


def _day_trace(report: Payments, figure: str) -> Trace:
    """What the sums of the day are made of."""
    basis, period = report.basis, report.question.period
    if figure in ("days", "days_done"):
        return Trace(kinds=PEOPLE, zone=basis.zone)
    if figure == "cash_plan" and basis.shares:
        return Trace(kinds=("plan_set",), sellers=report.question.sellers, zone=basis.zone)
    if figure == "cash_fact":
        return Trace(
            kinds=CASH,
            sellers=report.question.sellers,
            first=period.first,
            last=min(period.last, basis.seen),
            zone=basis.zone,
        )
    if figure == "need" and basis.shares:
        asked = report.question.sellers
        return Trace(kinds=("plan_set", *CASH), sellers=asked, last=basis.seen, zone=basis.zone)
    # An invoice that was handed over since bears the name of the seller before.
    sellers = tuple(sorted(basis.credited)) if report.question.sellers else ()
    return Trace(kinds=PAPERS, sellers=sellers, last=basis.seen, zone=basis.zone)


def _plain(report: Payments, row: PaymentRow) -> Formula:
    """Told or counted from its events."""
    return "", []


def _open(report: Payments, row: PaymentRow) -> Formula:
    return _left(report.basis.claims[row.key])


def _left(claim: Claim) -> Formula:
    """A-P-C-X: asked, paid, credited, written off."""
    return "A-P-C-X", [
        Term("A", claim.amount, "money"),
        Term("P", claim.paid, "money"),
        Term("C", claim.credited, "money"),
        Term("X", claim.written_off, "money"),
    ]


def _reliability(report: Payments, row: PaymentRow) -> Formula:
    """k÷n, with few promises (k+m×R)÷(n+m), where R is the reliability of all clients."""
    everyone = report.basis.everyone
    own = everyone if row is report.total else report.basis.words.get(row.client or "", Word())
    counted = [Term("k", own.kept, "count"), Term("n", own.judged, "count")]
    if row.reliability is None:
        return "", []
    if own.judged >= ENOUGH or row is report.total:
        return "k÷n", counted
    return "(k+m×K÷N)÷(n+m)", [
        *counted,
        Term("m", WEIGHT, "count"),
        Term("K", everyone.kept, "count"),
        Term("N", everyone.judged, "count"),
    ]


def _expected(report: Payments, row: PaymentRow) -> Formula:
    """O×r^(1+b) as a product; O×q where nothing is promised or known."""
    amount = Term("O", row.open, "money")
    if row.reliability is None or not row.promises:
        times = row.broken if row.promises else 0
        q = chance(row.reliability, row.promises[:0])
        return "O" + "×q" * (1 + times), [amount, Term("q", q, "share")]
    return "O" + "×r" * (1 + row.broken), [amount, Term("r", row.reliability, "share")]


def _all_open(report: Payments, total: PaymentTotal) -> Formula:
    """All invoices, and what was paid beyond them taken out again."""
    expression, terms = _left(report.basis.whole)
    return f"{expression}+V", [*terms, Term("V", report.basis.above, "money")]


def _sum(symbol: str, parts: Iterable[tuple[str, Value]]) -> Formula:
    """The parts one by one, or nothing where there are none."""
    terms = [Term(f"{symbol}[{name}]", value, "money") for name, value in parts]
    return "+".join(term.symbol for term in terms), terms


def _all_expected(report: Payments, total: PaymentTotal) -> Formula:
    return _sum("E", ((row.key, row.expected) for row in report.rows))


def _listed(report: Payments, total: PaymentTotal) -> Formula:
    return _sum("O", ((row.key, row.open) for row in report.rows if row.control))


def _covered(report: Payments, total: PaymentTotal) -> Formula:
    return _sum("E", ((row.key, row.expected) for row in report.rows if row.control))


def _cash_plan(report: Payments, total: PaymentTotal) -> Formula:
    """T×w÷W; with several months or sellers their sum; else the dates agreed at the start."""
    shares = report.basis.shares
    if not shares:
        return _by_day(report.basis.agreed)
    terms: list[Term] = []
    products: list[str] = []
    for share in shares:
        said = [share.seller] if share.seller is not None else []
        name = "/".join([*said, share.part.share.month])
        mark = f"[{name}]" if len(shares) > 1 else ""
        products.append(f"T{mark}×w{mark}÷W{mark}")
        terms += [
            Term(f"T{mark}", share.part.plan, "money"),
            Term(f"w{mark}", share.part.share.done, "days"),
            Term(f"W{mark}", share.part.share.whole, "days"),
        ]
    return "+".join(products), terms


def _by_day(pieces: Iterable[Piece]) -> Formula:
    """Open money piece by piece, those of one claim together."""
    sums: dict[str, int] = {}
    for piece in pieces:
        sums[piece.key] = sums.get(piece.key, 0) + piece.amount
    return _sum("O", sums.items())


def _cash_fact(report: Payments, total: PaymentTotal) -> Formula:
    received = Term("P", report.basis.received, "money")
    return "P-B", [received, Term("B", report.basis.refunded, "money")]


def _need(report: Payments, total: PaymentTotal) -> Formula:
    terms = [Term("L", total.cash_plan, "money"), Term("F", total.cash_fact, "money")]
    return ("L-F" if total.need else "0"), terms


def _short(report: Payments, total: PaymentTotal) -> Formula:
    terms = [Term("N", total.need, "money"), Term("E", total.covered, "money")]
    return ("N-E" if total.short else "0"), terms


def _overdue(report: Payments, total: PaymentTotal) -> Formula:
    return _by_day(overdue(report.basis.pieces, report.basis.seen))


def _due_today(report: Payments, total: PaymentTotal) -> Formula:
    return _by_day(today(report.basis.pieces, report.basis.seen, promised=False))


def _promised_today(report: Payments, total: PaymentTotal) -> Formula:
    return _by_day(today(report.basis.pieces, report.basis.seen, promised=True))


_FIGURES: Final[dict[str, Callable[[Payments, PaymentRow], Formula]]] = {
    "open": _open,
    "due": _plain,
    "promised": _plain,
    "broken": _plain,
    "reliability": _reliability,
    "expected": _expected,
}

_TOTALS: Final[dict[str, Callable[[Payments, PaymentTotal], Formula]]] = {
    "open": _all_open,
    "due": _plain,
    "promised": _plain,
    "broken": _plain,
    "reliability": _reliability,
    "expected": _all_expected,
    "cash_plan": _cash_plan,
    "cash_fact": _cash_fact,
    "need": _need,
    "listed": _listed,
    "covered": _covered,
    "short": _short,
    "overdue": _overdue,
    "due_today": _due_today,
    "promised_today": _promised_today,
    "days_done": _plain,
    "days": _plain,
}
