"""The tables of a log, and the triggers that keep them append-only."""

from __future__ import annotations

from typing import Final

APPLICATION: Final = 0x53544E44
"""Marks a SQLite file as a log of ours (`PRAGMA application_id`)."""

FORMAT: Final = 1
"""The layout of the tables (`PRAGMA user_version`)."""

NEXT: Final = "event_comes_next"
"""The trigger that lets no event in but the next one."""

INDEXES: Final = (
    "event_by_id",
    "event_by_origin",
    "event_by_kind",
    "event_by_client",
    "event_by_deal",
    "repair_by_target",
)
"""The indexes of events."""

OBJECTS: Final = {
    "event": """CREATE TABLE event (
  seq         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL,
  kind        TEXT NOT NULL,
  version     INTEGER NOT NULL,
  occurred_at TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  actor       TEXT NOT NULL,
  source      TEXT NOT NULL,
  external_id TEXT,
  seller      TEXT,
  client      TEXT,
  deal        TEXT,
  body        TEXT NOT NULL,
  digest      TEXT NOT NULL,
  link        TEXT NOT NULL
) STRICT""",
    "event_by_id": "CREATE UNIQUE INDEX event_by_id ON event (id)",
    "event_by_origin": """CREATE UNIQUE INDEX event_by_origin ON event (source, external_id)
WHERE external_id IS NOT NULL""",
    "event_by_kind": "CREATE INDEX event_by_kind ON event (kind, seller, occurred_at)",
    "event_by_client": "CREATE INDEX event_by_client ON event (client) WHERE client IS NOT NULL",
    "event_by_deal": "CREATE INDEX event_by_deal ON event (deal) WHERE deal IS NOT NULL",
    "repair_by_target": """CREATE INDEX repair_by_target ON event (json_extract(body, '$.target'))
WHERE kind IN ('event_corrected', 'event_voided')""",
    "personal": """CREATE TABLE personal (
  event_id TEXT NOT NULL,
  field    TEXT NOT NULL,
  subject  TEXT NOT NULL,
  salt     TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (event_id, field)
) STRICT, WITHOUT ROWID""",
    "personal_by_subject": "CREATE INDEX personal_by_subject ON personal (subject)",
    "forgotten": "CREATE TABLE forgotten (subject TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "event_is_never_changed": """CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END""",
    "event_is_never_deleted": """CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END""",
    NEXT: """CREATE TRIGGER event_comes_next BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
BEGIN SELECT RAISE(ABORT, 'an event comes right after the last one'); END""",
    "personal_is_never_changed": """CREATE TRIGGER personal_is_never_changed
BEFORE UPDATE ON personal
BEGIN SELECT RAISE(ABORT, 'personal text is erased, never changed'); END""",
}
"""What a log consists of, by name, in the order it is made.

`personal` holds in plain text what is sealed in the bodies. `forgotten` is used in copies only:
whose text was erased there without an event, for the event is in the log itself.
"""
