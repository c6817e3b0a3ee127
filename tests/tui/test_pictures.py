"""What the boards look like: one picture for each board and size, reviewed when it changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

import pytest
from textual.app import App
from textual.pilot import Pilot

from cockpit import words
from cockpit.department import open_department
from tests.tui.conftest import Start
from tests.tui.waiting import board, opened, screen_text, wait_for
from tests.tui.world import build

SIZES = [(80, 24), (120, 40)]

Before = Callable[[Pilot[None]], Awaitable[None]]


class Compare(Protocol):
    """The fixture of the snapshot plugin."""

    def __call__(
        self, app: App[None], *, terminal_size: tuple[int, int], run_before: Before
    ) -> bool: ...


def after(*keys: str, shows: str) -> Before:
    """Press keys on the opened stand-up, and wait until the board shows a text."""

    async def run(pilot: Pilot[None]) -> None:
        await opened(pilot)
        await pilot.press(*keys)
        await wait_for(pilot, lambda: shows in screen_text(pilot), shows)
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "rows")
        await pilot.pause()

    return run


BOARDS = {
    "plan_fact": after(shows="−327"),
    "conversions": after("3", shows="by cohort"),
    "close": after("4", shows="2 lag without"),
    "seller": after("enter", "down", "down", "down", shows="to finish the plan"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", BOARDS)
def test_the_board_looks_as_it_did(
    snap_compare: Compare, start: Start, name: str, size: tuple[int, int]
) -> None:
    assert snap_compare(start(), terminal_size=size, run_before=BOARDS[name])


@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_the_other_themes_look_as_they_did(snap_compare: Compare, start: Start, theme: str) -> None:
    app = start(theme=theme)
    assert snap_compare(app, terminal_size=(80, 24), run_before=BOARDS["plan_fact"])


def test_the_events_behind_a_figure_look_as_they_did(snap_compare: Compare, start: Start) -> None:
    before = after("enter", "down", "enter", shows="14 events")
    assert snap_compare(start(), terminal_size=(80, 24), run_before=before)


def test_help_looks_as_it_did(snap_compare: Compare, start: Start) -> None:
    before = after("f1", shows="Getting about")
    assert snap_compare(start(), terminal_size=(120, 40), run_before=before)


def test_the_board_in_russian_looks_as_it_did(
    snap_compare: Compare, start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "russian.db"
    build(path, "ru")
    with open_department(path):
        assert words.language() == "ru"
    before = after(shows="−327")
    assert snap_compare(start(path), terminal_size=(80, 24), run_before=before)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_replay_looks_as_it_did(
    snap_compare: Compare, start: Start, size: tuple[int, int]
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await wait_for(pilot, lambda: "3,075" in screen_text(pilot), "the board")
        await pilot.press("left")
        await wait_for(pilot, lambda: "2,895" in screen_text(pilot), "Thursday")
        await wait_for(pilot, lambda: "Recorded on Thu" in screen_text(pilot), "its events")
        await pilot.pause()

    app = start(room="replay", begin=dt.date(2024, 4, 12))
    assert snap_compare(app, terminal_size=size, run_before=before)
