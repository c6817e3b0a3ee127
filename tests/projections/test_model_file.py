"""The read model's file may be lost, damaged, locked or killed over; figures stay right."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from events.envelope import Draft
from events.sqlite.engine import sqlite3
from events.sqlite.store import SqliteLog
from events.vocabulary import CallMade, DepartmentOpened
from events.vocabulary.people import Recognition
from projections.desk import Desk
from projections.model.dump import dump
from projections.period import Period
from projections.question import Dials
from tests.projections.random_logs import START, Life, steps

CATCHING_UP = """
import sys
from pathlib import Path
from events.sqlite.store import SqliteLog
from projections.desk import Desk
log = SqliteLog.open(Path(sys.argv[1]))
print("ready", flush=True)
desk = Desk(log, Path(sys.argv[2]))
for _ in range(int(sys.argv[3])):
    desk.catch_up()
desk.close()
log.close()
"""

APPENDING = """
import datetime as dt, sys
from pathlib import Path
from events.envelope import Draft
from events.sqlite.store import SqliteLog
from events.vocabulary import CallMade
from projections.desk import Desk
log = SqliteLog.open(Path(sys.argv[1]))
desk = Desk(log, Path(sys.argv[2]))
for n in range(int(sys.argv[3])):
    now = dt.datetime.now(dt.UTC)
    body = CallMade(seller=sys.argv[4], client="acme")
    log.append([Draft(body=body, occurred_at=now, actor="a")])
    print(n, flush=True)
    desk.catch_up()
