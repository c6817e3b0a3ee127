"""What every room that shows sellers does: opens their pages, and the events behind a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from textual import on

from cockpit.render.cells import clean
from cockpit.tui.actions import Action, Room, footer, keys_of, of
from cockpit.tui.follow import Ask
from cockpit.tui.messages import Accounted, Answered, Found, Read
from cockpit.tui.pages.event import EventPage, named_of
from cockpit.tui.pages.figure import Behind, FigurePage, Opened
from cockpit.tui.pages.figures import FiguresPage
from cockpit.tui.pages.seller import REPORTS, SellerPage, wanted
from cockpit.tui.providers import Place
from cockpit.tui.screens.dialling import DiallingScreen
from cockpit.tui.sections.base import Opening, Section
from cockpit.tui.setup import Setup
from cockpit.tui.view import month
from cockpit.tui.widgets.board import Board
from cockpit.tui.widgets.keyline import KeyLine, entries
from cockpit.tui.widgets.stage import Makers, Stage
from cockpit.words import t
from projections.reports.plan_fact import PlanFact

_SELLER: Final = "seller"
_FIGURE: Final = "figure"
_EVENT: Final = "event"
_FIGURES: Final = "figures"

DEEPER: Final[Makers] = {
    _SELLER: lambda name: SellerPage(id=name),
    _FIGURES: lambda name: FiguresPage(id=name),
    _FIGURE: lambda name: FigurePage(id=name),
    _EVENT: lambda name: EventPage(id=name),
}
"""The boards that lie one level below those of any room."""


class LookingScreen(DiallingScreen):
    """Leads one level deeper and back, and names the keys of what is seen.

    A subclass says which rooms its keys belong to, and composes `keyline` as well.
    """

    ROOMS: ClassVar[tuple[Room, ...]] = ("app",)

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `AskingScreen`."""
        super().__init__(setup, stage)
        self.keyline = KeyLine(id="keys")
        self._ranking: tuple[str, ...] = ()
        self._opening: Opening | None = None

    def on_mount(self) -> None:
        """Name the keys before anything else is known."""
        self.name_keys()

    def answered(self, message: Answered) -> None:
        """The order of the sellers is that of plan-fact; a page takes its own reports."""
        if isinstance(message.report, PlanFact):
            self._ranking = tuple(row.seller for row in message.report.rows if row.seller)
        room, _, rest = message.tag.partition("/")
        if room == _SELLER and rest.rpartition("/")[0] == self.seller_page.seller:
            self.seller_page.show(message, self.drawn())
            tag = self.figure_page.tag if self.stage.board is self.figure_page else None
            if tag and (behind := self.seller_page.behind(tag)):
                self._open_figure(tag, self._sellers_title(), behind)

    @property
    def seller_page(self) -> SellerPage:
        """The page of a seller."""
        page = self.stage.of(_SELLER)
        assert isinstance(page, SellerPage)
        return page

    @property
    def figures_page(self) -> FiguresPage:
        """The page of the figures of a row."""
        page = self.stage.of(_FIGURES)
        assert isinstance(page, FiguresPage)
        return page

    @property
    def figure_page(self) -> FigurePage:
        """The page of a figure."""
        page = self.stage.of(_FIGURE)
        assert isinstance(page, FigurePage)
        return page

    @property
    def event_page(self) -> EventPage:
        """The page of an event."""
        page = self.stage.of(_EVENT)
        assert isinstance(page, EventPage)
        return page

    def ask(self) -> None:
        """Ask for what is seen, also one level deeper."""
        board = self.stage.board
        if _SELLER in self.stage.trail:
            self._ask_for_seller(self.seller_page.seller)
        if isinstance(board, EventPage) and board.event:
            self.follower.look(board.event)
        super().ask()

    @on(Found)
    def _hear_events(self, message: Found) -> None:
        """The events behind the figure that is open."""
        if message.tag == self.figure_page.tag:
            self.figure_page.show(message.listed)

    @on(FigurePage.Turned)
    def _turn_page(self, message: FigurePage.Turned) -> None:
        """Another page of the events behind the figure that is open."""
        page = self.figure_page
        if page.tag and page.explanation:
            self.follower.find(page.tag, page.explanation, message.page)

    @on(Read)
    def _hear_event(self, message: Read) -> None:
        """The event that is open."""
        settings = self.news.settings if self.news else None
        if settings and message.dossier.event.id == self.event_page.event:
            named = named_of(
                self.drawn().names, message.clients, settings.zone, settings.minor_digits
            )
            self.event_page.show(message, named)

    @on(Board.Opened)
    def _open_row(self, message: Board.Opened) -> None:
        """A figure opens its events, a seller the page, another row its figures."""
        board, key = message.board, message.key
        if isinstance(board, FigurePage):
            self.open_event(key)
        elif key.startswith("event:"):
            self.open_event(key.removeprefix("event:"))
        elif isinstance(board, SellerPage | FiguresPage):
            title = self._sellers_title() if isinstance(board, SellerPage) else board.title
            if (behind := board.behind(key)) is not None:
                self._open_figure(key, title, behind)
        elif isinstance(board, Section) and (opening := board.opening(key)) is not None:
            self.open_figures(opening)
        elif key.startswith(f"{_SELLER}:"):
            self.open_seller(key.removeprefix(f"{_SELLER}:"))

    @on(Accounted)
    def _hear_reasons(self, message: Accounted) -> None:
        """The formulas of a row that was opened; one alone leads on to its events."""
        opening = self._opening
        if opening is None or message.tag != _FIGURES or message.report is not opening.report:
            return
        if len(opening.figures) > 1:
            self.figures_page.show(opening, message.why)
            return
        for (row, figure), why in message.why.items():
            behind = Behind(opening.report, row, why)
            self._open_figure(f"{opening.report.name}/{row}/{figure}", opening.title, behind)

    def turn(self, section: str) -> None:
        """Show another section."""
        self._opening = None
        self.stage.turn(section)
        self.name_keys()
        self.ask()

    def browse(self, place: int) -> None:
        """Show the board of an item without giving it the floor."""
        if 0 <= place < len(self.setup.agenda):
            self.turn(self.setup.agenda[place].section)

    def open_seller(self, seller: str) -> None:
        """Show a seller's page."""
        self.seller_page.turn_to(seller, self.drawn())
        self.stage.enter(_SELLER)
        self.name_keys()
        self.ask()

    def open_event(self, event: str) -> None:
        """Show an event in full, by its id."""
        if self.stage.board is self.event_page:
            self.event_page.go_on(event)
        else:
            self.event_page.begin(event)
        self.stage.enter(_EVENT)
        self.name_keys()
        self.follower.look(event)

    def open_figures(self, opening: Opening) -> None:
        """Show the figures of a row; a single one goes straight to its events."""
        self._opening = opening
        if len(opening.figures) > 1:
            self.figures_page.turn_to(opening)
            self.stage.enter(_FIGURES)
            self.name_keys()
        self.follower.explain(_FIGURES, opening.report, opening.figures)

    def rooms(self) -> tuple[Room, ...]:
        """The rooms whose keys work now, from the innermost."""
        board = self.stage.board
        if isinstance(board, FigurePage | EventPage):
            return ("row", "deeper", "board", *self.ROOMS)
        if isinstance(board, SellerPage):
            return ("seller", "deeper", "row", "board", *self.ROOMS)
        if isinstance(board, FiguresPage):
            return ("deeper", "row", "board", *self.ROOMS)
        return ("row", "board", *self.ROOMS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What belongs to a page is not to be had where the page is not seen."""
        match action:
            case "seller":
                return "seller" in self.rooms()
            case "back":
                return "deeper" in self.rooms()
        return super().check_action(action, parameters)

    def name_keys(self) -> None:
        """The line at the bottom names the keys of what is seen."""
        named = entries(footer(*self.rooms()), self.setup.keymap)
        self.keyline.show(named)

    def doable(self) -> Iterator[tuple[Action, str]]:
        """What the palette can do here."""
        for action in (action for room in self.rooms() for action in of(room)):
            yield action, keys_of(action, self.setup.keymap)[0]

    def places(self) -> Iterator[Place]:
        """Every seller."""
        for seller, name in sorted(self.drawn().names.items(), key=lambda pair: pair[1]):
            words = t("Seller: {name}", name=clean(name))
            yield Place(words, f"screen.open_seller('{seller}')")

    def action_open_seller(self, seller: str) -> None:
        """Show a seller's page."""
        self.open_seller(seller)

    def action_seller(self, step: int) -> None:
        """Show the page of the next seller, in the order of the board."""
        page = self.seller_page
        if page.seller in self._ranking:
            place = self._ranking.index(page.seller) + step
            self.open_seller(self._ranking[place % len(self._ranking)])

    def action_back(self) -> None:
        """One level up."""
        page = self.stage.board
        if not (isinstance(page, EventPage) and page.go_back()):
            self.stage.back()
        self.name_keys()
        self.ask()

    def _ask_for_seller(self, seller: str) -> None:
        """The three reports of a seller's page, with the explanations of its figures."""
        for name in REPORTS:
            self.follower.ask(
                Ask(f"{_SELLER}/{seller}/{name}", name, month(self.view),
                    lambda report: wanted(seller, report))
            )  # fmt: skip

    def _sellers_title(self) -> str:
        """Whose page a seller's page is."""
        seller = self.seller_page.seller
        return clean(self.drawn().names.get(seller, seller))

    def _open_figure(self, tag: str, title: str, behind: Behind) -> None:
        """Show the events of a figure."""
        names = self.drawn().names
        self.figure_page.turn_to(Opened(tag=tag, title=title, behind=behind, names=names))
        self.stage.enter(_FIGURE)
        self.name_keys()
        self.follower.find(tag, behind.explanation)
