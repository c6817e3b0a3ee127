"""Waiting for something to be so, and a clock that goes when it is told."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.message import Message
from textual.pilot import Pilot

from cockpit.tui.jobs import Department
from cockpit.tui.screens.asking import AskingScreen
from cockpit.tui.screens.leaving import Leaving
from cockpit.tui.screens.standup import StandupScreen
from cockpit.tui.widgets.board import Board

PATIENCE = 30.0
"""Seconds until a condition is given up; far more than any of them takes."""

ROUNDS = 3
"""How often in a row nothing may change until a screen has settled."""


class Settled(Message):
    """Says nothing; the worker makes it when it has nothing else to do."""


class Clock:
    """Stands still until it is told how much time has passed."""

    def __init__(self, time: dt.datetime) -> None:
        self.time = time

    def __call__(self) -> dt.datetime:
        return self.time

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.time += dt.timedelta(seconds=seconds)


async def wait_for(pilot: Pilot[None], condition: Callable[[], bool], description: str) -> None:
    """Let the app work until the condition holds; fails with the description if it never does."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"never came: {description}\n{screen_text(pilot)}")
        await pilot.pause()
        await asyncio.sleep(0.01)


async def settled(pilot: Pilot[None]) -> None:
    """Let the worker answer all it was asked, until nothing of the screen changes any more.

    A board may draw from more than one report, and what is asked ahead is asked bit by bit; so
    the worker has to run dry three times in a row without a change.
    """
    seen, same = pilot.app.screen._compositor.render_strips(), 0
    while same < ROUNDS:
        for screen in pilot.app.screen_stack:
            if isinstance(screen, AskingScreen):
                await _answered(pilot, screen)
        await pilot.pause()
        now = pilot.app.screen._compositor.render_strips()
        seen, same = now, same + 1 if now == seen else 0


async def _answered(pilot: Pilot[None], screen: AskingScreen) -> None:
    """Wait until the worker has done all jobs there are before this one."""
    done = threading.Event()

    def run(_: Department) -> Message:
        done.set()
        return Settled()

    screen.follower.work("settled", run, patient=True)
    await wait_for(pilot, done.is_set, "the worker's answers")


async def opened(pilot: Pilot[None]) -> StandupScreen:
    """The stand-up once the figures of its first board are there."""
    await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "the first board")
    return standup(pilot)


async def close(pilot: Pilot[None], key: str = "q") -> None:
    """Close the stand-up, also where somebody lags without a correction."""
    screen = standup(pilot)
    await wait_for(pilot, lambda: screen.lagging is not None or not screen.conductor.on, "who lags")
    await pilot.press(key)
    if isinstance(pilot.app.screen, Leaving):
        await pilot.press("down", "enter")


async def leave(pilot: Pilot[None], key: str = "q") -> None:
    """Close the stand-up, and wait until that is in the log and the program has ended."""
    await close(pilot, key)
    await wait_for(pilot, lambda: not pilot.app.is_running, "the end")


def standup(pilot: Pilot[None]) -> StandupScreen:
    """The stand-up, whatever lies over it."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, StandupScreen))


def board(pilot: Pilot[None]) -> Board:
    """The board in the middle of the stand-up."""
    return standup(pilot).stage.board


def row(pilot: Pilot[None], key: str) -> list[str]:
    """The texts of a row of the board that is seen."""
    sheet = board(pilot).sheet
    line = next(line for line in (*sheet.lines, *sheet.totals) if line.key == key)
    return [cell.text for cell in line.cells]


def figure(pilot: Pilot[None], key: str, column: str) -> str:
    """One figure of the board that is seen."""
    keys = [each.key for each in board(pilot).sheet.columns]
    return row(pilot, key)[keys.index(column)]


def screen_text(pilot: Pilot[None]) -> str:
    """What is on the screen, as lines."""
    return "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())


class Hold:
    """Keeps the worker of a room busy until it is let go: whatever is asked meanwhile waits."""

    def __init__(self, screen: AskingScreen) -> None:
        """The worker is kept once it gets to it."""
        self._gone = threading.Event()
        self._kept = threading.Event()
        screen.follower.work("hold", self._run)

    def _run(self, _: Department) -> Message:
        self._kept.set()
        self._gone.wait(PATIENCE)
        return Settled()

    @property
    def kept(self) -> bool:
        """Whether the worker is at it."""
        return self._kept.is_set()

    def let_go(self) -> None:
        """Let the worker go on."""
        self._gone.set()


@asynccontextmanager
async def held(pilot: Pilot[None]) -> AsyncIterator[Hold]:
    """The room with a worker that answers nothing before it is let go, at the latest at the end."""
    await settled(pilot)
    screen = next(each for each in pilot.app.screen_stack if isinstance(each, AskingScreen))
    hold = Hold(screen)
    try:
        await wait_for(pilot, lambda: hold.kept, "the busy worker")
        yield hold
    finally:
        hold.let_go()
