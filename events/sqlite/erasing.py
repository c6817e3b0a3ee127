"""Forgetting a person: the text goes, the chain stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from events.envelope import Appended, Draft
from events.errors import Busy, Invalid
from events.prepare import prepare
from events.sqlite import stored
from events.sqlite.access import Transaction
from events.sqlite.disk import sync
from events.sqlite.engine import Connect, Connection, connect
from events.sqlite.faults import explained
from events.sqlite.owners import moved_to
from events.sqlite.store import PATIENCE, SqliteLog
from events.sqlite.writing import add
from events.vocabulary import ClientForgotten

if TYPE_CHECKING:
    from pathlib import Path

_DELETE: Final = """
DELETE FROM personal
WHERE subject = ?1 OR event_id IN (SELECT value FROM json_each(?2))
"""
_COUNT: Final = "SELECT changes()"
_FORGOTTEN: Final = "SELECT client, seller FROM event WHERE kind = 'client_forgotten'"


def erase(log: SqliteLog, subject: str, *, actor: str) -> Appended:
    """Erase the personal text of `client:KEY` or `seller:KEY`, and say so in the log.

    When it returns, the text is in none of the log's files. Copies made earlier still have it:
    see `erase_in_copy`. Raises Invalid where nothing is kept of this person, and Busy where a
    reader holds on to the text; then ask again, it adds no second event.
    """
    client, seller = _keys(subject)
    now = log.now
    with log.writing as connection:
        head = None
        with Transaction(connection):
            fields = _delete(connection, subject, client)
            if fields == 0 and (done := _told(connection, client, seller)) is not None:
                answer = done
            elif fields == 0:
                raise Invalid(
                    "nothing personal is kept of {subject}; check the key", subject=subject
                )
            else:
                fact = ClientForgotten(client=client, seller=seller, fields=fields)
                batch = prepare([Draft(body=fact, occurred_at=now, actor=actor)], [now])
                outcome = add(connection, batch, stored.last(connection))
                head = outcome.end.head
                (answer,) = outcome.answers
        if head is not None:
            log.witness.remember(head)
        _empty_journal(connection, log.path)
    return answer


def erase_in_copy(copy: Path, log: SqliteLog, *, connect: Connect = connect) -> int:
    """Erase in a backup whoever was forgotten in the log since; returns the fields erased.

    No event is added, so the copy stays a beginning of the log.
    """
    erased = 0
    with log.writing as source:
        people = source.execute(_FORGOTTEN).fetchall()
    with explained(copy):
        connection = connect(copy, True, PATIENCE)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            with Transaction(connection):
                for client, seller in people:
                    whom = f"client:{client}" if client is not None else f"seller:{seller}"
                    erased += _delete(connection, whom, client)
                    connection.execute("INSERT OR IGNORE INTO forgotten VALUES (?)", (whom,))
            _empty_journal(connection, copy)
        finally:
            connection.close()
    return erased


def _keys(subject: str) -> tuple[str | None, str | None]:
    kind, _, key = subject.partition(":")
    if kind not in ("client", "seller") or not key:
        raise Invalid("{subject} is nobody; write client:KEY or seller:KEY", subject=subject)
    return (key, None) if kind == "client" else (None, key)


def _delete(connection: Connection, subject: str, client: str | None) -> int:
    head = stored.last(connection).head
    moved = moved_to(connection, client, head.seq) if client is not None else []
    connection.execute(_DELETE, (subject, msgspec.json.encode(moved).decode()))
    row = connection.execute(_COUNT).fetchone()
    return row[0] if row is not None else 0


def _told(connection: Connection, client: str | None, seller: str | None) -> Appended | None:
    """The latest event that says this person was forgotten."""
    row = connection.execute(
        "SELECT seq, id FROM event WHERE kind = 'client_forgotten'"
        " AND client IS ? AND seller IS ? ORDER BY seq DESC LIMIT 1",
        (client, seller),
    ).fetchone()
    return Appended(row[0], row[1], False) if row is not None else None


def _empty_journal(connection: Connection, path: Path) -> None:
    """Bring the erasure into the file itself and cut the write-ahead log, where the text was."""
    row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if row is not None and row[0] != 0:
        raise Busy(
            "a program still reads the erased text in {path}; close it and ask again", path=path
        )
    journal = path.with_name(f"{path.name}-wal")
    if journal.exists():
        sync(journal)
