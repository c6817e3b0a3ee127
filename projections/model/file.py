"""The file of a read model: opened, made anew, and given up where it cannot be kept.

The model may be thrown away at any time, so nothing here is ever an error to the caller: a model
that is damaged, foreign or outdated is built again, and one that is locked or read-only for too
long is carried on in memory.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from events.envelope import Head
from events.log import Log
from events.sqlite.engine import FEW_PAGES, Connection, StrPath, sqlite3, uri_of
from projections.fold.basis import Basis
from projections.model.fill import Progress
from projections.model.schema import SHAPE

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE: Final = 2.0
"""Seconds to wait for another process that is catching the model up."""

CORRUPT: Final = (1, 11, 26)
"""SQLite's codes for a missing table, a damaged image, and a file that is no database."""

_TAKEN: Final = (5, 6)
"""SQLite's codes for a file or a table that somebody else holds."""

_MEMORY: Final = ":memory:"


def code_of(error: Exception) -> int:
    """SQLite's primary code for an error; that of a damaged image for what is none of SQLite's."""
    if isinstance(error, sqlite3.DatabaseError):
        return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
    return CORRUPT[1]


def opened(path: StrPath, log: Log, basis: Basis) -> Connection | None:
    """The model at a path; None where there is none that fits.

    Raises sqlite3.Error where somebody else keeps it locked.
    """
    try:
        connection = _connect(uri_of(path, "mode=rw"))
    except sqlite3.OperationalError:
        return None
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(FEW_PAGES)
        if _fits(connection, log, basis):
            return connection
    except sqlite3.DatabaseError as error:
        if code_of(error) not in CORRUPT:
            connection.close()
            raise
    connection.close()
    return None


def _fits(connection: Connection, log: Log, basis: Basis) -> bool:
    """Whether a model is of this log, by these rules, and folded by this program."""
    meta: dict[str, str] = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    rules = (str(SHAPE), basis.zone, basis.recognition, str(basis.brief))
    if tuple(map(meta.get, ("shape", "zone", "recognition", "brief"))) != rules:
        return False
    position, link = int(meta["position"]), meta["link"]
    return position == 0 or any(event.link == link for event in log.read(position - 1, position))


def build_file(
    place: StrPath, log: Log, basis: Basis, head: Head, progress: Progress | None
) -> None:
    """Build a model beside its place and put it there whole.

    Raises sqlite3.Error or OSError where the place cannot be written.
    """
    from pathlib import Path

    path = Path(place)
    rough = path.with_name(f"{path.name}.{os.getpid()}.new")
    _sweep(path)
    try:
        connection = _connect(uri_of(rough, "mode=rwc"))
        try:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
                connection.execute(f"PRAGMA {pragma}")
            _fill(connection, log, basis, head, progress)
        finally:
            connection.close()
        # A journal that a killed writer left would be rolled back into the new file.
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        rough.replace(path)
    finally:
        rough.unlink(missing_ok=True)


def build_memory(log: Log, basis: Basis, head: Head, progress: Progress | None) -> Connection:
    """A model that no file holds."""
    connection = _connect(_MEMORY)
    _fill(connection, log, basis, head, progress)
    return connection


def copied(connection: Connection) -> Connection:
    """The same model in memory; raises sqlite3.Error where it cannot be read."""
    memory = _connect(_MEMORY)
    try:
        connection.backup(memory, progress=_impatient)
    except BaseException:
        memory.close()
        raise
    return memory


def _fill(
    connection: Connection, log: Log, basis: Basis, head: Head, progress: Progress | None
) -> None:
    from projections.model.build import build

    connection.execute("BEGIN")
    build(connection, log, basis, head, progress)
    connection.execute("COMMIT")


def _connect(name: str) -> Connection:
    connection: Connection = sqlite3.connect(
        name, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    return connection


def _impatient(status: int, _remaining: int, _total: int) -> None:
    """The engine would ask a locked file again for ever; here it has been waited for already."""
    if status in _TAKEN:
        raise sqlite3.OperationalError("the read model is locked")


def _sweep(path: Path) -> None:
    """Take away what builders that were killed left behind."""
    for rough in path.parent.glob(f"{path.name}.*.new"):
        pid = rough.name.removeprefix(f"{path.name}.").removesuffix(".new")
        with suppress(OSError):
            if pid.isdecimal() and not _alive(int(pid)):
                rough.unlink()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
