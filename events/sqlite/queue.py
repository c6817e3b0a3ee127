"""The line of writers before the log: one at a time, in the order they came.

SQLite's own waiting polls, and whoever polls unluckily starves. The kernel wakes the waiters of
`flock` in their order, and lets go of the lock when its holder dies.
"""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path
from typing import Final

from events.errors import Busy
from events.sqlite.disk import open_beside

_TOKEN_BYTES: Final = 8
"""Enough to tell this queue from every other one that had the file."""


class Queue:
    """A writer's place before the lock file of a log, for one thread at a time."""

    def __init__(self, log: Path) -> None:
        """The file is made beside the log when a turn is first asked for."""
        self._log = log
        self._path = log.with_name(f"{log.name}.lock")
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
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._fd = None
            _Wait(fd).outlast(patience, self._path)
            self._fd = fd
        if os.pread(fd, len(self._mark), 0) == self._mark:
            return True
        os.pwrite(fd, self._mark, 0)
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


class _Wait(threading.Thread):
    """Waits in the kernel's own line; `flock` itself knows no time limit.

    Who stops waiting leaves the descriptor to this thread, which closes it.
    """

    def __init__(self, fd: int) -> None:
        super().__init__(daemon=True)
        self._fd = fd
        self._decision = threading.Lock()
        self._granted = False
        self._left = False

    def run(self) -> None:
        """Take the lock; let go of it at once if nobody waits for it any more."""
        fcntl.flock(self._fd, fcntl.LOCK_EX)
        with self._decision:
            self._granted = True
            if self._left:
                os.close(self._fd)

    def outlast(self, patience: float, path: Path) -> None:
        """Return with the lock held, or raise Busy."""
        self.start()
        try:
            self.join(patience)
        except BaseException:
            if not self._leave():
                os.close(self._fd)
            raise
        if self._leave():
            raise Busy(f"{_holder(path)} has been writing for {patience:g} s; try again")

    def _leave(self) -> bool:
        """Stop waiting; False where the lock was granted before."""
        with self._decision:
            self._left = not self._granted
            return self._left


def _holder(path: Path) -> str:
    pid = path.read_bytes()[:20].strip().decode("ascii", "replace")
    return f"process {pid}" if pid else "another process"
