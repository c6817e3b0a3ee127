"""The stand-up: agenda and clock at the left, the board of the current item in the middle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
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
from cockpit.tui.messages import Answered, News
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
        self._waiting = False
        self._passed = ""
        self._greeting = ""
        self._early: list[Callable[[], None]] = []

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
        if self._first_steps and self.conductor.going_in_log:
            self.conductor.renounce(self._first_steps)
            self._begun, self._first_steps = False, []
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
        early, self._early = self._early, []
        for step in early:
            step()

    def action_step(self, step: int) -> None:
        """As soon as there is a meeting, also where the key was pressed before."""
        if self.news is None:
            self._early.append(partial(super().action_step, step))
        else:
            super().action_step(step)

    def action_jump(self, place: int) -> None:
        """The same for an item by its number."""
        if self.news is None:
            self._early.append(partial(super().action_jump, place))
        else:
            super().action_jump(place)

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
            self._greeting = self._caught_up()
        else:
            self._greeting = self._resumed() if resumed else ""

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
        """The beginning is written down and told: both take their time, and the figures come
        first.
        """
        self.hand_over(())
        if self._greeting:
            self.notify(self._greeting, markup=False)
            self._greeting = ""
        super().asked()

    def hand_over(self, drafts: Sequence[Draft]) -> None:
        """Whatever is written comes after the beginning, also before the first figures are there
        and when a dial has left "now" since.
        """
        first, self._first_steps = self._first_steps, []
        super().hand_over([*first, *drafts])

    def answered(self, message: Answered) -> None:
        """The banner says how far the month has gone."""
        super().answered(message)
        if isinstance(message.report, PlanFact):
            self._passed = heading.passed(message.report)
            self.draw_banner()
        if self._waiting and self.behind() is not None:
            self._go_on_leaving()

    def draw_banner(self) -> None:
        """Whose stand-up it is, and which day and mode the figures are of."""
        super().draw_banner()
        settings = self.news.settings if self.news else None
        if settings is None:
            return
        self.banner.show(*header(clean(settings.name), t("stand-up"), self.view, self._passed))

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
            self.notify(t("One moment …"), markup=False)
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
        self.keep(self.conductor.close(report.uncorrected if report else ()))
        super().leave()

    def lost(self, reason: str) -> str:
        """The close is the last that is written."""
        return t("The end of the stand-up is not in the log: {reason}", reason=reason)

    def _go_on_leaving(self) -> None:
        """Who lags is known; whoever is at something else by then stays."""
        if self.is_active:
            self.leave()
        else:
            self._waiting = False

    def hang_up(self) -> None:
        """The clock stops here, until somebody opens the stand-up again."""
        if self._begun:
            self.hand_over(self.conductor.hang_up())
        super().hang_up()

    def _caught_up(self) -> str:
        """Whose day it is that is written."""
        day = self.today()
        return t(
            "What is agreed here counts from {day} on; the log says that it was written today",
            day=f"{formats.weekday(day)} {formats.date(day)}",
        )

    def _resumed(self) -> str:
        """Where the meeting that was found open goes on."""
        meeting, item = self.conductor.meeting, self.conductor.current()
        if meeting is None or item is None:
            return ""
        spent = face(seconds(meeting.on(item.id, self.setup.now())))
        began = f"{meeting.started:%H:%M}"
        return t("The stand-up of {began} goes on: {item}, {spent}",
                 began=began, item=name(item.id), spent=spent)  # fmt: skip
