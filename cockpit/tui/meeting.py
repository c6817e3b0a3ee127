"""The running stand-up (feature P7) as a plain fold over its events.

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


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """Where a stand-up stands.

    `spent` is talk time by item, pauses apart, over all visits, up to `counted`; the current
    item has gained the time since `counted` on top while the clock is `running`. `before` is what
    the current item had been given in earlier visits.
    """

    standup: str
    started: dt.datetime
    counted: dt.datetime
    item: str | None = None
    running: bool = True
    closed: bool = False
    before: dt.timedelta = _NOTHING
    spent: dict[str, dt.timedelta] = msgspec.field(default_factory=dict)
    boxes: dict[str, int] = msgspec.field(default_factory=dict)
    present: tuple[str, ...] = ()

    def on(self, item: str, now: dt.datetime) -> dt.timedelta:
        """Talk time an item has had until now."""
        ticking = self.running and item == self.item
        return self.spent.get(item, _NOTHING) + (self._since(now) if ticking else _NOTHING)

    def visit(self, now: dt.datetime) -> dt.timedelta:
        """Talk time of the current item since it got the floor the last time."""
        return self.on(self.item, now) - self.before if self.item else _NOTHING

    def whole(self, now: dt.datetime) -> dt.timedelta:
        """Talk time of the whole stand-up until now."""
        ticking = self.running and self.item is not None
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


def apply(meeting: Meeting | None, step: Step, at: dt.datetime) -> Meeting | None:
    """The stand-up after one more step. Steps of another stand-up change nothing."""
    if isinstance(step, StandupStarted):
        return Meeting(standup=step.standup, started=at, counted=at, present=step.present)
    if meeting is None or meeting.standup != step.standup or meeting.closed:
        return meeting
    counted = _count(meeting, at)
    match step:
        case ItemStarted():
            return msgspec.structs.replace(
                counted,
                item=step.item,
                before=counted.spent.get(step.item, _NOTHING),
                boxes=counted.boxes | {step.item: step.seconds},
            )
        case ItemEnded():
            item = None if step.item == counted.item else counted.item
            return msgspec.structs.replace(counted, item=item)
        case StandupPaused():
            return msgspec.structs.replace(counted, running=False)
        case StandupResumed():
            return msgspec.structs.replace(counted, running=True)
        case StandupClosed():
            return msgspec.structs.replace(counted, item=None, running=False, closed=True)


def _count(meeting: Meeting, at: dt.datetime) -> Meeting:
    """Write the time up to a moment to the account of the current item."""
    if meeting.item is None or not meeting.running:
        return msgspec.structs.replace(meeting, counted=at)
    spent = meeting.spent | {meeting.item: meeting.on(meeting.item, at)}
    return msgspec.structs.replace(meeting, counted=at, spent=spent)