desk.close()
log.close()
"""


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    """A department with some weeks behind it."""
    department = Life(tmp_path / "log.cockpit", "payment")
    for step in steps(7, 150):
        department.live(step)
    yield department
    department.log.close()


def contents(path: Path) -> list[object]:
    """All a model holds."""
    with closing(sqlite3.connect(path)) as connection:
        return list(dump(connection))


def rebuilt(log: SqliteLog, path: Path) -> list[object]:
    """All a model of that log holds that was built at once."""
    with Desk(log, path) as desk:
        desk.rebuild()
        return contents(path)


def test_two_rebuilds_in_two_worlds_are_the_same_bytes(life: Life, tmp_path: Path) -> None:
    found = []
    worlds = (("1", "Asia/Tokyo", "C"), ("77", "America/St_Johns", "C.UTF-8"))
    for seed, zone, locale in worlds:
        model = tmp_path / f"{seed}.model"
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        argv = [sys.executable, "-c", CATCHING_UP, str(life.log.path), str(model), "1"]
        subprocess.run(argv, check=True, env=env, capture_output=True)
        found.append(model.read_bytes())
    assert found[0] == found[1]


def test_a_large_log_is_folded_in_halves_with_or_without_a_second_process(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rebuilt(life.log, tmp_path / "whole")
    for module in ("parts", "build"):
        monkeypatch.setattr(f"projections.model.{module}.LARGE", 20)
    monkeypatch.setattr("projections.model.pages.SIZE", 16)
    assert rebuilt(life.log, tmp_path / "two") != whole
    monkeypatch.setattr("projections.model.pages.SIZE", 2048)
    assert rebuilt(life.log, tmp_path / "two") == whole
    monkeypatch.setattr(sys, "executable", "no such interpreter")
    assert rebuilt(life.log, tmp_path / "one") == whole
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_warm_model_is_opened_without_reading_the_log(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "m"
    Desk(life.log, model).close()

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the log was read")

    for reading in ("stretches", "chunks", "pick", "positions"):
        monkeypatch.setattr(SqliteLog, reading, refused)
    with Desk(life.log, model) as desk:
        assert desk.catch_up() == 0
        assert not desk.moved()


@pytest.mark.parametrize("harm", ["garbage", "empty", "cut", "other", "no table", "shape"])
def test_a_model_that_cannot_be_trusted_is_built_again(
    life: Life, tmp_path: Path, harm: str
) -> None:
    model, sound = tmp_path / "m", rebuilt(life.log, tmp_path / "sound")
    Desk(life.log, model).close()
    if harm == "garbage":
        model.write_bytes(random.Random(1).randbytes(9000))
    elif harm == "empty":
        model.write_bytes(b"")
    elif harm == "cut":
        model.write_bytes(model.read_bytes()[: model.stat().st_size // 2])
    else:
        with closing(sqlite3.connect(model, isolation_level=None)) as connection:
            connection.execute(
                {
                    "other": "UPDATE meta SET value = 'another log''s' WHERE name = 'link'",
                    "no table": "DROP TABLE cell",
                    "shape": "UPDATE meta SET value = '0' WHERE name = 'shape'",
                }[harm]
            )
    with Desk(life.log, model) as desk:
        period = Period(START.date(), START.date())
        dials = Dials(as_of=START.date())
        desk.sellers(dials)
        desk._keeper.read(lambda source: source.cells((), period, dials, ("seller",)))
        desk.catch_up()
    assert contents(model) == sound


def test_other_ground_rules_rebuild_the_model(life: Life, tmp_path: Path) -> None:
    def opened(zone: str, recognition: Recognition) -> None:
        body = DepartmentOpened(
            name="south", country="RU", currency="RUB", minor_digits=2, zone=zone, language="ru",
            recognition=recognition,
        )  # fmt: skip
        life.put(body, 0)

    with Desk(life.log, tmp_path / "m") as desk:
        opened("Asia/Vladivostok", "order")
        desk.catch_up()
        settings = desk.settings()
        assert settings is not None
        assert (settings.name, settings.zone) == ("south", "Asia/Vladivostok")
    assert contents(tmp_path / "m") == rebuilt(life.log, tmp_path / "sound")


def test_two_desks_on_one_model_never_lose_or_double_an_event(life: Life, tmp_path: Path) -> None:
    model = tmp_path / "m"
    argv = [sys.executable, "-c", APPENDING, str(life.log.path), str(model), "40"]
    racers = [
        subprocess.Popen([*argv, seller], stdout=subprocess.DEVNULL)
        for seller in ("ann", "bob", "cat", "dan")
    ]
    assert [racer.wait(60) for racer in racers] == [0, 0, 0, 0]
    with Desk(life.log, model) as desk:
        desk.catch_up()
    assert contents(model) == rebuilt(life.log, tmp_path / "sound")


def test_a_process_killed_while_it_catches_up_leaves_a_sound_model(
    life: Life, tmp_path: Path
) -> None:
    model, dice, before = tmp_path / "m", random.Random(5), life.log.head().seq
    argv = [sys.executable, "-c", APPENDING, str(life.log.path), str(model), "10000", "ann"]
    for _ in range(10):
        with subprocess.Popen(argv, stdout=subprocess.PIPE) as victim:
            assert victim.stdout is not None
            for _ in range(dice.randrange(1, 12)):
                victim.stdout.readline()
            victim.send_signal(signal.SIGKILL)
        with Desk(life.log, model) as desk:
            desk.catch_up()
        assert contents(model) == rebuilt(life.log, tmp_path / "sound")
    assert life.log.head().seq > before + 10


def test_a_locked_model_blocks_nobody_for_long(
    life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.model.file.PATIENCE", 0.05)
    model = tmp_path / "m"
    with Desk(life.log, model) as desk, closing(sqlite3.connect(model)) as other:
        other.execute("BEGIN EXCLUSIVE")
        call = CallMade(seller="ann", client="acme")
        life.log.append([Draft(body=call, occurred_at=life.now, actor="ann")])
        assert desk.catch_up() == 1
        today = life.now.date()
        cells = desk._keeper.read(
            lambda source: source.cells(
                ("call_made",), Period(today, today), Dials(as_of=today), ("seller",), ("ann",)
            )
        )
        assert cells[0].n >= 1
        other.execute("ROLLBACK")
    with Desk(life.log, model) as desk:
        desk.catch_up()
    assert contents(model) == rebuilt(life.log, tmp_path / "sound")


def test_a_model_that_another_process_put_anew_is_taken_up(life: Life, tmp_path: Path) -> None:
    model = tmp_path / "m"
    with Desk(life.log, model) as desk, Desk(life.log, model) as other:
        other.rebuild()
        life.put(CallMade(seller="ann", client="acme"), 0)
        assert desk.catch_up() == 1
        assert contents(model) == rebuilt(life.log, tmp_path / "sound")
        assert other.catch_up() == 1
    assert contents(model) == rebuilt(life.log, tmp_path / "sound")


def test_where_no_model_can_be_written_it_is_kept_in_memory(life: Life, tmp_path: Path) -> None:
    nowhere = tmp_path / "not" / "there" / "m"
    with Desk(life.log, nowhere) as desk:
        assert desk.settings() is not None
        assert not nowhere.exists()


def test_what_a_killed_builder_left_is_swept_away(life: Life, tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    left = tmp_path / f"m.{gone.stdout.strip()}.new"
    left.write_bytes(b"half a model")
    Desk(life.log, tmp_path / "m").close()
    assert not left.exists()


def test_a_rebuild_tells_how_far_it_is(life: Life, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    Desk(life.log, tmp_path / "m", progress=lambda done, total: told.append((done, total))).close()
    head = life.log.head().seq
    assert told[-1] == (head, head)
    assert told == sorted(told)
