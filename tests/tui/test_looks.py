"""Other colours and other signs: nothing that a board says is lost with them."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from rich.segment import Segment
from textual.color import Color

import cockpit
from cockpit.tui.app import Cockpit
from cockpit.tui.screens.asking import AskingScreen
from cockpit.tui.themes import THEMES
from cockpit.tui.typewriter import Typewriter
from cockpit.tui.widgets.clock import Reading, _line
from tests.tui.conftest import Start
from tests.tui.waiting import board, opened, screen_text, wait_for

BEYOND = ("So", "Sm", "Sc", "Po", "Pd", "Pi", "Pf", "Ps", "Zs")
"""What is no letter, digit or space: symbols, signs of punctuation and of sums."""

PACKAGE = Path(cockpit.__file__).parent


def drawn_signs(text: str) -> set[str]:
    """The signs of a screen that no typewriter has, those of money and for a number apart."""
    return {
        sign
        for sign in text
        if ord(sign) > 127 and unicodedata.category(sign) in BEYOND and sign not in "₽€£№"
    }


@pytest.mark.parametrize("room", ["desk", "standup"])
async def test_plain_signs_are_those_of_a_typewriter(
    start: Start, room: Literal["desk", "standup"]
) -> None:
    app = start(room=room, plain_signs=True)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, AskingScreen)
        stage = screen.stage
        await wait_for(pilot, lambda: bool(stage.board.sheet.lines), "the first board")
        for _ in range(4):
            assert drawn_signs(screen_text(pilot)) == set()
            await pilot.press("right" if room == "standup" else "down")
            await wait_for(pilot, lambda: bool(stage.board.sheet.lines), "the next board")


def literals(file: Path) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docs = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in docs:
            yield each.value


def test_every_sign_that_can_be_drawn_has_a_plain_one() -> None:
    """Also those that no test happens to see: a running clock, the mark of a replay."""
    files = [*(PACKAGE / "tui").rglob("*.py"), *(PACKAGE / "render").rglob("*.py")]
    files += [PACKAGE / f"{name}.py" for name in ("labels", "headings", "fields", "formats")]
    said = "".join(text for file in files if file.name != "cells.py" for text in literals(file))
    for catalogue in (PACKAGE / "locale").rglob("*.po"):
        said += catalogue.read_text(encoding="utf-8")
    drawn = Typewriter().apply([Segment(said)], Color(0, 0, 0))
    assert drawn_signs("".join(text for text, _, _ in drawn)) == set()


def test_the_part_of_a_bar_that_is_done_is_told_apart_with_plain_signs() -> None:
    for reading in (Reading(item=60, box=100, total=900), Reading(item=99, box=100, total=900)):
        bar = "".join(text for text, _ in _line(reading, 2, 20))
        ((drawn, _, _),) = Typewriter().apply([Segment(bar)], Color(0, 0, 0))
        assert len(set(drawn.strip())) == len(set(bar.strip())) == 2


@pytest.mark.parametrize("keys", ["g", "question_mark", "u", "P", "t", "q"])
async def test_what_lies_over_a_board_is_drawn_with_plain_signs_too(
    start: Start, keys: str
) -> None:
    app = start(plain_signs=True)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        before = screen_text(pilot)
        await pilot.press(keys)
        await wait_for(pilot, lambda: screen_text(pilot) != before, "what lies over it")
        assert drawn_signs(screen_text(pilot)) == set()


async def test_f3_walks_through_the_themes_and_says_which(start: Start) -> None:
    app: Cockpit = start()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        before = [line.cells for line in board(pilot).sheet.lines]
        for theme in [*THEMES[1:], THEMES[0]]:
            await pilot.press("f3")
            assert app.theme == theme.name
        assert [line.cells for line in board(pilot).sheet.lines] == before
