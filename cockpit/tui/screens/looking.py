"""What every room that shows sellers does: opens their pages, and the events behind a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from textual import on

from cockpit.render.cells import clean
from cockpit.tui.actions import Action, Room, keys_of, of
from cockpit.tui.jobs import Ask
from cockpit.tui.messages import Answered
from cockpit.tui.pages import made
from cockpit.tui.providers import Place
from cockpit.tui.screens.labelling import LabellingScreen
from cockpit.tui.sections.base import Section, trusted
from cockpit.tui.setup import Setup
from cockpit.tui.view import conversions, month
from cockpit.tui.widgets.board import Board
from cockpit.tui.widgets.stage import Makers, Stage
from cockpit.words import t
from projections import trust_why
from projections.reports.bridge import BridgeReport
from projections.reports.plan_fact import PlanFact

if TYPE_CHECKING:
    from cockpit.tui.pages.bridge import BridgePage
    from cockpit.tui.pages.seller import SellerPage

_SELLER: Final = "seller"
_BRIDGE: Final = "bridge"
_EVENT: Final = "event"

DEEPER: Final[Makers] = dict.fromkeys((_SELLER, _BRIDGE, "figures", "figure", _EVENT), made)
"""The boards that lie one level below those of any room."""


class LookingScreen(LabellingScreen):
    """Leads one level deeper and back, and names the keys of what is seen.

    A subclass says which rooms its keys belong to, and composes `keyline` as well.
    """

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `AskingScreen`."""
        super().__init__(setup, stage)
        self._ranking: tuple[str, ...] = ()
        self._awaited: str | None = None

    def on_mount(self) -> None:
        """Name the keys before anything else is known."""
        self.name_keys()

    def answered(self, message: Answered) -> None:
        """The order of the sellers is that of plan-fact; a page takes its own reports."""
        super().answered(message)
        if isinstance(message.report, PlanFact):
            self._ranking = tuple(row.seller for row in message.report.rows if row.seller)
        if isinstance(message.report, BridgeReport):
            self.bridge_page.show(message.report, self.drawn())
        room, _, rest = message.tag.partition("/")
        if room == _SELLER and rest.rpartition("/")[0] == self.seller_page.seller:
            self.seller_page.show(message, self.drawn())
            tag = self.figure_page.tag if self.stage.board is self.figure_page else None
            if tag and (behind := self.seller_page.behind(tag)):
                self.open_figure(tag, self._sellers_title(), behind)
            elif (
                self._awaited is not None
                and self.stage.board is self.seller_page
                and self.seller_page.cursor == self._awaited
            ):
                self._open_figure_of_seller(self._awaited)

    @property
    def seller_page(self) -> SellerPage:
        """The page of a seller."""
        from cockpit.tui.pages.seller import SellerPage

        page = self.stage.of(_SELLER)
        assert isinstance(page, SellerPage)
        return page

    @property
    def bridge_page(self) -> BridgePage:
        """The bridge from plan to fact."""
        from cockpit.tui.pages.bridge import BridgePage

        page = self.stage.of(_BRIDGE)
        assert isinstance(page, BridgePage)
        return page

    def ask(self) -> None:
        """Ask for what is seen, also one level deeper."""
        if _SELLER in self.stage.trail:
            self._ask_for_seller(self.seller_page.seller)
        if _BRIDGE in self.stage.trail:
            self.follower.ask(Ask(_BRIDGE, "bridge", month(self.view)))
        if self.stage.trail[-1] == _EVENT and self.event_page.event:
            self.follower.look(self.event_page.event)
        super().ask()

    @on(Board.Opened)
    def _open_row(self, message: Board.Opened) -> None:
        """A figure opens its events, a seller the page, another row its figures."""
        from cockpit.tui.pages.bridge import BridgePage
        from cockpit.tui.pages.figure import FigurePage
        from cockpit.tui.pages.figures import FiguresPage
        from cockpit.tui.pages.seller import SellerPage
        from cockpit.tui.pages.story import StoryPage

        board, key = message.board, message.key
        if isinstance(board, FigurePage):
            self.open_event(key)
        elif key.startswith("event:"):
            self.open_event(key.removeprefix("event:"))
        elif key == trust_why.NAME:
            self.action_trust()
        elif isinstance(board, SellerPage):
            self._open_figure_of_seller(key)
        elif isinstance(board, FiguresPage):
            if (behind := board.behind(key)) is not None:
                self.open_figure(key, board.title, behind)
        elif isinstance(board, BridgePage) and key.startswith(f"{_SELLER}:"):
            board.turn_to(key.removeprefix(f"{_SELLER}:"), deeper=True)
        elif isinstance(board, Section | BridgePage | StoryPage) and (
            opening := board.opening(key)
        ):
            self.open_figures(opening)
        elif key.startswith(f"{_SELLER}:"):
            self.open_seller(key.removeprefix(f"{_SELLER}:"))

    def turn(self, section: str) -> None:
        """Show another section."""
        self.opening = None
        self.stage.turn(section)
        self.name_keys()
        self.ask()

    def browse(self, place: int) -> None:
        """Show the board of an item without giving it the floor."""
        if 0 <= place < len(self.setup.agenda):
            self.turn(self.setup.agenda[place].section)

    def open_seller(self, seller: str) -> None:
        """Show a seller's page."""
        self._awaited = None
        self.seller_page.turn_to(seller, self.drawn())
        self.stage.enter(_SELLER)
        self.name_keys()
        self.ask()

    def _open_figure_of_seller(self, key: str) -> None:
        """Show the events of a figure of the seller's page.

        As long as its formula is still to come the cursor waits for it, if it stays there.
        """
        self.opening, self._awaited = None, key
        if (behind := self.seller_page.behind(key)) is not None:
            self._awaited = None
            self.open_figure(key, self._sellers_title(), behind)

    def open_bridge(self, seller: str | None) -> None:
        """Show the bridge of a seller, of the department for None."""
        self.bridge_page.turn_to(seller)
        self.stage.enter(_BRIDGE)
        self.name_keys()
        self.ask()

    def action_bridge(self) -> None:
        """The bridge of the seller under the cursor, else of the department; again, and back."""
        seen = self.stage.trail[-1]
        if seen == _BRIDGE:
            self.action_back()
        elif seen == _SELLER:
            self.open_bridge(self.seller_page.seller)
        else:
            kind, _, key = (self.stage.board.cursor or "").partition(":")
            self.open_bridge(key if kind == _SELLER else None)

    def action_trust(self) -> None:
        """What stands behind the line that says how far to trust the data of the board."""
        from cockpit.tui.pages.bridge import BridgePage
        from cockpit.tui.pages.story import StoryPage

        for board in (self.stage.board, self.stage.of(self.stage.trail[0])):
            report = board.given if isinstance(board, Section | BridgePage | StoryPage) else None
            if report is not None:
                self.open_figures(trusted(report, self.drawn().names))
                return

    def rooms(self) -> tuple[Room, ...]:
        """The rooms whose keys work now, from the innermost."""
        return (*self.stage.board.ROOMS, *self.ROOMS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What belongs to a page is not to be had where the page is not seen."""
        match action:
            case "seller":
                return "seller" in self.rooms()
            case "back":
                return "deeper" in self.rooms()
        return super().check_action(action, parameters)

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
        if self.stage.trail[-1] == _BRIDGE:
            walk = [None, *self._ranking]
            here = self.bridge_page.seller
            place = walk.index(here) if here in walk else 0
            self.bridge_page.turn_to(walk[(place + step) % len(walk)])
            return
        page = self.seller_page
        if page.seller in self._ranking:
            place = self._ranking.index(page.seller) + step
            self.open_seller(self._ranking[place % len(self._ranking)])

    def action_back(self) -> None:
        """One level up."""
        self._awaited = None
        seen = self.stage.trail[-1]
        left = (seen == _BRIDGE and self.bridge_page.leave()) or (
            seen == _EVENT and self.event_page.go_back()
        )
        if not left:
            self.stage.back()
        self.name_keys()
        self.ask()

    def _ask_for_seller(self, seller: str) -> None:
        """The three reports of a seller's page, with the explanations of its figures."""
        from cockpit.tui.pages.seller import PAY, REPORTS, wanted

        for name in REPORTS:
            asked = conversions(self.view) if name == "conversions" else month(self.view)
            self.follower.ask(
                Ask(f"{_SELLER}/{seller}/{name}", name, asked,
                    lambda report: wanted(seller, report))
            )  # fmt: skip
        self.ask_for_catching(seller)
        if self.may_see_pay(seller):
            self.follower.ask(
                Ask(f"{_SELLER}/{seller}/{PAY}", PAY, month(self.view, seller),
                    lambda report: wanted(seller, report))
            )  # fmt: skip

    def ask_for_catching(self, seller: str) -> None:
        """How a seller catches up, under what the page tries."""
        from cockpit.tui.pages import catching
        from cockpit.tui.pages.seller import wanted

        asked = self.seller_page.catch_up(month(self.view, seller))
        self.follower.ask(
            Ask(f"{_SELLER}/{seller}/{catching.NAME}", catching.NAME, asked,
                lambda report: wanted(seller, report))
        )  # fmt: skip

    def may_see_pay(self, seller: str | None = None) -> bool:
        """Of a seller or of all: never where others look on, before a seller only the own (trap
        T24).
        """
        return not self.view.share and self.asker in (None, seller)

    def _sellers_title(self) -> str:
        """Whose page a seller's page is."""
        seller = self.seller_page.seller
        return clean(self.drawn().names.get(seller, seller))
