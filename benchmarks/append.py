"""Appending: durable, one event a transaction."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.data import Plan
from benchmarks.measure import in_turns, timed
from benchmarks.table import Line
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.sqlite.engine import Value, connect
from events.sqlite.opening import open_up
from events.sqlite.store import PATIENCE
from events.sqlite.writing import INSERT_EVENT
from events.vocabulary import CallMade


def measure(plan: Plan) -> Iterator[Line]:
    """Our whole append against the bare insert of a finished row into the very same file.

    Drafts and rows are made before the clock runs. The peer has every column, index and trigger of
    a log, the same settings and the same statement that is its own transaction; it makes no digests
    or links, asks nothing, stands in no queue and keeps no witness.
    """
    turn, rounds = (5, 1) if plan.short else (100, 15)
    with (
        tempfile.TemporaryDirectory(dir=plan.cache) as folder,
        SqliteLog.create(Path(folder) / "ours.db") as log,
        closing(_Bare(Path(folder) / "bare.db")) as bare,
    ):
        drafts = iter([_draft() for _ in range(turn * rounds)])
        rows = iter([_row(seq + 1) for seq in range(turn * rounds)])
        tasks = [
            timed(_many(lambda: log.append([next(drafts)]), turn), time.perf_counter),
            timed(_many(lambda: bare.insert(next(rows)), turn), time.perf_counter),
        ]
        ours, theirs = in_turns(tasks, rounds)
    ratio = theirs / ours
    yield Line(
        what="append, durable, one event a transaction",
        ours=f"{turn / ours:,.0f} /s",
        peer=f"{turn / theirs:,.0f} /s bare insert",
        ratio=ratio,
        budget=">= 0.8 x",
        verdict="ok" if ratio >= 0.8 else "over",
    )


def _many(task: Callable[[], object], times: int) -> Callable[[], None]:
    def run() -> None:
        for _ in range(times):
            task()

    return run


def _draft() -> Draft:
    now = dt.datetime.now(dt.UTC)
    body = CallMade(seller="hart", client="c17", seconds=200, reached=True, channel="web site")
    return Draft(body=body, occurred_at=now, actor="hart")


def _row(seq: int) -> tuple[Value, ...]:
    """The same call once more, as a log keeps it."""
    return (
        f"0199-{seq:032d}", "call_made", 1, "2026-04-15T10:00:00+01:00", "hart", "cockpit", None,
        "hart", "c17", None,
        '{"kind":"call_made","channel":"web site","seller":"hart","client":"c17",'
        '"seconds":200,"reached":true}',
        "0" * 64, seq, "2026-04-15T09:00:00.000000Z", "0" * 64,
    )  # fmt: skip


class _Bare:
    """An empty log by itself, opened just as the log opens it: one insert, one commit."""

    def __init__(self, path: Path) -> None:
        SqliteLog.create(path).close()
        self._connection = open_up(path, connect, writable=True, patience=PATIENCE)

    def insert(self, row: tuple[Value, ...]) -> None:
        """A row in a transaction of its own, which is what a statement by itself is."""
        self._connection.execute(INSERT_EVENT, row)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
