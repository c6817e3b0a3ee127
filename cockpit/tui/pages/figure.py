"""A figure opened: its formula with the numbers put in, and the events that made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from cockpit import formats, labels
from cockpit.render import explain
from cockpit.render.cells import wrap
from cockpit.render.events import cells
from cockpit.tui.frame import inner
from cockpit.tui.messages import Found
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.widgets.board import Board
from cockpit.words import n, t
from projections.formula import Explanation
from projections.report import Report

_SELLER: Final = 3
_RIGHT: Final = (0, 5)
_NAMES: Final = (_SELLER, 4)
_RANKS: Final = {_SELLER: 1}


class Behind(msgspec.Struct, frozen=True):
    """The figure a row stands for."""

    report: Report
    key: str
    explanation: Explanation


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """The figure the page is about, by its tag; `title` says whose it is."""

    tag: str
    title: str
    behind: Behind
    names: Mapping[str, str]


class FigurePage(Board):
    """Formula above, events below, oldest first."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._opened: Opened | None = None
        self._found: Found | None = None

    @property
    def tag(self) -> str | None:
        """Which figure is open."""
        return self._opened.tag if self._opened else None

    def turn_to(self, opened: Opened) -> None:
        """Begin the page of a figure, or say anew what it is; its events come later."""
        if opened.tag != self.tag:
            self._found = None
        self._opened = opened
        self.redraw()

    def show(self, found: Found) -> None:
        """Draw the events."""
        self._found = found
        self.redraw()

    def on_resize(self) -> None:
        """Draw the page for the new width."""
        self.redraw()

    def redraw(self) -> None:
        """The sheet anew."""
        if self._opened is not None and self.size.width:
            self.draw(sheet(self._opened, self._found, inner(self.size.width)))


def sheet(opened: Opened, found: Found | None, width: int) -> Sheet:
    """The formula above, a row for each event below; `width` is what the formula is wrapped to."""
    behind = opened.behind
    formula = wrap(explain.formula(behind.explanation, behind.report), width)
    heads, *rows = _cells(opened, found)
    told = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    return Sheet(
        title=f"{opened.title}, {labels.figure(behind.explanation.figure)}",
        intro=tuple(((text, "strong"),) for text in formula),
        columns=tuple(
            Column(key=str(place), title=heads[place], rank=_RANKS.get(place, 0),
                   align="right" if place in _RIGHT else "left", elastic=place in _NAMES)
            for place in told
        ),
        lines=tuple(
            Line(event.id, tuple(Cell(row[place]) for place in told), opens=False)
            for event, row in zip(found.events if found else (), rows, strict=True)
        ),
        notes=(((_count(found), "muted"),),) if found and found.events else (),
        empty=t("No events behind this figure") if found else t("One moment …"),
    )  # fmt: skip


def _cells(opened: Opened, found: Found | None) -> list[list[str]]:
    """Heads and events in columns: position, day, kind, seller, client, what it says."""
    return cells(
        found.events if found else (),
        names=opened.names,
        clients=found.clients if found else {},
        zone=opened.behind.explanation.trace.zone,
        minor_digits=opened.behind.report.minor_digits,
    )


def _count(found: Found) -> str:
    """How many events there are; where the list was cut, that there are more."""
    count = len(found.events)
    if found.more:
        return t("the first {count} events", count=formats.count(count))
    return n("{count} event", "{count} events", count, count=formats.count(count))
