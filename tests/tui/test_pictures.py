"""What the boards look like: one picture for each board and size, reviewed when it changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cockpit import words
from cockpit.department import open_department
from tests.tui.conftest import Start
from tests.tui.pictures import SIZES, Compare, after
from tests.tui.waiting import screen_text, wait_for
from tests.tui.world import build

BOARDS = {
    "plan_fact": after(shows="−327"),
    "conversions": after("3", shows="by cohort"),
    "close": after("4", shows="2 sellers lag"),
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

    app = start(room="replay", begin=dt.date(2024, 4, 12))
    assert snap_compare(app, terminal_size=size, run_before=before)
