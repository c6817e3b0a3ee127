"""The counts of an import while it runs."""

from __future__ import annotations

import datetime as dt
from bisect import insort
from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from cockpit.importing.cells import Cell
from cockpit.importing.columns import BEFORE, line_of
from cockpit.importing.outcome import Reject
from cockpit.importing.rejects import Rejects
from cockpit.importing.unit import Unit
from events.vocabulary import PlanSet

_SHOWN: Final = 20
_EDGES: Final = frozenset(((12, 31), (1, 1)))


class Tally:
    """Rows read, left out and skipped, and the years the department needs a calendar for."""

    def __init__(self, rejects: Rejects, zone: str) -> None:
        """`zone` is the department's: a year begins there at midnight."""
        self._file = rejects
        self._zone = ZoneInfo(zone)
        self.read = 0
        self.left_out = 0
        self.skipped = 0
        self.shown: list[Reject] = []
        self.years: set[int] = set()

    def skip(self, line: int, reason: str, cells: Iterable[Cell]) -> None:
        """A row that is broken."""
        self.skipped += 1
        self._file.add(line, reason, cells)
        insort(self.shown, Reject(line, reason), key=lambda reject: reject.line)
        del self.shown[_SHOWN:]

    def refuse(self, unit: Unit, reason: str) -> None:
        """A row whose events the log refused."""
        self.skip(line_of(unit.row), reason, unit.row[BEFORE:])

    def note_years(self, unit: Unit) -> None:
        """The years a row's events speak of."""
        for fact in unit.facts:
            self.years.add(
                int(fact.body.month[:4])
                if isinstance(fact.body, PlanSet)
                else self._year(fact.occurred_at)
            )

    def _year(self, moment: dt.datetime) -> int:
        """The year of a business day; only at its edges does the zone matter."""
        if (moment.month, moment.day) in _EDGES:
            return moment.astimezone(self._zone).year
        return moment.year
