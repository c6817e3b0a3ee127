"""Why a line of the order book is what it is: the events that made it."""

from __future__ import annotations

from events.trace import Trace
from events.vocabulary import name_of
from projections.formula import Explanation, Term
from projections.order_book import BOOK_KINDS, CAUSES
from projections.reports.story.rows import Story


def explain(report: Story, key: str, figure: str) -> Explanation:
    """The events of a line; the closing is also the sum of the others.

    Raises KeyError where there is no such line or figure.
    """
    row = next((row for row in report.rows if row.key == key), None)
    if row is None or figure not in ("amount", "deals"):
        raise KeyError(f"{key} {figure}")
    terms: tuple[Term, ...] = ()
    if key == "closing" and figure == "amount":
        terms = tuple(Term(row.line, row.amount, "money") for row in report.rows[:-1])
    return Explanation(
        figure=figure,
        unit="money" if figure == "amount" else "count",
        value=getattr(row, figure),
        expression="+".join(term.symbol for term in terms),
        terms=terms,
        trace=_trace(report, key),
    )


def _trace(report: Story, key: str) -> Trace:
    zone = report.course.basis.zone
    if key in CAUSES:
        ids = tuple(move.id for move in report.book.moves if move.cause == key)
        return Trace(ids=ids or ("",), zone=zone)
    deals = report.book.opened if key == "opening" else report.book.closed
    kinds = tuple(name_of(kind) for kind in BOOK_KINDS)
    return Trace(kinds=kinds, deals=deals or ("",), zone=zone)
