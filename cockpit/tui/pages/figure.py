"""A figure opened: its formula with the numbers put in, and the events that made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

import msgspec

from cockpit import formats
from cockpit.render import explain
from cockpit.render.cells import wrap
from cockpit.render.events import cells
from cockpit.tui.actions import Room
from cockpit.tui.frame import inner
from cockpit.tui.listing import PAGE
from cockpit.tui.messages import Listed, PageTurned
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.widgets.board import Board
from cockpit.words import n, t
from projections.formula import Explanation
from projections.report import Report

_SELLER: Final = 3
_RIGHT: Final = (0, 5)
_NAMES: Final = (_SELLER, 4)
_COUNTED: Final = ("count", "talks")
_RANKS: Final = {_SELLER: 1}


class Behind(msgspec.Struct, frozen=True):
    """The figure a row stands for."""

    report: Report
    key: str
    explanation: Explanation


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """The figure the page is about, by its tag; `title` says what it is and whose."""

    tag: str
    title: str
    behind: Behind
    names: Mapping[str, str]


class FigurePage(Board):
    """Formula above, events below, oldest first; past the end of a page the next one begins."""

    ROOMS: ClassVar[tuple[Room, ...]] = ("row", "deeper", "board")
    ABOUT_PEOPLE: ClassVar[bool] = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._opened: Opened | None = None
        self._listed: Listed | None = None
        self._up = False

    @property
    def tag(self) -> str | None:
        """Which figure is open."""
        return self._opened.tag if self._opened else None

    @property
    def explanation(self) -> Explanation | None:
        """Why it is what it is."""
        return self._opened.behind.explanation if self._opened else None

    @property
    def page(self) -> int:
        """Which page of its events is seen, from 0."""
        return self._listed.first // PAGE if self._listed and self._listed.events else 0

    def forget(self) -> None:
        """What was listed may be seen no longer, or is to be seen otherwise."""
        self._opened = self._listed = None
        self.draw(Sheet(empty=t("One moment …")))

    def turn_to(self, opened: Opened) -> None:
        """Begin the page of a figure, or say anew what it is; its events come later."""
        if opened.tag != self.tag:
            self._listed = None
        self._opened = opened
        self.redraw()

    def show(self, listed: Listed) -> None:
        """Draw a page of events; one that was reached going up shows its end first."""
        turned = self._listed is not None and self._listed.first != listed.first
        self._listed = listed
        self.redraw()
        if turned and listed.events:
            self.point(listed.events[-1 if self._up else 0].id)

    def action_cursor(self, step: int) -> None:
        """Move the cursor; past the last event of a page comes the next page."""
        before = self.cursor
        super().action_cursor(step)
        listed = self._listed
        if listed is None or self.cursor != before or not step:
            return
        page = listed.first // PAGE + (1 if step > 0 else -1)
        if 0 <= page * PAGE < listed.count:
            self._up = step < 0
            self.post_message(PageTurned(page))

    def on_resize(self) -> None:
        """Draw the page for the new width."""
        self.redraw()

    def redraw(self) -> None:
        """The sheet anew."""
        if self._opened is not None and self.size.width:
            self.draw(sheet(self._opened, self._listed, inner(self.size.width)))


def sheet(opened: Opened, listed: Listed | None, width: int) -> Sheet:
    """The formula above, a row for each event below; `width` is what the formula is wrapped to."""
    behind = opened.behind
    formula = wrap(explain.formula(behind.explanation, behind.report), width)
    heads, *rows = _cells(opened, listed)
    told = [place for place in range(len(heads)) if any(row[place] for row in rows)]
    return Sheet(
        title=opened.title,
        intro=tuple(((text, "strong"),) for text in formula),
        columns=tuple(
            Column(key=str(place), title=heads[place], rank=_RANKS.get(place, 0),
                   align="right" if place in _RIGHT else "left", elastic=place in _NAMES)
            for place in told
        ),
        lines=tuple(
            Line(event.id, tuple(Cell(row[place]) for place in told))
            for event, row in zip(listed.events if listed else (), rows, strict=True)
        ),
        notes=(((_count(listed, behind), "muted"),),) if listed and listed.events else (),
        empty=t("No events behind this figure") if listed else t("One moment …"),
    )  # fmt: skip


def _cells(opened: Opened, listed: Listed | None) -> list[list[str]]:
    """Heads and events in columns: position, day, kind, seller, client, what it says."""
    return cells(
        listed.events if listed else (),
        names=opened.names,
        clients=listed.clients if listed else {},
        zone=opened.behind.explanation.trace.zone,
        minor_digits=opened.behind.report.minor_digits,
        adds=_money(opened, listed),
    )


def _money(opened: Opened, listed: Listed | None) -> Mapping[str, int] | None:
    """What each event adds to a sum of money, None where something else is counted."""
    if opened.behind.explanation.events_sum in (None, *_COUNTED):
        return None
    return listed.adds if listed else None


def _count(listed: Listed, behind: Behind) -> str:
    """How many events there are and what they add up to, and which of them are seen."""
    said = [n("{count} event", "{count} events", listed.count, count=formats.count(listed.count))]
    if len(listed.events) < listed.count:
        first, last = listed.first + 1, listed.first + len(listed.events)
        said.append(t("{first}–{last} shown", first=formats.count(first), last=formats.count(last)))
    if listed.total is not None:
        amount = behind.explanation.events_sum not in _COUNTED
        total = (
            formats.money(listed.total, behind.report.minor_digits,
                          currency=behind.report.currency)
            if amount else formats.count(listed.total)
        )  # fmt: skip
        said.append(f"Σ {total}")
    return " · ".join(said)
