"""Kills writers with SIGKILL again and again, and keeps the books of what they were told.

Run as a module: LOG KILLS SEED. A writer is a fork that appends single drafts and batches and
says over a pipe what it is about to send and what was acknowledged. The last line printed is a
JSON object with the counts; an assertion that fails ends the run.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from events.envelope import Draft
from events.sqlite import SqliteLog
from events.sqlite.verify import verify
from events.vocabulary import CallMade
from tests.events.samples import draft

BATCHES = (*(1, 1, 1, 3, 40) * 6, 300)
"""Sizes of appends; in the longest ones a trigger, and at the start indexes, are put aside."""


def made(kill: int, number: int) -> list[Draft]:
    """The drafts of one append, always the same for the same numbers."""
    size = random.Random(f"{kill}/{number}").choice(BATCHES)
    return [
        draft(
            CallMade(seller="anna", seconds=number, note=f"call {kill}"),
            key=f"{kill}-{number}-{size}-{place}",
        )
        for place in range(size)
    ]


def write_until_killed(path: Path, kill: int, pipe: int) -> None:
    """The child: every append is announced before and acknowledged after."""
    with SqliteLog.open(path) as log:
        for number in range(10_000):
            os.write(pipe, b"send %d\n" % number)
            log.append(made(kill, number))
            os.write(pipe, b"done %d\n" % number)


def kill_one(path: Path, kill: int, dice: random.Random) -> tuple[int, int]:
    """Kill a writer at a random moment: how many appends it announced, and were acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        write_until_killed(path, kill, writer)
        os._exit(0)
    os.close(writer)
    heard = b""
    enough, deadline = dice.randrange(12), time.monotonic() + 30
    while heard.count(b"done") < enough and time.monotonic() < deadline:
        heard += os.read(reader, 4096)
    select.select([], [], [], dice.random() * 0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reader, 65536):
        heard += piece
    os.close(reader)
    words = [line.split() for line in heard.decode().splitlines(keepends=True) if "\n" in line]
    return sum(w[0] == "send" for w in words), sum(w[0] == "done" for w in words)


def settle(path: Path, kill: int, sent: int, acknowledged: int) -> tuple[int, int]:
    """Check what a killed writer left, then send everything again: (unheard, completed)."""
    unheard = completed = 0
    with SqliteLog.open(path) as log:
        for number in range(sent):
            batch = made(kill, number)
            there = log.get([one.id for one in batch])
            assert len(there) in (0, len(batch)), f"half a batch of {kill}/{number} is there"
            assert there or number >= acknowledged, f"{kill}/{number} was acknowledged and is lost"
            unheard += bool(there) and number >= acknowledged
            before = log.head().seq
            answers = log.append(batch)
            assert all(answer.new != bool(there) for answer in answers)
            assert log.head().seq == before + (0 if there else len(batch))
            completed += not there
    return unheard, completed


def main(path: Path, kills: int, seed: str) -> None:
    dice = random.Random(seed)
    SqliteLog.create(path).close()
    counts = {"acknowledged": 0, "unheard": 0, "completed": 0}
    for kill in range(kills):
        sent, acknowledged = kill_one(path, kill, dice)
        unheard, completed = settle(path, kill, sent, acknowledged)
        counts["acknowledged"] += acknowledged
        counts["unheard"] += unheard
        counts["completed"] += completed
    verdict = verify(path)
    assert verdict.sound, verdict.flaws
    print(json.dumps({**counts, "events": verdict.head.seq}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
