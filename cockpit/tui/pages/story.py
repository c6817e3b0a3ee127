"""The story of a month on the screen: its chapters below each other."""

from __future__ import annotations

from typing import Final

from cockpit import formats
from cockpit.render import parted
from cockpit.render.cells import wrap
from cockpit.render.chapter import aligned
from cockpit.render.chapters import Told, chapters
from cockpit.tui.frame import inner
from cockpit.tui.sections.base import Opening, opened
from cockpit.tui.sheet import Cell, Column, Line, Sheet, Tone
from cockpit.tui.widgets.board import Board
from cockpit.words import t
from projections.report import Report

_AGAIN: Final = "\n"
"""Between what a line opens and the number that tells it from another one that opens the same."""


class StoryPage(Board):
    """Draws a story; Enter on a line opens what stands behind it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._told: Told | None = None
        self.sheet = Sheet(title=t("Story"), empty=t("One moment …"))

    @property
    def given(self) -> Report | None:
        """The story that is drawn."""
        return self._told.story if self._told else None

    def show(self, told: Told) -> None:
        """Draw another story."""
        self._told = told
        self.redraw()

    def forget(self) -> None:
        """Nothing is told until a story comes again."""
        self._told = None
        self.draw(Sheet(title=t("Story of the month")))

    def opening(self, key: str) -> Opening | None:
        """The figures of a line."""
        told = self._told
        part = parted.found(told.story, key) if told is not None else None
        return None if told is None or part is None else opened(told.story, part, told.names)

    def action_open(self) -> None:
        """Open what the line under the cursor speaks of; several lines can speak of one thing."""
        if self.cursor is not None:
            self.post_message(self.Opened(self, self.cursor.partition(_AGAIN)[0]))

    def on_resize(self) -> None:
        """Draw the same story for the new width."""
        self.redraw()

    def redraw(self) -> None:
        """The sheet anew."""
        if self._told is not None and self.size.width:
            self.draw(sheet(self._told, inner(self.size.width)))


def sheet(told: Told, width: int) -> Sheet:
    """A line for each line of the story; those that open and remarks can be walked to."""
    lines: list[Line] = []
    taken: set[str] = set()

    def add(text: str, tone: Tone, opens: str | None = None, *, walked: bool = True) -> None:
        """The cursor knows lines by their keys, so those that open the same have one each."""
        key = opens or f"line/{len(lines)}"
        key = f"{key}{_AGAIN}{len(lines)}" if key in taken else key
        taken.add(key)
        lines.append(Line(key, (Cell(text, tone),), opens=walked))

    for chapter in chapters(told):
        if lines:
            add("", "plain", walked=False)
        add(chapter.title.upper(), "strong", walked=False)
        for place, text in enumerate(aligned(chapter)):
            if place:
                add(text, "plain", chapter.opens[place - 1])
            else:
                add(text, "muted", walked=False)
        for remark, opens in chapter.said():
            for text in wrap(remark, width):
                add(text, "muted", opens)
    unit = formats.unit(told.story.currency)
    return Sheet(
        title=", ".join((t("Story of the month"), unit)),
        aside=((t("Enter opens what stands behind a line"), "muted"),),
        columns=(Column(key="words", title="", align="left", elastic=True),),
        lines=tuple(lines),
    )
