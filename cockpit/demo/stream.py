"""The story as batches of drafts, each with the moment the log is to record it at."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

import msgspec

from cockpit.demo.calls import Shift, calls_of, shifts_of
from cockpit.demo.dice import uuid7
from cockpit.demo.entry import Entry
from cockpit.demo.setting import HEAD, Setting, setting_of
from cockpit.demo.spec import Spec
from cockpit.demo.story import story_of
from cockpit.errors import Refused
from cockpit.words import t
from events.envelope import Draft
from events.vocabulary import MonthClosed

BATCH = 5_000


class Record(msgspec.Struct, frozen=True):
    """A draft and the moment, with an offset, at which it was written down."""

    at: dt.datetime
    draft: Draft


def generate(spec: Spec) -> Iterator[list[Record]]:
    """Everything a department wrote down, in order, some thousands at a time.

    The close of a month begins a batch, since it is about the log that all before it lies in.

    Only the sales are held in memory, which grow with sellers and months; calls, which grow with
    `events`, are made day by day. Raises Refused where `events` is less than the sales need.
    """
    setting = setting_of(spec)
    story = story_of(setting)
    wanted = None
    if spec.events is not None:
        wanted = spec.events - len(story.entries)
        if wanted < 0:
            raise Refused(
                t(
                    "so many sellers and months make at least {least} events, not {count}",
                    least=len(story.entries),
                    count=spec.events,
                )
            )
    shifts = shifts_of(setting, story.people, wanted)
    entries = _by_days(setting, story.entries, shifts)
    batch: list[Record] = []
    chance = setting.dice("ids").share
    for entry in entries:
        if len(batch) == BATCH or (batch and isinstance(entry.body, MonthClosed)):
            yield batch
            batch = []
        batch.append(_record(entry, setting.nation.head, chance(), chance()))
    if batch:
        yield batch


def _by_days(setting: Setting, story: Sequence[Entry], shifts: Sequence[Shift]) -> Iterator[Entry]:
    """The story and the calls in the order they were written down; late calls wait their day."""
    told, late = 0, list[Entry]()
    for day, group in groupby(shifts, key=lambda shift: shift.day):
        end = min(setting.at(day + dt.timedelta(days=1), 0), setting.now)
        until = bisect_left(story, end, lo=told, key=_recorded)
        calls = [call for shift in group for call in calls_of(setting, shift)]
        ready = sorted(chain(story[told:until], late, calls), key=_recorded)
        now = bisect_left(ready, end, key=_recorded)
        yield from ready[:now]
        told, late = until, ready[now:]
    yield from story[told:]


def _recorded(entry: Entry) -> dt.datetime:
    return entry.recorded


def _record(entry: Entry, head: str, share: float, other: float) -> Record:
    name = entry.id or uuid7(int(entry.recorded.timestamp() * 1000), share, other)
    actor = head if entry.actor == HEAD else entry.actor
    return Record(
        entry.recorded,
        Draft(body=entry.body, occurred_at=entry.occurred, actor=actor, id=name),
    )
