"""A stand-up (feature P7) as a plain fold over its events.

The clock is nowhere but in the events: whoever folds them again, after a broken connection or in
a second terminal, stands at the same item and the same second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from events.vocabulary import (
    ItemEnded,
    ItemStarted,
    StandupClosed,
    StandupPaused,
    StandupResumed,
    StandupStarted,
)

Step: TypeAlias = (
    StandupStarted | ItemStarted | ItemEnded | StandupPaused | StandupResumed | StandupClosed
)
STEPS = (StandupStarted, ItemStarted, ItemEnded, StandupPaused, StandupResumed, StandupClosed)

_NOTHING = dt.timedelta()


class Place(msgspec.Struct, frozen=True):
    """Who can have the floor: an item, or in one that goes seller by seller the turn of a seller.

    Without a seller it is the head who speaks.
    """

    item: str
    seller: str | None = None


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """Where a stand-up stands.

    `spent` is talk time by place, pauses apart, over all visits, up to `counted`; the current
    place has gained the time since `counted` on top while the clock is `running`. `before` is
    what it had been given in earlier visits. `boxes` are the seconds given to each place, in the
    order they first had the floor, and `reached` the moments of that. `ended` and `uncorrected`
    are what closing it said.
    """

    standup: str
    started: dt.datetime
    counted: dt.datetime
    place: Place | None = None
    running: bool = True
    closed: bool = False
    before: dt.timedelta = _NOTHING
    spent: dict[Place, dt.timedelta] = msgspec.field(default_factory=dict)
    boxes: dict[Place, int] = msgspec.field(default_factory=dict)
    reached: dict[str, dt.datetime] = msgspec.field(default_factory=dict)
    present: tuple[str, ...] = ()
    ended: dt.datetime | None = None
    uncorrected: tuple[str, ...] = ()

    @property
    def item(self) -> str | None:
        """The item that has the floor."""
        return self.place.item if self.place else None

    @property
    def seller(self) -> str | None:
        """The seller whose turn it is."""
        return self.place.seller if self.place else None

    def had(self, item: str) -> tuple[str, ...]:
        """The sellers who had a turn in an item, in the order of their first one."""
        return tuple(each.seller for each in self.boxes if each.item == item and each.seller)

    def turn(self, place: Place, now: dt.datetime) -> dt.timedelta:
        """Talk time a place has had until now."""
        ticking = self.running and place == self.place
        return self.spent.get(place, _NOTHING) + (self._since(now) if ticking else _NOTHING)

    def on(self, item: str, now: dt.datetime) -> dt.timedelta:
        """Talk time an item has had until now, with the turns of sellers in it."""
        places = {*(each for each in self.spent if each.item == item)}
        if self.place and self.place.item == item:
            places.add(self.place)
        return sum((self.turn(place, now) for place in places), _NOTHING)

    def visit(self, now: dt.datetime) -> dt.timedelta:
        """Talk time of the current place since it got the floor the last time."""
        return self.turn(self.place, now) - self.before if self.place else _NOTHING

    def whole(self, now: dt.datetime) -> dt.timedelta:
        """Talk time of the whole stand-up until now."""
        ticking = self.running and self.place is not None
        return sum(self.spent.values(), self._since(now) if ticking else _NOTHING)

    def _since(self, now: dt.datetime) -> dt.timedelta:
        """What has passed since the last step; the clocks of two terminals may differ a little."""
        return max(now - self.counted, _NOTHING)


def fold(steps: Iterable[tuple[Step, dt.datetime]]) -> Meeting | None:
    """The stand-up these steps and their moments make; None before it has started."""
    meeting: Meeting | None = None
    for step, at in steps:
        meeting = apply(meeting, step, at)
    return meeting


def meetings(steps: Iterable[tuple[Step, dt.datetime]]) -> dict[str, Meeting]:
    """Every stand-up in steps of several, by its key, in the order they began."""
    found: dict[str, Meeting] = {}
    for step, at in steps:
        after = apply(found.get(step.standup), step, at)
        if after is not None:
            found[step.standup] = after
    return found


def apply(meeting: Meeting | None, step: Step, at: dt.datetime) -> Meeting | None:
    """The stand-up after one more step. Steps of another stand-up change nothing."""
    if isinstance(step, StandupStarted):
        return Meeting(standup=step.standup, started=at, counted=at, present=step.present)
    if meeting is None or meeting.standup != step.standup or meeting.closed:
        return meeting
    counted = _count(meeting, at)
    match step:
        case ItemStarted():
            return _given(counted, step, at)
        case ItemEnded():
            over = Place(step.item, step.seller) == counted.place
            return msgspec.structs.replace(counted, place=None if over else counted.place)
        case StandupPaused():
            return msgspec.structs.replace(counted, running=False)
        case StandupResumed():
            return msgspec.structs.replace(counted, running=True)
        case StandupClosed():
            return msgspec.structs.replace(
                counted, place=None, running=False, closed=True, ended=at,
                uncorrected=step.uncorrected,
            )  # fmt: skip


def _given(meeting: Meeting, step: ItemStarted, at: dt.datetime) -> Meeting:
    """The floor is given to a place."""
    place = Place(step.item, step.seller)
    return msgspec.structs.replace(
        meeting,
        place=place,
        before=meeting.spent.get(place, _NOTHING),
        boxes=meeting.boxes | {place: step.seconds},
        reached=meeting.reached | {step.item: meeting.reached.get(step.item, at)},
    )


def _count(meeting: Meeting, at: dt.datetime) -> Meeting:
    """Write the time up to a moment to the account of the current place."""
    if meeting.place is None or not meeting.running:
        return msgspec.structs.replace(meeting, counted=at)
    spent = meeting.spent | {meeting.place: meeting.turn(meeting.place, at)}
    return msgspec.structs.replace(meeting, counted=at, spent=spent)
