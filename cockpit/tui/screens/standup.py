"""The stand-up: agenda and clock at the left, the board of the current item in the middle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer

from cockpit.render import heading
from cockpit.render.cells import clean
from cockpit.tui import agenda as boxes
from cockpit.tui.actions import Room, bindings
from cockpit.tui.conductor import Conductor
from cockpit.tui.messages import Answered, Unwritten, Written
from cockpit.tui.providers import Place
from cockpit.tui.screens.looking import DEEPER, LookingScreen
from cockpit.tui.sections import SECTIONS, name
from cockpit.tui.sections.base import nobody
from cockpit.tui.sections.close import CloseSection
from cockpit.tui.setup import Setup
from cockpit.tui.sheet import Sheet
from cockpit.tui.widgets.agenda import Agenda, Entry
from cockpit.tui.widgets.banner import Banner, header
from cockpit.tui.widgets.clock import Clock, Reading, face, seconds
from cockpit.tui.widgets.stage import Makers, Stage
from cockpit.words import t
from events.envelope import Draft
from projections.reports.plan_fact import PlanFact

UNWRITTEN = 3
"""The exit code of a program whose disk refused."""

_JUST_PAST = 0.02
"""A tick comes this many seconds after the digits have changed."""


class StandupScreen(LookingScreen):
    """Runs the meeting: what the head does becomes a step, the clock is read from the steps."""

    ROOMS: ClassVar[tuple[Room, ...]] = ("standup", "figures", "stretch", "dials", "app")
    BINDINGS: ClassVar[list[BindingType]] = bindings("standup", "figures", "stretch", "dials")

    def __init__(self, setup: Setup) -> None:
        """The stand-up begins once the department is open."""
        sections: Makers = {
            item.section: lambda name: SECTIONS[name](id=name) for item in setup.agenda
        }
        first = setup.agenda[0].section
        super().__init__(setup, Stage({**sections, **DEEPER}, initial=first, id="stage"))
        self.banner = Banner(id="banner")
        self.agenda = Agenda(id="agenda")
        self.clock = Clock(id="clock")
        self.conductor = Conductor(setup.agenda, setup.actor, setup.now)
        self._begun = False
        self._first_steps: list[Draft] = []
        self._leaving = False
        self._passed = ""
        self._refusal = ""
        self._timer: Timer | None = None

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
        self.draw_banner()
        present = self._present()
        if not present:
            empty = (
                nobody() if news.settings else t("No department yet. Type:") + "\n\n  cockpit init"
            )
            self.stage.board.draw(Sheet(title=t("Stand-up"), empty=empty))
        elif not self._begun:
            self._begun = True
            resumed = self.conductor.on
            self._first_steps = self.conductor.open(present)
            if resumed:
                self._say_resumed()
        self.draw_meeting()

    def asked(self) -> None:
        """The beginning is written down: a disk takes its time, and the figures come first."""
        self.keep(self._first_steps)
        self._first_steps = []

    def answered(self, message: Answered) -> None:
        """The banner says how far the month has gone."""
        super().answered(message)
        if isinstance(message.report, PlanFact):
            self._passed = heading.passed(message.report)
            self.draw_banner()

    def draw_banner(self) -> None:
        """Whose stand-up it is, and which day and mode the figures are of."""
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

    @on(Agenda.Picked)
    def _pick(self, message: Agenda.Picked) -> None:
        """A click on an item gives it the floor."""
        places = [item.id for item in self.setup.agenda]
        self.action_jump(places.index(message.item) + 1)

    def action_step(self, step: int) -> None:
        """Give the floor to the next or the previous item; in the past only its board is shown."""
        if self.view.past:
            sections = [item.section for item in self.setup.agenda]
            place = sections.index(self.stage.trail[0]) + step
            self.browse(place)
            return
        self.keep(self.conductor.step(step))
        self.draw_meeting()

    def action_jump(self, place: int) -> None:
        """Give the floor to the item with this number; from deeper down also come back to it."""
        if self.view.past:
            self.browse(place - 1)
            return
        self.keep(self.conductor.go(place - 1))
        self.draw_meeting(anew=True)

    def action_pause(self) -> None:
        """Stop the clock or let it run on."""
        if self.refuses():
            return
        self.keep(self.conductor.pause())
        self.draw_meeting()

    def action_leave(self) -> None:
        """Close the stand-up; where the disk refuses, a second time leaves all the same."""
        if self.refuses():
            return
        drafts = self.conductor.close()
        if self._leaving and self._refusal:
            words = t("The end of the stand-up is not in the log: {reason}", reason=self._refusal)
            self.app.exit(return_code=UNWRITTEN, message=words)
        elif not drafts or self.follower.wait(0):
            self.app.exit()
        self._leaving = True
        self.keep(drafts)

    def hang_up(self) -> None:
        """The terminal is gone: the clock stops here, until somebody opens the stand-up again."""
        self.follower.keep(self.conductor.hang_up())
        self.follower.stop()
        self.follower.wait(2)

    def keep(self, drafts: Sequence[Draft]) -> None:
        """Hand facts to the log; while a dial is not at "now" none are taken."""
        if drafts and not self.refuses():
            self.follower.keep(drafts)

    def action_now(self) -> None:
        """Back to "now", and to the item that has the floor."""
        super().action_now()
        self.draw_meeting()

    def draw_meeting(self, *, anew: bool = False) -> None:
        """Show the board of the item that has the floor, unless somebody looks deeper into it."""
        item = self.conductor.current()
        section = item.section if item else None
        if section and (anew or self.stage.trail[0] != section):
            self.turn(section)
        self.draw_agenda()
        self.tick()

    def draw_agenda(self) -> None:
        """The items, and on the last board what they took."""
        listed = self._entries()
        item = self.conductor.current()
        self.agenda.show(listed, item.id if item else None)
        board = self.stage.board
        if isinstance(board, CloseSection):
            board.review(listed, len(self._present()))

    def tick(self) -> None:
        """Show the clock, and again as soon as its digits change."""
        reading = self._reading()
        self.clock.show(reading)
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
        meeting = self.conductor.meeting
        if meeting is not None and reading.running and meeting.item is not None:
            passed = meeting.on(meeting.item, self.setup.now()).total_seconds()
            self._timer = self.set_timer(1 - passed % 1 + _JUST_PAST, self.tick)

    def places(self) -> Iterator[Place]:
        """Items of the agenda, then sellers."""
        for place, item in enumerate(self.setup.agenda, 1):
            yield Place(t("Item: {name}", name=name(item.id)), f"screen.jump({place})")
        yield from super().places()

    def _present(self) -> list[str]:
        """The sellers who work here today."""
        today = self.today()
        sellers = self.news.sellers.values() if self.news else ()
        return [
            each.seller
            for each in sellers
            if each.hired <= today and (each.left is None or each.left >= today)
        ]

    def _entries(self) -> list[Entry]:
        """The agenda with what each item took; to the second that its clock shows."""
        meeting, now = self.conductor.meeting, self.setup.now()
        return [
            Entry(
                id=item.id,
                name=name(item.id),
                box=item.seconds,
                took=seconds(meeting.on(item.id, now)) if meeting and item.id in meeting.boxes
                else None,
            )
            for item in self.setup.agenda
        ]  # fmt: skip

    def _reading(self) -> Reading:
        """The clock now; the whole is the sum of what the agenda shows."""
        meeting, item = self.conductor.meeting, self.conductor.current()
        listed = self._entries()
        here = next((entry for entry in listed if item and entry.id == item.id), None)
        return Reading(
            item=here.took or 0 if here else 0,
            box=here.box if here else 0,
            whole=sum(entry.took or 0 for entry in listed),
            total=boxes.total(self.setup.agenda),
            running=meeting is not None and meeting.running,
            held=self.conductor.on,
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
