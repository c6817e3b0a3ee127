"""The desk check, the first thing a head sees: what it costs, and what the program then holds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.data import MISSED, Plan, copy_of
from benchmarks.measure import cpu_of, in_turns, python
from benchmarks.opening import warm_log
from benchmarks.table import Line, at_most, compared, within
from benchmarks.terminal import Terminal

LIMIT = 1.5
SIZES = (100_000, 1_000_000)
RESIDENT = 60e6
SECONDS = 8.0
"""How long a program has been there when its memory is looked at."""


def measure(plan: Plan) -> Iterator[Line]:
    """The whole command on a large log against a smaller one of as many deals; then the memory of
    the screen, against that of the least a Textual program can be.
    """
    small, large = (warm_log(plan, events) for events in SIZES)
    tasks = [partial(cpu_of, _cockpit(path, "report", "desk-check")) for path in (large, small)]
    ours, peer = in_turns(tasks, plan.rounds)
    yield at_most(
        f"cockpit report desk-check, {plan.size(SIZES[1]):,} events, CPU",
        ours,
        peer,
        LIMIT,
        unit="s",
        against=f"at {plan.size(SIZES[0]):,}",
    )
    floor = _resident(plan, python("-m", "benchmarks.minimal"))
    for what in ("desk check", "stand-up"):
        with tempfile.TemporaryDirectory(dir=plan.cache) as folder:
            log = copy_of(small, Path(folder))
            command = _cockpit(log, *(("standup",) if what == "stand-up" else ()))
            held = _resident(plan, command) / 1e6
        size = f"{plan.size(SIZES[0]):,} events"
        yield within(f"memory with the {what} open, {size}", held, RESIDENT / 1e6, unit="MB")
        yield compared("the same", held, floor / 1e6, unit="MB", against="minimal Textual app")


def _cockpit(log: Path, *words: str) -> list[str]:
    return python("-m", "cockpit", *words, "--file", str(log), "--today", str(MISSED))


def _resident(plan: Plan, argv: list[str]) -> float:
    with Terminal(argv, columns=120, rows=40) as terminal:
        terminal.listen(1.5 if plan.short else SECONDS)
        return terminal.resident()
