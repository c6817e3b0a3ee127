"""The chapters of the story whose rows open: the reports in it, and what it counts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from projections import slips
from projections.linear import ratio
from projections.report import Column, Part, Report, Row
from projections.reports.plan_fact.rows import AFTER_CLOSE
from projections.reports.story.rows import COLUMNS, LateRow, Story

ALL: Final = "department"

LATE: Final = (
    Column("seller", "text"),
    Column("events", "count"),
    Column("late_events", "count"),
    Column("late_share", "share"),
)


class LateEntries(Row, frozen=True, kw_only=True):
    """The events of a seller, or of everybody, and those recorded more than 24 hours late; of no
    events there is no share.
    """

    seller: str | None
    scope: str = "seller"
    events: int
    late_events: int
    late_share: Fraction | None


def parts(report: Story) -> tuple[Part, ...]:
    """Everything the story shows, by the name its rows are asked for under."""
    month = report.question.period
    agreed = (row for row in report.corrections.rows if month.first <= row.agreed <= month.last)
    bridge, rhythm = report.bridge, report.rhythm
    return (
        Part(name="book", columns=COLUMNS, rows=report.rows),
        Part(
            name="board",
            columns=(*report.board.columns, *_closed(report)),
            rows=(*report.board.rows, *report.board.teams, report.board.total),
        ),
        Part(name="course", columns=_dated(report.course), rows=report.course.rows),
        Part(name="rhythm", columns=_dated(rhythm), rows=(*rhythm.rows, rhythm.total)),
        Part(name="corrections", columns=report.corrections.columns, rows=tuple(agreed)),
        Part(name="late", columns=LATE, rows=tuple(late(report))),
        slips.part(report.book.slips),
        Part(
            name="bridge",
            columns=bridge.columns,
            rows=(*bridge.department, *bridge.rows, *bridge.burned),
        ),
    )


def late(report: Story) -> Iterator[LateEntries]:
    """Each seller with events, and all of them together."""
    for row in report.late:
        yield _late(row.seller or "unassigned", row.seller, (row,))
    yield _late(ALL, None, report.late)


def _late(key: str, seller: str | None, rows: Iterable[LateRow]) -> LateEntries:
    events, entries = 0, 0
    for row in rows:
        events, entries = events + row.events, entries + row.late
    return LateEntries(
        key=key,
        seller=seller,
        scope="seller" if seller else key,
        events=events,
        late_events=entries,
        late_share=ratio(entries, events),
    )


def _dated(report: Report) -> tuple[Column, ...]:
    """The columns of days without the day itself, which names the row."""
    return tuple(column for column in report.columns if column.key != "day")


def _closed(report: Story) -> tuple[Column, ...]:
    """What came after the close has columns only of a month that is closed."""
    return AFTER_CLOSE if report.board.closing is not None else ()
