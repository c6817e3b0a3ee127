"""What was written once reads the same for ever, and what is not known yet is kept and counted."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from events.codec import encode
from events.envelope import Event, Head, Unknown
from events.restore import from_line, lines, restore, to_line
from events.sqlite import SqliteLog
from events.sqlite.verify import verify
from events.vocabulary import KINDS, name_of
from tests.events.golden import LOG
from tests.events.samples import call

# Grows with the frozen log; the heads that stand here never change.
HEADS = [
    Head(77, "38e0492582d5d965ad6df6cc1e0e7e64a8b19ae38fface456d26735b74443a19"),
    Head(78, "314c52b9c9a25bb52c8488a0c1f2cfafa1027c3401b4e4e907bdc8f39c94c967"),
]

SUMS = {"amount": 25450, "seconds": 7501, "cost": 7500, "direct": 7500, "count": 2500}
"""Over the JSON of the first 77 lines; one amount of 4,200 there is of an unknown shape."""

FUTURE = ["hologram_shown", "deal_dreamt", "orbit_reached", "call_made", "payment_received"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log:
        restore(log, LOG.read_text(encoding="utf-8").splitlines())
    return path


@pytest.fixture
def events(path: Path) -> list[Event]:
    with SqliteLog.open(path) as log:
        return list(log.read())


def test_the_frozen_log_restores_to_the_frozen_heads(path: Path, events: list[Event]) -> None:
    for head in HEADS:
        assert events[head.seq - 1].link == head.link
    verdict = verify(path)
    assert verdict.flaws == ()
    assert verdict.unknown == len(FUTURE)


def test_every_kind_is_frozen_at_its_present_version(events: list[Event]) -> None:
    frozen = {(event.kind, event.version) for event in events}
    assert {(name_of(kind), kind.VERSION) for kind in KINDS} <= frozen


def test_every_frozen_event_that_is_ours_is_understood(events: list[Event]) -> None:
    unknown = [event.body for event in events if isinstance(event.body, Unknown)]
    assert [body.kind for body in unknown] == FUTURE


def test_frozen_numbers_stay_what_they_are(events: list[Event]) -> None:
    sums: Counter[str] = Counter()
    for event in events[:77]:
        for name in SUMS:
            value = getattr(event.body, name, None)
            sums[name] += value if isinstance(value, int) else 0
    assert sums == {**SUMS, "amount": SUMS["amount"] - 4200}


def test_events_of_the_present_are_written_as_they_are_frozen(events: list[Event]) -> None:
    frozen = [from_line(line) for line in LOG.read_text(encoding="utf-8").splitlines()]
    for event, line in zip(events, frozen, strict=True):
        if not isinstance(event.body, Unknown) and event.version == event.body.VERSION:
            assert encode(event.body) == bytes(line.body)


def test_events_of_the_future_keep_their_text_and_their_secrets(path: Path) -> None:
    frozen = LOG.read_text(encoding="utf-8").splitlines()
    with SqliteLog.open(path) as log:
        assert [to_line(line) for line in lines(log)] == frozen
        (dream,) = [e for e in log.read() if e.kind == "deal_dreamt"]
        assert isinstance(dream.body, Unknown)
        assert '"vividness":[1,2,3]' in dream.body.raw
        assert (dream.version, dream.body.version, dream.deal) == (3, 3, "d1")
        assert log.reveal([dream]) == [dream]


def test_events_of_the_future_do_not_hide_their_neighbours(path: Path) -> None:
    with SqliteLog.open(path) as log:
        log.append([call(number) for number in range(2, 3000)])
        events = [event.body for event in log.read()]
        assert sum(isinstance(body, Unknown) for body in events) == len(FUTURE)
        for size in (40, 2048, 4096):
            assert [body for chunk in log.chunks(size=size) for body in chunk.bodies] == events
            assert [body for run in log.stretches(size=size) for body in run.bodies] == events


SCRIPT = """
import sys
from pathlib import Path
from events.restore import lines, to_line
from events.sqlite import SqliteLog
from tests.events.samples import call, clock, correction, draft, every_kind, salts
path = Path(sys.argv[1])
with SqliteLog.create(path, clock=clock(), salt=salts()) as log:
    log.append([draft(body, key=str(n)) for n, body in enumerate(every_kind())])
    log.append([call(1, note="Ёлка"), call(2, result="x")], expected=log.head().seq)
    for line in lines(log):
        print(to_line(line))
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Kamchatka", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "77", "TZ": "America/Lima", "LC_ALL": "de_DE.UTF-8"},
    ],
)
def test_the_same_drafts_make_the_same_bytes_whatever_the_surroundings(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    made = []
    for number, extra in enumerate([{"PYTHONHASHSEED": "0", "TZ": "UTC"}, surroundings]):
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", SCRIPT, str(tmp_path / f"{number}.db")],
            env={**os.environ, **extra},
            capture_output=True,
            check=True,
        )
        made.append(done.stdout)
    assert made[0] == made[1]
    assert made[0].count(b"\n") >= len(KINDS)
