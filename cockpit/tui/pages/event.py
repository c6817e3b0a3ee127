"""An event opened: its envelope, what it says, what corrected it, its neighbours in the chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from cockpit.render import dossier as printed
from cockpit.render.dossier import Named, Told
from cockpit.tui.actions import Room
from cockpit.tui.messages import Read
from cockpit.tui.sections.base import WIDE
from cockpit.tui.sheet import Cell, Column, Line, Sheet, Tone
from cockpit.tui.widgets.board import Board
from cockpit.words import t


class EventPage(Board):
    """One event; Enter on another one it is tied to goes on there, Esc comes back."""

    ROOMS: ClassVar[tuple[Room, ...]] = ("row", "deeper", "board")
    ABOUT_PEOPLE: ClassVar[bool] = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self.path: list[str] = []
        self._read: Read | None = None
        self._named: Named | None = None

    @property
    def event(self) -> str | None:
        """The id of the event that is open."""
        return self.path[-1] if self.path else None

    def begin(self, event: str) -> None:
        """Open an event from another page."""
        self.path = [event]
        self._read = None
        self.draw(Sheet(empty=t("One moment …")))

    def go_on(self, event: str) -> None:
        """Open an event that the one shown is tied to."""
        self.path.append(event)

    def go_back(self) -> bool:
        """Return to the event before; whether there was one."""
        if len(self.path) < 2:
            return False
        self.path.pop()
        return True

    def show(self, read: Read, named: Named) -> None:
        """Draw an event."""
        turned = self._read is not None and self._read.dossier.event.id != read.dossier.event.id
        self._read, self._named = read, named
        self.redraw()
        if turned:
            self.action_cursor(-len(self.sheet.lines))

    def on_resize(self) -> None:
        """Draw the page for the new width."""
        self.redraw()

    def redraw(self) -> None:
        """The sheet anew."""
        if self._read is not None and self._named is not None and self.size.width:
            self.draw(sheet(self._read, self._named, self.size.width))


def named_of(
    sellers: Mapping[str, str], clients: Mapping[str, str], zone: str, digits: int
) -> Named:
    """How the page writes keys, moments and money."""
    return Named(sellers=sellers, clients=clients, zone=zone, minor_digits=digits)


def sheet(read: Read, named: Named, width: int) -> Sheet:
    """A line for each part of the event, a blank one between envelope, body, repairs and chain."""
    lines: list[Line] = []
    part = "event"
    for told in printed.told(read.dossier, named):
        if told.part != part:
            lines.append(Line(f"gap/{told.part}", (Cell(""), Cell("")), opens=False))
            part = told.part
        lines.append(_line(told))
    return Sheet(
        title=printed.title(read.dossier),
        aside=((t("recorded {moment}", moment=_recorded(read, named)), "muted"),),
        columns=(
            Column(key="name", title="", align="left", width=14 if width < WIDE else 18),
            Column(key="words", title="", align="left", elastic=True),
        ),
        lines=tuple(lines),
        notes=(((t("Enter on a line with # opens that event"), "muted"),),),
    )


def _recorded(read: Read, named: Named) -> str:
    """When the log took it."""
    lines = printed.told(read.dossier, named)
    return next(line.text for line in lines if line.key == "recorded")


def _line(told: Told) -> Line:
    """A name and what is said of it; what lies elsewhere opens."""
    tone: Tone = "plain"
    if told.key in ("digest", "link"):
        tone = "muted"
    elif told.key == "void" or told.part == "repair":
        tone = "warn"
    key = f"event:{told.opens}" if told.opens else told.key
    return Line(key, (Cell(told.title, "muted"), Cell(told.text, tone)), opens=bool(told.opens))
