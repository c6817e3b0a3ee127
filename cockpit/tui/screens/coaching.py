"""What a room does about the technique: asks which calls to hear, holds a micro-training."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from cockpit.render.cells import clean
from cockpit.tui.jobs import Department
from cockpit.tui.messages import CallsDrawn
from cockpit.tui.screens.correcting import CorrectingScreen
from cockpit.tui.setup import Setup
from cockpit.tui.widgets.stage import Stage
from cockpit.words import t
from events.envelope import Draft
from events.vocabulary import MicroTrainingHeld
from projections.draw import drawn_week

if TYPE_CHECKING:
    from cockpit.topics import Topic
    from cockpit.tui.screens.training import With

_QUALITY = "quality"
_DRAW = "quality/draw"


class CoachingScreen(CorrectingScreen):
    """Knows the board of quality."""

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `AskingScreen`."""
        super().__init__(setup, stage)
        self._week: dt.date | None = None

    def ask(self) -> None:
        """The draw is asked for once, where the board is seen: it does not change in the week."""
        super().ask()
        week = drawn_week(self.view.today)[0].first
        opened = self.news is not None and self.news.settings is not None
        if opened and self.stage.trail[-1] == _QUALITY and self._week != week:
            self._week = week
            self.follower.work(_DRAW, partial(_drawn, self.view.today))

    @on(CallsDrawn)
    def _hear_draw(self, message: CallsDrawn) -> None:
        """The board offers the drawn calls."""
        from cockpit.tui.sections.quality import QualitySection

        if isinstance(section := self.stage.of(_QUALITY), QualitySection):
            section.take(message.draw)

    def present(self) -> list[str]:
        """The sellers a training can be held with."""
        raise NotImplementedError

    def action_train(self) -> None:
        """Two minutes on the topic of the seller under the cursor."""
        from cockpit.tui.screens.training import TrainingScreen
        from cockpit.tui.sections.quality import QualitySection

        if self.refuses():
            return
        board = self.stage.board
        found = board.topic() if isinstance(board, QualitySection) else None
        if found is None:
            self.notify(t("No topic here: a seller with a card on the board of quality has one"),
                        markup=False)  # fmt: skip
            return
        topic, seller = found
        name = clean(self.drawn().names.get(seller, seller))
        screen = TrainingScreen(topic, name, len(self.present()))
        self.app.push_screen(screen, partial(self._trained, topic, seller, self.setup.now()))

    def _trained(self, topic: Topic, seller: str, since: dt.datetime, with_: With | None) -> None:
        """Log what was held, and how long it took."""
        if with_ is None:
            return
        at = self.setup.now()
        body = MicroTrainingHeld(
            topic=topic.id,
            seconds=max(1, int((at - since).total_seconds())),
            sellers=tuple(self.present()) if with_ == "all" else (seller,),
            standup=self.standup(),
        )
        self.keep([Draft(body=body, occurred_at=at, actor=self.setup.actor)])
        self.notify(t("Written: {what}", what=clean(topic.name)), markup=False)


def _drawn(day: dt.date, department: Department) -> CallsDrawn:
    """The draw of the week of a day, made in the worker's thread."""
    return CallsDrawn(department.desk.draw(day))
