"""What the boards of money look like, with names in three scripts."""

from __future__ import annotations

import pytest

from tests.tui import money_world
from tests.tui.conftest import OnDay
from tests.tui.test_pictures import SIZES, Compare, after


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_board_of_payments_looks_as_it_did(
    snap_compare: Compare, on_day: OnDay, size: tuple[int, int]
) -> None:
    app = on_day(money_world.moved())
    assert snap_compare(app, terminal_size=size, run_before=after("down", shows="awaited"))
