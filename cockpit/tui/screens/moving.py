"""Moving through a month: by days, weeks and events, by hand or by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
from textual import on
from textual.timer import Timer

from cockpit import formats
from cockpit.tui import dials
from cockpit.tui.dials import next_day
from cockpit.tui.ledger import Begun, Closed, Day
from cockpit.tui.providers import Place
from cockpit.tui.replay import at_day, at_event, neighbour, week
from cockpit.tui.screens.looking import LookingScreen
from cockpit.tui.setup import Setup
from cockpit.tui.view import View
from cockpit.tui.widgets.stage import Stage
from cockpit.words import t
from events.moments import in_utc
from projections.period import Period, month_of
from projections.reports.course import Course


class MovingScreen(LookingScreen):
    """Knows the day it stands at, and the event in it, on the dial that moves.

    A subclass shows the moment in `look`, the time line in `draw_line`, and puts the events of
    the day into `told` and the course of the month into `course` as they come. `held` says that
    the view is not the one the day has by itself, so that news must leave it alone.
    """

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """Begins in the evening of the day the set-up names, else of today."""
        super().__init__(setup, stage)
        self.day = setup.start or self.view.today
        self.month: Period = month_of(self.day)
        self.view = msgspec.structs.replace(self.view, mode="evening", as_of=self.day)
        self.course: Course | None = None
        self.told: Day | None = None
        self.place: int | None = None
        self.wanted: int | None = None
        self.speed = 1
        self.held = False
        self._steps: list[int] = []
        self._begun = False
        self.playing: Timer | None = None
        self._to_closed = False

    def draw_line(self) -> None:
        """Show where on the time line the replay stands."""

    @property
    def days(self) -> list[dt.date]:
        """The days of the month that are worked or sold on, up to today."""
        last = min(self.month.last, self.view.today)
        if self.course is not None:
            return [row.day for row in self.course.rows if row.day <= last]
        found, day = [], next_day(self.month.first - dt.timedelta(days=1), 1)
        while day <= last:
            found.append(day)
            day = next_day(day, 1)
        return found

    def begin(self) -> None:
        """Find out once whether there was a log at all in this month."""
        zone = self.zone
        if zone is None or self._begun:
            return
        self._begun = True
        end = in_utc(dt.datetime.combine(self.month.last, dt.time.max, zone))
        self.follower.work(
            "replay/begun",
            lambda department: Begun(known=department.log.known_upto(end) > 0),
        )

    @on(Begun)
    def _hear_beginning(self, message: Begun) -> None:
        """Of a month that was brought in later nothing was known then: it is seen as known now."""
        if message.known or self.moving != "both":
            return
        self.moving = "as_of"
        self.look(msgspec.structs.replace(self.view, as_of=self.day, known_at=None, position=None))
        self.notify(t("Recorded after this month: seen as it is known now"), markup=False)

    def action_day(self, step: int) -> None:
        """A working day on or back."""
        self.go(neighbour(self.days, self.day, step))

    def action_week(self, step: int) -> None:
        """A week on or back."""
        self.go(week(self.days, self.day, step))

    def action_event(self, step: int) -> None:
        """An event on or back; over the end of a day into the next one."""
        self._steps.append(step)
        self.take_steps()

    def take_steps(self) -> None:
        """Take the steps that were asked for, as far as the events of the day have come."""
        while self._steps:
            told = self.told
            if told is None or (told.day, told.by_record) != (self.day, self.by_record):
                return
            step, self._to_closed = self._steps.pop(0), False
            here = (len(told.places) - 1 if self.place is None else self.place) + step
            if 0 <= here < len(told.places):
                self.place, self.held = here, False
                self.look(self.at(self.day))
            elif (day := neighbour(self.days, self.day, step)) != self.day:
                self.drift(day)
                self.wanted = 0 if step > 0 else None

    def action_play(self) -> None:
        """Let the days pass, or stop them."""
        if self.playing is not None:
            self.playing.stop()
            self.playing = None
        else:
            if self.day >= self.days[-1]:
                self.go(self.days[0])
            self.playing = self.set_interval(1 / self.speed, self._tick)
        self.draw_line()

    def action_speed(self, days: int) -> None:
        """So many days a second."""
        self.speed = days
        if self.playing is not None:
            self.playing.stop()
            self.playing = self.set_interval(1 / self.speed, self._tick)
        self.draw_line()

    def action_switch_dial(self) -> None:
        """Another dial moves from now on; the replay goes on from where that one stands."""
        super().action_switch_dial()
        zone = self.zone
        if zone is not None:
            self.day = min(dials.day_of(self.view, self.moving, zone), self.month.last)
            self.held = True
        self.place, self._to_closed = None, False
        self.look(self.view)

    def action_now(self) -> None:
        """The day that is seen, with all that is known of it by now."""
        self.place, self._to_closed, self.held = None, False, True
        seen = self.view.as_of if self.moving == "known_at" else self.day
        self.look(msgspec.structs.replace(self.view, as_of=seen, known_at=None, position=None))

    def action_closed(self) -> None:
        """The whole month as it was known when it was closed."""
        self._to_closed, name = True, f"{self.month.first:%Y-%m}"
        self.follower.work(
            "replay/closed", lambda department: Closed(department.desk.closings().get(name))
        )

    @on(Closed)
    def _hear_closing(self, message: Closed) -> None:
        """Go to where the month was closed; a month that was not can be seen as of today.

        Whoever has gone elsewhere since stays there.
        """
        if not self._to_closed:
            return
        self._to_closed, closing = False, message.closing
        if closing is None:
            month = formats.month(self.month.first)
            self.notify(t("{month} is not closed", month=month), markup=False)
            return
        self.day, self.place, self.held = self.days[-1], None, True
        self.look(
            msgspec.structs.replace(
                self.view, as_of=self.day, known_at=None, position=closing.position
            )
        )
        self.notify(
            t("As known when the month was closed, on {day}", day=formats.date(closing.day)),
            markup=False,
        )

    def _tick(self) -> None:
        """A day passes; the last one ends the play."""
        day = neighbour(self.days, self.day, 1)
        if day == self.day:
            self.action_play()
            return
        self.drift(day)

    def wrong(self, day: dt.date) -> str:
        """A replay goes through the days of its month, up to today."""
        if not self.month.first <= day <= self.month.last:
            return t("the replay is of {month}", month=formats.month(self.month.first))
        return super().wrong(day)

    def go_to(self, day: dt.date) -> None:
        """To the evening of a day, or of the last one before it that was worked or sold on."""
        self.go(self.nearest(day))

    def nearest(self, day: dt.date) -> dt.date:
        """A day, or the last one before it that was worked or sold on."""
        return max((each for each in self.days if each <= day), default=self.days[0])

    def places(self) -> Iterator[Place]:
        """The sellers, and every day of the month."""
        yield from super().places()
        for day in self.days:
            words = t("Day: {day}", day=f"{formats.weekday(day)} {formats.date(day)}")
            yield Place(words, f"screen.go_to('{day.isoformat()}')")

    def action_go_to(self, day: str) -> None:
        """To the evening of a day."""
        self.go(dt.date.fromisoformat(day))

    def go(self, day: dt.date) -> None:
        """To the evening of a day."""
        self._to_closed = False
        self._steps.clear()
        self.drift(day)

    def drift(self, day: dt.date) -> None:
        """The same where nobody asked to go there: what was asked before is still wanted."""
        self.day, self.place, self.wanted, self.held = day, None, None, False
        self.look(self.at(day))

    def at(self, day: dt.date) -> View:
        """The view of a day, or of the event in it the replay stands at."""
        zone = self.zone
        if zone is None:
            return self.view
        told = self.told
        if self.place is not None and told is not None and told.day == day:
            return at_event(self.view, self.moving, day, told.places[self.place], zone)
        return at_day(self.view, self.moving, day, zone)

    @property
    def by_record(self) -> bool:
        """Whether the events are taken as they were recorded, or as they happened."""
        return self.moving != "as_of"
