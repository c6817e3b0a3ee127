"""Many sellers log at once: nobody is refused, nobody starves, and a reader misses nothing.

How long a turn is waited for is told in turns of the others, which a busy machine does not stretch;
by the clock it is told in the long run, which has the machine to itself.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path

import pytest

from events.sqlite import SqliteLog
from events.sqlite.verify import verify

pytestmark = pytest.mark.unmeasured

Times = list[tuple[float, float]]
"""When each append of a writer began and ended, in seconds."""

TURNS = 25
"""How often each of the others may come before somebody who waits.

About twice with time to spare, eight times with the machine full; without a line it is hundreds of
times, and with one that who runs first may pass, a hundred times on a full machine.
"""


class Crew:
    """Processes that start together."""

    def __init__(self) -> None:
        self.members: list[subprocess.Popen[str]] = []

    def add(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "tests.events.writing", *arguments]
        pipe = subprocess.PIPE
        self.members.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True))

    def tell_when(self, word: str, members: Sequence[subprocess.Popen[str]]) -> None:
        """Wait until all have said a word, then let all go on."""
        for member in members:
            assert member.stdout is not None
            assert member.stdout.readline() == f"{word}\n"
        for member in members:
            assert member.stdin is not None
            member.stdin.write("\n")
            member.stdin.flush()

    def answer(self, member: subprocess.Popen[str]) -> str:
        out, _ = member.communicate(timeout=120)
        assert member.returncode == 0
        return out.splitlines()[-1]


def run(path: Path, writers: int, seconds: float) -> list[Times]:
    """The appends of every writer; checks all that has to hold after."""
    SqliteLog.create(path).close()
    crew = Crew()
    crew.add("poll", str(path))
    for number in range(writers):
        crew.add("write", str(path), f"s{number}", str(seconds))
    poller, *members = crew.members
    crew.tell_when("ready", crew.members)
    crew.tell_when("over", members)
    took: list[Times] = [json.loads(crew.answer(member)) for member in members]
    assert poller.stdin is not None
    poller.stdin.write("\n")
    met = json.loads(crew.answer(poller))
    with SqliteLog.open(path) as log:
        there = [event.id for event in log.read()]
    assert met == there
    assert sorted(there) == sorted(
        f"s{w}-{n}" for w, one in enumerate(took) for n in range(len(one))
    )
    assert verify(path).flaws == ()
    return took


def check(took: list[Times]) -> None:
    """Everybody gets through about as often, and nobody waits while the others come and come."""
    counts = [len(one) for one in took]
    assert min(counts) >= statistics.median(counts) / 5
    ends = sorted(end for one in took for _, end in one)
    passed = max(
        bisect_left(ends, end) - bisect_right(ends, start) for one in took for start, end in one
    )
    assert passed <= TURNS * len(took)


def test_12_writers_in_a_hurry_all_get_their_turn(tmp_path: Path) -> None:
    check(run(tmp_path / "log.db", 12, 3.0))


@pytest.mark.torture
def test_50_writers_in_a_hurry_all_get_their_turn_within_a_second(tmp_path: Path) -> None:
    took = run(tmp_path / "log.db", 50, 10.0)
    check(took)
    assert max(end - start for one in took for start, end in one) <= 1.0
