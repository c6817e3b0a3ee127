"""The picture of a month: what was sold so far as columns, the line of the plan across them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from textual.strip import Strip

from cockpit.render.cells import width as cells_of
from cockpit.tui.sheet import Piece, Tone, spread
from cockpit.tui.widgets.paint import Painted

_PARTS = " ▁▂▃▄▅▆▇█"
_EIGHTHS = 8
_LINE = "─"

Point = tuple[int | None, Fraction | None]
"""The fact and the line of a day, in minor units; what is not known is None."""


class Chart(Painted):
    """Draws points in as many lines as it has; the scale reaches from zero to the highest."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._points: Sequence[Point] = ()
        self._labels: tuple[str, str] = ("", "")
        self._lines: list[list[Piece]] = []

    def show(self, points: Sequence[Point], top: str, bottom: str) -> None:
        """Show other points; `top` and `bottom` say what the ends of the scale stand for."""
        if (list(points), (top, bottom)) != (list(self._points), self._labels):
            self._points, self._labels = points, (top, bottom)
            self._draw()

    def on_resize(self) -> None:
        """Draw the same points for the new size."""
        self._draw()

    def render_line(self, y: int) -> Strip:
        """One line of the picture."""
        width = self.size.width
        line = self._lines[y] if y < len(self._lines) else []
        return self.strip(spread(tuple(line), (), width))

    def _draw(self) -> None:
        """Every line anew."""
        width, height = self.size
        if width and height:
            self._lines = picture(self._points, self._labels, width, height)
            self.refresh()


def highest(points: Sequence[Point]) -> Fraction:
    """The top of the scale."""
    return max(
        (Fraction(value) for point in points for value in point if value), default=Fraction()
    )


def drawn_in(points: int, labels: tuple[str, str], width: int) -> tuple[int, int]:
    """The cells left of the columns, and those each column takes."""
    margin = max(map(cells_of, labels)) + 2
    return margin, max(1, (width - margin - 1) // max(1, points))


def picture(
    points: Sequence[Point], labels: tuple[str, str], width: int, height: int
) -> list[list[Piece]]:
    """The lines from the top, each at most `width` cells."""
    top = highest(points)
    margin, each = drawn_in(len(points), labels, width)
    if not points or not top or width <= margin:
        return []
    lines: list[list[Piece]] = []
    for y in range(height):
        label = labels[0] if y == 0 else labels[1] if y == height - 1 else ""
        line: list[Piece] = [(f" {label:>{margin - 2}} ", "muted")]
        for point in points:
            text, tone = _cell(point, top, height, y)
            line.append((text * (each - 1) + (text if text == _LINE else " "), tone))
        lines.append(line)
    return lines


def _cell(point: Point, top: Fraction, height: int, y: int) -> tuple[str, Tone]:
    """What stands at one place: the line over the column, or a part of the column."""
    fact, line = point
    row = height - 1 - y
    filled = round(Fraction(max(fact or 0, 0)) / top * height * _EIGHTHS) - row * _EIGHTHS
    behind = line is not None and fact is not None and fact < line
    tone: Tone = "bad" if behind else "good"
    if line is not None and _row(line, top, height) == row and filled < _EIGHTHS:
        return (_LINE, "plain") if filled <= 0 else (_PARTS[filled], tone)
    if line is not None and _row(line, top, height) == row:
        return _LINE, "strong"
    if filled <= 0:
        return " ", "plain"
    return _PARTS[min(filled, _EIGHTHS)], tone


def _row(value: Fraction, top: Fraction, height: int) -> int:
    """The row a value lies in, from the bottom."""
    return min(height - 1, int(value / top * height))
