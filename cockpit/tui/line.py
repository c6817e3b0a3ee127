"""The terminal line: a program whose terminal is gone ends, whoever failed to tell it.

The kernel tells only the leader of a session, and a loop that waits for a dead screen hears no
signal. Without this such a program would go on for ever, reading the end of its input.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from typing import Final

_GONE: Final = select.POLLHUP | select.POLLERR | select.POLLNVAL

_GRACE: Final = 5.0
"""Seconds to write down that the clock stops."""


def watch() -> None:
    """End the program once its terminal hangs up; where there is none, nothing is watched."""
    if sys.__stdin__ is not None and sys.__stdin__.isatty():
        line = sys.__stdin__.fileno()
        threading.Thread(target=_wait, args=(line,), name="line", daemon=True).start()


def _wait(line: int) -> None:
    """Sleep until the line is dead, ask the program to end, and end it if it does not."""
    poll = select.poll()
    poll.register(line, 0)
    while not any(bits & _GONE for _, bits in poll.poll()):
        pass
    os.kill(os.getpid(), signal.SIGHUP)
    time.sleep(_GRACE)
    os.kill(os.getpid(), signal.SIGKILL)
