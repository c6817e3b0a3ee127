"""Folding the whole log anew."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.data import Plan, log_of
from benchmarks.measure import family_time, in_turns, timed
from benchmarks.table import Line, amount, at_most
from events.sqlite import SqliteLog
from events.sqlite.engine import sqlite3
from projections.desk import Desk

LIMIT = 8.0
SCAN = "SELECT sum(length(body)) FROM event"


def measure(plan: Plan) -> Iterator[Line]:
    """The read model from a million events against reading every byte of them."""
    path = log_of(plan, 1_000_000, sellers=20)
    with (
        tempfile.TemporaryDirectory(dir=plan.cache) as folder,
        SqliteLog.open(path, writable=False) as log,
        Desk(log, Path(folder) / "rebuilt.model") as desk,
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as bare,
    ):
        tasks = [
            timed(desk.rebuild, family_time),
            timed(lambda: bare.execute(SCAN).fetchone(), family_time),
        ]
        ours, scan = in_turns(tasks, plan.rounds)
        waited = timed(desk.rebuild, time.perf_counter)()
    what = f"rebuild of the read model from {plan.size(1_000_000):,} events"
    yield at_most(
        f"{what}, CPU of all processes", ours, scan, LIMIT, unit="s", against="sum(length(body))"
    )
    yield Line(what=f"{what}, waited for", ours=amount(waited, "s"), peer="")
