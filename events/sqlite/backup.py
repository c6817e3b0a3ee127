"""A copy of the log, made while sellers write, and proven before it gets its name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from events.errors import Damaged, Missing, Unwritable
from events.sqlite.disk import settle
from events.sqlite.engine import Connect, Connection, connect
from events.sqlite.faults import explained
from events.sqlite.opening import refuse_newer
from events.sqlite.place import refuse_strange
from events.sqlite.store import PATIENCE
from events.sqlite.verdict import Verdict
from events.sqlite.verify import verify

PAGES: Final = 1024
"""Pages copied between two words about the progress."""


def backup(
    source: Path,
    target: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    connect: Connect = connect,
) -> Verdict:
    """Copy the log at `source` to `target`, a path where nothing lies yet.

    The copy is what the log held at one moment, personal text included, and is verified before it
    gets its name; putting it back is copying the file. `progress` hears of pages (done, total).
    Raises Missing, Unwritable, Unsuitable, Damaged where the copy does not verify.
    """
    if not source.exists():
        raise Missing("there is no log at {path}", path=source)
    refuse_strange(source)
    if target.exists():
        raise Unwritable("{path} exists already; give another name", path=target)
    rough = target.with_name(f"{target.name}.{os.getpid()}.new")
    with explained(target):
        try:
            rough.touch(exist_ok=False)
            _copy(source, rough, progress, connect)
            verdict = verify(rough, connect=connect)
            if not verdict.sound:
                raise Damaged(
                    "the copy of {path} does not verify: {flaw}",
                    path=source,
                    flaw=verdict.flaws[0].said,
                )
            settle(rough, target)
        finally:
            rough.unlink(missing_ok=True)
    return msgspec.structs.replace(verdict, path=target)


def _copy(
    source: Path, rough: Path, progress: Callable[[int, int], None] | None, connect: Connect
) -> None:
    origin = connect(source, False, PATIENCE)
    try:
        refuse_newer(origin, source)
        copy = connect(rough, True, PATIENCE)
        try:
            _run(origin, copy, progress)
            # A single file without a write-ahead log beside it is easier to carry about.
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
    finally:
        origin.close()


def _run(origin: Connection, copy: Connection, progress: Callable[[int, int], None] | None) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    # One snapshot for all steps: otherwise every commit of a seller starts the copy anew.
    origin.execute("BEGIN")
    origin.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    origin.backup(copy, pages=PAGES, progress=tell, sleep=0.0)
    origin.execute("COMMIT")
