"""The meeting of a room: whose turn it is, the clock, what has nothing to say, who lags."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from textual import on
from textual.timer import Timer

from cockpit.formats import MINUS
from cockpit.tui import side
from cockpit.tui.conductor import Conductor
from cockpit.tui.jobs import Ask
from cockpit.tui.messages import Answered
from cockpit.tui.providers import Place
from cockpit.tui.screens.coaching import CoachingScreen
from cockpit.tui.sections import name
from cockpit.tui.sections.base import Section
from cockpit.tui.sections.close import CloseSection
from cockpit.tui.setup import Setup
from cockpit.tui.view import month, now
from cockpit.tui.widgets.agenda import Agenda
from cockpit.tui.widgets.clock import Clock, Reading
from cockpit.tui.widgets.stage import Stage
from cockpit.words import t
from projections.meeting import Place as MeetingPlace
from projections.reports.lagging import Lagging, rotated

_LAGGING = "lagging"

_JUST_PAST = 0.02
"""A tick comes this many seconds after the digits have changed."""


class MeetingScreen(CoachingScreen):
    """Gives the floor from item to item; what the head does becomes a step for the log."""

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `AskingScreen`."""
        super().__init__(setup, stage)
        self.agenda = Agenda(id="agenda")
        self.clock = Clock(id="clock")
        self.conductor = Conductor(setup.agenda, setup.actor, setup.now, setup.turns)
        self.lagging: Lagging | None = None
        self._order = setup.turns.order
        self._nothing: dict[str, str] = {}
        self._timer: Timer | None = None
        self._pointed: MeetingPlace | None = None

    def asked(self) -> None:
        """Who lags is asked after the figures that are seen."""
        self._ask_who_lags()
        super().asked()

    def answered(self, message: Answered) -> None:
        """Who lags gets a turn; what has nothing to say collapses."""
        super().answered(message)
        if isinstance(message.report, Lagging):
            self.lagging = message.report
            self._take_order()
            self._make_up()
        if not self.view.past:
            self._collapse(message)

    def behind(self) -> Lagging | None:
        """Who lags, where what was agreed here counts at once and whichever day is looked at."""
        if self.lagging is None:
            return None
        agreed = self.deeds.corrected()
        rows = (
            msgspec.structs.replace(row, corrections=max(1, row.corrections))
            if row.seller in agreed
            else row
            for row in self.lagging.rows
        )
        return msgspec.structs.replace(self.lagging, rows=tuple(rows))

    def standup(self) -> str | None:
        """The stand-up that is going on."""
        return self.conductor.meeting.standup if self.conductor.meeting else None

    def action_step(self, step: int) -> None:
        """Give the floor to the next or the previous turn or item; in the past only its board."""
        if self.view.past:
            sections = [item.section for item in self.setup.agenda]
            self.browse(sections.index(self.stage.trail[0]) + step)
            return
        if self.conductor.waits(step):
            self._ask_who_lags()
            self.notify(t("One moment …"), markup=False)
            return
        before = self.conductor.current()
        self.keep(self.conductor.step(step))
        self._say_passed(before.id if before else "", step)
        self.draw_meeting()

    def _make_up(self) -> None:
        """The steps that waited for who lags."""
        steps = self.conductor.owed()
        for _ in range(0 if self.view.past else steps):
            self.action_step(1)

    def _ask_who_lags(self) -> None:
        """As of now, whichever day is looked at."""
        if self.news and self.news.settings:
            self.follower.ask(Ask(_LAGGING, _LAGGING, month(now(self.view))))

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

    def action_now(self) -> None:
        """Back to "now", and to the item that has the floor."""
        super().action_now()
        self.draw_meeting()

    def action_order(self) -> None:
        """Let who lags most be first, or another one every day."""
        self._order = "deviation" if self._order == "rotating" else "rotating"
        self._take_order()
        words = {
            "deviation": t("Order of the sellers: who lags most is first"),
            "rotating": t("Order of the sellers: another one is first every day"),
        }
        self.notify(words[self._order], markup=False)

    def draw_meeting(self, *, anew: bool = False) -> None:
        """Show the board of the item that has the floor, unless somebody looks deeper into it."""
        item = self.conductor.current()
        section = item.section if item else None
        if section and (anew or self.stage.trail[0] != section):
            self.turn(section)
        self._point()
        self.draw_agenda()
        self.tick()

    def draw_agenda(self) -> None:
        """The items with whose turn it is, and on the last board what they took."""
        now, drawn = self.setup.now(), self.drawn()
        listed = side.entries(self.conductor, self._nothing, now)
        meeting = self.conductor.meeting
        self.agenda.show(
            listed,
            meeting.item if meeting else None,
            side.turns(self.conductor, drawn.names, now),
            (meeting.seller if meeting else None) or "",
        )
        board = self.stage.board
        if isinstance(board, CloseSection):
            board.review(listed, len(self.present()), self.behind(), drawn)

    def tick(self) -> None:
        """Show the clock, and again as soon as its digits change."""
        now = self.setup.now()
        reading = side.reading(
            self.conductor, side.entries(self.conductor, self._nothing, now), now
        )
        self.show_clock(reading)
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
        if reading.running and self.conductor.current() is not None:
            passed = side.shown(self.conductor, now).total_seconds()
            self._timer = self.set_timer(1 - passed % 1 + _JUST_PAST, self.tick)

    def show_clock(self, reading: Reading) -> None:
        """Show it at the side."""
        self.clock.show(reading)

    def places(self) -> Iterator[Place]:
        """Items of the agenda, then sellers."""
        for place, item in enumerate(self.setup.agenda, 1):
            yield Place(t("Item: {name}", name=name(item.id)), f"screen.jump({place})")
        yield from super().places()

    def present(self) -> list[str]:
        """The sellers who are here today: hired, not gone, not away."""
        today = self.today()
        sellers = self.news.sellers.values() if self.news else ()
        return [
            each.seller
            for each in sellers
            if each.hired <= today and (each.left is None or each.left >= today)
            if self.news is None or each.seller not in self.news.away
        ]

    @on(Agenda.Picked)
    def _pick(self, message: Agenda.Picked) -> None:
        """A click on an item gives it the floor."""
        places = [item.id for item in self.setup.agenda]
        self.action_jump(places.index(message.item) + 1)

    @on(Agenda.Called)
    def _call(self, message: Agenda.Called) -> None:
        """A click on a turn gives it the floor."""
        if not self.refuses():
            self.keep(self.conductor.give(message.seller))
            self.draw_meeting()

    def _take_order(self) -> None:
        """Who gets a turn, and in which order: those who lag."""
        report = self.lagging
        if report is None:
            return
        sellers = report.sellers
        rotating = self._order == "rotating" or self.view.share
        self.conductor.order = rotated(sellers, report.held) if rotating else sellers
        for item in (each for each in self.setup.agenda if each.turns):
            self._quiet(item.id, None if sellers else t("nobody lags"))
        self.draw_agenda()

    def _collapse(self, message: Answered) -> None:
        """An item whose report leaves nothing to talk about gives its seconds back."""
        for item in (each for each in self.setup.agenda if each.section == message.tag):
            section = self.stage.of(item.section)
            if isinstance(section, Section):
                self._quiet(item.id, section.nothing_to_say(message.report))

    def _quiet(self, item: str, words: str | None) -> None:
        """Collapse an item that has not had its turn, or let it have its time again."""
        before = self.conductor.collapsed
        if words is None:
            self._nothing.pop(item, None)
        else:
            self._nothing[item] = words
        self.conductor.quiet = frozenset(self._nothing)
        if self.conductor.collapsed != before:
            self.draw_agenda()
            self.tick()

    def _point(self) -> None:
        """Put the cursor on the seller whose turn begins, so that the keys speak of nobody else.

        Within a turn it stays wherever it is moved.
        """
        place = self.conductor.meeting.place if self.conductor.meeting else None
        if place == self._pointed:
            return
        self._pointed = place
        if place is not None and place.seller is not None:
            self.stage.board.point(f"seller:{place.seller}")

    def _say_passed(self, before: str, step: int) -> None:
        """Which items were passed over, why, and what that gives back."""
        ids = [item.id for item in self.setup.agenda]
        current = self.conductor.current()
        if before not in ids or current is None or step < 0:
            return
        for item in self.setup.agenda[ids.index(before) + 1 : ids.index(current.id)]:
            if item.id in self.conductor.collapsed:
                words = t("{item}: {why}, {sign}{seconds} s", item=name(item.id),
                          why=self._nothing[item.id], sign=MINUS, seconds=item.seconds)  # fmt: skip
                self.notify(words, markup=False)
