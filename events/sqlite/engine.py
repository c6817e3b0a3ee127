"""Which SQLite is there, and which way of committing is safe with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeAlias

if TYPE_CHECKING:
    import sqlite3 as sqlite3
else:
    try:
        import pysqlite3 as sqlite3
    except ImportError:
        import sqlite3

StrPath: TypeAlias = "str | os.PathLike[str]"
"""Where a file lies; `pathlib` itself is not needed to say so, and logging a fact waits for it."""

Value: TypeAlias = "int | str | bytes | None"
"""What a column of a log may hold."""

# A row is typed by its query and held to it by STRICT tables, which no type checker can see.
Record: TypeAlias = tuple[Any, ...]

VERSION: Final[tuple[int, int, int]] = sqlite3.sqlite_version_info
"""The version of the SQLite library in use."""

FEW_PAGES: Final = "PRAGMA cache_size = -512"
"""A quarter of the engine's own cache: what it does not hold the system does, and only once."""

_FEWEST_PAGES: Final = "PRAGMA cache_size = -128"
"""As many as a path through the log's trees takes: what it holds is read in the order of places."""

_PLAIN: Final = frozenset(b"/._-~abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

WAL_IS_SAFE_FROM: Final = (3, 51, 3)
"""Older engines can corrupt a write-ahead log that several processes write and check-point."""

STRICT_FROM: Final = (3, 37, 0)
"""Older engines have no tables that hold their columns to a type."""


class Cursor(Protocol):
    """The rows a statement answers with."""

    def fetchone(self) -> Record | None:
        """The next row, None after the last one."""
        ...

    def fetchall(self) -> list[Record]:
        """All rows that are left."""
        ...

    def __iter__(self) -> Iterator[Record]:
        """The rows that are left, one by one."""
        ...


class Connection(Protocol):
    """The little of a database connection that the log needs; transactions are spelled out."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        ...

    def execute(self, sql: str, parameters: Sequence[Value] = (), /) -> Cursor:
        """Run one statement."""
        ...

    def executemany(self, sql: str, parameters: Sequence[Sequence[Value]], /) -> object:
        """Run one statement for each tuple of parameters."""
        ...

    def backup(
        self,
        target: Self,
        *,
        pages: int = -1,
        progress: Callable[[int, int, int], None] | None = None,
        sleep: float = 0.25,
    ) -> None:
        """Copy everything, some pages at a time; `progress` hears (status, remaining, total)."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


Connect: TypeAlias = Callable[[StrPath, bool, float], Connection]
"""Opens a file: its path, whether to write, and the seconds to wait for a lock."""


def connect(path: StrPath, writable: bool, patience: float) -> Connection:
    """A connection in autocommit that may be used from any thread, one at a time."""
    connection: Connection = sqlite3.connect(
        uri_of(path, _way(path, writable)),
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
    )
    return connection


def sparing(path: StrPath, writable: bool, patience: float) -> Connection:
    """The same for a program that is open for hours and holds few pages all that time."""
    connection = connect(path, writable, patience)
    try:
        connection.execute(_FEWEST_PAGES)
    except BaseException:
        connection.close()
        raise
    return connection


def uri_of(path: StrPath, way: str) -> str:
    """A path as SQLite takes it with words on how to open it, like `mode=ro`."""
    name = os.fsencode(os.path.join(os.getcwd(), path))
    return "file:" + "".join(chr(c) if c in _PLAIN else f"%{c:02x}" for c in name) + f"?{way}"


def _way(path: StrPath, writable: bool) -> str:
    """How to open a file: reading a write-ahead log wants to write beside it, so where that
    cannot be and nobody has one open, the file is taken to stay as it is.
    """
    free = os.access(os.path.dirname(path) or os.curdir, os.W_OK)
    if writable and free and os.access(path, os.W_OK):
        return "mode=rw"
    if free or os.path.exists(f"{os.fspath(path)}-wal"):
        return "mode=ro"
    return "mode=ro&immutable=1"


def journal_mode(version: tuple[int, int, int] = VERSION) -> str:
    """`WAL` where the engine is sound for several writing processes, else `TRUNCATE`."""
    return "WAL" if version >= WAL_IS_SAFE_FROM else "TRUNCATE"


def describe(version: tuple[int, int, int] = VERSION) -> str:
    """One sentence for `doctor`: the engine, and why it commits the way it does."""
    name = ".".join(map(str, version))
    if journal_mode(version) == "WAL":
        return f"SQLite {name}, write-ahead log"
    safe = ".".join(map(str, WAL_IS_SAFE_FROM))
    return (
        f"SQLite {name}, rollback journal: the write-ahead log of engines before {safe} "
        "can corrupt a file that several processes write"
    )
