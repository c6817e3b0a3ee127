"""The replay of a month: any of its moments on the board, the picture and the day's events."""

from __future__ import annotations

from typing import ClassVar, Final

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from cockpit import formats
from cockpit.render.cells import clean
from cockpit.tui import dials
from cockpit.tui.actions import Room, bindings
from cockpit.tui.ledger import (
    Compared,
    Ledger,
    Ledgered,
    Storied,
    compared,
    storied,
)
from cockpit.tui.pages.story import StoryPage
from cockpit.tui.replay import earlier_first
from cockpit.tui.screens.looking import DEEPER
from cockpit.tui.screens.remembering import COURSE, RememberingScreen, wanted
from cockpit.tui.sections import made
from cockpit.tui.sections.base import Section, nobody
from cockpit.tui.sections.forecast import ForecastSection
from cockpit.tui.sections.ledger import of_changes, of_day
from cockpit.tui.setup import Setup
from cockpit.tui.sheet import Sheet
from cockpit.tui.view import View, month
from cockpit.tui.widgets.banner import Banner, header
from cockpit.tui.widgets.board import Board, SideBoard
from cockpit.tui.widgets.chart import Chart, highest
from cockpit.tui.widgets.stage import Makers, Stage
from cockpit.tui.widgets.timeline import Timeline
from cockpit.words import t
from projections.reports.course import Course

_BOARDS: Final = ("plan_fact", "activity", "conversions", "payments")
_FORECAST: Final = "forecast"
_PAY: Final = "pay"
_STORY: Final = "story"


