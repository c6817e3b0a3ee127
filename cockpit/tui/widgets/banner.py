"""The line at the top: whose stand-up, which day, how far the month has gone."""

from __future__ import annotations

from textual.strip import Strip

from cockpit.render.cells import fit
from cockpit.render.cells import width as cells_of
from cockpit.tui import dials
from cockpit.tui.sheet import Piece, spread
from cockpit.tui.view import View
from cockpit.tui.widgets.paint import Painted
from cockpit.words import t


def header(
    whose: str, room: str, view: View, *more: str
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Whose room it is, and of when its figures are; the past is named and stands out."""
    shared: tuple[Piece, ...] = ((" · " + t("shared"), "warn"),) if view.share else ()
    left: tuple[Piece, ...] = ((f" {whose} ", "strong"), (room, "plain"), *shared)
    if view.past:
        return left, ((" · ".join(["◀ " + t("THE PAST"), *dials.said(view)]) + " ", "warn"),)
    said = " · ".join(part for part in (*dials.said(view), *more) if part)
    return left, ((f"{said} ", "plain"),)


class Banner(Painted):
    """One line: a name at the left, which gives way to what the figures speak of at the right."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._left: tuple[Piece, ...] = ()
        self._right: tuple[Piece, ...] = ()

    def show(self, left: tuple[Piece, ...], right: tuple[Piece, ...]) -> None:
        """Say something else; the same again sends nothing."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The only line."""
        width = self.size.width
        room = width - sum(cells_of(text) for text, _ in self._right) - 1
        left = self._left if sum(cells_of(text) for text, _ in self._left) <= room else (
            (fit(self._left[0][0], max(room, 0)), self._left[0][1]),)  # fmt: skip
        return self.strip(spread(left, self._right, width))
