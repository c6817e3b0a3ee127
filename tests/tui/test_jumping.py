"""Jump mode: every place that is seen has a label, and its label goes there from either layout."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from cockpit.render.cells import width
from cockpit.tui.jumping import labels
from cockpit.tui.keys import twin
from cockpit.tui.screens.replay import ReplayScreen
from cockpit.tui.sheet import Piece, labelled
from events.sqlite import SqliteLog
from tests.tui.conftest import Start
from tests.tui.waiting import board, opened, row, screen_text, settled, standup, wait_for
from tests.tui.world import TODAY, at, build, payment

LETTERS = "asdfghklqwertyuiopzxcvbnm"


@given(st.integers(0, 400))
def test_labels_are_told_apart_as_they_are_typed(count: int) -> None:
    made = labels(LETTERS, count)
    assert len(made) == count == len(set(made))
    assert not [one for one in made for other in made if one != other and other.startswith(one)]
    assert {len(label) for label in made} <= ({1} if count <= len(LETTERS) else {1, 2})


@given(st.lists(st.sampled_from(["Иванов ", "▸1 Plan", "漢字", " "]), max_size=4))
def test_a_label_covers_the_first_cells_and_moves_nothing(texts: list[str]) -> None:
    line: list[Piece] = [("   ", "plain"), *((text, "good") for text in texts)]
    for label in ("a", "ab"):
        covered = labelled(line, label)
        assert covered[0] == (label, "label")
        assert sum(width(text) for text, _ in covered) == sum(width(text) for text, _ in line)


def label(pilot: Pilot[None], text: str) -> str:
    """The label that stands at the left of a text on the screen."""
    found = re.search(rf"(\S+) *{re.escape(text)}", screen_text(pilot))
    assert found is not None, screen_text(pilot)
    return found[1]


@pytest.mark.parametrize("layout", ["latin", "cyrillic"])
async def test_a_label_goes_to_its_row_from_either_layout(start: Start, layout: str) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        assert board(pilot).cursor != "seller:petrova"
        await pilot.press("j" if layout == "latin" else "о")
        letter = label(pilot, "Anna Petrova")
        await pilot.press(letter if layout == "latin" else str(twin(letter)))
        assert board(pilot).cursor == "seller:petrova"
        assert f"{letter}Anna Petrova" not in screen_text(pilot)


async def test_a_label_gives_the_floor_to_an_item(start: Start) -> None:
    async with start().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("j")
        await pilot.press(label(pilot, "3 Conversions")[0])
        await wait_for(pilot, lambda: screen.stage.trail == ["conversions"], "the item")
        meeting = screen.conductor.meeting
        assert meeting is not None
        assert meeting.item == "conversions"


async def test_labels_are_drawn_as_the_language_has_them_on_the_keyboard(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "russian.db"
    build(path, "ru")
    async with start(path).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("о")
        letter = label(pilot, "Anna Petrova")
        assert letter in set(filter(None, map(twin, LETTERS)))
        await pilot.press(letter)
        assert board(pilot).cursor == "seller:petrova"


@pytest.mark.parametrize("key", ["escape", "j", "о", "b", "5", "f2", "question_mark", "left"])
async def test_a_key_that_is_no_label_leaves_and_does_nothing_else(start: Start, key: str) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await settled(pilot)
        before = screen_text(pilot)
        await pilot.press("j")
        assert screen_text(pilot) != before
        await pilot.press(key)
        await wait_for(pilot, lambda: screen_text(pilot) == before, "the screen as it was")
        assert pilot.app.screen is screen


async def test_a_letter_on_a_row_goes_there_and_does_not_do_what_it_does_otherwise(
    start: Start,
) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        view = screen.view
        for name in ("Иванов Илья", "Anna Petrova", "Sergey Sidorov", "unassigned", "DEPARTMENT"):
            await pilot.press("j")
            await pilot.press(label(pilot, name))
            assert name in row(pilot, str(board(pilot).cursor))[0]
        assert (pilot.app.screen, screen.view) == (screen, view)


async def test_a_row_keeps_its_label_when_the_figures_change_under_it(
    start: Start, log_file: Path
) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("j")
        letter = label(pilot, "Sergey Sidorov")
        lines = [line.key for line in board(pilot).sheet.lines]
        with SqliteLog.open(log_file) as log:
            log.append([payment("sidorov", 5_000_000, at(TODAY, 9))])
        await wait_for(
            pilot, lambda: [line.key for line in board(pilot).sheet.lines] != lines, "another order"
        )
        assert label(pilot, "Sergey Sidorov") == letter
        await pilot.press(letter)
        assert board(pilot).cursor == "seller:sidorov"


async def test_labels_cover_nothing_but_the_margin_and_bring_nothing_to_light(
    start: Start,
) -> None:
    async with start(share=True).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        before = screen_text(pilot).splitlines()
        await pilot.press("j")
        after = screen_text(pilot).splitlines()
        changed = {
            (y, x)
            for y, (old, new) in enumerate(zip(before[:-1], after[:-1], strict=True))
            for x, (one, other) in enumerate(zip(old, new, strict=True))
            if one != other
        }
        assert changed
        assert {x for _, x in changed} == {0, standup(pilot).stage.region.x}


async def test_days_and_events_of_a_replay_can_be_jumped_to(start: Start) -> None:
    app = start(room="replay", begin=dt.date(2024, 4, 12), private=True)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, ReplayScreen)
        await wait_for(pilot, lambda: bool(screen.ledger.sheet.lines), "the ledger")
        await pilot.press("j")
        line = next(
            line for line in screen_text(pilot).splitlines() if " 8" in line and " 9" in line
        )
        found = re.search(r"(\S) 9", line)
        assert found is not None
        await pilot.press(found[1])
        await wait_for(pilot, lambda: screen.day == dt.date(2024, 4, 9), "the day")
        await wait_for(pilot, lambda: len(screen.ledger.sheet.lines) > 1, "its events")
        last = screen.ledger.sheet.lines[1].key
        assert screen.ledger.cursor != last
        await pilot.press("j")
        await pilot.press(*label(pilot, screen.ledger.sheet.lines[1].cells[0].text))
        assert screen.ledger.cursor == last
        assert screen.ledger.has_focus


async def test_a_user_may_jump_with_another_key_which_is_then_no_label(start: Start) -> None:
    async with start(keymap={"jump.open": "a"}).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await settled(pilot)
        before = screen_text(pilot)
        await pilot.press("a")
        assert label(pilot, "Иванов Илья") == "s"
        await pilot.press("a")
        await wait_for(pilot, lambda: screen_text(pilot) == before, "no labels")


async def test_the_palette_jumps_too(start: Start) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        assert "jump.open" in {action.id for action, _ in screen.doable()}
