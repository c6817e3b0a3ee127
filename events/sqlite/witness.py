"""The head, kept outside the log's own file: it shows when the file has lost its end.

Written after each commit without waiting for the disk, so it may lag behind the log after a
power cut, but it never runs ahead of it.
"""

from __future__ import annotations

import os
import re
from typing import Final

from events.envelope import Head
from events.sqlite.disk import open_beside
from events.sqlite.engine import StrPath

_LINE: Final = re.compile(rb"(\d{20}) ([0-9a-f]{64})\n")


def beside(path: StrPath) -> str:
    """Where the witness of a log lies."""
    return f"{os.fspath(path)}.head"


def testimony(path: StrPath) -> Head | None:
    """The last head the witness saw; None where there is no witness, or none that can be read."""
    try:
        with open(beside(path), "rb") as file:
            line = file.read()
    except OSError:
        return None
    match = _LINE.fullmatch(line)
    return Head(int(match[1]), match[2].decode()) if match else None


class Witness:
    """Writes heads down; a disk that refuses is no reason to doubt what was committed."""

    def __init__(self, path: StrPath) -> None:
        """`path` is the log's."""
        self._log = path
        self._fd: int | None = None

    def remember(self, head: Head) -> None:
        """Write a head over the one before; only whoever has the writers' turn may."""
        # Not `suppress`, which takes longer than the writing.
        try:
            if self._fd is None:
                self._fd = open_beside(self._log, beside(self._log))
            os.pwrite(self._fd, f"{head.seq:020} {head.link}\n".encode(), 0)
        except OSError:
            pass

    def close(self) -> None:
        """Let go of the file."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
