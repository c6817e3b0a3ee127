"""The log as lines of JSON, and an identical log made of such lines again.

A line is an event with every column, its body as the very text that is digested, and the personal
text that belongs to it. Identical means: same positions, same moments, same links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import msgspec

from events.envelope import Head
from events.errors import Conflict, Damaged
from events.seal import Content, digest_of, link_of, sealed
from events.sqlite import stored
from events.sqlite.access import Transaction
from events.sqlite.engine import Connection, Record, Value
from events.sqlite.store import SqliteLog
from events.sqlite.writing import insert

BATCH: Final = 2000
"""Lines taken in one transaction; what an interruption leaves is a beginning to go on from."""

_LINKS: Final = "SELECT seq, link FROM event WHERE seq >= ? AND seq <= ?"


class Plaintext(msgspec.Struct, frozen=True):
    """A personal field of an event, as the side table holds it."""

    field: str
    subject: str
    salt: str
    value: str


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event with everything the log holds of it; `body` is the text the digest covers."""

    seq: int
    id: str
    kind: str
    version: int
    occurred_at: str
    recorded_at: str
    actor: str
    source: str
    body: msgspec.Raw
    digest: str
    link: str
    external_id: str | None = None
    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    personal: tuple[Plaintext, ...] = ()


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(Line)


def to_line(line: Line) -> str:
    """One line of JSON, without the line's end."""
    return _ENCODER.encode(line).decode()


def from_line(text: str | bytes) -> Line:
    """The opposite of `to_line`; raises msgspec.DecodeError for what is none."""
    return _DECODER.decode(text)


def lines(log: SqliteLog, upto: int | None = None) -> Iterator[Line]:
    """The whole log, or its beginning, in order, personal text included where it is not erased."""
    end = log.head().seq if upto is None else upto
    after = 0
    while True:
        with log.reading as connection:
            rows = stored.page(connection, after, end, BATCH)
            if not rows:
                return
            side = stored.side(connection, after, rows[-1][0])
        after = rows[-1][0]
        yield from _with_side(rows, side)


def _with_side(rows: Sequence[Record], side: Sequence[Record]) -> Iterator[Line]:
    personal: dict[str, list[Plaintext]] = {}
    for event_id, field, subject, salt, value in side:
        personal.setdefault(event_id, []).append(Plaintext(field, subject, salt, value))
    for row in rows:
        seq, id_, kind, version, occurred_at, recorded_at, actor, source, external_id = row[:9]
        yield Line(
            seq=seq,
            id=id_,
            kind=kind,
            version=version,
            occurred_at=occurred_at,
            recorded_at=recorded_at,
            actor=actor,
            source=source,
            external_id=external_id,
            seller=row[9],
            client=row[10],
            deal=row[11],
            body=msgspec.Raw(row[12].encode()),
            digest=row[13],
            link=row[14],
            personal=tuple(personal.get(id_, ())),
        )


def restore(log: SqliteLog, exported: Iterable[str | bytes]) -> Head:
    """Continue a new or half-restored log with the lines of an export; returns the head.

    Lines the log has already are passed over, so an interrupted restore is simply run again.
    Raises Damaged for a line that is none, was changed or is missing, and Conflict where the log
    holds another event at its place; what came before the bad line stays.
    """
    source = iter(exported)
    number = 0
    head = log.head()
    while texts := list(islice(source, BATCH)):
        batch = [_read(text, place) for place, text in enumerate(texts, number + 1)]
        number += len(texts)
        with log.writing as connection:
            with Transaction(connection):
                before = stored.last(connection).head
                _refuse_another_log(connection, batch, before)
                fresh = [line for line in batch if line.seq > before.seq]
                head = _prove(fresh, before)
                insert(connection, _rows(fresh), _side_rows(fresh), before.seq)
            log.witness.remember(head)
    return head


def _read(text: str | bytes, number: int) -> Line:
    try:
        return from_line(text)
    except msgspec.DecodeError as error:
        raise Damaged(
            "line {number} is no event ({error}); export the log again", number=number, error=error
        ) from error


def _refuse_another_log(connection: Connection, batch: Sequence[Line], head: Head) -> None:
    span = (batch[0].seq, min(batch[-1].seq, head.seq))
    links: dict[int, str] = dict(connection.execute(_LINKS, span).fetchall())
    for line in batch:
        if line.seq <= head.seq and links.get(line.seq) != line.link:
            raise Conflict("event {seq} is another one here; restore into a new log", seq=line.seq)


def _prove(batch: Sequence[Line], head: Head) -> Head:
    """The head after these lines; raises Damaged for the first that does not continue the log."""
    for line in batch:
        if line.seq != head.seq + 1:
            raise Damaged(
                "event {seq} is missing in the export; export the log again", seq=head.seq + 1
            )
        digest = digest_of(_content(line), bytes(line.body))
        head = Head(line.seq, link_of(head.link, line.seq, line.recorded_at, digest))
        if (digest, head.link) != (line.digest, line.link):
            raise Damaged(
                "event {seq} was changed in the export; export the log again", seq=line.seq
            )
        for field in line.personal:
            if sealed(field.salt, field.value) not in _text(line):
                raise Damaged(
                    "the personal text of event {seq} was changed in the export", seq=line.seq
                )
    return head


def _content(e: Line) -> Content:
    named = (e.id, e.kind, e.version, e.occurred_at, e.actor, e.source, e.external_id)
    return (*named, e.seller, e.client, e.deal)


def _rows(batch: Iterable[Line]) -> list[tuple[Value, ...]]:
    return [(*_content(e), _text(e), e.digest, e.seq, e.recorded_at, e.link) for e in batch]


def _side_rows(batch: Iterable[Line]) -> list[tuple[Value, ...]]:
    return [(e.id, p.field, p.subject, p.salt, p.value) for e in batch for p in e.personal]


def _text(line: Line) -> str:
    return bytes(line.body).decode()
