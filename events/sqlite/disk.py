"""What SQLite leaves to us of getting files onto the disk."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from events.sqlite.engine import StrPath

_NO_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS})


def sync(path: StrPath) -> None:
    """Wait until the disk has a file, or the names in a folder."""
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def settle(rough: Path, path: Path) -> None:
    """Give a finished file its name once the disk has it; raises OSError where the name is taken.

    The rough name may stay behind; it is the caller's to remove.
    """
    sync(rough)
    try:
        os.link(rough, path)
    except OSError as error:
        if error.errno not in _NO_LINKS or path.exists():
            raise
        rough.rename(path)
    sync(path.parent)


def open_beside(log: StrPath, path: StrPath) -> int:
    """A descriptor to write a small file of the log's company, which has the log's own rights.

    So whoever may write the log may write what lies beside it, as SQLite does it too.
    """
    flags = os.O_RDWR | os.O_CLOEXEC
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        pass
    rights = os.stat(log).st_mode & 0o777
    fd = os.open(path, flags | os.O_CREAT, rights)
    os.fchmod(fd, rights)
    return fd
