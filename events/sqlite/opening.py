"""How a log comes into being, and what is checked before one is used."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from events.envelope import Head
from events.errors import Damaged, Missing, Unsuitable, Unwritable
from events.sqlite import schema, stored, witness
from events.sqlite.access import Transaction
from events.sqlite.disk import settle
from events.sqlite.engine import (
    STRICT_FROM,
    VERSION,
    Connect,
    Connection,
    StrPath,
    journal_mode,
)
from events.sqlite.faults import explained
from events.sqlite.place import refuse_network, refuse_strange

if TYPE_CHECKING:
    from pathlib import Path

_JOURNAL_BYTES: Final = 16 * 1024 * 1024
"""What a write-ahead log may keep of the disk once a large import has gone into the file."""


def lay_out(path: Path, connect: Connect, patience: float) -> None:
    """Make an empty log. Raises Unsuitable, Unwritable.

    The whole file is made under another name first, so that no half-made log is ever seen.
    """
    refuse_network(path)
    if VERSION < STRICT_FROM:
        raise Unsuitable("SQLite is too old to keep a log; install the wheel pysqlite3")
    if path.exists():
        raise Unwritable("{path} exists already; give another name or open it", path=path)
    for rest in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")):
        if rest.exists() and rest.stat().st_size > 0:
            raise Unwritable(
                "{path} of an earlier log still lies there; move it away first", path=rest
            )
    rough = path.with_name(f"{path.name}.{os.getpid()}.new")
    with explained(path):
        rough.touch(exist_ok=False)
        try:
            _fill(rough, connect, patience)
            with suppress(FileNotFoundError):
                os.unlink(witness.beside(path))
            settle(rough, path)
        finally:
            rough.unlink(missing_ok=True)


def _fill(rough: Path, connect: Connect, patience: float) -> None:
    connection = connect(rough, True, patience)
    try:
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
        with Transaction(connection):
            for statement in schema.OBJECTS.values():
                connection.execute(statement)
        connection.execute(f"PRAGMA journal_mode = {journal_mode()}")
    finally:
        connection.close()


def open_up(path: StrPath, connect: Connect, writable: bool, patience: float) -> Connection:
    """A connection to the log at a path, found to be one that this program can use.

    Raises Missing, Damaged, Unsuitable, Unwritable, Busy.
    """
    if not os.path.exists(path):
        raise Missing("there is no log at {path}; make one with cockpit init", path=path)
    refuse_strange(path)
    refuse_network(path)
    witnessed = witness.testimony(path)
    with explained(path):
        connection = connect(path, writable, patience)
        try:
            _settle_in(connection, path, writable)
            _hear(connection, path, witnessed)
        except BaseException:
            connection.close()
            raise
    return connection


def refuse_newer(connection: Connection, path: StrPath) -> None:
    """Raises Unsuitable where the tables are of a later program: it alone can judge them."""
    (layout,) = connection.execute("PRAGMA user_version").fetchone() or (0,)
    if layout > schema.FORMAT:
        raise Unsuitable("{path} was written by a newer cockpit; update this one", path=path)


def _settle_in(connection: Connection, path: StrPath, writable: bool) -> None:
    """Check that this is a log this program can keep, and set how it commits."""
    application = connection.execute("PRAGMA application_id").fetchone()
    if application != (schema.APPLICATION,):
        raise Damaged("{path} is not a log; name the file that cockpit init made", path=path)
    refuse_newer(connection, path)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    folder = os.path.dirname(path) or os.curdir
    if writable and os.access(path, os.W_OK) and os.access(folder, os.W_OK):
        connection.execute(f"PRAGMA journal_mode = {journal_mode()}")
        connection.execute(f"PRAGMA journal_size_limit = {_JOURNAL_BYTES}")


def _hear(connection: Connection, path: StrPath, witnessed: Head | None) -> None:
    """Raises Damaged where the file holds less than, or another log than, was seen before."""
    if witnessed is None or witnessed.seq == 0:
        return
    head = stored.last(connection).head
    if head.seq < witnessed.seq:
        raise Damaged(
            "{path} ends at event {seq}, but event {written} had been written:"
            " the end is lost; restore a backup,"
            " or remove {witness} to go on without it",
            path=path,
            seq=head.seq,
            written=witnessed.seq,
            witness=os.path.basename(witness.beside(path)),
        )
    if stored.link_at(connection, witnessed.seq) != witnessed.link:
        raise Damaged(
            "event {seq} of {path} is not the one that had been written:"
            " the log was rewritten; restore a backup",
            seq=witnessed.seq,
            path=path,
        )
