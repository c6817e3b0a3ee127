"""Working days of the department, its teams and its sellers (features § Conventions, row 4)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from events.vocabulary import name_of
from events.vocabulary.people import AbsenceSet, CalendarSet
from projections.latest import Latest
from projections.people import PEOPLE_KINDS, people
from projections.period import Period, month_of, months_in
from projections.source import Version

CALENDAR_KINDS = (CalendarSet, AbsenceSet, *PEOPLE_KINDS)
PEOPLE = tuple(name_of(kind) for kind in CALENDAR_KINDS)
"""The names of those kinds: what a number of working days follows from."""

FRIDAY = 4

Days = tuple[dt.date, ...]


class _Held:
    """What was read of some facts, and the working days found from it so far."""

    def __init__(self, facts: Sequence[Version]) -> None:
        self.people = people(facts)
        self.years: dict[tuple[str | None, str | None, int], dict[dt.date, bool]] = {}
        self.absences: dict[str, list[Period]] = {}
        self.months: dict[tuple[str | None, str | None, dt.date], Days] = {}
        self.stretches: dict[tuple[str | None, str | None, dt.date, dt.date], Days] = {}
        for version in facts:
            body = version.body
            if isinstance(body, CalendarSet):
                team = None if body.seller else body.team
                exceptions = dict.fromkeys(body.days_off, False)
                exceptions.update(dict.fromkeys(body.workdays, True))
                self.years[body.seller, team, body.year] = exceptions
            elif isinstance(body, AbsenceSet):
                away = Period(body.first, body.last)
                self.absences.setdefault(body.seller, []).append(away)


_read = Latest(_Held)


class Calendars:
    """Which days count as worked, and how many of them lie in a stretch.

    A day is worked from Monday to Friday unless the department's calendar of that year says
    otherwise; a team's and then a seller's calendar add their exceptions to it, and the
    narrower one decides. Of two calendars of one scope and year the later recorded one holds.
    A seller works on no day of absence, before being hired or after leaving; of a key that was
    never hired nothing is known, so it keeps the department's days.
    """

    def __init__(self, facts: Iterable[Version]) -> None:
        """`facts` are of `CALENDAR_KINDS`, in the order of the log, as seen through the dials."""
        self._held = _read(tuple(facts))
        self.people = self._held.people

    def __eq__(self, other: object) -> bool:
        """Calendars of equal facts are equal."""
        return isinstance(other, Calendars) and self._held == other._held

    def __hash__(self) -> int:
        """As `object` has it for the one reading that equal facts share."""
        return hash(self._held)

    def is_working(self, seller: str | None, day: dt.date, *, team: str | None = None) -> bool:
        """Whether a seller works on that day; without one, the team, or else the department."""
        month = self._month(seller, team, day.replace(day=1))
        place = bisect_left(month, day)
        return place < len(month) and month[place] == day

    def working_dates(
        self, seller: str | None, first: dt.date, last: dt.date, *, team: str | None = None
    ) -> tuple[dt.date, ...]:
        """The days worked from `first` to `last`, both included."""
        key = (seller, team, first, last)
        found = self._held.stretches.get(key)
        if found is None:
            found = self._held.stretches[key] = tuple(
                day
                for month in months_in(Period(first, last))
                for day in self._month(seller, team, month.first)
                if first <= day <= last
            )
        return found

    def working_days(
        self, seller: str | None, first: dt.date, last: dt.date, *, team: str | None = None
    ) -> int:
        """How many days are worked from `first` to `last`; 0 where `last` lies before `first`."""
        count = 0
        for month in months_in(Period(first, last)):
            days = self._month(seller, team, month.first)
            count += bisect_right(days, last) - bisect_left(days, first)
        return count

    def absences(self, seller: str, period: Period) -> tuple[tuple[dt.date, dt.date], ...]:
        """A seller's absences as far as they lie in the period, in order."""
        return tuple(
            sorted(
                {
                    (max(away.first, period.first), min(away.last, period.last))
                    for away in self._held.absences.get(seller, ())
                    if away.first <= period.last and away.last >= period.first
                }
            )
        )

    def away(self, day: dt.date) -> set[str]:
        """The sellers with an absence on a day."""
        return {
            seller
            for seller, absences in self._held.absences.items()
            if any(away.first <= day <= away.last for away in absences)
        }

    def missing(self, period: Period) -> tuple[int, ...]:
        """The years of a period for which the department has no calendar."""
        years = range(period.first.year, period.last.year + 1)
        return tuple(year for year in years if (None, None, year) not in self._held.years)

    def _month(self, seller: str | None, team: str | None, first: dt.date) -> tuple[dt.date, ...]:
        key = (seller, team, first)
        found = self._held.months.get(key)
        if found is None:
            last = month_of(first).last
            days = (first.replace(day=number) for number in range(1, last.day + 1))
            found = tuple(day for day in days if self._works(seller, team, day))
            self._held.months[key] = found
        return found

    def _works(self, seller: str | None, team: str | None, day: dt.date) -> bool:
        if seller is not None:
            person = self.people.get(seller)
            if person is not None and not person.employed(day):
                return False
            if any(away.first <= day <= away.last for away in self._held.absences.get(seller, ())):
                return False
            team = person.team(day) if person is not None else None
        # A missing seller or team repeats the department's scope, which must come last.
        narrow = [(seller, None)] if seller is not None else []
        middle = [(None, team)] if team is not None else []
        for scope in (*narrow, *middle, (None, None)):
            said = self._held.years.get((*scope, day.year), {}).get(day)
            if said is not None:
                return said
        return day.weekday() <= FRIDAY
