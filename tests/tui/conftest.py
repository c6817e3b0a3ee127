"""What every test of the screen stands on: a known log, a clock that is told, a plain terminal."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import pytest
from textual.app import App
from textual.pilot import Pilot

from cockpit import words
from cockpit.config import Turns
from cockpit.department import open_department
from cockpit.tui.agenda import Item
from cockpit.tui.app import Cockpit
from cockpit.tui.setup import Setup, on_its_day
from projections.question import Dials
from tests.projections.payment_days import Dated
from tests.tui import money_world
from tests.tui.pictures import Before, Compare
from tests.tui.waiting import Clock, settled
from tests.tui.world import TODAY, at, build

PINNED_PYTHON = (3, 11)
PINNED_TEXTUAL = "8.2.8"

Start = Callable[..., Cockpit]
OnDay = Callable[[list[Dated]], Cockpit]

MONEY = tuple(
    Item(id=name, seconds=120, section=name) for name in ("payments", "plan_fact", "conversions")
)
"""An agenda that begins with the money that is owed."""

AGENDA = (
    Item(id="plan_fact", seconds=300, section="plan_fact"),
    Item(id="activity", seconds=240, section="activity"),
    Item(id="conversions", seconds=240, section="conversions"),
    Item(id="close", seconds=120, section="close"),
)
"""What the stand-up of the tests talks about, unless a test wants another agenda."""


def pytest_collection_modifyitems(config: pytest.Config) -> None:
    """Pictures are only taken where they will be compared."""
    updating = config.getoption("--snapshot-update", default=False)
    here = (sys.version_info[:2], version("textual"))
    if updating and here != (PINNED_PYTHON, PINNED_TEXTUAL):
        raise pytest.UsageError(
            f"take snapshots with Python {PINNED_PYTHON} and Textual {PINNED_TEXTUAL}, not {here}"
        )


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same colours and words whatever the shell the tests run in."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COCKPIT_LANGUAGE", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    words.use("en")
    yield
    words.use("en")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The known log with its read model, made once."""
    path = tmp_path_factory.mktemp("built") / "sales.db"
    build(path)
    with open_department(path):
        pass
    return path


@pytest.fixture
def log_file(built: Path, tmp_path: Path) -> Path:
    """A copy of the known log for one test."""
    for part in built.parent.iterdir():
        shutil.copy(part, tmp_path / part.name)
    return tmp_path / built.name


@pytest.fixture
def clock() -> Clock:
    """Ten in the morning of the day of the example."""
    return Clock(at(TODAY, 10))


@pytest.fixture
def start(log_file: Path, clock: Clock) -> Start:
    """Makes the App on the known log; keywords go into its set-up."""

    def make(
        path: Path | None = None,
        *,
        today: dt.date | None = None,
        theme: str | None = None,
        keymap: dict[str, str] | None = None,
        agenda: tuple[Item, ...] = AGENDA,
        turns: Turns | None = None,
        writable: bool = True,
        room: Literal["desk", "standup", "replay"] = "standup",
        begin: dt.date | None = None,
        past: Dials | None = None,
        private: bool = False,
        plain_signs: bool = False,
        share: bool = False,
    ) -> Cockpit:
        return Cockpit(
            on_its_day(
                Setup(
                    opener=partial(
                        open_department, path or log_file, writable=writable, private=private
                    ),
                    now=clock,
                    actor="head",
                    today=today,
                    room=room,
                    start=begin,
                    past=past,
                    agenda=agenda,
                    turns=turns or Turns(),
                    theme=theme,
                    plain_signs=plain_signs,
                    share=share,
                    keymap=keymap or {},
                )
            )
        )

    return make


@pytest.fixture
def snap_compare(snap_compare: Compare) -> Compare:
    """The plugin's, on a screen that has settled: a report that is late changes no picture."""

    def compare(app: App[None], *, terminal_size: tuple[int, int], run_before: Before) -> bool:
        async def run(pilot: Pilot[None]) -> None:
            await run_before(pilot)
            await settled(pilot)

        return snap_compare(app, terminal_size=terminal_size, run_before=run)

    return compare


@pytest.fixture
def on_day(tmp_path: Path, clock: Clock) -> OnDay:
    """The stand-up on a log of these facts, payments first."""

    def make(dated: list[Dated]) -> Cockpit:
        path = tmp_path / "money.db"
        money_world.build(path, dated)
        return Cockpit(
            Setup(opener=partial(open_department, path), now=clock, actor="head", agenda=MONEY)
        )

    return make
