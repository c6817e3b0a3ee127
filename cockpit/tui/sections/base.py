"""What every section is: a board that can be handed a report and told to draw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import msgspec

from cockpit.tui.actions import key_of
from cockpit.tui.changed import marked
from cockpit.tui.sheet import Piece, Sheet
from cockpit.tui.view import View
from cockpit.tui.widgets.board import Board
from cockpit.words import t
from projections.question import Question
from projections.report import Report

WIDE = 80
"""From so many cells on a board has room for more than the essential."""


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """What a section draws from: the names of the sellers, the view, the user's keymap."""

    names: Mapping[str, str]
    view: View
    keymap: Mapping[str, str]


class Section(Board):
    """A board of the agenda; without a `REPORT` to ask for it draws what the screen hands it.

    A `brief` one says nothing below its totals. `before` is an earlier report: what is new or
    says something else against it is marked.
    """

    REPORT: ClassVar[str | None] = None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self.brief = False
        self.before: Report | None = None
        self._given: tuple[Report, Drawn] | None = None
        self.sheet = Sheet(empty=t("One moment …"))

    def question(self, view: View) -> Question:
        """What to ask for under a view."""
        raise NotImplementedError

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet for a board of `width` cells."""
        raise NotImplementedError

    def show(self, report: Report, drawn: Drawn) -> None:
        """Draw a report."""
        self._given = report, drawn
        self.redraw()

    def on_resize(self) -> None:
        """Draw the same report for the new width."""
        self.redraw()

    def redraw(self) -> None:
        """The sheet anew, once there is a report and a width to draw it for."""
        if self._given is None or not self.size.width:
            return
        sheet = self.compose_sheet(*self._given, self.size.width)
        if self.before is not None:
            earlier = self.compose_sheet(self.before, self._given[1], self.size.width)
            sheet = marked(sheet, earlier)
        self.draw(msgspec.structs.replace(sheet, notes=()) if self.brief else sheet)


def choices(pairs: Mapping[str, str], current: str, keymap: Mapping[str, str]) -> tuple[Piece, ...]:
    """`r revenue  m margin`: what the keys of these actions choose, the current one marked.

    `pairs` maps ids of actions to the words of their choice.
    """
    return tuple(
        _choice(f"{key_of(name, keymap)} {word}", chosen=word == current)
        for name, word in pairs.items()
    )


def cycle(
    action: str, words: Sequence[str], current: str, keymap: Mapping[str, str]
) -> tuple[Piece, ...]:
    """`d ›day  week  month`: what one key walks through."""
    walk = (_choice(word, chosen=word == current) for word in words)
    return ((key_of(action, keymap), "muted"), *walk)


def _choice(text: str, *, chosen: bool) -> Piece:
    """A choice with its mark."""
    return (f" ›{text}", "strong") if chosen else (f"  {text}", "muted")


def nobody() -> str:
    """What to type where there is no seller yet."""
    return (
        t("No sellers yet. Add the first one:") + '\n\n  cockpit seller add petrova "Anna Petrova"'
    )
