"""The clock of presentation mode: what is left of the box, large enough for a wall."""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from textual.geometry import Region
from textual.strip import Strip

from cockpit.formats import face
from cockpit.render.cells import fit
from cockpit.tui.sheet import Piece, Tone, spread
from cockpit.tui.widgets.clock import Reading, overrun, state
from cockpit.tui.widgets.paint import Painted
from cockpit.words import t

_FONT: Final = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
}
HEIGHT: Final = 5
_ROOMY: Final = 60
"""From this width on a dot takes two cells, which makes it square."""


class BigClock(Painted):
    """At the left who has the floor and how the box is doing, at the right the time in dots."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._reading = Reading()
        self._item = ""
        self._turn = ""

    def show(self, reading: Reading, item: str, turn: str) -> None:
        """Show another time, item or speaker; what stays the same is not sent."""
        before = self._lines()
        self._reading, self._item, self._turn = reading, item, turn
        for y, (old, new) in enumerate(zip(before, self._lines(), strict=True)):
            if old != new:
                left = _same(old, new)
                self.refresh(Region(left, y, self.size.width - left, 1))

    def render_line(self, y: int) -> Strip:
        """One of the lines."""
        lines = self._lines()
        return self.strip(lines[y] if y < len(lines) else spread((), (), self.size.width))

    def _lines(self) -> list[list[Piece]]:
        """All lines as they are drawn now."""
        reading, width = self._reading, self.size.width
        said, tone = state(reading)
        dots = digits(shown(reading), 2 if width >= _ROOMY else 1)
        room = width - len(dots[0]) - 3
        words: tuple[Piece, ...] = (
            (self._item, "strong"),
            (self._turn, "strong"),
            (said, tone),
            (t("{took} of {box}", took=face(reading.item), box=face(reading.box)), "plain"),
            (overrun(reading.over), "warn") if reading.over else ("", "plain"),
        )
        inked: Tone = "strong" if tone == "good" else tone
        return [
            spread(((" ", "plain"), (fit(text, max(0, room)), ink)), ((f"{line} ", inked),), width)
            for (text, ink), line in zip(words, dots, strict=True)
        ]


def shown(reading: Reading) -> str:
    """What is left of the box, what it was overrun by after a plus, or the time without a box."""
    if not reading.box:
        return face(reading.item)
    spare = reading.box - reading.item
    return face(spare) if spare >= 0 else f"+{face(-spare)}"


def digits(text: str, cells: int) -> tuple[str, ...]:
    """A time in dots of so many cells, a line each; raises KeyError for what is no time."""
    rows = (" ".join(_FONT[sign][y] for sign in text) for y in range(HEIGHT))
    return tuple("".join({"#": "█"}.get(dot, dot) * cells for dot in row) for row in rows)


def _same(old: list[Piece], new: list[Piece]) -> int:
    """How many cells at the left stay as they were, each sign taking one."""
    one, two = ([(sign, tone) for text, tone in line for sign in text] for line in (old, new))
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(one, two, strict=False)))
