"""What every room does with the two dials: turns them, and keeps the past read-only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from cockpit import formats
from cockpit.errors import Refused
from cockpit.tui import dials
from cockpit.tui.actions import key_of
from cockpit.tui.dials import Dial
from cockpit.tui.screens.choosing import ChoosingScreen
from cockpit.tui.setup import Setup
from cockpit.tui.view import View, now
from cockpit.tui.widgets.stage import Stage
from cockpit.words import t

PAST: Final = "-past"
"""The class of a room whose figures are of the past."""


class DiallingScreen(ChoosingScreen):
    """Knows which dial the keys move."""

    def __init__(self, setup: Setup, stage: Stage) -> None:
        """See `AskingScreen`."""
        super().__init__(setup, stage)
        self.moving: Dial = "both"

    def draw_banner(self) -> None:
        """What frames a room is tinted in the past; a banner says of when its figures are."""
        self.set_class(self.view.past, PAST)

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

    def action_ask_day(self) -> None:
        """Ask for a day and go there."""
        from cockpit.tui.screens.form import Field, Form

        hint = t("like {day}, yesterday or a weekday", day=formats.day(self.view.today))
        form = Form(t("Go to a day"), [Field("day", t("day"), hint=hint)],
                    self._check_day, keymap=self.setup.keymap)  # fmt: skip
        self.app.push_screen(form, self._hear_day)

    def wrong(self, day: dt.date) -> str:
        """Why a day cannot be gone to; "" where it can."""
        return t("that day is still to come") if day > self.view.today else ""

    def go_to(self, day: dt.date) -> None:
        """Turn the dial that moves to a day."""
        if self.zone is not None:
            self.look(dials.turned(self.view, self.moving, day, self.zone))

    def _check_day(self, values: Mapping[str, str]) -> Mapping[str, str]:
        """What is wrong with the day that was typed."""
        try:
            wrong = self.wrong(self._day(values))
        except Refused as refused:
            wrong = str(refused)
        return {"day": wrong} if wrong else {}

    def _hear_day(self, values: Mapping[str, str] | None) -> None:
        """Go there, unless the form was left."""
        if values is not None:
            self.go_to(self._day(values))

    def _day(self, values: Mapping[str, str]) -> dt.date:
        """The day a text says. Raises Refused for one that says none."""
        from cockpit.entry import moments

        return moments.parse_day(values["day"], self.view.today)

    def action_switch_dial(self) -> None:
        """Another dial moves from now on."""
        self.moving = dials.following(self.moving)
        self.notify(t("What moves now: {dial}", dial=dials.called(self.moving)), markup=False)

    def action_now(self) -> None:
        """Both dials back to "now"."""
        self.look(now(self.view))
