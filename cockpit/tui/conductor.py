"""Runs the stand-up of one screen: turns what the head does into steps for the log.

A step counts at once; the log confirms it later. Until then it is kept here, so that neither a
slow disk nor another terminal's steps between can lose it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from cockpit.config import Turns
from cockpit.tui.agenda import Item, find, neighbour
from events.envelope import Draft, Event, new_id
from events.vocabulary import (
    ItemEnded,
    ItemStarted,
    StandupClosed,
    StandupPaused,
    StandupResumed,
    StandupStarted,
)
from projections.meeting import STEPS, Meeting, Place, Step, fold

_TURNS: Final = Turns()

_APART: Final = dt.timedelta(minutes=1)
"""So far the clocks of two terminals may be apart."""

HANG_UP: Final = "hang-up"
"""The source of a pause that nobody asked for: the terminal went away."""


class Conductor:
    """The stand-up as the log and this screen know it, and the drafts that carry it on."""

    def __init__(
        self,
        agenda: Sequence[Item],
        actor: str,
        now: Callable[[], dt.datetime],
        turns: Turns = _TURNS,
    ) -> None:
        """`now` gives moments with an offset, `turns` the boxes of sellers.

        `quiet` items have nothing to say; `order` are the sellers who get a turn where an item
        goes seller by seller, None as long as they are not known.
        """
        self.agenda = agenda
        self.turns = turns
        self.quiet: frozenset[str] = frozenset()
        self.order: tuple[str, ...] | None = None
        self.meeting: Meeting | None = None
        self._actor = actor
        self._now = now
        self._kept: list[Event] = []
        self._own: dict[str, Draft] = {}
        self._owed: tuple[Place | None, int] = (None, 0)

    @property
    def on(self) -> bool:
        """Whether a stand-up is going on, paused or not."""
        return self.meeting is not None and not self.meeting.closed

    @property
    def collapsed(self) -> frozenset[str]:
        """The quiet items that have not had the floor all the same: they are passed over."""
        return self.quiet - self.meeting.reached.keys() if self.meeting else self.quiet

    def adopt(self, events: Sequence[Event]) -> None:
        """Take the steps the log has; own ones among them need not be kept any longer."""
        self._kept = [event for event in events if isinstance(event.body, STEPS)]
        for event in self._kept:
            self._own.pop(event.id, None)
        self._fold()

    @property
    def going_in_log(self) -> bool:
        """Whether the log has a stand-up that goes on, own steps apart."""
        found = fold(_steps(self._kept))
        return found is not None and not found.closed

    def renounce(self, drafts: Sequence[Draft]) -> None:
        """Take back steps that were not handed to the log."""
        for draft in drafts:
            self._own.pop(draft.id, None)
        self._fold()

    def open(self, present: Sequence[str]) -> list[Draft]:
        """Begin a stand-up, or go on with the one that is open.

        A pause that only the loss of the terminal caused ends here. A clock that was left running
        later in the day than it is now would stand still till then, so it begins anew.
        """
        meeting = self.meeting
        if meeting is None or meeting.closed:
            return self._begin(present)
        if self._kept and self._kept[-1].source == HANG_UP:
            return self.pause()
        if meeting.running and meeting.counted > self._now() + _APART:
            name = meeting.standup
            return self._keep([StandupPaused(standup=name), StandupResumed(standup=name)])
        return []

    def go(self, place: int) -> list[Draft]:
        """Give the floor to the item at a place of the agenda, counted from 0."""
        item = self.agenda[place] if 0 <= place < len(self.agenda) else None
        return self._turn(Place(item.id) if item else None)

    def step(self, step: int) -> list[Draft]:
        """Give the floor to the next or the previous turn, and past those to the next item."""
        return self._turn(self._turn_in_item(step) or self._item_beside(step))

    def waits(self, step: int) -> bool:
        """Whether a step has to wait for the `order`, for nobody's turn may be passed over: then
        it is owed. A step back takes back one that waits.
        """
        item = self.current()
        if self.order is not None or self.meeting is None or item is None or not item.turns:
            return False
        place, steps = self._owed
        steps = step + (steps if place == self.meeting.place else 0)
        if steps >= 0:
            self._owed = self.meeting.place, steps
        return steps >= 0

    def owed(self) -> int:
        """How many steps waited here; they are handed out once, and forgotten elsewhere."""
        (place, steps), self._owed = self._owed, (None, 0)
        return steps if self.meeting is not None and self.meeting.place == place else 0

    def give(self, seller: str | None) -> list[Draft]:
        """Give the floor to a seller in an item that goes seller by seller; None is the head."""
        item = self.current()
        return self._turn(Place(item.id, seller)) if item and item.turns else []

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

    def close(self, uncorrected: Sequence[str] = ()) -> list[Draft]:
        """End the current item and the stand-up; `uncorrected` leave without a correction."""
        if self.meeting is None or self.meeting.closed:
            return []
        whole = int(self.meeting.whole(self._now()).total_seconds())
        closed = StandupClosed(
            standup=self.meeting.standup, seconds=whole, uncorrected=tuple(uncorrected)
        )
        return self._keep([*self._end(), closed])

    def current(self) -> Item | None:
        """The item that has the floor."""
        item = self.meeting.item if self.meeting else None
        return find(self.agenda, item) if item else None

    def box(self, place: Place) -> int:
        """The seconds a place is given."""
        if place.seller is not None:
            return self.turns.seller
        item = find(self.agenda, place.item)
        return item.seconds if item else 0

    def _begin(self, present: Sequence[str]) -> list[Draft]:
        """The first steps of a new stand-up."""
        name, first = new_id(), Place(self.agenda[0].id)
        return self._keep([
            StandupStarted(standup=name, present=tuple(present)),
            ItemStarted(standup=name, item=first.item, seconds=self.box(first)),
        ])  # fmt: skip

    def _item_beside(self, step: int) -> Place | None:
        """The next or the previous item that is not collapsed."""
        item = self.meeting.item if self.meeting else None
        beside = neighbour(self.agenda, item or "", step, self.collapsed)
        return Place(beside.id) if beside else None

    def _turn_in_item(self, step: int) -> Place | None:
        """Within an item that goes seller by seller: the turn beside the current one.

        Onwards the head speaks between two sellers, if there is a slot for it; back there is no
        such slot. None where the item is over, or goes in one piece.
        """
        item = self.current()
        if self.meeting is None or item is None or not item.turns:
            return None
        had, seller = self.meeting.had(item.id), self.meeting.seller
        if step > 0:
            if seller is not None and self.turns.head:
                return Place(item.id)
            following = next((each for each in self.order or () if each not in had), None)
        else:
            before = had if seller is None else had[: had.index(seller)]
            following = before[-1] if before else None
        return Place(item.id, following) if following else None

    def _turn(self, place: Place | None) -> list[Draft]:
        """From the current place to another one."""
        if place is None or self.meeting is None or self.meeting.closed:
            return []
        if place == self.meeting.place:
            return []
        start = ItemStarted(
            standup=self.meeting.standup,
            item=place.item,
            seconds=self.box(place),
            seller=place.seller,
        )
        return self._keep([*self._end(), start])

    def _end(self) -> list[Step]:
        """The current place gives the floor back."""
        if self.meeting is None or self.meeting.place is None:
            return []
        place, spent = self.meeting.place, self.meeting.visit(self._now())
        return [
            ItemEnded(
                standup=self.meeting.standup,
                item=place.item,
                seconds=int(spent.total_seconds()),
                seller=place.seller,
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
        own = [(each.body, each.occurred_at) for each in self._own.values()]
        self.meeting = fold(
            [*_steps(self._kept), *((body, at) for body, at in own if isinstance(body, STEPS))]
        )


def _steps(events: Sequence[Event]) -> list[tuple[Step, dt.datetime]]:
    """The steps of the log with their moments."""
    return [(event.body, event.occurred) for event in events if isinstance(event.body, STEPS)]
