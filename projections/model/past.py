"""What was known of repairs and first sales when a catch-up begins."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import msgspec

from events.codec import CODEC, encode
from events.envelope import Unknown
from events.sqlite.engine import Connection, Record
from events.vocabulary import BY_NAME, name_of
from events.vocabulary.fact import Fact
from projections.fold.books import First
from projections.fold.repairs import Span

UNREAD: Final = "?"

_FIRSTS: Final = """
SELECT client, day, seq, deal, max(known) FROM first
WHERE known <= ? GROUP BY client
"""
_FIRSTS_OF: Final = """
SELECT client, day, seq, deal, max(known) FROM first
WHERE known <= ? AND client IN (SELECT value FROM json_each(?)) GROUP BY client
"""
_TARGETS: Final = """
SELECT id, target FROM repair WHERE seq <= ? AND id IN (SELECT value FROM json_each(?))
"""
_KIDS: Final = """
SELECT id FROM repair WHERE seq <= ? AND target IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
_WHICH: Final = """
SELECT DISTINCT seq FROM version WHERE seq IN (SELECT value FROM json_each(?))
"""
_BETWEEN: Final = "SELECT DISTINCT seq FROM version WHERE seq > ? AND seq <= ?"
_REPAIRED: Final = """
SELECT seq, since, until, id, kind, occurred_at, recorded_at, body FROM version WHERE seq IN (
  SELECT seq FROM version WHERE client IN (SELECT value FROM json_each(?))) ORDER BY seq, since
"""

_TOLD: Final = """
SELECT seq, since, until, id, kind, occurred_at, recorded_at, body FROM version
WHERE since <= ?1 AND until > ?1
  AND (?2 IS NULL OR kind IN (SELECT value FROM json_each(?2))) ORDER BY seq
"""


class Repaired(msgspec.Struct, frozen=True):
    """An event that was ever repaired, with all it ever said."""

    seq: int
    id: str
    recorded_at: str
    spans: tuple[Span, ...]


class Past:
    """A model as it was at a position, which may lie before its own."""

    def __init__(self, connection: Connection, position: int) -> None:
        """What was recorded after `position` is not seen."""
        self._connection = connection
        self._position = position

    def firsts(self, clients: Collection[str] | None) -> dict[str, First]:
        """The first sale of these clients, of all for None; who has none is absent."""
        if clients is None:
            rows = self._connection.execute(_FIRSTS, (self._position,)).fetchall()
        else:
            asked = (self._position, array(clients))
            rows = self._connection.execute(_FIRSTS_OF, asked).fetchall()
        return {row[0]: (row[1], row[2], row[3]) for row in rows if row[1] is not None}

    def targets(self, ids: Collection[str]) -> dict[str, str]:
        """What those of these events that are repairs speak of."""
        return dict(self._connection.execute(_TARGETS, (self._position, array(ids))).fetchall())

    def kids(self, ids: Collection[str]) -> list[str]:
        """The repairs that speak of these events, in order."""
        rows = self._connection.execute(_KIDS, (self._position, array(ids))).fetchall()
        return [row[0] for row in rows]

    def which(self, seqs: Collection[int]) -> set[int]:
        """Those of these positions that hold events ever repaired.

        That may be only later: their spans say what they were before.
        """
        return {row[0] for row in self._connection.execute(_WHICH, (array(seqs),)).fetchall()}

    def between(self, after: int, upto: int) -> set[int]:
        """The same for a range of positions."""
        rows = self._connection.execute(_BETWEEN, (after, upto)).fetchall()
        return {row[0] for row in rows}

    def repaired(self, clients: Collection[str]) -> list[Repaired]:
        """The events ever repaired that at any time were of one of these clients."""
        return repaired_of(self._connection.execute(_REPAIRED, (array(clients),)).fetchall())

    def told(self, kinds: Collection[str] | None = None) -> list[Repaired]:
        """The events ever repaired, of these kinds or all, with the one thing each says now."""
        asked = (self._position, None if kinds is None else array(kinds))
        return repaired_of(self._connection.execute(_TOLD, asked).fetchall())


def repaired_of(rows: Iterable[Record]) -> list[Repaired]:
    """Whole events of rows of `version`, which come in order."""
    found: dict[int, Repaired] = {}
    for seq, since, until, id_, kind, occurred_at, recorded_at, body in rows:
        before = found[seq].spans if seq in found else ()
        span = Span(since, until, occurred_at, decoded(kind, body))
        found[seq] = Repaired(seq, id_, recorded_at, (*before, span))
    return list(found.values())


def kind_of(body: Fact | Unknown) -> str:
    """The kind under which a version is kept; what this program cannot read is under `?`."""
    return UNREAD if isinstance(body, Unknown) else name_of(type(body))


def encoded(body: Fact | Unknown) -> str:
    """A body as a version keeps it."""
    text = msgspec.json.encode(body) if isinstance(body, Unknown) else encode(body)
    return text.decode()


def decoded(kind: str, body: str) -> Fact | Unknown:
    """A body from a version."""
    if kind == UNREAD:
        return msgspec.json.decode(body, type=Unknown)
    return CODEC.decode(kind, BY_NAME[kind].VERSION, body)


def array(values: Iterable[str | int]) -> str:
    """Values as the JSON array that `json_each` opens."""
    return msgspec.json.encode(list(values)).decode()
