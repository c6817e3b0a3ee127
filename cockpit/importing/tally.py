"""The counts of an import while it runs."""

from __future__ import annotations

import datetime as dt
from bisect import insort
from collections.abc import Iterable
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from cockpit.importing.cells import Cell, text_of
from cockpit.importing.columns import BEFORE, line_of
from cockpit.importing.outcome import Reject
from cockpit.importing.rejects import Rejects
from cockpit.importing.unit import Unit
from events.vocabulary import PlanSet

_SHOWN: Final = 20
_EDGES: Final = frozenset(((12, 31), (1, 1)))


class Tally:
    """Rows read, left out and skipped, and the years the department needs a calendar for."""

    def __init__(self, rejects: Rejects, zone: str, now: dt.datetime) -> None:
        """`zone` is the department's: a year begins there at midnight.

        What lies after `now` is refused where it is written, so its year needs no calendar.
        """
        self._file = rejects
        self._zone = ZoneInfo(zone)
        self._last = now.astimezone(self._zone).year
        self.read = 0
        self.left_out = 0
        self.skipped = 0
        self.shown: list[Reject] = []
        self.years: set[int] = set()

    def skip(self, line: int, reason: str, cells: Iterable[Cell]) -> None:
        """A row that is broken; one without anything in it is just left out."""
        cells = list(cells)
        if cells and not any(map(text_of, cells)):
            self.left_out += 1
            return
        self.skipped += 1
        self._file.add(line, reason, cells)
        insort(self.shown, Reject(line, reason), key=lambda reject: reject.line)
        del self.shown[_SHOWN:]

    def refuse(self, unit: Unit, reason: str) -> None:
        """A row whose events the log refused."""
        self.skip(line_of(unit.row), reason, unit.row[BEFORE:])

    def note_years(self, units: Iterable[Unit]) -> None:
        """The years that events of some rows speak of."""
        facts = list(chain.from_iterable([unit.facts for unit in units]))
        plans = {fact.body.month for fact in facts if type(fact.body) is PlanSet}
        self.years.update(int(month[:4]) for month in plans)
        moments = [fact.occurred_at for fact in facts if type(fact.body) is not PlanSet]
        if not moments:
            return
        first, last = self._year(min(moments)), self._year(max(moments))
        years = {first, last} if last - first < 2 else set(map(self._year, moments))
        self.years.update(year for year in years if year <= self._last)

    def _year(self, moment: dt.datetime) -> int:
        """The year of a business day; only at its edges does the zone matter."""
        if (moment.month, moment.day) in _EDGES:
            return moment.astimezone(self._zone).year
        return moment.year
