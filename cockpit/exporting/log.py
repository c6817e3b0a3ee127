"""The log as lines of JSON, and an identical log made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TextIO

import msgspec

from cockpit.errors import Refused
from cockpit.words import t
from events.envelope import Head
from events.restore import from_line, lines, to_line
from events.restore import restore as restore_lines
from events.sqlite import SqliteLog

Progress = Callable[[int, int], None]

_EVERY: Final = 1000


def write(log: SqliteLog, out: TextIO, *, progress: Progress | None = None) -> Head:
    """Write every event as one line; returns the head as of which the export is whole.

    Personal text goes with its event, where it was not erased. `progress` hears how many events
    of how many are written.
    """
    head = log.head()
    for line in lines(log, head.seq):
        out.write(to_line(line) + "\n")
        if progress is not None and not line.seq % _EVERY:
            progress(line.seq, head.seq)
    return head


def restore(source: Path, target: Path, *, progress: Progress | None = None) -> Head:
    """Make a log at `target` out of an export; returns its head, the same as the exported one's.

    A target where an earlier restore of the same export was interrupted is continued. `progress`
    hears how many bytes of how many are read. Raises Refused where the file cannot be read or is
    no export, and `events.errors` for a line that was changed or is missing, or a target that holds
    another log.
    """
    try:
        size = source.stat().st_size
        with source.open("rb") as file:
            _demand_events(next((line for line in file if line.strip()), b""), source)
            file.seek(0)
            log = SqliteLog.open(target) if target.exists() else SqliteLog.create(target)
            with log:
                return restore_lines(log, _watched(file, size, progress))
    except OSError as error:
        raise Refused(
            t("cannot read {file}: {problem}", file=str(source), problem=error.strerror)
        ) from None


def _demand_events(first: bytes, source: Path) -> None:
    """Refuse a file that does not begin with an event, before a log is made for it."""
    try:
        from_line(first)
    except msgspec.DecodeError:
        raise Refused(
            t("{file} is no export of a log: give what cockpit export log wrote", file=source.name)
        ) from None


def _watched(file: Iterator[bytes], size: int, progress: Progress | None) -> Iterator[bytes]:
    """The lines that are not blank, with word of how far they are."""
    done = 0
    for number, line in enumerate(file, 1):
        done += len(line)
        if progress is not None and not number % _EVERY:
            progress(done, size)
        if line.strip():
            yield line