class ReplayScreen(RememberingScreen):
    """Shows the moments of a month, and what lies between two of them."""

    ROOMS: ClassVar[tuple[Room, ...]] = ("replay", "jump", "app")
    BINDINGS: ClassVar[list[BindingType]] = bindings("replay", "jump")

    def __init__(self, setup: Setup) -> None:
        """Begins in the evening of the day the set-up names, else of today."""
        boards: Makers = {**dict.fromkeys(_BOARDS, _brief), _PAY: _pay}
        forecast: Makers = {_FORECAST: lambda name: ForecastSection(id=name)}
        story: Makers = {_STORY: lambda name: StoryPage(id=name)}
        makers = {**boards, **forecast, **story, **DEEPER}
        super().__init__(setup, Stage(makers, initial=_BOARDS[0], id="stage"))
        self.banner = Banner(id="banner")
        self.timeline = Timeline(id="timeline")
        self.chart = Chart(id="chart")
        self.ledger = SideBoard(id="ledger")
        self._books = Ledger()

    def compose(self) -> ComposeResult:
        """The banner, the board, the time line with the picture, the events, the line of keys."""
        yield self.banner
        with Vertical():
            yield self.stage
            yield self.timeline
            yield self.chart
            yield self.ledger
        yield self.keyline

    def on_mount(self) -> None:
        """The board hears the keys first."""
        self.stage.focus()

    def refreshed(self) -> None:
        """The log was opened or has moved: what was kept of the present may differ now."""
        self.kept.clear()
        if self.news is not None and not self.news.names:
            self.stage.board.draw(Sheet(title=t("Replay"), empty=nobody()))
        self.look(self.view if self.held else self.at(self.day))
        self.begin()

    def look(self, view: View) -> None:
        """See another moment: what is kept at once, the rest as it comes."""
        self.view = view
        self.draw_banner()
        self.draw_line()
        self.ask()
        self._ask_ledger()

    def ask(self) -> None:
        """The board and the course of this moment, from what is kept or from the worker."""
        if self.news is None or self.news.settings is None:
            return
        board = self.stage.board
        if isinstance(board, StoryPage):
            asked = month(self.view)
            self.follower.work(
                "replay/story", lambda department: storied(department, asked), patient=True
            )
        name = board.asks_for(self.view) if isinstance(board, Section) else None
        if not isinstance(board, Section) or name is None:
            super().ask()
            return
        self.have(*wanted(board, self.view, self.mark))
        self.show_kept()

    def draw_banner(self) -> None:
        """Whose month it is, and of when the figures are."""
        super().draw_banner()
        settings = self.news.settings if self.news else None
        if settings is not None:
            words = t("replay {month}", month=formats.month(self.month.first))
            self.banner.show(*header(clean(settings.name), words, self.view))

    @on(Ledgered)
    def _hear_ledger(self, message: Ledgered) -> None:
        """The events of the day that is seen."""
        day = replace(
            message.day,
            events=[self.seen(event) for event in message.day.events],
            clients=self.clients(message.day.clients),
        )
        if (day.day, day.by_record) != (self.day, self.by_record):
            return
        self.told = day
        if self.wanted is not None and day.places:
            self.place = min(self.wanted, len(day.places) - 1)
            self.wanted = None
            self.look(self.at(self.day))
        elif self.mark is None:
            self.ledger.draw(of_day(day, self.place, self.drawn(), self.news))
        self.take_steps()

    @on(Compared)
    def _hear_changes(self, message: Compared) -> None:
        """What lies between the mark and this moment."""
        if self.mark is None:
            return
        one, two = earlier_first(self.mark, self.view)
        if (message.then, message.now) == (one.dials, two.dials):
            self.ledger.draw(of_changes(message, self.drawn(), self.news, one, two))

    @on(Storied)
    def _hear_story(self, message: Storied) -> None:
        """The story as of this moment."""
        page = self.stage.of(_STORY)
        if isinstance(page, StoryPage) and message.question == month(self.view):
            events = {key: self.seen(event) for key, event in message.told.events.items()}
            page.show(replace(message.told, events=events))

    def veil(self, *, share: bool) -> None:
        """A story that was told to one alone is told anew, and from the pay one goes away."""
        page = self.stage.of(_STORY)
        if isinstance(page, StoryPage):
            page.forget()
        if share and self.stage.trail[0] == _PAY:
            self.stage.turn(_BOARDS[0])
        super().veil(share=share)

    def action_story(self) -> None:
        """The story of the month as of this moment, or back to the board."""
        if isinstance(self.stage.board, StoryPage):
            self.action_back()
            return
        self.stage.enter(_STORY)
        self.name_keys()
        self.ask()

    def name_keys(self) -> None:
        """One level deeper, picture and ledger give way to what is read there."""
        super().name_keys()
        self.set_class(len(self.stage.trail) > 1, "-deeper")

    def rooms(self) -> tuple[Room, ...]:
        """From the story there is a way back."""
        found = super().rooms()
        deeper = len(self.stage.trail) > 1 and "deeper" not in found
        return ("deeper", *found) if deeper else found

    @on(Timeline.Picked)
    def _pick(self, message: Timeline.Picked) -> None:
        """A click on a day goes there."""
        self.go(message.day)

    @on(Board.Opened)
    def _open_event(self, message: Board.Opened) -> None:
        """An event of the ledger is shown in full on the stage."""
        if message.board is self.ledger:
            message.prevent_default()
            self.open_event(message.key)
            self.stage.focus()

    def action_compare(self) -> None:
        """Mark this moment, or forget the mark."""
        self.mark = self.view if self.mark is None else None
        for board in self.stage.boards:
            if isinstance(board, Section):
                board.before = None
        self.look(self.view)

    def action_board(self) -> None:
        """The next board."""
        boards = (*_BOARDS, _FORECAST, *((_PAY,) if self.may_see_pay() else ()))
        here = self.stage.trail[0]
        place = boards.index(here) if here in boards else -1
        self.turn(boards[(place + 1) % len(boards)])

    def action_switch_focus(self) -> None:
        """The other half of the screen hears the keys of rows, the very next one among them."""
        self.set_focus(self.stage if self.ledger.has_focus else self.ledger)

    def _ask_ledger(self) -> None:
        """The events of the day, or those between the mark and this moment."""
        day, by_record, place, books = self.day, self.by_record, self.place, self._books
        dials = self.view.dials
        if self.mark is not None:
            one, two = earlier_first(self.mark, self.view)
            asked = month(self.view)
            then, now = one.dials, two.dials
            self.follower.work(
                "replay/changes", lambda department: compared(department, asked, then, now)
            )
        self.follower.work(
            "replay/ledger",
            lambda department: books.day(department, day, dials, by_record, place),
        )

    def show_kept(self) -> None:
        """What is kept of this moment."""
        board = self.stage.board
        course = self.kept.get((COURSE, month(self.view)))
        if course is not None and isinstance(course.report, Course):
            first = self.course is None
            self.course = course.report
            self.draw_line()
            _draw(self.chart, course.report)
            if first and self._is_off():
                self.drift(self.nearest(self.day))
                return
        if not isinstance(board, Section) or not board.REPORT:
            return
        mark = self.mark
        before = self.kept.get((board.REPORT, board.question(mark))) if mark else None
        answer = self.kept.get((board.REPORT, board.question(self.view)))
        if answer is not None:
            board.before = before.report if before else None
            board.show(answer.report, self.named(answer))
            for beside, asked in board.beside(self.view).items():
                if (found := self.kept.get(asked)) is not None:
                    board.show_beside(beside, found.report)

    def _is_off(self) -> bool:
        """Whether the month ended on a day on which nobody worked or sold: nothing is to be seen
        of that day.
        """
        over = self.day == self.month.last < self.view.today
        return over and bool(self.days) and self.day not in self.days

    def draw_line(self) -> None:
        """The time line, with the dial that moves and whether the month is played."""
        playing = t("▶ {speed} days a second", speed=self.speed) if self.playing else ""
        place = ""
        if self.place is not None and self.told is not None:
            place = f"{self.place + 1}/{len(self.told.places)}"
        said = " · ".join(part for part in (place, playing, dials.called(self.moving)) if part)
        mark = self.mark.seen if self.mark is not None else None
        self.timeline.show(self.days, self.day, mark, (f"{said} ", "warn"))


def _brief(name: str) -> Section:
    """A board that leaves its notes out, for there is more below it."""
    section = made(name)
    section.brief = True
    return section


def _pay(name: str) -> Section:
    """The pay sheets, loaded for whoever may see them."""
    from cockpit.tui.sections.pay import PaySection

    section = PaySection(id=name)
    section.brief = True
    return section


def _draw(chart: Chart, course: Course) -> None:
    """What was sold so far against the line."""
    points = [(row.fact, row.line) for row in course.rows]
    digits = course.minor_digits
    top = formats.number(formats.major(highest(points), digits))
    chart.show(points, top, formats.unit(course.currency))
