"""Why a figure of the story is what it is: its chapters explain themselves, the rest is here."""

from __future__ import annotations

from typing import Final

from events.trace import Trace
from events.vocabulary import name_of
from projections import slips
from projections.catalogue import explain as explained
from projections.explaining import asked
from projections.formula import Explanation, Term
from projections.order_book import BOOK_KINDS, CAUSES
from projections.report import Report
from projections.reports.story.besides import LATE, late
from projections.reports.story.rows import Story

_LATE: Final = tuple(column.key for column in LATE if column.unit != "text")


def explain(report: Story, key: str, figure: str) -> Explanation:
    """The formula and the events of one figure, by `part:row`; a bare row is of the order book.

    Raises KeyError where there is no such row or figure.
    """
    part, _, row = key.partition(":") if ":" in key else ("book", "", key)
    chapters: dict[str, Report] = {
        "board": report.board,
        "course": report.course,
        "rhythm": report.rhythm,
        "corrections": report.corrections,
        "bridge": report.bridge,
    }
    if part in chapters:
        return explained(chapters[part], row, figure)
    match part:
        case "late":
            return _late(report, row, figure)
        case "slips":
            return slips.explain(report.book.slips, row, figure, report.course.basis.zone)
        case "book":
            return _book(report, row, figure)
    raise KeyError(key)


def _book(report: Story, key: str, figure: str) -> Explanation:
    """The events of a line of the order book; the closing is also the sum of the others."""
    row = asked(report.rows, key, figure, ("amount", "deals"))
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


def _late(report: Story, key: str, figure: str) -> Explanation:
    """How much a seller logged in the month, and how much of it more than a day late."""
    row = asked(late(report), key, figure, _LATE)
    period, share = report.question.period, figure == "late_share"
    terms = (Term("k", row.late_events, "count"), Term("n", row.events, "count"))
    divided = share and row.late_share is not None
    sellers = report.question.sellers if row.scope == "department" else (row.seller or "",)
    return Explanation(
        figure=figure,
        unit="share" if share else "count",
        value=getattr(row, figure),
        expression="k÷n" if divided else "",
        terms=terms if divided else (),
        trace=Trace(
            sellers=sellers,
            first=period.first,
            last=min(period.last, report.course.seen),
            zone=report.course.basis.zone,
        ),
        events_sum=None if share else "count",
        recorded_late=figure != "events",
    )
