"""What a replay asks for: each report of each moment once, and the next steps ahead."""

from __future__ import annotations

import gc
from typing import Final

from textual import on

from cockpit.tui.ledger import Kept, kept
from cockpit.tui.messages import Answered
from cockpit.tui.replay import neighbour
from cockpit.tui.screens.moving import MovingScreen
from cockpit.tui.sections.base import Section
from cockpit.tui.setup import Setup
from cockpit.tui.view import View, month
from cockpit.tui.widgets.stage import Stage
from projections.question import Question

COURSE: Final = "course"
_MOST_KEPT: Final = 400

Wanted = tuple[str, Question]
"""A report by name, and what is asked of it."""


class RememberingScreen(MovingScreen):
    """Keeps what was asked once; a subclass shows it in `show_kept`.

    `mark` is the moment that others are compared with.
    """

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `MovingScreen`."""
        super().__init__(setup, stage)
        self.mark: View | None = None
        self.kept: dict[Wanted, Answered] = {}

    def show_kept(self) -> None:
        """A room draws what is kept of the moment it is at here."""

    def have(self, *wanted: Wanted) -> None:
        """Have the worker ask for what is not kept yet."""
        for place, (report, question) in enumerate(wanted):
            if (report, question) not in self.kept:
                self._have(f"replay/{place}", report, question)

    def ask_ahead(self) -> None:
        """What the next steps will need."""
        board = self.stage.board
        if not isinstance(board, Section) or not board.REPORT or self.place is not None:
            return
        for step in (1, -1):
            view = self.at(neighbour(self.days, self.day, step))
            for name, question in ((board.REPORT, board.question(view)), (COURSE, month(view))):
                if (name, question) not in self.kept:
                    self._have(f"ahead/{step}/{name}", name, question, patient=True)

    @on(Kept)
    def _hear_report(self, message: Kept) -> None:
        """Keep the report, and show it if it is of this moment."""
        gc.enable()
        if len(self.kept) > _MOST_KEPT:
            self.kept.clear()
        self.kept[message.name, message.question] = message.answer
        self.answered(message.answer)
        if message.question.dials == self.view.dials or self.mark is not None:
            self.show_kept()
            self.ask_ahead()

    def _have(self, tag: str, name: str, question: Question, *, patient: bool = False) -> None:
        """Have the worker ask for a report; a later one under the tag takes its place."""
        self.follower.work(
            tag, lambda department: kept(department, name, question), patient=patient
        )


def wanted(board: Section, view: View, mark: View | None) -> list[Wanted]:
    """What a board needs of a moment, with what is drawn beside it and what the mark says."""
    name = board.asks_for(view)
    if name is None:
        return []
    found = [(name, board.question(view)), (COURSE, month(view)), *board.beside(view).values()]
    if mark is not None:
        found.append((name, board.question(mark)))
    return found
