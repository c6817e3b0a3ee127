"""Months that were closed: at which position of the log, with which totals (feature P9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from events.vocabulary import MonthClosed
from projections.source import Version


class Closing(msgspec.Struct, frozen=True, kw_only=True):
    """The close of a month (`2026-10`); everything up to `position` was known then.

    `link` is the chain's at that position, `day` the business day of the close, `seq` and `id`
    are those of the event that says so. `totals` are in minor units by name.
    """

    month: str
    position: int
    link: str
    day: dt.date
    seq: int
    id: str
    totals: dict[str, int]


def closings(facts: Iterable[Version]) -> dict[str, Closing]:
    """The closes that hold, by month; of several of one month the first, for it is what was paid
    by. `facts` are in the order of the log.
    """
    found: dict[str, Closing] = {}
    for version in facts:
        body = version.body
        if isinstance(body, MonthClosed):
            found.setdefault(
                body.month,
                Closing(
                    month=body.month,
                    position=body.position,
                    link=body.link,
                    day=version.day,
                    seq=version.seq,
                    id=version.id,
                    totals=body.totals,
                ),
            )
    return found
