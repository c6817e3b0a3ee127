"""Norms over a seller's working days in order, with what they add up to day by day.

Plans and norms seldom change from one moment of a month to the next, so what was added up for
one of them serves the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache

from events.vocabulary.plans import NormSet
from projections.calendars import Calendars
from projections.chain import Chain
from projections.counts import WHOLE, Part
from projections.latest import Latest
from projections.linear import total
from projections.norms import Judged, Norm
from projections.plans import Plans
from projections.reports.activity.rows import Run
from projections.windows.activity import ActivityWindow


class Due:
    """The norms of the first working days; what stands at place n is that of n days.

    `per_day` has the norm of each day, `last` the last norm among so many days, `runs` all of them
    with equal ones of a month counted together.
    """

    def __init__(self) -> None:
        """Of no day yet."""
        self.per_day: list[Fraction | None] = []
        self.last: list[Norm | None] = [None]
        self.runs: list[tuple[Run, ...]] = [()]
        self._sums: dict[int, Fraction] = {}

    def add(self, day: dt.date, norm: Norm | None) -> None:
        """The next working day; a norm that was taken away is none."""
        per_day = None if norm is None else norm.per_day
        self.per_day.append(per_day)
        if norm is None or per_day is None:
            self.last.append(self.last[-1])
            self.runs.append(self.runs[-1])
            return
        self.last.append(norm)
        self.runs.append(_longer(self.runs[-1], _month(day), norm))

    def sum(self, days: int) -> Fraction:
        """What the norms of so many days add up to."""
        found = self._sums.get(days)
        if found is None:
            due = [run.days * (run.norm.per_day or 0) for run in self.runs[days]]
            found = self._sums[days] = total(due)
        return found


Dues = dict[tuple[str | None, str, Part, dt.date], Due]
"""By seller, activity, part and the first day of the stretch."""


def dues(window: ActivityWindow) -> Dues:
    """What was added up so far from the very norms of a window."""
    norms = window.norms
    return _dues(norms.by_hand, window.calendars, window.plans, window.chains, norms.judged)


def due_of(
    window: ActivityWindow,
    held: Dues,
    seller: str | None,
    activity: str,
    part: Part,
    worked: Sequence[dt.date],
) -> Due:
    """The norms of at least the days worked, which begin with the stretch."""
    if seller is None or not window.norms.judges(activity, part):
        # What is without a norm on every day is the same for all.
        seller, activity, part = None, "", WHOLE
    key = (seller, activity, part, window.stretch.first)
    due = held.get(key)
    if due is None:
        due = held[key] = Due()
    for day in worked[len(due.per_day) :]:
        due.add(day, None if seller is None else window.norms.on(seller, day, activity, part))
    return due


@Latest
def _dues(
    _by_hand: tuple[NormSet, ...],
    _calendars: Calendars,
    _plans: Plans,
    _chains: Mapping[tuple[str, str], Chain],
    _judged: Judged,
) -> Dues:
    return {}


def _longer(runs: tuple[Run, ...], month: str, norm: Norm) -> tuple[Run, ...]:
    last = runs[-1] if runs else None
    if last is None or last.month != month or not (last.norm is norm or last.norm == norm):
        return (*runs, Run(month, norm, 1))
    return (*runs[:-1], Run(month, norm, last.days + 1))


@cache
def _month(day: dt.date) -> str:
    return f"{day:%Y-%m}"
