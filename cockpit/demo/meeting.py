"""The clock of one stand-up."""

from __future__ import annotations

import datetime as dt

from cockpit.demo.dice import Dice
from cockpit.demo.entry import Entry, soon
from cockpit.demo.setting import HEAD, Setting
from events.vocabulary import Fact

BEGIN = 9 * 60 + 8


class Meeting:
    """The words of one stand-up in their order, each some seconds after the one before."""

    def __init__(self, setting: Setting, day: dt.date, dice: Dice) -> None:
        """It begins a little after nine."""
        self.key = f"{day:%Y-%m-%d}"
        self._now = setting.at(day, BEGIN + dice.share() * 6)
        self.began = self._now

    def say(self, body: Fact, seconds: float = 0) -> Entry:
        """The next word, so many seconds later."""
        self._now += dt.timedelta(seconds=seconds)
        return soon(self._now, HEAD, body, seconds=0)

    @property
    def length(self) -> int:
        """Seconds since the beginning."""
        return round((self._now - self.began).total_seconds())
