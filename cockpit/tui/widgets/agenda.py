"""The agenda at the left: numbered items with their boxes, and what each has taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from cockpit.formats import MINUS, face
from cockpit.render.cells import fit
from cockpit.render.cells import width as cells_of
from cockpit.tui.sheet import Ground, Piece, Tone, labelled, spread
from cockpit.tui.widgets.paint import Painted
from cockpit.words import t

_TITLE_LINES = 2
_ITEM, _TURN = "item/", "turn/"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the agenda: name, box, and what it took once it has had a turn, in seconds.

    With `nothing` to talk about, which says why, the item is collapsed and gives its box back.
    Where there is no room for the name, the `brief` one stands in its place.
    """

    id: str
    name: str
    brief: str = ""
    box: int
    took: int | None = None
    nothing: str | None = None


class Agenda(Painted):
    """Draws entries and says which one was clicked; below them whose turns an item has."""

    class Picked(Message):
        """An item was clicked."""

        def __init__(self, item: str) -> None:
            """`item` is its id."""
            super().__init__()
            self.item = item

    class Called(Message):
        """A turn was clicked."""

        def __init__(self, seller: str | None) -> None:
            """`seller` is None for the head."""
            super().__init__()
            self.seller = seller

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()
        self._turns: Sequence[Entry] = ()
        self._current: str | None = None
        self._turn: str = ""
        self._labels: Mapping[str, str] = {}

    def show(
        self,
        entries: Sequence[Entry],
        current: str | None,
        turns: Sequence[Entry] = (),
        turn: str = "",
    ) -> None:
        """Show other entries; lines that stay the same are not sent."""
        before = self._lines()
        self._entries, self._current, self._turns, self._turn = entries, current, turns, turn
        self._send(before)

    def spots(self) -> Mapping[str, Callable[[], object]]:
        """See `Jumpable`: items, then turns."""
        turns = (self._turn_at(y) for y in range(self.size.height))
        items = {
            f"{_ITEM}{entry.id}": partial(self.post_message, self.Picked(entry.id))
            for entry in self._entries
        }
        return items | {
            f"{_TURN}{turn.id}": partial(self.post_message, self.Called(turn.id or None))
            for turn in turns
            if turn is not None
        }

    def label(self, labels: Mapping[str, str]) -> None:
        """See `Jumpable`."""
        before = self._lines()
        self._labels = labels
        self._send(before)

    def on_click(self, event: events.Click) -> None:
        """Ask for the item or the turn under the mouse."""
        place = event.y - _TITLE_LINES
        turn = self._turn_at(place - len(self._entries) - 1)
        if 0 <= place < len(self._entries):
            self.post_message(self.Picked(self._entries[place].id))
        elif turn is not None:
            self.post_message(self.Called(turn.id or None))

    def render_line(self, y: int) -> Strip:
        """The title, or one entry."""
        return self.strip(*self._line(y))

    def _lines(self) -> list[tuple[list[Piece], Ground]]:
        """All lines as they are drawn now."""
        return [self._line(y) for y in range(self.size.height)]

    def _send(self, before: list[tuple[list[Piece], Ground]]) -> None:
        """Send the lines that look different from before."""
        for y, (old, new) in enumerate(zip(before, self._lines(), strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def _line(self, y: int) -> tuple[list[Piece], Ground]:
        """The pieces at a line, and what they stand on."""
        width = self.size.width
        if y == 0:
            boxes = (entry.box for entry in self._entries if entry.nothing is None)
            total = face(sum(boxes))
            title: Piece = (" " + t("Agenda"), "strong")
            return spread((title,), ((f"{total} ", "muted"),), width), "title"
        place = y - _TITLE_LINES
        if place > len(self._entries):
            return self._turn_line(place - len(self._entries) - 1)
        if not 0 <= place < len(self._entries):
            return spread((), (), width), ""
        entry = self._entries[place]
        here = entry.id == self._current
        drawn = line(entry, place + 1, width, here=here)
        return self._labelled(f"{_ITEM}{entry.id}", drawn), "cursor" if here else ""

    def _turn_line(self, y: int) -> tuple[list[Piece], Ground]:
        """A line of the turns."""
        turn = self._turn_at(y)
        if turn is None:
            return spread((), (), self.size.width), ""
        drawn = line(turn, None, self.size.width, here=turn.id == self._turn)
        return self._labelled(f"{_TURN}{turn.id}", drawn), ""

    def _labelled(self, name: str, drawn: list[Piece]) -> list[Piece]:
        """A line with its label, if it has one."""
        label = self._labels.get(name)
        return labelled(drawn, label) if label else drawn

    def _turn_at(self, y: int) -> Entry | None:
        """The turn at a line; where there is no room for all, those around the current one."""
        room = self.size.height - _TITLE_LINES - len(self._entries) - 1
        ids = [turn.id for turn in self._turns]
        here = ids.index(self._turn) if self._turn in ids else 0
        place = max(0, min(here - room // 2, len(ids) - room)) + y
        return self._turns[place] if y >= 0 and place < len(ids) else None


def line(entry: Entry, number: int | None, width: int, *, here: bool) -> list[Piece]:
    """An item or a turn with its time in `width` cells; a long name gives way to the time."""
    sign: Piece = ("▸", "plain") if here else _sign(entry)
    time = f"{face(entry.box if here or entry.took is None else entry.took)} "
    if entry.nothing is not None and not here:
        time = f"{MINUS}{face(entry.box)} "
    before = " " if number is None else f"{number} "
    said, room = before + entry.name, width - 2 - len(time)
    if cells_of(said) == room + 1:
        time = time.rstrip()
    elif cells_of(said) > room and entry.brief:
        said = before + entry.brief
    name = f"{fit(said, width - 2 - len(time))} "
    tone: Tone = "muted" if sign[0] == " " else sign[1]
    plain: Tone = "plain" if entry.nothing is None or here else "muted"
    return spread((sign, (name, plain), (time, tone)), (), width)


def _sign(entry: Entry) -> Piece:
    """Whether an item was had, and whether it ran over its box."""
    if entry.took is None:
        return " ", "plain"
    return ("▲", "bad") if entry.took > entry.box else ("✓", "good")
