"""First come, first served: who came later waits for everybody who came earlier.

A ticket is the moment of coming, and a lock on the byte of the lock file at that offset. The
kernel drops it when its holder dies. Whoever waits, waits for the ticket right before the own
one, so each release wakes one writer and not all of them. Two who come at the very same time may
both believe to be first: tickets are for fairness, the lock on the file itself is for safety.
"""

from __future__ import annotations

import fcntl
import struct
import time
from collections.abc import Callable
from typing import Final

AVAILABLE: Final = hasattr(fcntl, "F_OFD_SETLK")
"""Whether the kernel has byte locks that belong to an open file instead of a process."""

_FLOCK: Final = struct.Struct("hhqqi4x")


def take(fd: int) -> int:
    """A ticket, to be given back."""
    while True:
        ticket = time.monotonic_ns()
        try:
            fcntl.fcntl(fd, fcntl.F_OFD_SETLK, _byte(fcntl.F_WRLCK, ticket))
        except BlockingIOError:
            continue
        return ticket


def give_back(fd: int, ticket: int) -> None:
    """Let those behind come closer."""
    fcntl.fcntl(fd, fcntl.F_OFD_SETLK, _byte(fcntl.F_UNLCK, ticket))


def ahead(fd: int, ticket: int) -> int | None:
    """The ticket right before this one that is still held, None where there is none."""
    found, start = None, 0
    while start < ticket:
        asked = _FLOCK.pack(fcntl.F_WRLCK, 0, start, ticket - start, 0)
        kind, _, at, _, _ = _FLOCK.unpack(fcntl.fcntl(fd, fcntl.F_OFD_GETLK, asked))
        if kind == fcntl.F_UNLCK:
            break
        found, start = at, at + 1
    return found


def until_given_back(fd: int, ticket: int) -> Callable[[], None]:
    """What waits for somebody else's ticket."""

    def wait() -> None:
        fcntl.fcntl(fd, fcntl.F_OFD_SETLKW, _byte(fcntl.F_WRLCK, ticket))
        give_back(fd, ticket)

    return wait


def _byte(kind: int, at: int) -> bytes:
    return _FLOCK.pack(kind, 0, at, 1, 0)
