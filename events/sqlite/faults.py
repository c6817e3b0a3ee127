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
        return Busy(f"{path} is locked by another program; try again")
    if code in (_IOERR, _CANTOPEN) and os.path.isdir(path):
        return Missing(f"{path} is a folder; name the file of a log")
    if code == _FULL or (code == _IOERR and _is_full(path)):
        return Unwritable(f"the disk of {path} is full; free some space and send it again")
    if code == _READONLY:
        return Unwritable(f"{path} may only be read; make the file and its folder writable")
    if code == _CANTOPEN:
        return Unwritable(f"{path} or its folder cannot be opened; check the permissions")
    if code == _IOERR:
        return Unwritable(f"the disk of {path} reports an error ({error}); check the disk")
    if code in (_CORRUPT, _NOTADB):
        return Damaged(f"{path} does not read as a log ({error}); restore a backup")
    return Damaged(f"{path} does not answer as a log does ({error})")


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
        return Unwritable(f"the disk of {path} is full; free some space and send it again")
    if error.errno == errno.EEXIST:
        return Unwritable(f"{path} exists already; give another name")
    if error.errno == errno.ENOENT:
        return Unwritable(f"the folder of {path} is not there; make it first")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Unwritable(f"{path} may only be read; make the file and its folder writable")
    return Unwritable(f"{path}: {error.strerror}; check the disk")
