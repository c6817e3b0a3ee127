"""The line of writers before the log: one at a time, in the order they came.

SQLite's own waiting polls, and whoever polls unluckily starves. A lock on a file beside the log
lets one writer in, and the kernel lets go of it when its holder dies.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from events.errors import Busy
from events.sqlite import tickets
from events.sqlite.disk import open_beside


class Queue:
    """A writer's place before the lock file of a log, for one thread at a time."""

    def __init__(self, log: Path) -> None:
        """The file is made beside the log when a turn is first asked for."""
        self._log = log
        self._path = log.with_name(f"{log.name}.lock")
        self._fd: int | None = None
        self._ticket: int | None = None
        self._mark = b""

    def enter(self, patience: float) -> None:
        """Become the only writer; raises Busy after `patience` seconds, naming the holder."""
        fd = self._fd
        if fd is None:
            fd = self._fd = open_beside(self._log, self._path)
            self._mark = b"%-20d\n" % os.getpid()
        if tickets.AVAILABLE:
            self._ticket = tickets.take(fd)
            if tickets.ahead(fd, self._ticket) is not None:
                self._line_up(fd, self._ticket, patience)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait(fd, lambda: fcntl.flock(fd, fcntl.LOCK_EX), patience, patience)
        os.pwrite(fd, self._mark, 0)

    def _line_up(self, fd: int, ticket: int, patience: float) -> None:
        end = time.monotonic() + patience
        while (before := tickets.ahead(fd, ticket)) is not None:
            left = max(0.0, end - time.monotonic())
            self._wait(fd, tickets.until_given_back(fd, before), left, patience)

    def _wait(self, fd: int, block: Callable[[], None], left: float, patience: float) -> None:
        """Wait where the kernel itself knows no time limit; raises Busy."""
        self._fd = None
        waiting = _Wait(fd, block)
        waiting.start()
        try:
            waiting.join(left)
        except BaseException:
            self._give_up(fd, waiting)
            raise
        if waiting.came_through():
            self._fd = fd
            return
        self._give_up(fd, waiting)
        raise Busy(f"{_holder(self._path)} has been writing for {patience:g} s; try again")

    def _give_up(self, fd: int, waiting: _Wait) -> None:
        if self._ticket is not None:
            tickets.give_back(fd, self._ticket)
            self._ticket = None
        waiting.leave()

    def leave(self) -> None:
        """Let the next writer in."""
        if self._fd is not None:
            fcntl.flock(self._fd, fcntl.LOCK_UN)
            if self._ticket is not None:
                tickets.give_back(self._fd, self._ticket)
                self._ticket = None

    def close(self) -> None:
        """Let go of the file."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


class _Wait(threading.Thread):
    """Runs what blocks. Who stops waiting leaves the descriptor to this thread, to be closed."""

    def __init__(self, fd: int, block: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._fd = fd
        self._block = block
        self._decision = threading.Lock()
        self._through = False
        self._left = False

    def run(self) -> None:
        """Wait; let go of everything at once if nobody cares any more."""
        self._block()
        with self._decision:
            self._through = True
            if self._left:
                os.close(self._fd)

    def came_through(self) -> bool:
        """Whether the wait is over."""
        with self._decision:
            return self._through

    def leave(self) -> None:
        """Stop caring."""
        with self._decision:
            self._left = True
            if self._through:
                os.close(self._fd)


def _holder(path: Path) -> str:
    pid = path.read_bytes()[:20].strip().decode("ascii", "replace")
    return f"process {pid}" if pid else "another process"
