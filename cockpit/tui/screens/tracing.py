"""What every room does with a figure: opens its row, its events, and one of them in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from msgspec.structs import replace
from textual import on

from cockpit import labels
from cockpit.private import asker, others_pay, pay_within
from cockpit.tui.actions import Room, footer
from cockpit.tui.jobs import Ask
from cockpit.tui.messages import Accounted, Answered, Found, PageTurned, Read
from cockpit.tui.screens.dialling import DiallingScreen
from cockpit.tui.setup import Setup
from cockpit.tui.sharing import veiled, veiled_dossier
from cockpit.tui.view import again
from cockpit.tui.widgets.keyline import KeyLine, entries
from cockpit.tui.widgets.stage import Stage

if TYPE_CHECKING:
    from cockpit.tui.pages.event import EventPage
    from cockpit.tui.pages.figure import Behind, FigurePage
    from cockpit.tui.pages.figures import FiguresPage
    from cockpit.tui.sections.base import Opening
    from events.envelope import Event
    from projections.formula import Explanation

LEAVE: Final = "screen.leave"
"""The way out, which is named at the top only."""

_FIGURE: Final = "figure"
_FIGURES: Final = "figures"
_EVENT: Final = "event"
_AGAIN: Final = "again"
"""Tags the report of the figures that are open when it is asked for of another moment."""


class TracingScreen(DiallingScreen):
    """Leads from a row to its figures, from a figure to its events, from those to one of them."""

    ROOMS: ClassVar[tuple[Room, ...]] = ("app",)

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `AskingScreen`."""
        super().__init__(setup, stage)
        self.keyline = KeyLine(id="keys")
        self.opening: Opening | None = None
        self._opened_at: Sequence[str] = ()
        self._traced: Explanation | None = None
        self._renewing = False

    def rooms(self) -> Sequence[Room]:
        """The rooms whose keys work now, from the innermost."""
        return self.ROOMS

    def name_keys(self) -> None:
        """The line at the bottom names the keys of what is seen."""
        deeper = len(self.stage.trail) > 1
        named = [
            action for action in footer(*self.rooms()) if not (deeper and action.call == LEAVE)
        ]
        self.keyline.show(entries(named, self.setup.keymap))

    def action_leave(self) -> None:
        """The way out is at the top: from deeper down the same key is one level up."""
        if len(self.stage.trail) > 1:
            self.action_back()
        else:
            self.leave()

    def action_back(self) -> None:
        """One level up."""
        self.stage.back()
        self.name_keys()

    def leave(self) -> None:
        """Leave the room."""
        self.follower.stop()
        self.app.exit()

    def veil(self, *, share: bool) -> None:
        """Whoever was deeper is at the top again, where other keys work."""
        super().veil(share=share)
        self.figure_page.forget()
        self.name_keys()

    @property
    def figures_page(self) -> FiguresPage:
        """The page of the figures of a row."""
        from cockpit.tui.pages.figures import FiguresPage

        page = self.stage.of(_FIGURES)
        assert isinstance(page, FiguresPage)
        return page

    @property
    def figure_page(self) -> FigurePage:
        """The page of a figure."""
        from cockpit.tui.pages.figure import FigurePage

        page = self.stage.of(_FIGURE)
        assert isinstance(page, FigurePage)
        return page

    @property
    def event_page(self) -> EventPage:
        """The page of an event."""
        from cockpit.tui.pages.event import EventPage

        page = self.stage.of(_EVENT)
        assert isinstance(page, EventPage)
        return page

    @property
    def asker(self) -> str | None:
        """The seller at the keyboard; None for the head."""
        return asker(self.setup.actor, self.news.sellers if self.news else ())

    def seen(self, event: Event) -> Event:
        """An event as this screen may show it (trap T24)."""
        hidden = self.view.share or others_pay(self.asker, event.body)
        return veiled(event) if hidden else event

    @on(Found)
    def _hear_events(self, message: Found) -> None:
        """The events behind the figure that is open."""
        if message.tag == self.figure_page.tag:
            listed = message.listed
            events = [self.seen(event) for event in listed.events]
            self.figure_page.show(
                replace(listed, events=events, clients=self.clients(listed.clients))
            )

    @on(PageTurned)
    def _turn_page(self, message: PageTurned) -> None:
        """Another page of the events behind the figure that is open."""
        tag = self.figure_page.tag
        if tag and self._traced is not None:
            self.follower.find(tag, self._traced, message.page)

    @on(Read)
    def _hear_event(self, message: Read) -> None:
        """The event that is open."""
        from cockpit.tui.pages.event import named_of

        settings = self.news.settings if self.news else None
        if settings and message.dossier.event.id == self.event_page.event:
            found, clients = message.dossier, self.clients(message.clients)
            named = named_of(self.drawn().names, clients, settings.zone, settings.minor_digits)
            if self.view.share or others_pay(self.asker, *pay_within(found)):
                found = veiled_dossier(found)
            self.event_page.show(Read(found, clients), named)

    @on(Accounted)
    def _hear_reasons(self, message: Accounted) -> None:
        """The formulas of a row that was opened; one alone leads on to its events."""
        from cockpit.tui.pages.figure import Behind

        opening, board = self.opening, self.stage.board
        if opening is None or message.tag != _FIGURES or message.report is not opening.report:
            return
        if not message.why.keys() <= set(opening.figures):
            return
        if len(opening.figures) > 1:
            self.figures_page.show(opening, message.why)
            tag = self.figure_page.tag if board is self.figure_page else None
            if tag and (behind := self.figures_page.behind(tag)):
                self.open_figure(tag, opening.title, behind)
        elif self._still_wanted():
            for (row, figure), why in message.why.items():
                behind = Behind(opening.report, row, why)
                self.open_figure(f"{opening.report.name}/{row}/{figure}", opening.title, behind)

    def _still_wanted(self) -> bool:
        """Whether nobody went elsewhere while the formula of a single figure was on its way."""
        if self._renewing:
            return self.stage.board is self.figure_page
        return self._opened_at == tuple(self.stage.trail)

    def ask(self) -> None:
        """Ask for what is seen; figures that were opened follow the dials like any board."""
        if self.opening is not None and self.stage.board in (self.figures_page, self.figure_page):
            report = self.opening.report
            self.follower.ask(Ask(_AGAIN, report.name, again(report.question, self.view)))
        super().ask()

    def answered(self, message: Answered) -> None:
        """The report of the figures that are open, of another moment: they are of it now."""
        opening, report = self.opening, message.report
        if opening is None or message.tag != _AGAIN or report.name != opening.report.name:
            return
        if report.question == again(report.question, self.view):
            self.opening = replace(opening, report=report)
            self._renewing = True
            self.figures_page.follow(self.opening)
            self.follower.explain(_FIGURES, report, opening.figures)

    def open_figures(self, opening: Opening) -> None:
        """Show the figures of a row; a single one goes straight to its events."""
        self.opening, self._renewing = opening, False
        self._opened_at = tuple(self.stage.trail)
        if len(opening.figures) > 1:
            self.figures_page.turn_to(opening)
            self.stage.enter(_FIGURES)
            self.name_keys()
        self.follower.explain(_FIGURES, opening.report, opening.figures)

    def open_event(self, event: str) -> None:
        """Show an event in full, by its id."""
        if self.stage.board is self.event_page:
            self.event_page.go_on(event)
        else:
            self.event_page.begin(event)
        self.stage.enter(_EVENT)
        self.name_keys()
        self.follower.look(event)

    def open_figure(self, tag: str, title: str, behind: Behind) -> None:
        """Show the events of a figure; where they are seen already, the same page of them."""
        from cockpit.tui.pages.figure import Opened

        names = self.drawn().names
        seen = self.stage.board is self.figure_page and self.figure_page.tag == tag
        words = self.figures_page.words(tag) or labels.figure(behind.explanation.figure)
        whole = f"{title}, {words}"
        self.figure_page.turn_to(Opened(tag=tag, title=whole, behind=behind, names=names))
        self.stage.enter(_FIGURE)
        self.name_keys()
        self._traced = behind.explanation
        self.follower.find(tag, behind.explanation, self.figure_page.page if seen else 0)
