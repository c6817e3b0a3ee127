"""Whom an event is about, so that forgetting a person reaches everything said of them."""

from __future__ import annotations

from typing import Final

from events.sqlite.engine import Connection
from events.sqlite.repairs import repairs_of

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


def subject(client: str | None, seller: str | None) -> str:
    """Whose personal text an event holds: its client's, else its seller's, else nobody's."""
    if client is not None:
        return f"client:{client}"
    return f"seller:{seller}" if seller is not None else "department"


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
