"""What was written from the screen, so that it can be taken back and brought back.

Nothing is deleted: taking back appends a void of every event of the last deed, bringing back a
void of those voids. What belongs together is told by the events themselves, so that another
terminal, or this one after a lost connection, takes back the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from cockpit.words import t
from events.envelope import Draft, Event, Unknown, new_id
from events.vocabulary import (
    CardFilled,
    CaseDiscussed,
    CorrectionAgreed,
    CorrectionReviewed,
    EventVoided,
    MicroTrainingHeld,
    TaskDone,
    TaskSet,
    name_of,
)
from events.vocabulary.fact import Fact
from projections.meeting import STEPS

SOURCE: Final = "screen"
"""The source of what was written from the screen; the external id is the deed and a number."""

KINDS: Final[tuple[type[Fact], ...]] = (
    CardFilled,
    CaseDiscussed,
    CorrectionAgreed,
    CorrectionReviewed,
    MicroTrainingHeld,
    TaskDone,
    TaskSet,
)
"""What is looked for in the log; other kinds can be taken back where they were written."""


class _Kept(msgspec.Struct, frozen=True):
    """An event of a deed, or a void of one."""

    id: str
    deed: str
    body: Fact


class Turned(msgspec.Struct, frozen=True):
    """A deed that was taken or brought back: the drafts that do it, and what it was."""

    drafts: tuple[Draft, ...]
    bodies: tuple[Fact, ...]


class Deeds:
    """The deeds of this day, in order."""

    def __init__(self, actor: str, now: Callable[[], dt.datetime]) -> None:
        """`now` gives moments with an offset."""
        self._actor = actor
        self._now = now
        self._log: dict[str, _Kept] = {}
        self._own: dict[str, _Kept] = {}

    def adopt(self, events: Iterable[Event]) -> None:
        """Take the deeds the log has; own ones among them need not be kept any longer."""
        self._log = {}
        for event in events:
            body = event.body
            if event.source != SOURCE or isinstance(body, Unknown):
                continue
            self._log[event.id] = _Kept(event.id, _deed(event.external_id), body)
            self._own.pop(event.id, None)

    def stamp(self, drafts: Sequence[Draft]) -> list[Draft]:
        """The drafts of one deed, marked as such and remembered; steps of the clock are none."""
        deed = new_id()
        return [
            draft if isinstance(draft.body, STEPS) else self._mark(draft, deed, place)
            for place, draft in enumerate(drafts)
        ]

    def drop(self, drafts: Sequence[Draft]) -> None:
        """Forget drafts that the log has refused for good."""
        for draft in drafts:
            self._own.pop(draft.id, None)

    def corrected(self) -> set[str]:
        """The sellers with whom a correction was agreed here that stands."""
        gone = self._gone()
        return {
            kept.body.seller
            for kept in self._made()
            if isinstance(kept.body, CorrectionAgreed) and kept.id not in gone
        }

    def undo(self) -> Turned | None:
        """Take the last deed back that stands; None where none does."""
        gone = self._gone()
        standing = [kept for kept in self._made() if kept.id not in gone]
        if not standing:
            return None
        last = max(kept.deed for kept in standing)
        return self._void([kept for kept in standing if kept.deed == last])

    def redo(self) -> Turned | None:
        """Bring the deed back that was taken back last; None where nothing was since."""
        gone, made = self._gone(), self._made()
        written = max((kept.deed for kept in made), default="")
        since = {kept.body.target: kept for kept in self._all()
                 if isinstance(kept.body, EventVoided)
                 and kept.id not in gone and kept.deed > written}  # fmt: skip
        taken = [kept for kept in made if kept.id in since]
        if not taken:
            return None
        first = min(kept.deed for kept in taken)
        voids = [since[kept.id] for kept in taken if kept.deed == first]
        turned = self._void(voids)
        return Turned(turned.drafts, tuple(kept.body for kept in taken if kept.deed == first))

    def _mark(self, draft: Draft, deed: str, place: int) -> Draft:
        marked = msgspec.structs.replace(draft, source=SOURCE, external_id=f"{deed}/{place}")
        self._own[marked.id] = _Kept(marked.id, deed, marked.body)
        return marked

    def _void(self, kept: Sequence[_Kept]) -> Turned:
        """Void events, the last first."""
        at, reason = self._now(), t("taken back on the screen")
        drafts = [
            Draft(body=_voiding(each, reason), occurred_at=at, actor=self._actor)
            for each in reversed(kept)
        ]
        return Turned(tuple(self.stamp(drafts)), tuple(each.body for each in kept))

    def _all(self) -> list[_Kept]:
        """Everything, in the order it was written."""
        return [*self._log.values(), *self._own.values()]

    def _made(self) -> list[_Kept]:
        """Everything but voids."""
        return [kept for kept in self._all() if not isinstance(kept.body, EventVoided)]

    def _gone(self) -> set[str]:
        """The ids of what is taken back; a void that is itself taken back counts not."""
        gone: set[str] = set()
        for kept in reversed(self._all()):
            if isinstance(kept.body, EventVoided) and kept.id not in gone:
                gone.add(kept.body.target)
        return gone


def _deed(external_id: str | None) -> str:
    """The deed an event belongs to."""
    return (external_id or "").partition("/")[0]


def _voiding(kept: _Kept, reason: str) -> EventVoided:
    """The void of an event, with the keys of its subject."""
    body = kept.body
    return EventVoided(
        target=kept.id,
        target_kind=name_of(type(body)),
        reason=reason,
        seller=getattr(body, "seller", None),
        client=getattr(body, "client", None),
        deal=getattr(body, "deal", None),
    )
