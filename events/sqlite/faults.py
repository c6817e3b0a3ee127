"""What SQLite and the disk complain of, said so that a person can act on it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from events.errors import Busy, Damaged, LogError, Missing, Unwritable
from events.sqlite.engine import StrPath, sqlite3

_BUSY: Final = 5
_LOCKED: Final = 6
_READONLY: Final = 8
_IOERR: Final = 10
_CORRUPT: Final = 11
_FULL: Final = 13
_CANTOPEN: Final = 14
_PROTOCOL: Final = 15
_NOTADB: Final = 26

_ROOM: Final = 64 * 1024
"""Bytes; the engine's shared memory alone takes half of them."""


TROUBLE: Final = (sqlite3.Error, OSError, UnicodeDecodeError)
"""What a file that is broken or out of reach makes the engine raise; it quotes broken text too."""


@contextmanager
def explained(path: StrPath) -> Iterator[None]:
    """Turns the engine's and the system's errors into the log's own."""
    try:
        yield
    except TROUBLE as error:
        raise meaning(error, path) from error


def meaning(error: Exception, path: StrPath) -> LogError:
    """What one of `TROUBLE` says of the log at a path."""
    if isinstance(error, OSError):
        return _of_system(error, path)
    return _of_engine(error, path)


def _of_engine(error: Exception, path: StrPath) -> LogError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (_BUSY, _LOCKED, _PROTOCOL):
        return Busy("{path} is locked by another program; try again", path=path)
    if code in (_IOERR, _CANTOPEN) and os.path.isdir(path):
        return Missing("{path} is a folder; name the file of a log", path=path)
    if code == _FULL or (code == _IOERR and _is_full(path)):
        return Unwritable(
            "the disk of {path} is full; free some space and send it again", path=path
        )
    if code == _READONLY:
        return Unwritable(
            "{path} may only be read; make the file and its folder writable", path=path
        )
    if code == _CANTOPEN:
        return Unwritable("{path} or its folder cannot be opened; check the permissions", path=path)
    if code == _IOERR:
        return Unwritable(
            "the disk of {path} reports an error ({error}); check the disk", path=path, error=error
        )
    if code in (_CORRUPT, _NOTADB):
        return Damaged(
            "{path} does not read as a log ({error}); restore a backup", path=path, error=error
        )
    return Damaged("{path} does not answer as a log does ({error})", path=path, error=error)


def _is_full(path: StrPath) -> bool:
    """Whether there is no room for what the engine keeps beside a log while it works."""
    folder = os.path.dirname(os.path.realpath(path))
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < _ROOM


def _of_system(error: OSError, path: StrPath) -> LogError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Unwritable(
            "the disk of {path} is full; free some space and send it again", path=path
        )
    if error.errno == errno.EEXIST:
        return Unwritable("{path} exists already; give another name", path=path)
    if error.errno == errno.ENOENT:
        return Unwritable("the folder of {path} is not there; make it first", path=path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Unwritable(
            "{path} may only be read; make the file and its folder writable", path=path
        )
    return Unwritable("{path}: {error}; check the disk", path=path, error=error.strerror)
