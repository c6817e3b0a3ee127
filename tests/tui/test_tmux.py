"""A scripted meeting in a real terminal: the connection is cut, then the program is killed."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cockpit.config import toml
from cockpit.department import open_department
from cockpit.tui.agenda import Item
from events.sqlite import SqliteLog
from events.sqlite.verify import verify
from events.trace import Trace
from events.vocabulary import ItemEnded, StandupClosed
from projections.period import day_of
from projections.question import Dials, Question
from projections.reports.minutes import Minutes
from tests.tui.pty import PATIENCE, python
from tests.tui.test_terminal import FileClock, agenda_of, kinds
from tests.tui.world import TODAY

AGENDA = tuple(
    Item(id=each, seconds=seconds, section=each)
    for each, seconds in (("plan_fact", 300), ("activity", 240), ("case", 60), ("close", 120))
)

pytestmark = pytest.mark.skipif(
    shutil.which("tmux") is None, reason="tmux is not installed: the cut connection is NOT tried"
)


class Tmux:
    """A terminal multiplexer of its own, with one window."""

    def __init__(
        self,
        folder: Path,
        command: list[str],
        environment: dict[str, str],
        size: tuple[int, int] = (100, 30),
    ) -> None:
        self._socket = str(folder / "tmux")
        settings = [f"{name}={value}" for name, value in environment.items()]
        line = shlex.join(["env", "-u", "NO_COLOR", *settings, *command])
        columns, rows = map(str, size)
        self.run("-f", "/dev/null", "new-session", "-d", "-x", columns, "-y", rows, f"exec {line}")
        self.pid = int(self.run("list-panes", "-F", "#{pane_pid}"))

    def run(self, *arguments: str) -> str:
        """Ask the multiplexer for something."""
        done = subprocess.run(
            ["tmux", "-S", self._socket, *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys by the names tmux has for them."""
        self.run("send-keys", *keys)

    def shows(self, text: str) -> None:
        """Wait until the screen shows a text."""
        seen = ""

        def there() -> bool:
            nonlocal seen
            seen = self.run("capture-pane", "-p")
            return text in seen

        try:
            wait(there, text)
        except AssertionError as late:
            raise AssertionError(f"{late}\n{seen}") from None

    def cut(self) -> None:
        """Cut the connection: the multiplexer and its terminals are gone at once."""
        self.run("kill-server")

    def kill(self) -> None:
        """Kill the program without warning."""
        os.kill(self.pid, signal.SIGKILL)

    def gone(self) -> bool:
        """Whether the window has closed."""
        asked = ["tmux", "-S", self._socket, "has-session"]
        return subprocess.run(asked, capture_output=True, check=False).returncode != 0


def wait(condition: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(0.05)


@pytest.fixture
def connect(log_file: Path, tmp_path: Path) -> Iterator[Callable[[], Tmux]]:
    """Opens a terminal with the stand-up on the known log; its clock lies in a file."""
    config = tmp_path / "config.toml"
    config.write_text(toml(agenda_of(AGENDA)))
    opened: list[Tmux] = []

    def make() -> Tmux:
        folder = tmp_path / f"tmux-{len(opened)}"
        folder.mkdir()
        command = python("tests.tui.stage_program", log_file, tmp_path / "clock")
        opened.append(Tmux(folder, command, {"COCKPIT_CONFIG": str(config)}))
        return opened[-1]

    yield make
    for each in opened:
        if not each.gone():
            each.cut()


def test_a_meeting_survives_a_cut_connection_and_a_killed_program(
    connect: Callable[[], Tmux], log_file: Path, tmp_path: Path
) -> None:
    clock = FileClock(tmp_path / "clock")
    screen = connect()
    screen.shows("DEPARTMENT")
    screen.shows("▶ running")
    clock.pass_by(65)
    screen.press("Right")
    screen.shows("▸2 Activities")
    clock.pass_by(83)
    screen.shows("1:23   −2:37")
    screen.cut()
    wait(lambda: kinds(log_file)[-1] == "standup_paused", "the pause in the log")
    assert verify(log_file).sound

    clock.pass_by(3000)
    screen = connect()
    screen.shows("▸2 Activities")
    screen.shows("1:23   −2:37")
    clock.pass_by(7)
    screen.press("Right")
    screen.shows("▸3 Hard case")
    wait(lambda: kinds(log_file).count("item_ended") == 2, "the step in the log")
    screen.press("f")
    screen.shows("what is hard")
    screen.press("-l", "asks for ninety days")
    screen.press("F10")
    wait(lambda: "case_discussed" in every_kind(log_file), "the case in the log")
    clock.pass_by(40)
    screen.shows("0:40   −0:20")
    screen.kill()
    wait(screen.gone, "the end of the program")
    assert verify(log_file).sound

    screen = connect()
    screen.shows("▸3 Hard case")
    screen.shows("0:40   −0:20")
    screen.shows("asks for ninety days")
    screen.press("Right")
    screen.shows("2 sellers lag and have no correction today")
    screen.press("q")
    screen.shows("Close the stand-up?")
    screen.press("Down")
    screen.press("Enter")
    wait(screen.gone, "the end")
    assert verify(log_file).sound
    told(log_file)


def every_kind(path: Path) -> set[str]:
    """The kinds of everything in the log."""
    with SqliteLog.open(path, writable=False) as log:
        return {event.kind for event in log.read()}


def told(path: Path) -> None:
    """The minutes have each second once, and the log says who left without a correction."""
    with open_department(path) as department:
        question = Question(period=day_of(TODAY), dials=Dials(as_of=TODAY))
        report = department.desk.ask("minutes", question)
        events = list(department.log.find(Trace(kinds=("item_ended", "standup_closed"))))
    assert isinstance(report, Minutes)
    assert [(row.item, row.seconds) for row in report.rows] == [
        ("plan_fact", 65), ("activity", 90), ("case", 40), ("close", 0),
    ]  # fmt: skip
    assert len(report.cases) == 1
    ended = [event.body.seconds for event in events if isinstance(event.body, ItemEnded)]
    closed = events[-1].body
    assert isinstance(closed, StandupClosed)
    assert sum(ended) == closed.seconds == report.talked == 195
    assert closed.uncorrected == ("ivanov", "sidorov")
