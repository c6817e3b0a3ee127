"""Where and when a demo plays: its country, its days, and the moment it stops."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from cockpit.calendar_source import calendar_of
from cockpit.demo.dice import Dice
from cockpit.demo.nations import NATIONS, Nation
from cockpit.demo.spec import Spec
from events.vocabulary import CalendarSet

HEAD = "head"
"""Who leads the department, until the log gets the nation's word for it."""

MORNING = 9 * 60
AHEAD = dt.timedelta(days=75)


class Setting(msgspec.Struct, frozen=True):
    """What every part of the story needs to know.

    `months` are those from the first to the one of today, as `2026-04`. `opened` is the last
    working day before the first of them, `days` are the department's working days from then until
    well past today, so that work under way on the last day has a future.
    """

    spec: Spec
    nation: Nation
    zone: ZoneInfo
    now: dt.datetime
    opened: dt.date
    calendars: tuple[CalendarSet, ...]
    days: tuple[dt.date, ...]
    months: tuple[str, ...]

    @property
    def worked(self) -> tuple[dt.date, ...]:
        """Working days of the story that are over: after the opening, before today."""
        return self.days[1 : bisect_left(self.days, self.spec.today)]

    def dice(self, *names: object) -> Dice:
        """Chance for one purpose of this story."""
        return Dice(self.spec.seed, self.spec.today, *names)

    def at(self, day: dt.date, minute: float) -> dt.datetime:
        """So many minutes after midnight of a day, with the offset the zone has at noon."""
        noon = dt.datetime(day.year, day.month, day.day, 12, tzinfo=self.zone)
        offset = dt.timezone(noon.utcoffset() or dt.timedelta())
        return dt.datetime(day.year, day.month, day.day, tzinfo=offset) + dt.timedelta(
            minutes=minute
        )

    def days_of(self, month: str) -> tuple[dt.date, ...]:
        """The department's working days of a month."""
        first = dt.date.fromisoformat(f"{month}-01")
        begin = bisect_left(self.days, first, lo=1)
        return self.days[begin : bisect_left(self.days, next_month(first), lo=1)]

    def step(self, day: dt.date, count: int) -> dt.date:
        """The working day so many working days after (before) a day, within the known ones.

        From a day off zero steps lead to the next working day.
        """
        return walk(self.days, day, count)


def walk(days: Sequence[dt.date], day: dt.date, count: int) -> dt.date:
    """So many places along sorted days from the first that is not before `day`; stops at ends."""
    return days[min(max(bisect_left(days, day) + count, 0), len(days) - 1)]


def last_upto(days: Sequence[dt.date], day: dt.date) -> dt.date:
    """The last of sorted days that is not after `day`, or the very first."""
    return days[max(bisect_right(days, day) - 1, 0)]


def next_month(day: dt.date) -> dt.date:
    """The first of the month after."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def months_back(day: dt.date, count: int) -> dt.date:
    """The first of the month so many months before."""
    index = day.year * 12 + day.month - 1 - count
    return dt.date(index // 12, index % 12 + 1, 1)


def setting_of(spec: Spec) -> Setting:
    """Lay out the calendar of a story."""
    nation = NATIONS[spec.language]
    zone = ZoneInfo(nation.zone)
    first = months_back(spec.today, spec.months)
    begin, end = first - dt.timedelta(days=21), spec.today + AHEAD
    calendars = tuple(calendar_of(nation.country, y) for y in range(begin.year, end.year + 1))
    working = _working_days(begin, end, calendars)
    opened = working[bisect_left(working, first) - 1]
    return Setting(
        spec=spec,
        nation=nation,
        zone=zone,
        now=dt.datetime.combine(spec.today, dt.time(MORNING // 60), zone),
        opened=opened,
        calendars=calendars,
        days=tuple(day for day in working if day >= opened),
        months=tuple(
            f"{months_back(spec.today, count):%Y-%m}" for count in range(spec.months, -1, -1)
        ),
    )


def _working_days(
    begin: dt.date, end: dt.date, calendars: Sequence[CalendarSet]
) -> tuple[dt.date, ...]:
    off = {day for each in calendars for day in each.days_off}
    moved = {day for each in calendars for day in each.workdays}
    span = (begin + dt.timedelta(days=n) for n in range((end - begin).days + 1))
    return tuple(day for day in span if day in moved or (day.weekday() < 5 and day not in off))
