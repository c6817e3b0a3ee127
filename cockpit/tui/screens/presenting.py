"""Presentation mode: the board alone with a large clock, for a wall or a video call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cockpit.render.cells import clean
from cockpit.tui.actions import Room, key_of
from cockpit.tui.screens.meeting import MeetingScreen
from cockpit.tui.sections import name
from cockpit.tui.setup import Setup
from cockpit.tui.widgets.banner import Banner
from cockpit.tui.widgets.clock import Reading
from cockpit.tui.widgets.stage import Stage
from cockpit.words import t

if TYPE_CHECKING:
    from cockpit.tui.widgets.bigclock import BigClock

PRESENTING: Final = "-presenting"
"""The class of a stand-up without agenda, line of keys and, unless it is on the past, banner."""


class PresentingScreen(MeetingScreen):
    """Draws the veils of share mode over what it presents, and lifts them again if they were up."""

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `AskingScreen`."""
        super().__init__(setup, stage)
        self.banner = Banner(id="banner")
        self.presenting = False
        self._veiled_before = False
        self._big: BigClock | None = None

    def action_present(self) -> None:
        """Present, or go back to how it was before."""
        self.presenting = not self.presenting
        if self.presenting:
            self._veiled_before = self.view.share
            self._raise_clock()
        self.set_class(self.presenting, PRESENTING)
        self.veil(share=self.presenting or self._veiled_before)
        self.tick()
        if self.presenting:
            key = key_of("view.present", self.setup.keymap)
            self.notify(t("Others may look on now; {key} ends it", key=key), markup=False)

    def action_back(self) -> None:
        """One level up; from the top of a presentation out of it."""
        if self.presenting and len(self.stage.trail) == 1:
            self.action_present()
        else:
            super().action_back()

    def rooms(self) -> tuple[Room, ...]:
        """From a presentation there is a way back."""
        found = super().rooms()
        return ("deeper", *found) if self.presenting and "deeper" not in found else found

    def draw_banner(self) -> None:
        """A presentation has none, unless it is one of the past."""
        super().draw_banner()
        self.banner.display = self.view.past or not self.presenting

    def show_clock(self, reading: Reading) -> None:
        """Show it at the side, and large where it is presented."""
        super().show_clock(reading)
        if self._big is None or not self.presenting:
            return
        item, meeting = self.conductor.current(), self.conductor.meeting
        seller = meeting.seller if meeting else None
        names = self.drawn().names
        self._big.show(
            reading,
            name(item.id) if item else "",
            clean(names.get(seller, seller)) if seller else "",
        )

    def _raise_clock(self) -> None:
        """Have the large clock above the board; it is made when it is first needed."""
        if self._big is None:
            from cockpit.tui.widgets.bigclock import BigClock

            self._big = BigClock(id="big")
            self.mount(self._big, after=self.banner)
