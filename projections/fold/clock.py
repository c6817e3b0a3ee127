"""Business days and lateness, read from the ISO texts of the log at bulk speed."""

from __future__ import annotations

import datetime as dt
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from events.moments import in_utc

HOUR: Final = 3600
DAY: Final = 24 * HOUR
SPLIT: Final = 0
"""Stands for the day of an hour in which a day ends: every moment in it is looked at by itself."""


Hour: TypeAlias = tuple[int, int]
"""The business day of an hour, and the second since 1970 in which the hour began."""


class Clock:
    """The calendar of one time zone; what was found for an hour is remembered."""

    def __init__(self, zone: str) -> None:
        """`zone` is a name of the IANA database, as in `DepartmentOpened.zone`."""
        self.zone = zone
        self._zone = ZoneInfo(zone)
        self._hours: dict[str, Hour] = {}

    def day(self, moment: str) -> int:
        """The business day of an ISO moment with an offset, as an ordinal."""
        return self.hour(moment)[0] or self.split(moment)

    def hour(self, moment: str) -> Hour:
        """The day of a moment's hour, or `SPLIT`, and when that hour began."""
        return self._hours.get(moment[:13] + moment[-6:]) or self._learn(moment)

    def columns(self, moments: list[str]) -> tuple[list[int], list[int]]:
        """The business days of many moments, and when their hours began."""
        known, learn = self._hours.get, self._learn
        hours = [known(moment[:13] + moment[-6:]) or learn(moment) for moment in moments]
        days = [hour[0] for hour in hours]
        if SPLIT in days:
            days = [day or self.split(at) for day, at in zip(days, moments, strict=True)]
        return days, [hour[1] for hour in hours]

    def split(self, moment: str) -> int:
        """The business day of a moment in an hour in which a day ends."""
        return dt.datetime.fromisoformat(moment).astimezone(self._zone).toordinal()

    @staticmethod
    def late(occurred: str, recorded: str) -> bool:
        """Whether something was recorded more than 24 hours after it occurred.

        No clock on a wall is more than 14 hours ahead of UTC, in which `recorded` is.
        """
        if recorded <= occurred:
            return False
        passed = dt.datetime.fromisoformat(recorded) - dt.datetime.fromisoformat(occurred)
        return passed > dt.timedelta(days=1)

    def bounds(self, first: str, last: str) -> tuple[int, int]:
        """For events recorded between two moments: the hours up to which and from which on those
        that occurred in them are surely late and surely not, in seconds since 1970.
        """
        return self.hour(first)[1] - DAY - HOUR, self.hour(last)[1] - DAY + HOUR

    def midnight(self, day: int) -> str:
        """The last moment before a day begins, in UTC as the log writes moments."""
        start = dt.datetime.combine(dt.date.fromordinal(day), dt.time(), self._zone)
        return in_utc(start.astimezone(dt.UTC) - dt.timedelta(microseconds=1))

    def _learn(self, moment: str) -> Hour:
        first = dt.datetime.fromisoformat(moment).replace(minute=0, second=0, microsecond=0)
        last = first + dt.timedelta(hours=1, microseconds=-1)
        days = {at.astimezone(self._zone).toordinal() for at in (first, last)}
        found = (days.pop() if len(days) == 1 else SPLIT, int(first.timestamp()))
        # Only where the text ends in hours and minutes of an offset do its two ends name the hour.
        if moment[-6] in "+-":
            self._hours[moment[:13] + moment[-6:]] = found
        return found
