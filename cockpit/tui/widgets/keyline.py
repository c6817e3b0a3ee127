"""The line at the bottom that names the keys; every name can be clicked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from textual import events
from textual.strip import Strip

from cockpit.render.cells import width as cells_of
from cockpit.tui.actions import ACTIONS, Action, keys_of
from cockpit.tui.keys import shown
from cockpit.tui.sheet import Piece, spread
from cockpit.tui.widgets.paint import Painted
from cockpit.words import language, t

_BETWEEN = 2
_LAST = 2
"""Help and the way out stay whatever the width."""


class Entry(msgspec.Struct, frozen=True):
    """What is printed for an action, and the key that a click on it presses."""

    keys: str
    words: str
    press: str

    @property
    def width(self) -> int:
        """The cells it takes, the space before the words included."""
        return cells_of(self.keys) + 1 + cells_of(self.words)


def entries(actions: Sequence[Action], chosen: Mapping[str, str]) -> tuple[Entry, ...]:
    """The actions as printed, under the user's keymap and in the spoken language."""
    by_id = {action.id: action for action in ACTIONS}
    found = []
    for action in actions:
        pair = [by_id[action.other], action] if action.other else [action]
        first = [keys_of(each, chosen)[0] for each in pair]
        keys = " ".join(shown(key, language()) for key in first)
        found.append(Entry(keys, t(action.label or action.title), keys_of(action, chosen)[0]))
    return tuple(found)


def fitted(entries: Sequence[Entry], width: int) -> tuple[tuple[Entry, ...], int]:
    """The entries that fit into a line, and the cells between two.

    Where the words of a language are long the gaps close first; then what stands before help and
    the way out goes.
    """
    kept = list(entries)
    for gap in (_BETWEEN, 1):
        if _taken(kept, gap) <= width:
            return tuple(kept), gap
    while len(kept) > _LAST and _taken(kept, 1) > width:
        del kept[-_LAST - 1]
    return tuple(kept), 1


def drawn(entries: Sequence[Entry], width: int) -> list[Piece]:
    """The line, exactly `width` cells; nothing stands behind the last word."""
    line: list[Piece] = [(" ", "plain")]
    shown, gap = fitted(entries, width)
    for entry in shown:
        behind = "" if entry is shown[-1] else " " * gap
        line += [(entry.keys, "strong"), (f" {entry.words}{behind}", "plain")]
    return spread(tuple(line), (), width)


def _taken(entries: Sequence[Entry], gap: int) -> int:
    """The cells of a line, its margin included."""
    return 1 + sum(entry.width for entry in entries) + gap * (len(entries) - 1)


class KeyLine(Painted):
    """Draws the entries in one line; those that do not fit are in the help."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._entries: tuple[Entry, ...] = ()

    def show(self, entries: tuple[Entry, ...]) -> None:
        """Name other keys; the same again sends nothing."""
        if entries != self._entries:
            self._entries = entries
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        left = 1
        shown, gap = fitted(self._entries, self.size.width)
        for entry in shown:
            if left <= event.x < left + entry.width:
                self.app.simulate_key(entry.press)
            left += entry.width + gap

    def render_line(self, y: int) -> Strip:
        """The only line."""
        return self.strip(drawn(self._entries, self.size.width))
