"""Opening with a warm read model: it may not feel how long the log is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.data import Plan, log_of
from benchmarks.measure import in_turns, timed
from benchmarks.table import Line, at_most
from events.sqlite import SqliteLog
from projections.desk import Desk

LIMIT = 1.2
SIZES = (10_000, 100_000, 1_000_000)


def warm_log(plan: Plan, events: int) -> Path:
    """A log of so many events with its read model beside it."""
    sellers, months = (4, 2) if events <= 10_000 else (20, 12)
    path = log_of(plan, events, sellers=sellers, months=months)
    _opened(path, 1)
    return path


def model_of(path: Path) -> Path:
    """Where the read model of a log lies."""
    return path.with_name(f"{path.name}.model")


def _opened(path: Path, times: int) -> None:
    """What every command does first: the log, its read model, and a look at what is new."""
    for _ in range(times):
        with SqliteLog.open(path) as log, Desk(log, model_of(path)) as desk:
            desk.catch_up()


def measure(plan: Plan) -> Iterator[Line]:
    """A warm opening of the largest log against the smallest one."""
    small, large = warm_log(plan, SIZES[0]), warm_log(plan, SIZES[-1])
    times = 3 if plan.short else 20
    tasks = [timed(partial(_opened, path, times)) for path in (large, small)]
    ours, peer = in_turns(tasks, plan.rounds)
    yield at_most(
        f"opening, warm, {plan.size(SIZES[-1]):,} events, CPU",
        ours / times,
        peer / times,
        LIMIT,
        unit="s",
        against=f"at {plan.size(SIZES[0]):,}",
    )
