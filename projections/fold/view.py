"""The two dials as the fold needs them: days, a day seen in part, and a position."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

from events.log import Log
from events.moments import in_utc
from projections.question import Dials


class View(msgspec.Struct, frozen=True):
    """Everything up to the day `last` is seen whole; of the day `edge` what was before `moment`.

    Days are ordinals; without a moment `edge` is 0. `upto` is the last position known.
    """

    last: int
    edge: int
    moment: dt.datetime | None
    upto: int

    def sees(self, day: int, occurred_at: str) -> bool:
        """Whether something that occurred then has occurred yet."""
        if day <= self.last:
            return True
        if self.moment is None or day != self.edge:
            return False
        return dt.datetime.fromisoformat(occurred_at) <= self.moment


def view(dials: Dials, log: Log, zone: str, head: int) -> View:
    """The dials against a log of which `head` positions are looked at."""
    upto = head
    if dials.known_at is not None:
        upto = min(head, log.known_upto(in_utc(dials.known_at)))
    if dials.position is not None:
        upto = min(upto, dials.position)
    if not isinstance(dials.as_of, dt.datetime):
        return View(dials.as_of.toordinal(), 0, None, upto)
    edge = dials.as_of.astimezone(ZoneInfo(zone)).toordinal()
    return View(edge - 1, edge, dials.as_of, upto)
