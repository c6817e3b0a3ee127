"""What every room does with the two dials: turns them, and keeps the past read-only."""

from __future__ import annotations

from cockpit.tui import dials
from cockpit.tui.actions import key_of
from cockpit.tui.dials import Dial
from cockpit.tui.screens.choosing import ChoosingScreen
from cockpit.tui.setup import Setup
from cockpit.tui.view import View, now
from cockpit.tui.widgets.stage import Stage
from cockpit.words import t


class DiallingScreen(ChoosingScreen):
    """Knows which dial the keys move."""

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `AskingScreen`."""
        super().__init__(setup, stage)
        self.moving: Dial = "both"

    def draw_banner(self) -> None:
        """A room with a banner says on it of when its figures are."""

    def look(self, view: View) -> None:
        """Look at the figures in another way; the banner says at once of when they are."""
        super().look(view)
        self.draw_banner()

    def refuses(self) -> bool:
        """Whether nothing may be written from here, for a dial is not at "now"; says so then."""
        if not self.view.past:
            return False
        key = key_of("dials.now", self.setup.keymap)
        words = t("This is the past: nothing is logged from here. {key} goes back to now", key=key)
        self.notify(words, severity="warning", markup=False)
        return True

    def action_dial(self, step: int) -> None:
        """Move the dial that moves by a working day."""
        zone = self.zone
        if zone is not None:
            day = dials.next_day(dials.day_of(self.view, self.moving, zone), step)
            self.look(dials.turned(self.view, self.moving, day, zone))

    def action_switch_dial(self) -> None:
        """Another dial moves from now on."""
        self.moving = dials.following(self.moving)
        self.notify(t("What moves now: {dial}", dial=dials.called(self.moving)), markup=False)

    def action_now(self) -> None:
        """Both dials back to "now"."""
        self.look(now(self.view))
