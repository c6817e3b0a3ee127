"""What the tests of how boards look share: sizes, and how to get to what is looked at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from textual.app import App
from textual.pilot import Pilot

from tests.tui.waiting import board, opened, screen_text, settled, wait_for

SIZES = [(80, 24), (120, 40)]

Before = Callable[[Pilot[None]], Awaitable[None]]


class Compare(Protocol):
    """The fixture of the snapshot plugin."""

    def __call__(
        self, app: App[None], *, terminal_size: tuple[int, int], run_before: Before
    ) -> bool: ...


def after(*keys: str, shows: str) -> Before:
    """Press keys on the opened stand-up, each on a board that is whole, and wait for a text."""

    async def run(pilot: Pilot[None]) -> None:
        await opened(pilot)
        for key in keys:
            await settled(pilot)
            await pilot.press(key)
        await wait_for(pilot, lambda: shows in screen_text(pilot), shows)
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "rows")

    return run
