"""Whether a log still is what was written into it, and if not, which event is wrong and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from events.envelope import Head
from events.errors import Damaged, LogError, Unsuitable
from events.seal import NO_LINK
from events.sqlite import schema, stored, witness
from events.sqlite.audit import MANY, Audit
from events.sqlite.engine import Connect, Connection, Record, connect, sqlite3
from events.sqlite.faults import explained
from events.sqlite.opening import refuse_newer
from events.sqlite.place import refuse_strange
from events.sqlite.verdict import Flaw, Verdict

PATIENCE: Final = 10.0

_MADE: Final = "SELECT name, type, tbl_name, sql FROM sqlite_schema"
_TABLES: Final = {"event", "personal", "forgotten"}
_CLOSES: Final = """
SELECT seq, json_extract(body, '$.position'), json_extract(body, '$.link') FROM event
WHERE kind = 'month_closed' AND version = 1 AND json_valid(body)
  AND json_type(body, '$.position') = 'integer' ORDER BY seq
"""
_ORPHANS: Final = """
SELECT event_id, field FROM personal WHERE event_id NOT IN (SELECT id FROM event) LIMIT 1
"""


def verify(
    path: Path,
    expected_head: Head | None = None,
    *,
    connect: Connect = connect,
) -> Verdict:
    """Recompute everything from what is stored and compare.

    `expected_head` is a head seen earlier elsewhere, on a printed month report for one; the
    witness beside the file is asked in any case. Never raises for a damaged file: that is a flaw.
    Raises Unsuitable for one that a newer program wrote.
    """
    seen = [head for head in (witness.testimony(path), expected_head) if head is not None]
    try:
        refuse_strange(path)
        with explained(path):
            connection = connect(path, False, PATIENCE)
            try:
                refuse_newer(connection, path)
                return _judge(connection, path, seen)
            finally:
                connection.close()
    except Unsuitable:
        raise
    except LogError as error:
        flaw = Flaw(None, None, error)
        return Verdict(path=path, head=Head(0, NO_LINK), flaws=(flaw,), erased=0, unknown=0)


def _judge(connection: Connection, path: Path, seen: Sequence[Head]) -> Verdict:
    """Everything, from the whole file down to single fields."""
    audit, head = Audit(connection), Head(0, NO_LINK)

    def gather(part: Callable[[], Iterator[Flaw] | None]) -> None:
        try:
            audit.flaws.extend(part() or ())
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            audit.flaws.append(Flaw(None, None, Damaged("SQLite finds: {error}", error=error)))

    made = {row[0]: row for row in connection.execute(_MADE).fetchall()}
    gather(lambda: _of_marks(connection))
    gather(lambda: _of_schema(made))
    if made.keys() >= _TABLES:
        head = stored.last(connection).head
        gather(lambda: audit.walk(head.seq))
        gather(lambda: _of_heads(connection, head, seen))
        gather(lambda: _of_closes(connection))
        gather(audit.settle_missing)
        gather(lambda: _of_file(connection))
    return Verdict(
        path=path,
        head=head,
        flaws=tuple(audit.flaws[:MANY]),
        erased=audit.erased,
        unknown=audit.unknown,
    )


def _of_marks(connection: Connection) -> Iterator[Flaw]:
    """A file that does not say it is a log, or says it is another kind of one."""
    for mark, wanted in (("application_id", schema.APPLICATION), ("user_version", schema.FORMAT)):
        row = connection.execute(f"PRAGMA {mark}").fetchone()
        if row != (wanted,):
            yield Flaw(None, None, Damaged("{mark} is not a log's", mark=mark))


def _of_schema(made: Mapping[str, Record]) -> Iterator[Flaw]:
    """Tables, indexes and triggers that are not as they are in a new log."""
    with closing(sqlite3.connect(":memory:")) as new:
        for statement in schema.OBJECTS.values():
            new.execute(statement)
        for row in new.execute(_MADE).fetchall():
            if row[0] not in made:
                yield Flaw(None, None, Damaged("{name} is missing in the file", name=row[0]))
            elif made[row[0]] != row:
                yield Flaw(None, None, Damaged("{name} was changed in the file", name=row[0]))
    for name in made:
        if name not in schema.OBJECTS and not name.startswith("sqlite_"):
            yield Flaw(None, None, Damaged("{name} does not belong in the file", name=name))


def _of_heads(connection: Connection, head: Head, seen: Sequence[Head]) -> Iterator[Flaw]:
    """Heads that were seen before and are not there, or not the same."""
    for before in seen:
        if before.seq > head.seq:
            lost = Damaged(
                "the log ends at event {seq}, but event {written} had been written",
                seq=head.seq,
                written=before.seq,
            )
            yield Flaw(None, None, lost)
        elif before.seq > 0 and stored.link_at(connection, before.seq) != before.link:
            yield Flaw(before.seq, None, Damaged("it is not the one that had been written"))


def _of_closes(connection: Connection) -> Iterator[Flaw]:
    """Closed months whose last event is not the one they were closed at."""
    for seq, position, link in connection.execute(_CLOSES):
        if 0 < position < seq and stored.link_at(connection, position) != link:
            other = Damaged("it is not the one that event {seq} closed its month at", seq=seq)
            yield Flaw(position, None, other)


def _of_file(connection: Connection) -> Iterator[Flaw]:
    """What SQLite itself finds."""
    for (line,) in connection.execute("PRAGMA integrity_check"):
        if line != "ok":
            yield Flaw(None, None, Damaged("SQLite finds: {error}", error=line))
    for event_id, field in connection.execute(_ORPHANS):
        orphan = Damaged(
            "the personal text {field} belongs to no event ({id})", field=field, id=event_id
        )
        yield Flaw(None, None, orphan)
