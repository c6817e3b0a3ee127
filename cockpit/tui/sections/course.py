"""The month as a picture: the fact so far against the line of the plan, day by day."""

from __future__ import annotations

from cockpit import formats, labels
from cockpit.render.cells import width as cells_of
from cockpit.tui.sheet import Piece
from cockpit.tui.widgets.chart import Point, drawn_in, highest, picture
from projections.reports.course import Course


def pictured(report: Course, width: int, height: int) -> tuple[tuple[Piece, ...], ...]:
    """`height` lines of columns with the line across them, the days below, what is what.

    Nothing where there is nothing to draw or no room.
    """
    points: list[Point] = [(row.fact, row.line) for row in report.rows]
    top = formats.number(formats.major(highest(points), report.minor_digits))
    ends = top, formats.unit(report.currency)
    lines = picture(points, ends, width, height)
    if not lines:
        return ()
    said = f"█ {labels.header('fact')}   ─ {labels.header('line')}"
    return (*(tuple(line) for line in lines), _days(report, ends, width), ((said, "muted"),))


def _days(report: Course, ends: tuple[str, str], width: int) -> tuple[Piece, ...]:
    """The first working day of each week below its column."""
    margin, each = drawn_in(len(report.rows), ends, width)
    line, week = " " * margin, None
    for place, row in enumerate(report.rows):
        here = margin + place * each
        if row.working and row.day.isocalendar().week != week and cells_of(line) <= here:
            line += " " * (here - cells_of(line)) + formats.day(row.day) + " "
            week = row.day.isocalendar().week
    return ((line.rstrip(), "muted"),)
