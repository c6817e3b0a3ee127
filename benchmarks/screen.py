"""The stand-up on a terminal: first paint, keys, and what it writes while nobody touches it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.data import MISSED, Plan, copy_of
from benchmarks.measure import in_turns, python, share
from benchmarks.minimal import MARK
from benchmarks.opening import warm_log
from benchmarks.table import Line, at_most, within
from benchmarks.terminal import Burst, Terminal

PAINT_LIMIT = 1.5
KEY_LIMIT = 0.050
CURSOR_BYTES, SECTION_BYTES, TICK_BYTES, MINUTE_BYTES = 1_500, 20_000, 150, 10_000
BOARD_LIMIT = 0.600
SAID, SOON = 7.0, 0.5
"""Seconds after which a sentence at the edge of the screen is gone, and what a short run waits."""

FRAME = "One moment"
"""Stands in the place of the first board while the agenda, the clock and the keys are there."""

FIRST_BOARD = "held on"
"""What the rhythm begins with, the first item of the agenda."""

PLAN_FACT = b"2"
DOWN, UP, LEFT, RIGHT, SPACE = b"\x1b[B", b"\x1b[A", b"\x1b[D", b"\x1b[C", b" "


def measure(plan: Plan) -> Iterator[Line]:
    """A usual department on a small terminal, and a large one on a shared screen."""
    yield from _usual(plan)
    yield from _large(plan)


def _large(plan: Plan) -> Iterator[Line]:
    """Any key, and a minute of nobody's, with 20 sellers and a million events at 120×40."""
    times, seconds = (2, 1.5) if plan.short else (30, 60.0)
    with tempfile.TemporaryDirectory(dir=plan.cache) as folder:
        log = copy_of(warm_log(plan, 1_000_000), Path(folder))
        with Terminal(_standup(log), columns=120, rows=40) as terminal:
            terminal.first_paint(FIRST_BOARD)
            _rest(terminal, plan)
            keys = [key for _ in range(times) for key in (DOWN, UP, RIGHT, DOWN, UP, LEFT)]
            pressed = [terminal.press(key) for key in keys]
            size = f"{plan.size(1_000_000):,} events"
            yield within(
                f"any key until the screen has changed, {size}, p95", _slow(pressed), KEY_LIMIT,
                unit="s",
            )  # fmt: skip
            terminal.press(SPACE, quiet=0.7)
            minute = sum(terminal.listen(seconds)) * 60 / seconds
            yield within("running clock at 120x40, a minute", minute, MINUTE_BYTES, unit="B")


def _usual(plan: Plan) -> Iterator[Line]:
    """Everything at 80 columns and 24 rows on a log of 100,000 events."""
    with tempfile.TemporaryDirectory(dir=plan.cache) as folder:
        log = copy_of(warm_log(plan, 100_000), Path(folder))
        ours = _standup(log)
        least = python("-m", "benchmarks.minimal")
        tasks = [
            lambda: _painted(ours, FRAME)[0],
            lambda: _painted(least, MARK)[0],
            lambda: _painted(ours, FIRST_BOARD)[1],
        ]
        paint, floor, board = in_turns(tasks, plan.rounds)
        yield at_most(
            "first paint of the stand-up, CPU", paint, floor, PAINT_LIMIT,
            unit="s", against="minimal Textual app",
        )  # fmt: skip
        yield within(
            "until the figures of the first board, the clock on the wall", board, BOARD_LIMIT,
            unit="s",
        )  # fmt: skip
        with Terminal(ours) as terminal:
            terminal.first_paint(FIRST_BOARD)
            _rest(terminal, plan)
            yield from _keys(terminal, 2 if plan.short else 40)
            yield from _idle(terminal, 1.5 if plan.short else 20.0)


def _standup(log: Path) -> list[str]:
    return python("-m", "cockpit", "standup", "--file", str(log), "--today", str(MISSED))


def _rest(terminal: Terminal, plan: Plan) -> None:
    """Wait until nothing moves any more, what was said at the beginning has gone, and the boards
    to come are read; stop the clock where it runs, and go to plan-fact.
    """
    terminal.settle(quiet=0.7)
    terminal.listen(SOON if plan.short else SAID)
    if terminal.listen(1.5):
        terminal.press(SPACE, quiet=0.7)
    terminal.press(PLAN_FACT, quiet=0.7)


def _painted(argv: list[str], mark: str) -> tuple[float, float]:
    with Terminal(argv) as terminal:
        return terminal.first_paint(mark)


def _keys(terminal: Terminal, times: int) -> Iterator[Line]:
    """Moving the cursor, then moving through the agenda, forth and back, while the clock rests."""
    cursor = [terminal.press(key) for _ in range(times) for key in (DOWN, UP)]
    section = [terminal.press(key) for _ in range(times) for key in (RIGHT, LEFT)]
    yield within("cursor key until the screen has changed, p95", _slow(cursor), KEY_LIMIT, unit="s")
    yield within("cursor key, most bytes", _big(cursor), CURSOR_BYTES, unit="B")
    yield within("next item until the screen has changed, p95", _slow(section), KEY_LIMIT, unit="s")
    yield within("next item, most bytes", _big(section), SECTION_BYTES, unit="B")


def _idle(terminal: Terminal, seconds: float) -> Iterator[Line]:
    """Paused, then with the clock running."""
    terminal.settle(quiet=0.7)
    silent = sum(terminal.listen(seconds)) * 60 / seconds
    yield Line(
        what="paused, per minute",
        ours=f"{silent:,.0f} B",
        peer="nothing",
        budget="0 B",
        verdict="ok" if silent == 0 else "over",
    )
    terminal.press(SPACE, quiet=0.7)
    tick = median(terminal.listen(seconds))
    yield within("running clock, a tick", tick, TICK_BYTES, unit="B")


def _slow(bursts: list[Burst]) -> float:
    return share([burst.seconds for burst in bursts], 95)


def _big(bursts: list[Burst]) -> float:
    return float(max(burst.size for burst in bursts))
