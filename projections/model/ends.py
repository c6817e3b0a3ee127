"""When the last event of each business day occurred, or ever was said to have occurred."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from projections.fold.clock import HOUR

Ends: TypeAlias = dict[int, int]
"""By business day, in microseconds since 1970."""

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND: Final = dt.timedelta(microseconds=1)


def microseconds(moment: dt.datetime) -> int:
    """A moment with an offset as a number."""
    return (moment - _EPOCH) // _MICROSECOND


def end_of(occurred_at: str) -> int:
    """The moment of a text of the log as a number."""
    return microseconds(dt.datetime.fromisoformat(occurred_at))


def note(ends: Ends, occurred: Sequence[str], days: Sequence[int], starts: Sequence[int]) -> None:
    """Note events by their moments, with the days and the hours they occurred in."""
    # Hours of different offsets may begin half an hour apart.
    last = {day: start - HOUR for day, start in sorted({*zip(days, starts, strict=True)})}
    close = [
        (day, at)
        for at, day, start in zip(occurred, days, starts, strict=True)
        if start > last[day]
    ]
    for day, at in close:
        put(ends, day, end_of(at))


def put(ends: Ends, day: int, end: int) -> None:
    """Note that something occurred at a moment of a day."""
    known = ends.get(day)
    if known is None or known < end:
        ends[day] = end


def joined(ends: Mapping[int, int], more: Mapping[int, int]) -> Ends:
    """The later ones of both."""
    found = {**ends}
    for day, end in more.items():
        put(found, day, end)
    return found
