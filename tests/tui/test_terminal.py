"""The stand-up in a terminal of its own: what is sent, what is typed, what is left behind."""

from __future__ import annotations

import datetime as dt
import os
import re
import select
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from cockpit.config import Config, toml
from cockpit.tui.agenda import BOXES, Item
from events.sqlite import SqliteLog
from events.sqlite.verify import verify
from events.trace import Trace
from tests.tui.conftest import AGENDA
from tests.tui.pty import PATIENCE, Terminal, python
from tests.tui.world import TODAY, at, payment

SWITCH = 20_000
CURSOR = 1_500
TICK = 150
LABELS = 2_000

DOWN = "\x1b[B"
RIGHT = "\x1b[C"
QUIET = 0.3

ALTERNATE_ON, ALTERNATE_OFF = b"\x1b[?1049h", b"\x1b[?1049l"
CURSOR_SHOWN = b"\x1b[?25h"

Open = Callable[..., Terminal]


class FileClock:
    """The clock of a program in another process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.set(at(TODAY, 10))

    def set(self, time: dt.datetime) -> None:
        """Tell the time; the program sees the old or the new one, never half of it."""
        self.time = time
        fresh = self.path.with_suffix(".new")
        fresh.write_text(time.isoformat())
        fresh.replace(self.path)

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.set(self.time + dt.timedelta(seconds=seconds))


@pytest.fixture
def file_clock(tmp_path: Path) -> FileClock:
    """Ten in the morning, in a file."""
    return FileClock(tmp_path / "clock")


@pytest.fixture
def terminal(log_file: Path, file_clock: FileClock, tmp_path: Path) -> Open:
    """Makes a terminal with the stand-up on the known log, on the agenda of the tests."""
    config = tmp_path / "config.toml"
    config.write_text(toml(agenda_of(AGENDA)))

    def make(columns: int = 80, rows: int = 24, **environment: str) -> Terminal:
        arguments = python("tests.tui.stage_program", log_file, file_clock.path)
        plain = {"COLUMNS": "", "LINES": "", "COCKPIT_CONFIG": str(config)}
        return Terminal(arguments, columns, rows, plain | environment)

    return make


def agenda_of(items: Sequence[Item]) -> Config:
    """The configuration that asks for just these items."""
    boxes = {item.id: item.seconds for item in items}
    off = [each for each in BOXES if each not in boxes]
    said = {"order": list(boxes), "off": off, "seconds": boxes}
    return msgspec.convert({"agenda": said}, Config)


def kinds(path: Path) -> list[str]:
    """The steps of stand-ups in the log, by kind."""
    wanted = ("standup_started", "item_started", "item_ended", "standup_paused",
              "standup_resumed", "standup_closed")  # fmt: skip
    with SqliteLog.open(path, writable=False) as log:
        return [event.kind for event in log.find(Trace(kinds=wanted))]


def running(screen: Terminal) -> None:
    """Wait for the first board and the running clock, and for what comes after them."""
    screen.shows("DEPARTMENT")
    screen.shows("▶ running")
    screen.quiet(QUIET)


def end(screen: Terminal, key: str = "q") -> None:
    """Close the stand-up although somebody lags: the key that asks for it does not do it."""
    screen.press(key)
    screen.shows("Close the stand-up?")
    screen.press(DOWN)
    screen.quiet(QUIET)
    screen.press("\r")


def test_a_tick_of_the_clock_sends_its_digits_and_nothing_else(
    terminal: Open, file_clock: FileClock
) -> None:
    with terminal() as screen:
        running(screen)
        assert any(not screen.quiet(2.2) for _ in range(2)), "it is never silent"
        for second in range(1, 4):
            file_clock.pass_by(1)
            before = len(screen.output)
            screen.shows(f"0:0{second}   −4:5{10 - second}")
            screen.quiet(QUIET)
            assert len(screen.output) - before <= TICK
        end(screen)
        screen.leave()


def test_a_tick_in_the_turn_of_a_seller_costs_no_more(
    terminal: Open, file_clock: FileClock, tmp_path: Path
) -> None:
    talks = Item(id="corrections", seconds=390, section="corrections", turns=True)
    config = tmp_path / "turns.toml"
    config.write_text(toml(agenda_of((AGENDA[0], talks, AGENDA[-1]))))
    with terminal(COCKPIT_CONFIG=str(config)) as screen:
        running(screen)
        screen.press(RIGHT)
        screen.shows("▸ head")
        screen.press(RIGHT)
        screen.shows("▸ Иванов Илья")
        screen.quiet(QUIET)
        for second in range(1, 4):
            file_clock.pass_by(1)
            before = len(screen.output)
            screen.shows(f"0:0{second}   −0:5{10 - second}")
            screen.quiet(QUIET)
            assert len(screen.output) - before <= TICK
        end(screen)
        screen.leave()


@pytest.mark.parametrize(("columns", "rows", "burst"), [(80, 24, 40_000), (120, 40, 80_000)])
def test_what_is_sent_stays_within_its_budget_and_the_terminal_is_left_as_it_was(
    terminal: Open, columns: int, rows: int, burst: int
) -> None:
    with terminal(columns, rows) as screen:
        running(screen)
        assert len(screen.output) <= burst
        for text in ("Иванов Илья", "−314", "Agenda", "q End"):
            assert text in screen.shown
        sent = [_sent(screen, key) for key in (DOWN, DOWN, RIGHT, DOWN, DOWN, RIGHT)]
        assert sent[0] <= CURSOR
        assert sent[1] <= CURSOR
        assert sent[2] <= SWITCH
        # With the first key after a switch the library paints the board it has shown once more.
        assert sent[3] <= SWITCH
        assert sent[4] <= CURSOR
        assert sent[5] <= SWITCH
        end(screen)
        assert screen.leave() == 0
        entered, left = screen.output.rindex(ALTERNATE_ON), screen.output.rindex(ALTERNATE_OFF)
        assert left > entered
        assert CURSOR_SHOWN in screen.output[entered:]


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (200, 50)])
def test_labels_come_and_go_with_little_more_than_themselves(
    terminal: Open, columns: int, rows: int
) -> None:
    with terminal(columns, rows) as screen:
        running(screen)
        drawn, gone = _sent(screen, "j"), _sent(screen, "\x1b")
        assert drawn <= LABELS
        assert gone <= LABELS
        end(screen)
        screen.leave()


def test_letters_typed_on_a_cyrillic_keyboard_do_what_their_keys_do(
    terminal: Open, log_file: Path
) -> None:
    with terminal() as screen:
        running(screen)
        screen.press("у")
        screen.shows("evening")
        screen.press("ь")
        screen.shows("›m margin")
        screen.press("\x1b[1082u")
        screen.shows("›r revenue")
        end(screen, "й")
        assert screen.leave() == 0
    assert kinds(log_file)[-1] == "standup_closed"


def test_what_is_typed_before_there_is_a_screen_is_heard_by_it(
    terminal: Open, log_file: Path
) -> None:
    with terminal() as screen:
        screen.press("2")
        screen.press("e")
        screen.shows("evening")
        running(screen)
        end(screen)
        assert screen.leave() == 0
    assert kinds(log_file)[1:4] == ["item_started", "item_ended", "item_started"]


def test_what_another_terminal_logs_is_on_the_screen_within_a_second(
    terminal: Open, log_file: Path
) -> None:
    waits = []
    with terminal() as screen, SqliteLog.open(log_file) as log:
        running(screen)
        for fact in ("1,360", "1,460", "1,560"):
            log.append([payment("petrova", 100_000, at(TODAY, 9))])
            logged = time.monotonic()
            screen.shows(fact)
            waits.append(time.monotonic() - logged)
        end(screen)
        screen.leave()
    assert min(waits) <= 1


def test_the_lost_terminal_stops_the_clock_and_the_next_one_goes_on_there(
    terminal: Open, log_file: Path, file_clock: FileClock
) -> None:
    with terminal() as screen:
        running(screen)
        screen.press(RIGHT)
        screen.shows("▸2 Activities")
        file_clock.pass_by(83)
        screen.shows("1:23   −2:37")
        screen.hang_up()
        assert screen.status == -signal.SIGHUP
    assert kinds(log_file)[-1] == "standup_paused"
    assert verify(log_file).sound
    file_clock.pass_by(3000)
    with terminal() as screen:
        screen.shows("▸2 Activities")
        screen.shows("1:23   −2:37")
        end(screen)
        assert screen.leave() == 0
    assert kinds(log_file) == [
        "standup_started", "item_started", "item_ended", "item_started", "standup_paused",
        "standup_resumed", "item_ended", "standup_closed",
    ]  # fmt: skip


def test_a_program_that_nobody_tells_of_the_lost_terminal_ends_all_the_same(
    log_file: Path, file_clock: FileClock
) -> None:
    ours, its = os.openpty()
    program = subprocess.Popen(
        python("tests.tui.stage_program", log_file, file_clock.path),
        stdin=its, stdout=its, stderr=its, start_new_session=True,
    )  # fmt: skip
    try:
        os.close(its)
        drawn = b""
        while b"Agenda" not in drawn:
            assert select.select([ours], [], [], PATIENCE)[0], drawn
            drawn += os.read(ours, 65536)
        os.close(ours)
        assert program.wait(PATIENCE) == -signal.SIGHUP
    finally:
        program.kill()
        program.wait()
    assert verify(log_file).sound


def test_a_killed_program_leaves_the_log_whole_and_its_clock_in_it(
    terminal: Open, log_file: Path, file_clock: FileClock
) -> None:
    with terminal() as screen:
        running(screen)
        screen.press(RIGHT)
        screen.shows("▸2 Activities")
        screen.until(lambda _: "item_ended" in kinds(log_file), "the step in the log")
        file_clock.pass_by(40)
        screen.kill()
    assert verify(log_file).sound
    with terminal() as screen:
        screen.shows("▸2 Activities")
        screen.shows("0:40   −3:20")
        end(screen)
        assert screen.leave() == 0


def test_asked_to_end_it_stops_the_clock_and_cleans_up(terminal: Open, log_file: Path) -> None:
    with terminal() as screen:
        running(screen)
        os.kill(screen.pid, signal.SIGTERM)
        assert screen.leave() == 128 + signal.SIGTERM
        assert ALTERNATE_OFF in screen.output
        assert b"Traceback" not in screen.output
    assert kinds(log_file)[-1] == "standup_paused"


def test_without_colour_every_sign_and_word_is_still_there(terminal: Open) -> None:
    with terminal(NO_COLOR="1") as screen:
        running(screen)
        for text in ("▼", "−314", "▲", "+169", "▶ running"):
            assert text in screen.shown
        greys = {(red, green, blue) for red, green, blue in _colours(screen.output)}
        assert greys
        assert all(red == green == blue for red, green, blue in greys)
        end(screen)
        screen.leave()


def _sent(screen: Terminal, key: str) -> int:
    """The bytes that a key brings."""
    screen.press(key)
    return len(screen.quiet(QUIET))


def _colours(output: bytes) -> set[tuple[int, int, int]]:
    """Every colour that was sent."""
    found = re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", output)
    return {(int(red), int(green), int(blue)) for red, green, blue in found}
