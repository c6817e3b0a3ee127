"""What a norm can be compared with or taken from: own best and the sector (rows 113, 131)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import repeat
from typing import Final

import msgspec

from events.vocabulary.plans import BenchmarkEntered, Direction
from projections.calendars import Calendars
from projections.counts import Counts, Part
from projections.people import Person
from projections.period import Period, month_of, week_of
from projections.source import Version

BACK: Final = dt.timedelta(weeks=12)
"""How far back the best days of a team are looked for."""

_FIFTHS: Final = 5
_FEWEST: Final = 2
_NOBODY: Final = Person()

Bests = Mapping[tuple[str, str, Part], Fraction]
"""By seller, activity and part."""


class Benchmark(msgspec.Struct, frozen=True):
    """A reference from outside: how many, of which stretch, and where that is from."""

    count: int
    per: str
    origin: str


def before(last: dt.date) -> Period:
    """The twelve weeks that end with a day."""
    return Period(last - BACK + dt.timedelta(days=1), last)


def bests(done: Counts, sellers: Iterable[str], calendars: Calendars, weeks: Period) -> Bests:
    """The 80th percentile of the daily counts of each seller's team and role.

    Every day that somebody of the team worked counts, one on which nothing was done as zero, from
    the first day on that anything was done. The percentile is the inclusive one, linear between
    two counts: a fifth of the days had more. None where there are fewer than two days.
    """
    days = [day for parts in done.values() for by_day in parts.values() for day in by_day]
    if not days:
        return {}
    seen = Period(min(days), weeks.last)
    groups: dict[tuple[str | None, str | None], list[str]] = {}
    for seller in sorted(calendars.people):
        groups.setdefault(_group(calendars, seller, weeks.last), []).append(seller)
    worked = {
        seller: calendars.working_dates(seller, seen.first, seen.last)
        for seller in calendars.people
    }
    known: dict[tuple[tuple[str | None, str | None], str, Part], Fraction | None] = {}
    found: dict[tuple[str, str, Part], Fraction] = {}
    wanted = {(activity, part) for (_, activity), parts in done.items() for part in parts}
    for seller in sellers:
        group = _group(calendars, seller, weeks.last)
        for activity, part in wanted:
            key = (group, activity, part)
            if key not in known:
                daily = [
                    count
                    for one in groups.get(group, ())
                    for count in _daily(done.get((one, activity), {}).get(part), worked[one])
                ]
                known[key] = percentile(daily)
            best = known[key]
            if best:
                found[seller, activity, part] = best
    return found


def _daily(by_day: Mapping[dt.date, int] | None, worked: Sequence[dt.date]) -> Iterable[int]:
    """What was done on each day worked, none where nothing was."""
    return map(by_day.get, worked, repeat(0)) if by_day else repeat(0, len(worked))


def peers(calendars: Calendars, seller: str, day: dt.date) -> tuple[str, ...]:
    """Whom a seller is compared with: everybody of the same team and role, the seller too."""
    own = _group(calendars, seller, day)
    return tuple(one for one in sorted(calendars.people) if _group(calendars, one, day) == own)


def percentile(daily: Sequence[int]) -> Fraction | None:
    """The 80th percentile, exact; None of fewer than two numbers.

    Of numbers times five the cut between fifths is a whole one, so no float can round it.
    """
    from statistics import quantiles

    if len(daily) < _FEWEST:
        return None
    cut = quantiles([_FIFTHS * count for count in daily], n=_FIFTHS, method="inclusive")[-1]
    return Fraction(int(cut), _FIFTHS)


class Benchmarks:
    """The latest benchmark of each activity, as a whole or in one direction."""

    def __init__(self, facts: Iterable[Version]) -> None:
        """`facts` in the order of the log; other kinds than benchmarks are passed over."""
        self._found: dict[tuple[str, Direction | None], Benchmark] = {}
        for version in facts:
            body = version.body
            if isinstance(body, BenchmarkEntered):
                benchmark = Benchmark(body.count, body.per, body.origin)
                self._found[body.activity, body.direction] = benchmark

    def activities(self) -> set[str]:
        """The activities that have one."""
        return {activity for activity, _ in self._found}

    def of(self, activity: str, part: Part) -> Benchmark | None:
        """What the sector does of an activity or of one direction of it; books are not told."""
        book, direction = part
        return None if book is not None else self._found.get((activity, direction))

    def per_day(
        self, calendars: Calendars, seller: str, day: dt.date, activity: str, part: Part
    ) -> Fraction | None:
        """A benchmark of a week or month is spread over the seller's working days in it."""
        benchmark = self.of(activity, part)
        if benchmark is None:
            return None
        return spread(benchmark.count, benchmark.per, calendars, seller, day)


def spread(
    count: int, per: str, calendars: Calendars, seller: str, day: dt.date
) -> Fraction | None:
    """What a count of a day, a week or a month makes for one working day of it."""
    if count <= 0:
        return None
    if per == "day":
        return Fraction(count)
    stretch = week_of(day) if per == "week" else month_of(day)
    days = calendars.working_days(seller, stretch.first, stretch.last)
    return Fraction(count, days) if days else None


def _group(calendars: Calendars, seller: str, day: dt.date) -> tuple[str | None, str | None]:
    """Whom a seller is compared with: the same team and the same role."""
    person = calendars.people.get(seller, _NOBODY)
    return person.team(day), person.role(day)
