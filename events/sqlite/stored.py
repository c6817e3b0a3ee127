"""Rows of the log as events; every query runs to its end before a row is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from events.codec import CODEC
from events.envelope import Event, Head
from events.log import Chunk, Stretch
from events.seal import NO_LINK
from events.sqlite.engine import Connection, Record, Value

COLUMNS: Final = (
    "seq, id, kind, version, occurred_at, recorded_at, actor, source, external_id,"
    " seller, client, deal, body, digest, link"
)
"""Every column of an event, in the order of `Event`."""

_HEAD: Final = "SELECT seq, link, recorded_at FROM event ORDER BY seq DESC LIMIT 1"
_PAGE: Final = f"SELECT {COLUMNS} FROM event WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?"  # noqa: S608
_SLICE: Final = "SELECT seq, id, occurred_at, recorded_at, kind, version, body FROM event"
_RUN: Final = f"{_SLICE} WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
_AT: Final = f"{_SLICE} WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq"  # noqa: S608
_JOINED: Final = """
SELECT count(*), group_concat(occurred_at, ','), group_concat(body, ','), min(version), max(version)
FROM (SELECT occurred_at, body, version FROM event WHERE seq > ? AND seq <= ? ORDER BY seq)
"""
_BY_ID: Final = (
    f"SELECT {COLUMNS} FROM event"  # noqa: S608
    " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY seq"
)
_SIDE: Final = """
SELECT p.event_id, p.field, p.subject, p.salt, p.value
FROM event AS e JOIN personal AS p ON p.event_id = e.id
WHERE e.seq > ? AND e.seq <= ? ORDER BY e.seq, p.field
"""
_RECORDED: Final = "SELECT recorded_at FROM event WHERE seq = ?"


class End(msgspec.Struct, frozen=True, gc=False):
    """The last event of a log and when it was recorded; an empty text for an empty log."""

    head: Head
    recorded_at: str


def to_events(rows: Sequence[Record]) -> list[Event]:
    """Events of whole rows, their bodies decoded in one call."""
    bodies = CODEC.decode_many(
        [row[2] for row in rows], [row[3] for row in rows], [row[12] for row in rows]
    )
    return [
        Event(
            seq=row[0],
            id=row[1],
            kind=row[2],
            version=row[3],
            occurred_at=row[4],
            recorded_at=row[5],
            actor=row[6],
            source=row[7],
            external_id=row[8],
            seller=row[9],
            client=row[10],
            deal=row[11],
            body=body,
            digest=row[13],
            link=row[14],
        )
        for row, body in zip(rows, bodies, strict=True)
    ]


def last(connection: Connection) -> End:
    """Where the log ends."""
    row = connection.execute(_HEAD).fetchone()
    return End(Head(row[0], row[1]), row[2]) if row is not None else End(Head(0, NO_LINK), "")


def link_at(connection: Connection, seq: int) -> str | None:
    """The link at a position, None where there is no event."""
    row = connection.execute("SELECT link FROM event WHERE seq = ?", (seq,)).fetchone()
    return row[0] if row is not None else None


def page(connection: Connection, after: int, upto: int, size: int) -> list[Record]:
    """At most `size` whole rows with `after` < seq <= `upto`."""
    return connection.execute(_PAGE, (after, upto, size)).fetchall()


def side(connection: Connection, after: int, upto: int) -> list[Record]:
    """The personal text of the events with `after` < seq <= `upto`: event, field, subject, salt
    and text, in the order of the log.
    """
    return connection.execute(_SIDE, (after, upto)).fetchall()


def chunk(connection: Connection, after: int, upto: int, size: int) -> Chunk | None:
    """At most `size` events with `after` < seq <= `upto` as columns; None where there is none."""
    return _columns(connection.execute(_RUN, (after, upto, size)).fetchall())


def at(connection: Connection, seqs: Sequence[int]) -> Chunk | None:
    """The events at these positions as columns; None where there is none."""
    wanted = msgspec.json.encode([*seqs]).decode()
    return _columns(connection.execute(_AT, (wanted,)).fetchall())


def stretch(connection: Connection, after: int, upto: int, size: int) -> Stretch | None:
    """At most `size` neighbours with `after` < seq <= `upto`; None where there is none.

    SQLite joins the texts of a longer run, so that Python makes two strings of it instead of
    thousands.
    """
    until = min(after + size, upto)
    if until > after and CODEC.in_bulk(until - after):
        row = connection.execute(_JOINED, (after, until)).fetchone()
        if row is None or not row[0]:
            return None
        count, occurred, bodies, low, high = row
        decoded = CODEC.decode_joined(bodies, low, high)
        if decoded is not None:
            (first,) = connection.execute(_RECORDED, (after + 1,)).fetchone() or ("",)
            (end,) = connection.execute(_RECORDED, (after + count,)).fetchone() or ("",)
            return Stretch(after + 1, occurred.split(","), decoded, (first, end))
    found = chunk(connection, after, until, size)
    if found is None:
        return None
    return Stretch(after + 1, found.occurred, found.bodies, (found.recorded[0], found.recorded[-1]))


def positions(
    connection: Connection,
    kinds: Sequence[str],
    clients: Sequence[str],
    deals: Sequence[str],
    upto: int,
) -> list[int]:
    """Where events were logged with these keys, in order.

    The unary plus keeps SQLite on the index of the keys instead of walking the whole log.
    """
    clauses, parameters = ["+seq <= ?"], [upto]
    keys: list[Value] = []
    for column, values in (("kind", kinds), ("client", clients), ("deal", deals)):
        if values:
            clauses.append(f"{column} IN (SELECT value FROM json_each(?))")  # noqa: S608
            keys.append(msgspec.json.encode(values).decode())
    sql = f"SELECT seq FROM event WHERE {' AND '.join(clauses)} ORDER BY seq"  # noqa: S608
    return [row[0] for row in connection.execute(sql, (*parameters, *keys)).fetchall()]


def moments(connection: Connection, first: str, last: str, upto: int) -> list[tuple[int, str]]:
    """Position and moment of the events that occurred between two texts, in order.

    The index of kinds holds all that is asked for, so no event itself is read.
    """
    sql = (
        "SELECT seq, occurred_at FROM event INDEXED BY event_by_kind"
        " WHERE occurred_at >= ? AND occurred_at < ? AND +seq <= ?"
    )
    return sorted(connection.execute(sql, (first, last, upto)).fetchall())


def _columns(rows: Sequence[Record]) -> Chunk | None:
    if not rows:
        return None
    seqs, ids, occurred, recorded, kinds, versions, texts = zip(*rows, strict=True)
    return Chunk(
        list(seqs),
        list(ids),
        list(occurred),
        list(recorded),
        CODEC.decode_many(kinds, versions, texts),
    )


def by_id(connection: Connection, ids: Sequence[str]) -> list[Event]:
    """The events with these ids, in order; ids that are not there are left out."""
    wanted = msgspec.json.encode(ids).decode()
    return to_events(connection.execute(_BY_ID, (wanted,)).fetchall())


def known_upto(connection: Connection, recorded_at: str) -> int:
    """The last position recorded at or before a moment, written as the log writes it.

    Positions and moments grow together, so halving finds it without an index.
    """
    low, high = 0, last(connection).head.seq
    while low < high:
        middle = (low + high + 1) // 2
        row = connection.execute(_RECORDED, (middle,)).fetchone()
        if row is not None and row[0] <= recorded_at:
            low = middle
        else:
            high = middle - 1
    return low
