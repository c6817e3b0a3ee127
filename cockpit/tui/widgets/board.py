"""The board: a sheet on the screen, with a cursor that stays on its row whatever happens to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import ClassVar

import msgspec
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from cockpit.render.cells import width as cells_of
from cockpit.tui.actions import Room, bindings
from cockpit.tui.frame import Painted, frame, inner, unfolded, window
from cockpit.tui.sharing import SHARED, shown
from cockpit.tui.sheet import Piece, Sheet, labelled, lay
from cockpit.tui.widgets.paint import PaintedScroll


class Board(PaintedScroll, can_focus=False):
    """Draws a sheet: title and heads stay above, totals and notes below, the rows scroll between.

    A new sheet repaints only the lines that differ; cursor and scroll follow the row's key. The
    keys belong to what holds the board, for every change of focus would paint it twice.
    """

    ROOMS: ClassVar[tuple[Room, ...]] = ("row", "board")
    """The rooms whose keys work where it is seen, from the innermost."""
    ABOUT_PEOPLE: ClassVar[bool] = True
    """Whether a correction can be agreed from here: not from a list of events."""

    class Opened(Message):
        """A row was opened, by Enter or by a click on the row the cursor was on."""

        def __init__(self, board: Board, key: str) -> None:
            """`key` is the row's."""
            super().__init__()
            self.board = board
            self.key = key

        @property
        def control(self) -> Board:
            """The board the row is on."""
            return self.board

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self.sheet = Sheet()
        self._whole: Sheet | None = None
        self._drawn: list[Painted] = []
        self._fitted = Size(0, 0)
        self._cursor: str | None = None
        self._labels: Mapping[str, str] = {}

    @property
    def cursor(self) -> str | None:
        """The key of the row the cursor is on, None where there is no row."""
        return self._cursor if self._rows() else None

    def draw(self, sheet: Sheet) -> None:
        """Show another sheet in place of the one that stands."""
        above = self._row() - self._first
        self._whole = shown(sheet, self.size.height) if self.app.has_class(SHARED) else sheet
        self.sheet = unfolded(self._whole, *self.size)
        rows = self._rows()
        if rows and self._cursor not in rows:
            self._cursor = rows[0]
        if self.size.width:
            self._settle(self._row() - above)
        else:
            self.outdate()

    def outdate(self) -> None:
        """Lay the board out anew when it is seen again, though its size be the same."""
        self._fitted = Size(0, 0)

    def footnotes(self) -> tuple[tuple[Piece, ...], ...]:
        """What stands below; a board that speaks of the row under the cursor says it here."""
        return self.sheet.notes

    def explained(self) -> str:
        """The formula of the figure under the cursor with the numbers put in; "" for none."""
        return ""

    def subject(self, key: str) -> tuple[str, str | None] | None:
        """Whose the row of a key is, and which metric it is about, or the unit of one.

        None where it is no single seller's; the metric is None where the row speaks of several.
        """
        scope, _, seller = key.partition(":")
        return (seller, None) if scope == "seller" and seller else None

    def point(self, key: str) -> None:
        """Put the cursor on a row; a key that is not there moves nothing.

        A board without rows yet has it there as soon as they come.
        """
        rows = self._rows()
        if key in rows and key != self._cursor:
            self._cursor = key
            self._settle(self._first)
        elif not rows:
            self._cursor = key

    def on_resize(self) -> None:
        """Choose the columns anew for the new width; a board that is shown again kept its own."""
        if self.size != self._fitted:
            self._fitted = self.size
            if self._whole is not None:
                self.sheet = unfolded(self._whole, *self.size)
            self._settle(self._first)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scrolling moves the rows only; the rest of the board stays as it is."""
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = new_value
        if round(old_value) != round(new_value):
            self._repaint()

    def on_click(self, event: events.Click) -> None:
        """Point at a row; a click on the row that is pointed at opens it."""
        key = self._seen().get(event.y)
        if key is None:
            return
        if key == self._cursor:
            self.action_open()
        else:
            self.point(key)

    def spots(self) -> Mapping[str, Callable[[], object]]:
        """See `Jumpable`: the rows that open."""
        rows = self._rows()
        return {key: partial(self.point, key) for key in self._seen().values() if key in rows}

    def label(self, labels: Mapping[str, str]) -> None:
        """See `Jumpable`."""
        self._labels = labels
        self._repaint()

    def action_cursor(self, step: int) -> None:
        """Move the cursor over rows that open; a board without any is scrolled."""
        rows = self._rows()
        if not rows:
            self.scroll_relative(y=step, animate=False, immediate=True, force=True)
            return
        here = rows.index(self._cursor) if self._cursor in rows else 0
        self.point(rows[max(0, min(len(rows) - 1, here + step))])

    def action_page(self, step: int) -> None:
        """Move the cursor by as many rows as are seen."""
        self.action_cursor(step * max(1, window(self.sheet, self.size.height).rows - 1))

    def action_open(self) -> None:
        """Open the row the cursor is on."""
        if self._cursor is not None and self._cursor in self._rows():
            self.post_message(self.Opened(self, self._cursor))

    def render_line(self, y: int) -> Strip:
        """One line of what is seen, from the ones framed last."""
        if not self._drawn:
            self._drawn = self._framed()
        return self.strip(*self._drawn[y]) if y < len(self._drawn) else self.strip(())

    @property
    def _first(self) -> int:
        """The first row that is seen."""
        return round(self.scroll_y)

    def _seen(self) -> dict[int, str]:
        """The keys of the rows that are seen, by the line of the board they stand at."""
        seen = window(self.sheet, self.size.height, self._first)
        lines = (*self.sheet.lines[seen.first :][: seen.rows], *self.sheet.totals)
        return {y: line.key for y, line in enumerate(lines, seen.top)}

    def _rows(self) -> list[str]:
        """The keys of the rows the cursor can be on."""
        return [line.key for line in (*self.sheet.lines, *self.sheet.totals) if line.opens]

    def _row(self) -> int:
        """The place of the cursor's row among all lines; the totals stand below the last one."""
        keys = [line.key for line in self.sheet.lines]
        if self._cursor in keys:
            return keys.index(self._cursor)
        totals = [line.key for line in self.sheet.totals]
        return len(keys) - 1 if keys and self._cursor in totals else 0

    def _settle(self, first: int) -> None:
        """Scroll so that row `first` is on top, or as near as shows the cursor, and repaint."""
        seen = window(self.sheet, self.size.height, first)
        self.grow(self.size.width, self.size.height + max(0, len(self.sheet.lines) - seen.rows))
        row = self._row()
        first = max(min(seen.first, row), row - seen.rows + 1)
        if not any(line.opens for line in self.sheet.lines[:first]):
            first = 0
        self.scroll_to(y=first, animate=False, immediate=True)
        self._repaint()

    def _repaint(self) -> None:
        """Send the lines that look different from what was sent before."""
        width = self.size.width
        before = self._drawn
        self._drawn = self._framed()
        if len(before) != len(self._drawn):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._drawn, strict=True)):
            if old != new:
                self.refresh(Region(0, y, _differing(old, new, width), 1))

    def _framed(self) -> list[Painted]:
        """Every line as it is to be seen; a label covers the beginning of its row."""
        width, height = self.size
        seen = window(self.sheet, height, self._first)
        layout = lay(self.sheet, inner(width))
        sheet = msgspec.structs.replace(self.sheet, notes=self.footnotes())
        lines = frame(sheet, layout, seen, self._cursor, width, height)
        for y, key in (self._seen() if self._labels else {}).items():
            if key in self._labels and y < len(lines):
                line, ground = lines[y]
                lines[y] = labelled(line, self._labels[key]), ground
        return lines


class SideBoard(Board, can_focus=True):
    """A board beside the stage that hears the keys of rows itself once it has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("row", "board")


def _differing(old: Painted, new: Painted, width: int) -> int:
    """The cells from the left up to the last that changed."""
    if old[1] != new[1]:
        return width
    tail = 0
    for (before, tone), (after, other) in zip(reversed(old[0]), reversed(new[0]), strict=False):
        if before != after or tone != other:
            break
        tail += cells_of(before)
    return max(1, width - tail)
