"""Corrections and withdrawals: which event they speak of, and whether they still hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from events.codec import CODEC
from events.envelope import Unknown
from events.errors import Invalid
from events.prepare import Prepared
from events.rules import corrected
from events.sqlite.engine import Connection
from events.vocabulary import EventCorrected, EventVoided

_TARGET: Final = "SELECT kind, version, client, seller, body FROM event WHERE id = ?"
_REPAIRS: Final = """
SELECT seq, id, kind, json_extract(body, '$.target') FROM event INDEXED BY repair_by_target
WHERE kind IN ('event_corrected', 'event_voided')
  AND json_extract(body, '$.target') IN (SELECT value FROM json_each(?))
  AND seq <= ?
"""
_VOIDS: Final = """
SELECT seq, id, kind, json_extract(body, '$.target') FROM event
WHERE kind = 'event_voided' AND seq <= ?
"""


class Target(msgspec.Struct, frozen=True):
    """The event a repair speaks of."""

    kind: str
    version: int
    client: str | None
    seller: str | None
    body: str


class Repair(msgspec.Struct, frozen=True):
    """A repair and the id of what it repairs."""

    seq: int
    id: str
    kind: str
    target: str


def repairs_of(connection: Connection, ids: Iterable[str], upto: int) -> list[Repair]:
    """The repairs of these events, and the repairs of those repairs, up to a position."""
    found: dict[str, Repair] = {}
    wanted = list(ids)
    while wanted:
        array = msgspec.json.encode(wanted).decode()
        rows = connection.execute(_REPAIRS, (array, upto)).fetchall()
        fresh = [Repair(*row) for row in rows if row[1] not in found]
        found.update((repair.id, repair) for repair in fresh)
        wanted = [repair.id for repair in fresh]
    return list(found.values())


def gone(connection: Connection, upto: int) -> set[str]:
    """The ids of all events that are withdrawn at a position."""
    return voided(Repair(*row) for row in connection.execute(_VOIDS, (upto,)).fetchall())


def voided(repairs: Iterable[Repair]) -> set[str]:
    """The ids that are withdrawn, given all repairs around them; a withdrawn void counts not.

    What withdraws a void comes after it, so the latest are decided first.
    """
    withdrawn: set[str] = set()
    for repair in sorted(repairs, key=lambda repair: repair.seq, reverse=True):
        if repair.kind == "event_voided" and repair.id not in withdrawn:
            withdrawn.add(repair.target)
    return withdrawn


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
        _, kind, version, *_, seller, client, _, body = prepared.columns
        self._batch[prepared.draft.id] = Target(kind, version, client, seller, body)
        draft = prepared.draft.body
        if isinstance(draft, EventCorrected | EventVoided):
            repair = Repair(seq, prepared.draft.id, kind, draft.target)
            self._repairs.setdefault(draft.target, []).append(repair)

    def check(self, body: EventCorrected | EventVoided) -> str:
        """Whom the repaired event is about, as `subject` says it.

        Raises Invalid where the target is not there, is of another kind, is withdrawn already,
        or cannot hold the corrected values.
        """
        target = self._target(body.target)
        if target is None:
            raise Invalid(f"there is no event {body.target}; look its id up with explain")
        if target.kind != body.target_kind:
            raise Invalid(f"event {body.target} is a {target.kind}, not a {body.target_kind}")
        if isinstance(body, EventVoided):
            if self._is_voided(body.target):
                raise Invalid(f"event {body.target} is voided already; there is nothing to do")
        else:
            content = CODEC.decode(target.kind, target.version, target.body)
            if isinstance(content, Unknown):
                raise Invalid(f"event {body.target} was written by a newer program; update first")
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


def subject(client: str | None, seller: str | None) -> str:
    """Whose personal text an event holds: its client's, else its seller's, else nobody's."""
    if client is not None:
        return f"client:{client}"
    return f"seller:{seller}" if seller is not None else "department"


_KEYS: Final = """
SELECT client, seller,
       CASE WHEN kind IN ('event_corrected', 'event_voided') THEN json_extract(body, '$.target') END
FROM event WHERE id = ?
"""
_MOVES: Final = """
SELECT json_extract(body, '$.fields.client') FROM event INDEXED BY repair_by_target
WHERE kind IN ('event_corrected', 'event_voided') AND json_extract(body, '$.target') = ?
"""
_MOVED_TO: Final = """
SELECT json_extract(body, '$.target') FROM event
WHERE kind = 'event_corrected' AND json_extract(body, '$.fields.client') = ?
"""


class Owners:
    """In whose names the personal text of kept events may be erased; remembers what it found."""

    def __init__(self, connection: Connection) -> None:
        """Asks as it goes."""
        self._connection = connection
        self._known: dict[str | None, frozenset[str]] = {None: frozenset()}

    def of(self, event_id: str) -> frozenset[str]:
        """Everybody an event is about: a repair is about whom its target is about, and a
        corrected client is one more.
        """
        path: list[tuple[str, set[str]]] = []
        place: str | None = event_id
        while place not in self._known and place is not None:
            row = self._connection.execute(_KEYS, (place,)).fetchone() or (None, None, None)
            client, seller, target = row
            moves = self._connection.execute(_MOVES, (place,)).fetchall()
            found = {subject(moved, None) for (moved,) in moves if isinstance(moved, str)}
            if client is not None or target is None:
                found.add(subject(client, seller))
            path.append((place, found))
            place = target
        whose = self._known[place]
        for passed, found in reversed(path):
            whose = self._known[passed] = whose | found
        return whose


def moved_to(connection: Connection, client: str, upto: int) -> list[str]:
    """The ids of events that a correction gave to a client, and of all their repairs."""
    rows = connection.execute(_MOVED_TO, (client,)).fetchall()
    ids = [row[0] for row in rows]
    return [*ids, *(repair.id for repair in repairs_of(connection, ids, upto))]
