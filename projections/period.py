"""A stretch of business days that a report speaks of."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Final

import msgspec

_PAST_ANY_MONTH = dt.timedelta(days=31)


date_of: Final = cache(dt.date.fromordinal)
"""The date of an ordinal; the same object each time, for thousands of facts are of one day."""


class Period(msgspec.Struct, frozen=True):
    """From `first` to `last`, both included."""

    first: dt.date
    last: dt.date

    @property
    def month(self) -> str | None:
        """`2026-04` where the period is exactly that calendar month."""
        whole = month_of(self.first)
        return f"{self.first:%Y-%m}" if whole == self else None


def month_of(day: dt.date) -> Period:
    """The calendar month a day lies in."""
    first = day.replace(day=1)
    following = (first + _PAST_ANY_MONTH).replace(day=1)
    return Period(first, following - dt.timedelta(days=1))


def week_of(day: dt.date) -> Period:
    """The week a day lies in, Monday to Sunday."""
    monday = day - dt.timedelta(days=day.weekday())
    return Period(monday, monday + dt.timedelta(days=6))


def day_of(day: dt.date) -> Period:
    """A single day."""
    return Period(day, day)


def months_in(period: Period) -> tuple[Period, ...]:
    """The whole calendar months a period touches, in order; none where it ends before it begins."""
    months: list[Period] = []
    day = period.first
    while day <= period.last:
        months.append(month_of(day))
        day = months[-1].last + dt.timedelta(days=1)
    return tuple(months)
