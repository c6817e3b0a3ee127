"""Corrections and tasks as the facts about them leave them (feature P8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from events.vocabulary import (
    CorrectionAgreed,
    CorrectionReviewed,
    SellerLeft,
    TaskDone,
    TaskSet,
)
from events.vocabulary.fact import Fact
from events.vocabulary.meetings import ReviewVerdict
from projections.source import Version

CORRECTION_KINDS: Final[tuple[type[Fact], ...]] = (
    CorrectionAgreed,
    CorrectionReviewed,
    TaskSet,
    TaskDone,
    SellerLeft,
)
"""Tasks are among them, for both are numbered in one row; who leaves has nothing more to do."""

AT_MOST_OPEN: Final = 3
"""So many corrections a seller may have open at once: who has more works on none."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to a correction; `event` is the id under which the log reveals its note."""

    event: str
    seq: int
    day: dt.date
    verdict: ReviewVerdict
    until: dt.date | None = None


class CorrectionState(msgspec.Struct, frozen=True, kw_only=True):
    """A correction with what became of it.

    `until` is the day it is due, as moved last; `promised` the day first agreed. The action in
    words is personal: the log reveals it under the id `event`. `number` counts the seller's
    corrections and tasks from 1 in the order of the log. `reviews` are in order. `left` is the
    last working day of a seller who went before answering for it: that closes it.
    """

    correction: str
    seller: str
    metric: str
    before: str
    target: str
    until: dt.date
    promised: dt.date
    topic: str | None = None
    standup: str | None = None
    agreed: dt.date
    seq: int
    event: str
    number: int
    reviews: tuple[Review, ...] = ()
    left: dt.date | None = None

    @property
    def answer(self) -> Review | None:
        """The last word on it; None while nobody has spoken."""
        return self.reviews[-1] if self.reviews else None

    @property
    def settled(self) -> bool:
        """Whether it is answered for: done or not done, and not only moved to a later day."""
        return self.answer is not None and self.answer.verdict != "moved"

    @property
    def open(self) -> bool:
        """Whether it still waits to be done: not answered for, by a seller who is here."""
        return not self.settled and self.left is None

    def overdue(self, day: dt.date) -> bool:
        """Whether it is open past the day it was due."""
        return self.open and self.until < day

    @property
    def in_time(self) -> bool:
        """Whether it was done by the day first agreed."""
        answer = self.answer
        return answer is not None and answer.verdict == "done" and answer.day <= self.promised


class TaskState(msgspec.Struct, frozen=True, kw_only=True):
    """A task; its words are personal and revealed under the id `event`. `done` is the day."""

    task: str
    seller: str
    due: dt.date
    event: str
    number: int
    client: str | None = None
    done: dt.date | None = None


def corrections(facts: Iterable[Version]) -> dict[str, CorrectionState]:
    """Every correction by its key, in the order of the log, from `CORRECTION_KINDS`.

    What is open is so at the dials the facts were read with. An answer to a correction that is
    not there is passed over; a key agreed on again begins anew under its old number.
    """
    found: dict[str, CorrectionState] = {}
    for number, version in _numbered(facts):
        body = version.body
        if isinstance(body, CorrectionAgreed):
            found[body.correction] = _agreed(version, body, number)
        elif isinstance(body, CorrectionReviewed) and body.correction in found:
            found[body.correction] = _reviewed(found[body.correction], version, body)
        elif isinstance(body, SellerLeft):
            closed = [key for key, it in found.items() if it.seller == body.seller and it.open]
            for key in closed:
                found[key] = msgspec.structs.replace(found[key], left=version.day)
    return found


def tasks(facts: Iterable[Version]) -> dict[str, TaskState]:
    """Every task by its key, in the order of the log, from the same facts."""
    found: dict[str, TaskState] = {}
    for number, version in _numbered(facts):
        body = version.body
        if isinstance(body, TaskSet):
            found[body.task] = TaskState(
                task=body.task,
                seller=body.seller,
                due=body.due,
                event=version.id,
                number=number,
                client=body.client,
            )
        elif isinstance(body, TaskDone) and body.task in found:
            found[body.task] = msgspec.structs.replace(found[body.task], done=version.day)
    return found


def open_of(states: Iterable[CorrectionState], seller: str) -> tuple[CorrectionState, ...]:
    """A seller's open corrections, those due first in front."""
    mine = (state for state in states if state.seller == seller and state.open)
    return tuple(sorted(mine, key=lambda state: (state.until, state.seq)))


def _numbered(facts: Iterable[Version]) -> Iterator[tuple[int, Version]]:
    """Facts in the order of the log with the number of what they set, 0 for answers to it."""
    numbers: dict[str, dict[str, int]] = {}
    for version in sorted(facts, key=lambda version: version.seq):
        match version.body:
            case CorrectionAgreed(correction=key, seller=seller):
                mine = numbers.setdefault(seller, {})
                yield mine.setdefault(f"correction {key}", len(mine) + 1), version
            case TaskSet(task=key, seller=seller):
                mine = numbers.setdefault(seller, {})
                yield mine.setdefault(f"task {key}", len(mine) + 1), version
            case _:
                yield 0, version


def _agreed(version: Version, body: CorrectionAgreed, number: int) -> CorrectionState:
    return CorrectionState(
        correction=body.correction,
        seller=body.seller,
        metric=body.metric,
        before=body.before,
        target=body.target,
        until=body.until,
        promised=body.until,
        topic=body.topic,
        standup=body.standup,
        agreed=version.day,
        seq=version.seq,
        event=version.id,
        number=number,
    )


def _reviewed(
    state: CorrectionState, version: Version, body: CorrectionReviewed
) -> CorrectionState:
    review = Review(
        event=version.id,
        seq=version.seq,
        day=version.day,
        verdict=body.verdict,
        until=body.until,
    )
    until = body.until if body.verdict == "moved" and body.until else state.until
    return msgspec.structs.replace(state, until=until, reviews=(*state.reviews, review))
