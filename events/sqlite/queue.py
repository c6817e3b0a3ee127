"""The line of writers before the log: one at a time, and nobody passes who waits.

SQLite's own waiting polls, and whoever polls unluckily starves. The kernel wakes the waiters of
`flock` and lets go of the lock when its holder dies, but gives a free lock to whoever runs first:
on a busy machine that is again and again the one who just had it. So whoever waits says so in
the lock file, and whoever finds that goes behind.
"""

from __future__ import annotations

import fcntl
import os
from typing import Final

from events.sqlite.disk import open_beside
from events.sqlite.engine import StrPath

WAITED_FOR: Final = b"!"
"""Stands behind the mark in the lock file, before the waiter's number, while somebody waits."""

_AT_ONCE: Final = fcntl.LOCK_EX | fcntl.LOCK_NB

_TOKEN_BYTES: Final = 8
"""Enough to tell this queue from every other one that had the file."""


class Queue:
    """A writer's place before the lock file of a log, for one thread at a time."""

    def __init__(self, log: StrPath) -> None:
        """The file is made beside the log when a turn is first asked for."""
        self._log = log
        self._path = f"{os.fspath(log)}.lock"
        self._fd: int | None = None
        self._mark = b""

    def enter(self, patience: float) -> bool:
        """Become the only writer; whether nobody else was since this queue's last turn.

        Raises Busy after `patience` seconds, naming the holder.
        """
        fd = self._fd
        if fd is None:
            fd = self._fd = open_beside(self._log, self._path)
            self._mark = b"%-20d%s\n" % (os.getpid(), os.urandom(_TOKEN_BYTES).hex().encode())
        mark = self._mark
        try:
            fcntl.flock(fd, _AT_ONCE)
        except BlockingIOError:
            return self._after_others(fd, patience)
        # One byte more than the mark: it is there while somebody waits.
        found = os.pread(fd, len(mark) + 1, 0)
        if found == mark:
            return True
        if found.endswith(WAITED_FOR):
            fcntl.flock(fd, fcntl.LOCK_UN)
            return self._after_others(fd, patience)
        os.pwrite(fd, mark, 0)
        return False

    def leave(self) -> None:
        """Let the next writer in."""
        if self._fd is not None:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _after_others(self, fd: int, patience: float) -> bool:
        """Become the only writer behind everybody who waits already."""
        from events.sqlite.waiting import Wait

        mark = self._mark
        door = open_beside(self._log, f"{os.fspath(self._log)}.next")
        # Who gives up leaves both files to the wait.
        self._fd = None
        Wait(fd, door, len(mark)).outlast(patience, self._path)
        self._fd = fd
        if os.pread(fd, len(mark), 0) == mark:
            return True
        os.pwrite(fd, mark, 0)
        return False
