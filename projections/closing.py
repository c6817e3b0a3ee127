"""Months that were closed: at which position of the log, with which totals (feature P9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from events.vocabulary import MonthClosed
from projections.period import month_of
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


def sheet_of(day: dt.date, seq: int, closed: Mapping[str, Closing]) -> str:
    """The month whose pay sheet a fact is in: its own, or the next that was open when it came
    (trap T15). `day` is its business day, `seq` its place in the log.
    """
    month = month_of(day)
    while (closing := closed.get(f"{month.first:%Y-%m}")) is not None and closing.position < seq:
        month = month_of(month.last + dt.timedelta(days=1))
    return f"{month.first:%Y-%m}"
