"""Where repairs are checked before they go into the log."""

from __future__ import annotations

from typing import Final

import msgspec

from events.codec import CODEC
from events.envelope import Unknown
from events.errors import Invalid
from events.prepare import Prepared, body_of
from events.rules import corrected
from events.sqlite.engine import Connection
from events.sqlite.owners import subject
from events.sqlite.repairs import REPAIRS, Repair, repairs_of, voided
from events.vocabulary import EventCorrected, EventVoided

_TARGET: Final = "SELECT kind, version, client, seller, body FROM event WHERE id = ?"


class Target(msgspec.Struct, frozen=True):
    """The event a repair speaks of."""

    kind: str
    version: int
    client: str | None
    seller: str | None
    body: str


def repair_in(prepared: Prepared) -> EventCorrected | EventVoided | None:
    """The repair that is to be kept; None where it is something else."""
    body = body_of(prepared) if prepared.columns[1] in REPAIRS else None
    return body if isinstance(body, EventCorrected | EventVoided) else None


class Bench:
    """Checks the repairs of a batch against the log and against the batch so far."""

    def __init__(self, connection: Connection, upto: int) -> None:
        """`upto` is the head before the batch."""
        self._connection = connection
        self._upto = upto
        self._batch: dict[str, Target] = {}
        self._repairs: dict[str, list[Repair]] = {}

    def add(self, prepared: Prepared, seq: int) -> None:
        """Let later drafts of the batch speak of this one."""
        event_id, kind, version, *_, seller, client, _, text = prepared.columns
        self._batch[event_id] = Target(kind, version, client, seller, text)
        draft = repair_in(prepared)
        if draft is not None:
            self._repairs.setdefault(draft.target, []).append(
                Repair(seq, event_id, kind, draft.target)
            )

    def check(self, body: EventCorrected | EventVoided) -> str:
        """Whom the repaired event is about, as `subject` says it.

        Raises Invalid where the target is not there, is of another kind, is withdrawn already,
        or cannot hold the corrected values.
        """
        target = self._target(body.target)
        if target is None:
            raise Invalid("there is no event {id}; look its id up with explain", id=body.target)
        if target.kind != body.target_kind:
            raise Invalid(
                "event {id} is a {kind}, not a {named_kind}",
                id=body.target,
                kind=target.kind,
                named_kind=body.target_kind,
            )
        if isinstance(body, EventVoided):
            if self._is_voided(body.target):
                raise Invalid(
                    "event {id} is voided already; there is nothing to do", id=body.target
                )
        else:
            content = CODEC.decode(target.kind, target.version, target.body)
            if isinstance(content, Unknown):
                raise Invalid(
                    "event {id} was written by a newer program; update first", id=body.target
                )
            corrected(content, body.fields)
        return self._subject(target)

    def _target(self, event_id: str) -> Target | None:
        if event_id in self._batch:
            return self._batch[event_id]
        row = self._connection.execute(_TARGET, (event_id,)).fetchone()
        return Target(*row) if row is not None else None

    def _is_voided(self, event_id: str) -> bool:
        around = repairs_of(self._connection, [event_id], self._upto)
        wanted = [event_id, *(repair.id for repair in around)]
        while wanted:
            found = self._repairs.get(wanted.pop(), [])
            around += found
            wanted += [repair.id for repair in found]
        return event_id in voided(around)

    def _subject(self, target: Target) -> str:
        """Follows repairs of repairs down to the event that says whom it is about."""
        while target.client is None:
            body = CODEC.decode(target.kind, target.version, target.body)
            if not isinstance(body, EventCorrected | EventVoided):
                break
            below = self._target(body.target)
            if below is None:
                break
            target = below
        return subject(target.client, target.seller)
