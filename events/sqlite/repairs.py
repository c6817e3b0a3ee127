"""Corrections and withdrawals in the log: which event they speak of, and what is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from events.sqlite.engine import Connection
from events.vocabulary import EventCorrected, EventVoided, name_of

REPAIRS: Final = frozenset((name_of(EventCorrected), name_of(EventVoided)))
"""The kinds of events that speak of another one."""

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
