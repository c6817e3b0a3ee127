"""Runs the stand-up of one screen: turns what the head does into steps for the log.

A step counts at once; the log confirms it later. Until then it is kept here, so that neither a
slow disk nor another terminal's steps between can lose it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from cockpit.tui.agenda import Item, find, neighbour
from cockpit.tui.meeting import STEPS, Meeting, Step, fold
from events.envelope import Draft, Event, new_id
from events.vocabulary import (
    ItemEnded,
    ItemStarted,
    StandupClosed,
    StandupPaused,
    StandupResumed,
    StandupStarted,
)

HANG_UP: Final = "hang-up"
"""The source of a pause that nobody asked for: the terminal went away."""


class Conductor:
    """The stand-up as the log and this screen know it, and the drafts that carry it on."""

    def __init__(self, agenda: Sequence[Item], actor: str, now: Callable[[], dt.datetime]) -> None:
        """`now` gives moments with an offset."""
        self.agenda = agenda
        self.meeting: Meeting | None = None
        self._actor = actor
        self._now = now
        self._kept: list[Event] = []
        self._own: dict[str, Draft] = {}

    @property
    def on(self) -> bool:
        """Whether a stand-up is going on, paused or not."""
        return self.meeting is not None and not self.meeting.closed

    def adopt(self, events: Sequence[Event]) -> None:
        """Take the steps the log has; own ones among them need not be kept any longer."""
        self._kept = [event for event in events if isinstance(event.body, STEPS)]
        for event in self._kept:
            self._own.pop(event.id, None)
        self._fold()

    def open(self, present: Sequence[str]) -> list[Draft]:
        """Begin a stand-up, or go on with the one that is open.

        A pause that only the loss of the terminal caused ends here.
        """
        if not self.on:
            return self._begin(present)
        if self._kept and self._kept[-1].source == HANG_UP:
            return self.pause()
        return []

    def go(self, place: int) -> list[Draft]:
        """Give the floor to the item at a place of the agenda, counted from 0."""
        return self._turn(self.agenda[place] if 0 <= place < len(self.agenda) else None)

    def step(self, step: int) -> list[Draft]:
        """Give the floor to the next or the previous item."""
        item = self.meeting.item if self.meeting else None
        return self._turn(neighbour(self.agenda, item or "", step))

    def pause(self) -> list[Draft]:
        """Stop the clock, or let it run on."""
        if self.meeting is None or self.meeting.closed:
            return []
        name = self.meeting.standup
        return self._keep(
            [StandupPaused(standup=name) if self.meeting.running else StandupResumed(standup=name)]
        )

    def hang_up(self) -> list[Draft]:
        """Stop the clock because the terminal is gone."""
        if self.meeting is None or self.meeting.closed or not self.meeting.running:
            return []
        return self._keep([StandupPaused(standup=self.meeting.standup)], source=HANG_UP)

    def close(self) -> list[Draft]:
        """End the current item and the stand-up."""
        if self.meeting is None or self.meeting.closed:
            return []
        whole = int(self.meeting.whole(self._now()).total_seconds())
        return self._keep(
            [*self._end(), StandupClosed(standup=self.meeting.standup, seconds=whole)]
        )

    def _begin(self, present: Sequence[str]) -> list[Draft]:
        """The first steps of a new stand-up."""
        name, first = new_id(), self.agenda[0]
        return self._keep([
            StandupStarted(standup=name, present=tuple(present)),
            ItemStarted(standup=name, item=first.id, seconds=first.seconds),
        ])  # fmt: skip

    def _turn(self, item: Item | None) -> list[Draft]:
        """From the current item to another one."""
        if item is None or self.meeting is None or self.meeting.closed:
            return []
        if item.id == self.meeting.item:
            return []
        start = ItemStarted(standup=self.meeting.standup, item=item.id, seconds=item.seconds)
        return self._keep([*self._end(), start])

    def _end(self) -> list[Step]:
        """The current item gives the floor back."""
        if self.meeting is None or self.meeting.item is None:
            return []
        spent = self.meeting.visit(self._now())
        return [
            ItemEnded(
                standup=self.meeting.standup,
                item=self.meeting.item,
                seconds=int(spent.total_seconds()),
            )
        ]

    def _keep(self, steps: Sequence[Step], source: str = "cockpit") -> list[Draft]:
        """Count the steps from now on and hand them out as drafts."""
        at = self._now()
        drafts = [
            Draft(body=step, occurred_at=at, actor=self._actor, source=source) for step in steps
        ]
        self._own |= {draft.id: draft for draft in drafts}
        self._fold()
        return drafts

    def _fold(self) -> None:
        """The stand-up anew, from the log's steps and then from own ones."""
        steps = [(event.body, event.occurred) for event in self._kept]
        steps += [(draft.body, draft.occurred_at) for draft in self._own.values()]
        self.meeting = fold((body, at) for body, at in steps if isinstance(body, STEPS))

    def current(self) -> Item | None:
        """The item that has the floor."""
        item = self.meeting.item if self.meeting else None
        return find(self.agenda, item) if item else None
