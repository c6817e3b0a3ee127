"""Who needs a training: a topic that came back and moved nothing (requirement row 15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import msgspec

STANDUPS: Final = 10
"""So many of the last stand-ups are looked at."""

TIMES: Final = 3
"""A topic agreed so often without effect is no matter for a stand-up any more."""


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """A topic agreed with a seller in a stand-up, and whether the metric has moved since."""

    seller: str
    topic: str
    standup: str
    day: dt.date
    moved: bool = False


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A seller is to be trained on a topic: how often it was agreed, and when for the last time."""

    seller: str
    topic: str
    times: int
    last: dt.date


def trainings_due(tried: Iterable[Tried], standups: Sequence[str]) -> tuple[Due, ...]:
    """The topics agreed three times in the last ten stand-ups of which none moved its metric.

    `standups` are the keys of the stand-ups held, oldest first. Most often agreed first.
    """
    lately = _last(standups)
    groups: dict[tuple[str, str], list[Tried]] = {}
    for each in tried:
        if each.standup in lately:
            groups.setdefault((each.seller, each.topic), []).append(each)
    found = [
        Due(seller=seller, topic=topic, times=len(some), last=max(each.day for each in some))
        for (seller, topic), some in groups.items()
        if len(some) >= TIMES and not any(each.moved for each in some)
    ]
    return tuple(sorted(found, key=lambda due: (-due.times, due.seller, due.topic)))


def _last(standups: Sequence[str]) -> Collection[str]:
    return set(standups[-STANDUPS:])
