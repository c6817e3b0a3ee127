"""The line at the top: whose stand-up, which day, how far the month has gone."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from cockpit.render.cells import fit
from cockpit.render.cells import width as cells_of
from cockpit.tui import dials
from cockpit.tui.sheet import Piece, spread
from cockpit.tui.view import View
from cockpit.tui.widgets.paint import Painted
from cockpit.words import t


def header(whose: str, room: str, view: View, *more: str) -> tuple[tuple[Piece, ...], ...]:
    """Whose room it is, and of when its figures are; the past is named and stands out.

    What follows the two says the same in less room, for the past has to be said in any.
    """
    shared: tuple[Piece, ...] = ((" · " + t("shared"), "warn"),) if view.share else ()
    left: tuple[Piece, ...] = ((f" {whose} ", "strong"), (room, "plain"), *shared)
    if view.past:
        named = "◀ " + t("THE PAST")
        forms = ([named, *dials.said(view)], [named, *dials.briefly(view)], [named])
        return left, *(((" · ".join(parts) + " ", "warn"),) for parts in forms)
    said = " · ".join(part for part in (*dials.said(view), *more) if part)
    brief = " · ".join(dials.briefly(view))
    return left, ((f"{said} ", "plain"),), ((f"{brief} ", "plain"),)


class Banner(Painted):
    """One line: a name at the left, which gives way to what the figures speak of at the right."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._left: tuple[Piece, ...] = ()
        self._rights: tuple[tuple[Piece, ...], ...] = ((),)

    def show(self, left: tuple[Piece, ...], *rights: tuple[Piece, ...]) -> None:
        """Say something else; the same again sends nothing. Of `rights` the first that fits."""
        if (left, rights) != (self._left, self._rights):
            self._left, self._rights = left, rights
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The only line."""
        width, signs = self.size.width, _signs(self._left)
        right = chosen(self._rights, width - _taken(signs))
        room = width - _taken(right) - 1
        left = self._left
        if _taken(left) > room:
            (name, tone) = left[0]
            left = ((fit(name, max(room - _taken(signs), 0)), tone), *signs)
        return self.strip(spread(left, right, width))


def _signs(left: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """What has to be seen however little room there is."""
    return tuple(piece for piece in left[1:] if piece[1] == "warn")


def chosen(forms: Sequence[tuple[Piece, ...]], width: int) -> tuple[Piece, ...]:
    """The first form of a text that fits, else none of it."""
    return next((form for form in forms if _taken(form) < width), ())


def _taken(pieces: tuple[Piece, ...]) -> int:
    """The cells that pieces take."""
    return sum(cells_of(text) for text, _ in pieces)
