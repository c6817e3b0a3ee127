"""Pages: runs of events that were recorded on one day, the grain of "known at".

Where they end follows from the log alone, whatever the portions it is folded in: at the end of
every day of recording, and after `SIZE` events.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from events.log import Log
from projections.fold.clock import Clock

SIZE: Final = 2048
"""Events a page holds at most: the most that is folded on top for a moment inside a day."""


class Page(msgspec.Struct, frozen=True):
    """The events from `first` to `last`, recorded on `day` (an ordinal)."""

    page: int
    day: int
    first: int
    last: int


def extended(log: Log, clock: Clock, last: Page | None, upto: int) -> list[Page]:
    """The pages up to a position that are new or longer than before."""
    pages: list[Page] = []
    seq = last.last if last is not None else 0
    while seq < upto:
        day = max(_day(log, clock, seq + 1), last.day if last is not None else 0)
        end = max(min(upto, log.known_upto(clock.midnight(day + 1))), seq + 1)
        if last is not None and last.day == day and last.last - last.first + 1 < SIZE:
            last = Page(last.page, day, last.first, min(end, last.first + SIZE - 1))
        else:
            number = last.page + 1 if last is not None else 1
            last = Page(number, day, seq + 1, min(end, seq + SIZE))
        pages.append(last)
        seq = last.last
    return pages


def page_at(pages: Sequence[Page], seq: int) -> int:
    """The number of the page a position lies in, of pages in order."""
    low, high = 0, len(pages) - 1
    while low < high:
        middle = (low + high) // 2
        if pages[middle].last < seq:
            low = middle + 1
        else:
            high = middle
    return pages[low].page


def _day(log: Log, clock: Clock, seq: int) -> int:
    return clock.day(next(iter(log.pick([seq]))).recorded[0])
