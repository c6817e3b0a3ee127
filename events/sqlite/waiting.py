"""Waiting for the writers' lock when somebody holds it, for so many seconds at most."""

from __future__ import annotations

import fcntl
import os
import threading

from events.errors import Busy


class Wait(threading.Thread):
    """Waits in the kernel's own line; `flock` itself knows no time limit.

    Who stops waiting leaves the descriptor to this thread, which closes it.
    """

    def __init__(self, fd: int) -> None:
        """`fd` is an open lock file that somebody else holds."""
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

    def outlast(self, patience: float, path: str) -> None:
        """Return with the lock held, or raise Busy."""
        self.start()
        try:
            self.join(patience)
        except BaseException:
            if not self._leave():
                os.close(self._fd)
            raise
        if self._leave():
            raise _held(path, f"{patience:g}")

    def _leave(self) -> bool:
        """Stop waiting; False where the lock was granted before."""
        with self._decision:
            self._left = not self._granted
            return self._left


def _held(path: str, seconds: str) -> Busy:
    """Who holds the lock, as far as the lock file tells."""
    with open(path, "rb") as file:
        pid = file.read(20).strip().decode("ascii", "replace")
    if not pid:
        return Busy("another process has been writing for {seconds} s; try again", seconds=seconds)
    return Busy(
        "process {pid} has been writing for {seconds} s; try again", pid=pid, seconds=seconds
    )
