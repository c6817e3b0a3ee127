"""Waiting for the writers' lock when somebody holds it, for so many seconds at most."""

from __future__ import annotations

import fcntl
import os
import threading

from events.errors import Busy
from events.sqlite.queue import WAITED_FOR


class Wait(threading.Thread):
    """Waits in the kernel's own line; `flock` itself knows no time limit.

    Only one of all who wait stands before the lock, the others before the door behind him: so
    the lock goes to him, however many come, and however late the machine lets him run.
    """

    def __init__(self, fd: int, door: int, place: int) -> None:
        """`fd` and `door` are open files; behind `place` bytes of the first is said who waits."""
        super().__init__(daemon=True)
        self._fd = fd
        self._door = door
        self._place = place
        self._decision = threading.Lock()
        self._granted = False
        self._left = False
        self._trouble: OSError | None = None

    def run(self) -> None:
        """Take the lock; let go of it at once if nobody waits for it any more."""
        try:
            self._stand_in_line()
        except OSError as error:
            self._trouble = error
        finally:
            os.close(self._door)
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
        if self._trouble is not None:
            os.close(self._fd)
            raise self._trouble

    def _stand_in_line(self) -> None:
        fcntl.flock(self._door, fcntl.LOCK_EX)
        os.pwrite(self._fd, WAITED_FOR + str(os.getpid()).encode(), self._place)
        fcntl.flock(self._fd, fcntl.LOCK_EX)
        os.ftruncate(self._fd, self._place)

    def _leave(self) -> bool:
        """Stop waiting; False where the lock was granted before."""
        with self._decision:
            self._left = not self._granted
            return self._left


def _held(path: str, seconds: str) -> Busy:
    """Who holds the lock or, where it is free, who is next and does not come."""
    with open(path, "rb") as file:
        holder, _, first = file.read().partition(WAITED_FOR)
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            first = holder[:20]
    pid = first.strip().decode("ascii", "replace")
    if not pid:
        return Busy("another process has been writing for {seconds} s; try again", seconds=seconds)
    return Busy(
        "process {pid} has been writing for {seconds} s; try again", pid=pid, seconds=seconds
    )
