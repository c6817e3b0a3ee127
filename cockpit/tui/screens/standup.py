"""The stand-up: agenda and clock at the left, the board of the current item in the middle."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from cockpit import formats
from cockpit.formats import face
from cockpit.render import heading
from cockpit.render.cells import clean
from cockpit.tui.actions import Room, bindings
from cockpit.tui.messages import Answered, News, Unwritten, Written
from cockpit.tui.screens.looking import DEEPER
from cockpit.tui.screens.presenting import PresentingScreen
from cockpit.tui.sections import made, name
from cockpit.tui.sections.base import nobody
from cockpit.tui.sections.close import END
from cockpit.tui.setup import Setup
from cockpit.tui.sheet import Sheet
from cockpit.tui.view import View
from cockpit.tui.widgets.banner import header
from cockpit.tui.widgets.board import Board
from cockpit.tui.widgets.clock import seconds
from cockpit.tui.widgets.stage import Makers, Stage
from cockpit.words import t
from events.envelope import Draft
from projections.reports.plan_fact import PlanFact

UNWRITTEN = 3
"""The exit code of a program whose disk refused."""


class StandupScreen(PresentingScreen):
    """Begins the meeting or goes on with it, and closes it."""

    ROOMS: ClassVar[tuple[Room, ...]] = ("standup", "figures", "stretch", "dials", "jump", "app")
    BINDINGS: ClassVar[list[BindingType]] = bindings(
        "standup", "figures", "stretch", "dials", "jump"
    )

    def __init__(self, setup: Setup) -> None:
        """The stand-up begins once the department is open."""
        sections: Makers = dict.fromkeys([item.section for item in setup.agenda], made)
        first = setup.agenda[0].section
        super().__init__(setup, Stage({**sections, **DEEPER}, initial=first, id="stage"))
        self._begun = False
        self._first_steps: list[Draft] = []
        self._leaving = False
        self._waiting = False
        self._passed = ""
        self._refusal = ""

    def compose(self) -> ComposeResult:
        """The banner, the side, the stage with the first section, the line of keys."""
        yield self.banner
        with Horizontal():
            with Vertical(id="side"):
                yield self.agenda
                yield self.clock
            yield self.stage
        yield self.keyline

    def on_mount(self) -> None:
        """The agenda stands before anything is known of the department."""
        self.draw_agenda()
        self.stage.focus()

    def refreshed(self) -> None:
        """Take the log's steps, and begin or go on as soon as there is somebody to meet."""
        news = self.news
        if news is None:
            return
        self.conductor.adopt(news.steps)
        self.deeds.adopt(news.steps)
        self.draw_banner()
        present = self.present()
        why = self._why_none(news, present)
        self.silent = bool(why) and not self._begun and not self.view.past
        if self.silent:
            self.stage.board.draw(Sheet(title=t("Stand-up"), empty=why))
        elif present and not self.view.past:
            self._begin(present)
        self.draw_meeting()

    def _why_none(self, news: News, present: list[str]) -> str:
        """Why no stand-up begins, "" where one does: a past day has one at most."""
        meeting = self.conductor.meeting
        if self.setup.over and meeting is not None and meeting.ended is not None:
            day = self.today()
            return (
                t(
                    "The stand-up of {day} is over since {time}. What it left open is agreed "
                    "from the desk check. Type:",
                    day=f"{formats.weekday(day)} {formats.date(day)}",
                    time=f"{meeting.ended.astimezone(self.zone):%H:%M}",
                )
                + f"\n\n  cockpit --today {day.isoformat()}\n  cockpit minutes {day.isoformat()}"
            )
        return "" if present else self._why_alone(news)

    def _why_alone(self, news: News) -> str:
        """Why no stand-up begins, and what to type."""
        if news.settings is None:
            return t("No department yet. Type:") + "\n\n  cockpit init"
        today = self.today()
        here = (each for each in news.sellers.values() if each.left is None or each.left >= today)
        if any(each.hired <= today for each in here):
            return t("Everybody is away today: there is nobody to meet.")
        return nobody()

    def _begin(self, present: list[str]) -> None:
        """Begin the stand-up or go on with it; opened on the past it waits for "now"."""
        if self._begun:
            return
        self._begun = True
        resumed = self.conductor.on
        self._first_steps = self.conductor.open(present)
        if self.setup.over:
            self._say_caught_up()
        elif resumed:
            self._say_resumed()

    def look(self, view: View) -> None:
        """Back at "now", a stand-up that was opened on the past begins."""
        self.silent = self.silent and not view.past
        super().look(view)
        if view.past or self._begun or self.news is None:
            return
        present = self.present()
        if not self._why_none(self.news, present):
            self._begin(present)
            self.asked()
            self.draw_meeting()

    def asked(self) -> None:
        """The beginning is written down: a disk takes its time, and the figures come first."""
        self.keep(self._first_steps)
        self._first_steps = []
        super().asked()

    def answered(self, message: Answered) -> None:
        """The banner says how far the month has gone."""
        super().answered(message)
        if isinstance(message.report, PlanFact):
            self._passed = heading.passed(message.report)
            self.draw_banner()
        if self._waiting and self.behind() is not None:
            self.leave()

    def draw_banner(self) -> None:
        """Whose stand-up it is, and which day and mode the figures are of."""
        super().draw_banner()
        settings = self.news.settings if self.news else None
        if settings is None:
            return
        self.banner.show(*header(clean(settings.name), t("stand-up"), self.view, self._passed))

    @on(Written)
    def _hear_written(self) -> None:
        """Everything is in the log: whoever wanted to leave may go."""
        self._refusal = ""
        if self._leaving:
            self.app.exit()

    @on(Unwritten)
    def _hear_unwritten(self, message: Unwritten) -> None:
        """The meeting goes on; the steps are sent again until the disk takes them."""
        if message.words != self._refusal:
            self.complain(message.words)
        self._refusal = message.words

    @on(Board.Opened)
    def _end(self, message: Board.Opened) -> None:
        """The last row of the last board ends the stand-up."""
        if message.key == END:
            self.leave()

    def leave(self) -> None:
        """Close the stand-up, asking first where somebody lags without a correction.

        Who lags may not be known yet: then it is asked as soon as it is. Where the disk refuses,
        or that answer never comes, a second time leaves all the same.
        """
        from cockpit.tui.screens.leaving import Leaving

        if not self._begun:
            super().leave()
            return
        waited, self._waiting = self._waiting, False
        if self.refuses():
            return
        report = self.behind()
        if self.conductor.on and report is None and not waited:
            self._waiting = True
            return
        if self.conductor.on and report is not None and report.uncorrected:
            self.app.push_screen(Leaving(report, self.drawn().names), self._close)
        else:
            self._close(sure=True)

    def _close(self, sure: bool | None) -> None:
        """Close the stand-up and go, as soon as that is in the log."""
        if not sure:
            return
        report = self.behind()
        drafts = self.conductor.close(report.uncorrected if report else ())
        if self._leaving and self._refusal:
            words = t("The end of the stand-up is not in the log: {reason}", reason=self._refusal)
            self.app.exit(return_code=UNWRITTEN, message=words)
        elif not drafts or self.follower.wait(0):
            self.app.exit()
        self._leaving = True
        self.keep(drafts)

    def on_screen_suspend(self) -> None:
        """Whoever opens something else instead of waiting stays."""
        self._waiting = False

    def hang_up(self) -> None:
        """The terminal is gone: the clock stops here, until somebody opens the stand-up again."""
        if self._begun:
            self.follower.keep(self.conductor.hang_up())
        self.follower.stop()
        self.follower.wait(2)

    def _say_caught_up(self) -> None:
        """Whose day it is that is written."""
        day = self.today()
        self.notify(
            t(
                "What is agreed here counts from {day} on; the log says that it was written today",
                day=f"{formats.weekday(day)} {formats.date(day)}",
            ),
            markup=False,
        )

    def _say_resumed(self) -> None:
        """Where the meeting that was found open goes on."""
        meeting, item = self.conductor.meeting, self.conductor.current()
        if meeting is None or item is None:
            return
        spent = face(seconds(meeting.on(item.id, self.setup.now())))
        began = f"{meeting.started:%H:%M}"
        words = t("The stand-up of {began} goes on: {item}, {spent}",
                  began=began, item=name(item.id), spent=spent)  # fmt: skip
        self.notify(words, markup=False)
