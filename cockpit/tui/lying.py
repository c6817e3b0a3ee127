"""Whether the log still lies where it was opened: what is written to a file moved away is lost."""

from __future__ import annotations

from pathlib import Path

from cockpit.words import t
from events.log import Log


def identity(log: Log) -> tuple[int, int] | None:
    """Which file lies where the log was opened; None for a log that is no file."""
    path = getattr(log, "path", None)
    if path is None:
        return None
    try:
        found = Path(path).stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def replaced() -> str:
    """What to do once another file lies in the log's place: what is written to it is lost."""
    return t("Another file lies in the log's place: nothing is written; leave and open it again")
