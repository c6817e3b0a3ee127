"""What the boards of money look like, with names in three scripts."""

from __future__ import annotations

import pytest

from tests.tui import money_world
from tests.tui.conftest import OnDay
from tests.tui.funnel_world import funnel
from tests.tui.pictures import SIZES, Compare, after

BOARDS = {
    "conversions": after("3", shows="most was lost at"),
    "channels": after("3", "v", shows="fair"),
    "weeks": after("3", "w", shows="all weeks"),
    "bridge": after("3", "end", "b", shows="Whose it is"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_board_of_payments_looks_as_it_did(
    snap_compare: Compare, on_day: OnDay, size: tuple[int, int]
) -> None:
    app = on_day(money_world.moved())
    assert snap_compare(app, terminal_size=size, run_before=after("down", shows="awaited"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", BOARDS)
def test_the_boards_of_the_funnel_look_as_they_did(
    snap_compare: Compare, on_day: OnDay, name: str, size: tuple[int, int]
) -> None:
    assert snap_compare(on_day(funnel()), terminal_size=size, run_before=BOARDS[name])
