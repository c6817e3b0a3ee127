"""The story of a month on the screen: its chapters below each other."""

from __future__ import annotations

from cockpit.render import parted
from cockpit.render.cells import wrap
from cockpit.render.chapter import aligned
from cockpit.render.chapters import Told, chapters
from cockpit.tui.frame import inner
from cockpit.tui.sections.base import Opening, opened
from cockpit.tui.sheet import Cell, Column, Line, Sheet, Tone
from cockpit.tui.widgets.board import Board
from cockpit.words import t


class StoryPage(Board):
    """Draws a story; Enter on a line opens what stands behind it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._told: Told | None = None
        self.sheet = Sheet(title=t("Story"), empty=t("One moment …"))

    def show(self, told: Told) -> None:
        """Draw another story."""
        self._told = told
        self.redraw()

    def opening(self, key: str) -> Opening | None:
        """The figures of a line."""
        told = self._told
        part = parted.found(told.story, key) if told is not None else None
        return None if told is None or part is None else opened(told.story, part, told.names)

    def on_resize(self) -> None:
        """Draw the same story for the new width."""
        self.redraw()

    def redraw(self) -> None:
        """The sheet anew."""
        if self._told is not None and self.size.width:
            self.draw(sheet(self._told, inner(self.size.width)))


def sheet(told: Told, width: int) -> Sheet:
    """A line for each line of the story; every one can be walked to, for it is read like a text."""
    lines: list[Line] = []

    def add(text: str, key: str = "", *, strong: bool = False, muted: bool = False) -> None:
        tone: Tone = "strong" if strong else "muted" if muted else "plain"
        lines.append(Line(key or f"line/{len(lines)}", (Cell(text, tone),)))

    taken: set[str] = set()

    def fresh(opens: str | None) -> str:
        """What a line opens, unless another one does already: a cursor stands on one of them."""
        if opens is None or opens in taken:
            return ""
        taken.add(opens)
        return opens

    for chapter in chapters(told):
        if lines:
            add("")
        add(chapter.title.upper(), strong=True)
        for place, text in enumerate(aligned(chapter)):
            opens = chapter.opens[place - 1] if place else None
            add(text, fresh(opens), muted=not place)
        for remark, opens in chapter.said():
            for place, text in enumerate(wrap(remark, width)):
                add(text, "" if place else fresh(opens), muted=True)
    return Sheet(
        title=t("Story of the month"),
        aside=((t("Enter opens what stands behind a line"), "muted"),),
        columns=(Column(key="words", title="", align="left", elastic=True),),
        lines=tuple(lines),
    )
