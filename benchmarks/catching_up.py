"""Catching up after one event: flat in the size of the log."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.data import TODAY, Plan, copy_of
from benchmarks.opening import SIZES, model_of, warm_log
from benchmarks.table import Line, at_most
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import CallMade
from projections.desk import Desk

FLAT = 1.2
"""How much longer it may take at any size than at the smallest."""

AFTER = dt.datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=dt.UTC)


def measure(plan: Plan) -> Iterator[Line]:
    """One call is appended and folded, at each size in turn."""
    times = 2 if plan.short else 30
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=plan.cache)))
        logs = [_opened(stack, plan, size, folder / str(size)) for size in SIZES]
        taken: list[list[float]] = [[] for _ in logs]
        for _ in range(times):
            for place, (log, desk) in enumerate(logs):
                taken[place].append(_one_more(log, desk))
    small, *others = [median(values) for values in taken]
    for size, value in zip(SIZES[1:], others, strict=True):
        yield at_most(
            f"catching up after one event at {plan.size(size):,}, CPU",
            value, small, FLAT, unit="s", against=f"at {plan.size(SIZES[0]):,}",
        )  # fmt: skip


def _opened(stack: ExitStack, plan: Plan, size: int, folder: Path) -> tuple[SqliteLog, Desk]:
    folder.mkdir()
    path = copy_of(warm_log(plan, size), folder)
    log = stack.enter_context(SqliteLog.open(path, clock=lambda: AFTER))
    desk = stack.enter_context(Desk(log, model_of(path)))
    desk.catch_up()
    return log, desk


def _one_more(log: SqliteLog, desk: Desk) -> float:
    body = CallMade(seller="hart", seconds=200, reached=True)
    log.append([Draft(body=body, occurred_at=AFTER, actor="hart")])
    start = process_time()
    folded = desk.catch_up()
    taken = process_time() - start
    if folded != 1:
        raise RuntimeError(f"{folded} events were folded where one was new")
    return taken
