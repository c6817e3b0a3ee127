"""The tables of a read model.

A row of `cell` holds all cells of one business day, one page and one activity, packed, with
their sums beside: measured on a million events, packed rows are written three times as fast as
one row a cell, take half the room, and are summed faster too.
"""

from __future__ import annotations

from typing import Final

SHAPE: Final = 7
"""The version of these tables and of the fold; a model of another one is rebuilt."""

STATEMENTS: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # A page is a run of at most pages.SIZE events recorded on one day.
    """
    CREATE TABLE page (page INTEGER PRIMARY KEY, day INTEGER NOT NULL, first INTEGER NOT NULL,
      last INTEGER NOT NULL) STRICT
    """,
    # Which pages hold events that were logged for a business day, and when the last of them
    # occurred, in microseconds since 1970.
    """
    CREATE TABLE span (day INTEGER NOT NULL, page INTEGER NOT NULL, until INTEGER NOT NULL,
      PRIMARY KEY (day, page)) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE seller (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    "CREATE TABLE cut (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    """
    CREATE TABLE cell (day INTEGER NOT NULL, page INTEGER NOT NULL, activity TEXT NOT NULL,
      n INTEGER NOT NULL, amount INTEGER NOT NULL, cost INTEGER NOT NULL, direct INTEGER NOT NULL,
      seconds INTEGER NOT NULL, unmeasured INTEGER NOT NULL, brief INTEGER NOT NULL,
      reached INTEGER NOT NULL, told INTEGER NOT NULL, late INTEGER NOT NULL,
      body BLOB NOT NULL, PRIMARY KEY (day, page, activity)) STRICT
    """,
    # The positions of things logged for a day, by kind.
    """
    CREATE TABLE mark (kind TEXT NOT NULL, day INTEGER NOT NULL, page INTEGER NOT NULL,
      body BLOB NOT NULL, PRIMARY KEY (kind, day, page)) STRICT, WITHOUT ROWID
    """,
    # What facts logged for a day say of deals, packed; with their bodies in the log it is said in
    # ten times as much.
    """
    CREATE TABLE turn (day INTEGER NOT NULL, page INTEGER NOT NULL, body BLOB NOT NULL,
      PRIMARY KEY (day, page)) STRICT
    """,
    # What facts logged for a day say of invoices, packed.
    """
    CREATE TABLE paper (day INTEGER NOT NULL, page INTEGER NOT NULL, body BLOB NOT NULL,
      PRIMARY KEY (day, page)) STRICT
    """,
    # From which position on a client's first sale was taken to be which; without a day: none.
    """
    CREATE TABLE first (client TEXT NOT NULL, known INTEGER NOT NULL, day INTEGER, seq INTEGER,
      deal TEXT, PRIMARY KEY (client, known)) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE repair (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, target TEXT NOT NULL) STRICT",
    # What a repaired event said from position `since` up to, not including, `until`.
    """
    CREATE TABLE version (seq INTEGER NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,
      id TEXT NOT NULL, kind TEXT NOT NULL, day INTEGER NOT NULL, occurred_at TEXT NOT NULL,
      recorded_at TEXT NOT NULL, client TEXT, body TEXT NOT NULL, PRIMARY KEY (seq, since))
    STRICT, WITHOUT ROWID
    """,
)
"""Everything that makes an empty model but the indexes."""

INDEXES: Final = (
    "CREATE INDEX seller_by_text ON seller (text)",
    "CREATE INDEX cut_by_text ON cut (text)",
    "CREATE INDEX repair_by_id ON repair (id)",
    "CREATE INDEX repair_by_target ON repair (target)",
    "CREATE INDEX version_by_day ON version (day, since, occurred_at)",
    "CREATE INDEX version_by_kind ON version (kind)",
    "CREATE INDEX version_by_client ON version (client) WHERE client IS NOT NULL",
)
"""Made last, so that a rebuild fills plain tables."""
