"""The desk check before the meeting: what sags, and one key from there into the stand-up."""

from __future__ import annotations

from typing import ClassVar, Final

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical

from cockpit.render import heading
from cockpit.render.cells import clean
from cockpit.tui.actions import Room, bindings
from cockpit.tui.messages import Answered
from cockpit.tui.screens.correcting import CorrectingScreen
from cockpit.tui.screens.looking import DEEPER
from cockpit.tui.screens.standup import StandupScreen
from cockpit.tui.sections import made
from cockpit.tui.sections.base import nobody
from cockpit.tui.sections.desk import DeskSection, beside, owed
from cockpit.tui.setup import Setup
from cockpit.tui.sheet import Sheet
from cockpit.tui.widgets.banner import Banner, header
from cockpit.tui.widgets.board import Board, SideBoard
from cockpit.tui.widgets.stage import Makers, Stage
from cockpit.words import t
from projections.reports.desk_check import DeskCheck

_DESK: Final = "desk"

_BEHIND: Final[dict[str, str]] = {
    "volume": "activity",
    "activity": "activity",
    "conversion": "conversions",
    "burned": "conversions",
    "check": "plan_fact",
    "rest": "plan_fact",
}
"""The board that an indicator is seen on."""


class DeskScreen(CorrectingScreen):
    """Shows what sags; Enter opens the board behind a line, with the cursor on its seller."""

    ROOMS: ClassVar[tuple[Room, ...]] = ("desk", "figures", "stretch", "dials", "jump", "app")
    BINDINGS: ClassVar[list[BindingType]] = bindings("desk", "figures", "stretch", "dials", "jump")

    def __init__(self, setup: Setup) -> None:
        """See `AskingScreen`."""
        behind: Makers = dict.fromkeys(sorted(set(_BEHIND.values())), made)
        desk: Makers = {_DESK: lambda name: DeskSection(id=name)}
        super().__init__(setup, Stage({**desk, **behind, **DEEPER}, initial=_DESK, id="stage"))
        self.banner = Banner(id="banner")
        self.beside = SideBoard(id="beside")
        self._passed = ""
        self._check: tuple[DeskCheck, Answered] | None = None

    def compose(self) -> ComposeResult:
        """The banner, the lines with what else the day brings beside them, the line of keys."""
        yield self.banner
        with Vertical(), Container(id="middle"):
            yield self.stage
            yield self.beside
        yield self.keyline

    def on_mount(self) -> None:
        """The lines hear the keys."""
        self.stage.focus()

    def refreshed(self) -> None:
        """Say whose desk it is; without sellers, what to type."""
        self.draw_banner()
        if self.news is not None and not self.news.names:
            empty = (
                nobody()
                if self.news.settings
                else t("No department yet. Type:") + ("\n\n  cockpit init")
            )
            self.stage.board.draw(Sheet(title=t("Desk check"), empty=empty))

    def answered(self, message: Answered) -> None:
        """Yesterday's corrections and today's payments come with the lines."""
        super().answered(message)
        if isinstance(message.report, DeskCheck):
            self._passed = heading.passed(message.report.basis.bridge.basis.board)
            self.draw_banner()
            self._check = message.report, message
            self.on_resize()

    def on_resize(self) -> None:
        """Draw corrections and payments for the room there is."""
        if self._check is not None:
            report, message = self._check
            self.beside.draw(beside(report, self.named(message), *self.beside.size))

    def rename(self) -> None:
        """Also what stands beside the lines."""
        super().rename()
        self.on_resize()

    def draw_banner(self) -> None:
        """Whose desk it is, and which day and mode the figures are of."""
        super().draw_banner()
        settings = self.news.settings if self.news else None
        if settings is None:
            return
        self.banner.show(*header(clean(settings.name), t("desk check"), self.view, self._passed))

    @on(Board.Opened)
    def _open_line(self, message: Board.Opened) -> None:
        """A line leads to the board behind it, a payment to the papers of its invoice."""
        if message.board is self.beside:
            self._open_payment(message)
            return
        if message.board.id != _DESK:
            return
        message.prevent_default()
        factor = self._factor(message.key)
        seller = message.key.partition("|")[0]
        self.stage.enter(_BEHIND[factor])
        self.name_keys()
        self.ask()
        self.stage.board.point(f"seller:{seller}")

    def _open_payment(self, message: Board.Opened) -> None:
        """The events behind what is still open of an invoice."""
        message.prevent_default()
        if self._check is None:
            return
        report, answer = self._check
        opening = owed(report, message.key, self.named(answer))
        if opening is not None:
            self.open_figures(opening)

    def action_switch_focus(self) -> None:
        """The keys of rows are for the payments, or for what sags again."""
        if self.beside.display and self.beside.cursor is not None:
            self.set_focus(self.stage if self.beside.has_focus else self.beside)

    def rooms(self) -> tuple[Room, ...]:
        """Behind a line there is a way back."""
        found = super().rooms()
        deeper = len(self.stage.trail) > 1 and "deeper" not in found
        return ("deeper", *found) if deeper else found

    def name_keys(self) -> None:
        """What stands beside the lines gives way to what lies behind one of them."""
        super().name_keys()
        self.beside.display = len(self.stage.trail) == 1
        if not self.beside.display and self.beside.has_focus:
            self.stage.focus()

    def action_start(self) -> None:
        """Go over to the stand-up; the way out of it leads to the shell, so this worker is done.

        What a disk has not taken yet goes along.
        """
        self.follower.stop()
        past = self.view.dials if self.view.past else None
        standup = StandupScreen(replace(self.setup, share=self.view.share, past=past))
        standup.hand_over(self.unwritten)
        self.app.push_screen(standup)

    def _factor(self, key: str) -> str:
        """What kind of line a key is of."""
        board = self.stage.of(_DESK)
        assert isinstance(board, DeskSection)
        return board.factors.get(key, "rest")
