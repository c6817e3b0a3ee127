"""The question of a director, asked in a real terminal by somebody who presses keys and reads:
why did Petrova make her October plan, and what did we know on the 12th?
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cockpit import words
from cockpit.demo.spec import Spec
from cockpit.demo.writing import build
from cockpit.department import open_department
from tests.tui.test_tmux import Tmux, wait

TODAY = dt.date(2026, 11, 20)
MINUTE = 60.0
PALETTE = "🔎"
A_KEY = 0.4
"""Seconds a person takes for a key, finding it in the line at the bottom included."""

pytestmark = pytest.mark.skipif(
    shutil.which("tmux") is None, reason="tmux is not installed: the real terminal is NOT tried"
)


class Director:
    """Presses keys, reads the screen, and keeps count of both."""

    def __init__(self, terminal: Tmux) -> None:
        self.terminal = terminal
        self.keys = 0
        self.began = time.monotonic()

    def press(self, *keys: str) -> None:
        """Press keys by their names; a text of several letters is typed."""
        for key in keys:
            named = key.isascii() and (key[0].isupper() or len(key) == 1)
            self.terminal.press(*(("-l",) if not named else ()), key)
            self.keys += 1 if named else len(key)

    def reads(self, *texts: str) -> None:
        """Wait for texts on the screen."""
        for text in texts:
            try:
                self.terminal.shows(text)
            except AssertionError as error:
                seen = self.terminal.run("capture-pane", "-p")
                raise AssertionError(f"{text} is not on the screen:\n{seen}") from error

    def finds(self, typed: str, text: str, without: str) -> None:
        """Open the palette, type, wait until it has come down to what was typed, and take it."""
        self.press("g")
        self.reads("Продавец, пункт, действие")
        self.press(typed)
        self.reads(text)
        wait(lambda: without not in self.terminal.run("capture-pane", "-p"), f"no {without}")
        # Where the list is just being made anew, Enter only puts the cursor into it.
        for _ in range(3):
            self.press("Enter")
            if self._without_palette():
                return

    def _without_palette(self) -> bool:
        """Whether the palette goes, within two seconds."""
        end = time.monotonic() + 2
        while PALETTE in self.terminal.run("capture-pane", "-p"):
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    @property
    def seconds(self) -> float:
        """The time of the machine, and that of the fingers."""
        return time.monotonic() - self.began + self.keys * A_KEY


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Russian department whose read model is warm, as after any command of the day."""
    words.use("ru")
    path = tmp_path_factory.mktemp("director") / "demo.db"
    build(path, Spec(today=TODAY, seed=7, sellers=4, months=2, language="ru"))
    with open_department(path) as department:
        department.desk.catch_up()
    return path


@pytest.fixture
def sit_down(demo: Path, tmp_path: Path) -> Iterator[Callable[[tuple[int, int]], Director]]:
    """Opens the replay of October in a terminal of a size."""
    opened: list[Tmux] = []

    def open_(size: tuple[int, int]) -> Director:
        command = [sys.executable, "-m", "cockpit", "replay", "2026-10", "--today", "2026-11-20"]
        environment = {"COCKPIT_FILE": str(demo), "LC_ALL": "C.UTF-8"}
        opened.append(Tmux(tmp_path, command, environment, size))
        return Director(opened[-1])

    yield open_
    for each in opened:
        if not each.gone():
            each.cut()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_she_is_answered_within_a_minute(
    sit_down: Callable[[tuple[int, int]], Director], size: tuple[int, int]
) -> None:
    director = sit_down(size)
    director.reads("ПРОШЛОЕ", "31.10", "ОТДЕЛ", "История")

    director.finds("Петр", "Продавец: Анна Петрова", without="Продавец: Денис Громов")
    director.reads("Анна Петрова", "линейный план", "% плана")
    director.press("b")
    director.reads("мост от плана к факту", "средний чек")
    director.press("Enter")
    director.reads("влияние в деньгах", "звонок", "событ")
    director.press("Escape", "Escape", "Down", "Enter")
    director.reads("Анна Петрова, факт", "оплата", "Σ")
    director.press("Enter")
    director.reads("кто записал", "записано", "сумма")
    director.press("Escape", "Escape", "Escape")
    director.reads("ОТДЕЛ")

    director.finds("12.10", "пн 12.10.2026", without="пн 05.10.2026")
    director.reads("12.10", "Записано пн 12.10.2026")
    director.press("d", "0")
    director.reads("как известно теперь", "план")
    director.press("Tab", "Enter")
    director.reads("кто записал", "записано", "сумма")

    print(f"{size}: {director.keys} keys, {time.monotonic() - director.began:.1f} s of the machine")
    assert director.keys <= 45
    assert director.seconds < MINUTE
