"""Personal text: shown where it is still there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from events.envelope import Event, Unknown
from events.seal import is_sealed, personal_fields, value_of, with_values
from events.sqlite.engine import Connection
from events.sqlite.repairs import gone

_VALUES: Final = """
SELECT event_id, field, value FROM personal WHERE event_id IN (SELECT value FROM json_each(?))
"""
_NAMES: Final = """
SELECT e.id, e.{key}, p.value
FROM event AS e JOIN personal AS p ON p.event_id = e.id AND p.field = 'name'
WHERE e.kind = ? ORDER BY e.seq
"""
_RENAMES: Final = """
SELECT e.id, json_extract(e.body, '$.target'), p.value
FROM event AS e JOIN personal AS p ON p.event_id = e.id AND p.field = 'fields.name'
WHERE e.kind = 'event_corrected' AND json_extract(e.body, '$.target_kind') = ? ORDER BY e.seq
"""
_KIND: Final = {"seller": "seller_hired", "client": "client_registered"}


def reveal(connection: Connection, events: Sequence[Event]) -> list[Event]:
    """The events with their personal text, empty where it was erased."""
    ids = msgspec.json.encode([event.id for event in events]).decode()
    values: dict[str, dict[str, str]] = {}
    for event_id, field, value in connection.execute(_VALUES, (ids,)):
        values.setdefault(event_id, {})[field] = value
    return [_revealed(event, values.get(event.id, {})) for event in events]


def _revealed(event: Event, values: dict[str, str]) -> Event:
    body = event.body
    if isinstance(body, Unknown):
        return event
    shown = {
        field: values.get(field, "")
        for field in personal_fields(body)
        if is_sealed(value_of(body, field))
    }
    if not shown:
        return event
    return msgspec.structs.replace(event, body=with_values(body, shown))


def names(connection: Connection, kind: str, upto: int) -> dict[str, str]:
    """The latest name of every seller or client by key; the erased ones are absent.

    Withdrawn registrations and withdrawn corrections count for nothing.
    """
    registrations = connection.execute(_NAMES.format(key=kind), (_KIND[kind],)).fetchall()
    renames = connection.execute(_RENAMES, (_KIND[kind],)).fetchall()
    withdrawn = gone(connection, upto)
    named: dict[str, str] = {event_id: name for event_id, _, name in registrations}
    named.update((target, name) for event_id, target, name in renames if event_id not in withdrawn)
    return {key: named[event_id] for event_id, key, _ in registrations if event_id not in withdrawn}
