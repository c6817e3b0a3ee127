"""A copy of the log is the log at one moment, proven, and putting it back is copying a file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from events.errors import Damaged, Missing, Unwritable
from events.sqlite import SqliteLog
from events.sqlite.backup import backup
from events.sqlite.engine import sqlite3 as engine
from events.sqlite.verify import verify
from tests.events.samples import call, draft, every_kind

SELL = """
import sys
from pathlib import Path
from events.sqlite import SqliteLog
from tests.events.samples import call
with SqliteLog.open(Path(sys.argv[1])) as log:
    print("selling", flush=True)
    number = int(sys.argv[2])
    while True:
        number += 1
        log.append([call(number, note="some words")])
"""


@contextmanager
def selling(path: Path, sellers: int) -> Iterator[None]:
    """Processes that append all the time."""
    command = [sys.executable, "-c", SELL, str(path)]
    processes = [
        subprocess.Popen([*command, str((1 + seller) * 1_000_000)], stdout=subprocess.PIPE)
        for seller in range(sellers)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == b"selling\n"
        yield
    finally:
        for process in processes:
            process.kill()
            process.communicate()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log:
        log.append([draft(body) for body in every_kind()])
        log.append([call(number, note="some words " * 20) for number in range(2000)])
    return path


def test_a_copy_put_back_is_the_same_log(path: Path, tmp_path: Path) -> None:
    with SqliteLog.open(path) as log:
        verdict = backup(path, tmp_path / "copy.db")
        events, head = log.reveal(list(log.read())), log.head()
        assert (verdict.sound, verdict.head, verdict.path) == (True, head, tmp_path / "copy.db")
        log.append([call(9_999)])
    new = tmp_path / "elsewhere"
    new.mkdir()
    shutil.copy(tmp_path / "copy.db", new / "log.db")
    with SqliteLog.open(new / "log.db") as restored:
        assert restored.head() == head
        assert restored.reveal(list(restored.read())) == events
        restored.append([call(10_000)])
    assert verify(new / "log.db").sound


def test_a_copy_is_one_file_and_leaves_nothing_else_behind(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    backup(path, folder / "copy.db")
    assert [file.name for file in folder.iterdir()] == ["copy.db"]


def test_progress_is_told_to_the_last_page(path: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    backup(path, tmp_path / "copy.db", progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0
    assert told == sorted(told)


def copies_under_load(path: Path, count: int) -> None:
    heads = []
    with selling(path, 3):
        for number in range(count):
            copy = path.with_name(f"copy-{number}.db")
            verdict = backup(path, copy)
            with SqliteLog.open(path, writable=False) as log:
                now = log.head()
                (at,) = log.read(verdict.head.seq - 1, verdict.head.seq)
            assert verdict.sound
            assert verdict.head.seq <= now.seq
            assert at.link == verdict.head.link
            heads.append(verdict.head.seq)
            copy.unlink()
    assert heads == sorted(heads)
    assert heads[-1] > heads[0]
    assert verify(path).sound


def test_copies_made_while_sellers_log_are_whole_beginnings_of_the_log(path: Path) -> None:
    copies_under_load(path, 5)


@pytest.mark.torture
def test_100_copies_made_while_sellers_log_are_whole_beginnings_of_the_log(path: Path) -> None:
    copies_under_load(path, 100)


def test_a_copy_of_a_damaged_log_is_refused_and_not_kept(path: Path, tmp_path: Path) -> None:
    connection = engine.connect(path, isolation_level=None)
    connection.execute("DROP TRIGGER event_is_never_changed")
    connection.execute("UPDATE event SET actor = 'forger' WHERE seq = 70")
    connection.close()
    with pytest.raises(Damaged, match="does not verify"):
        backup(path, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
    assert not list(tmp_path.glob("*.new"))


def test_a_copy_never_replaces_anything(path: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("dear")
    with pytest.raises(Unwritable, match="exists already"):
        backup(path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "dear"
    with pytest.raises(Missing):
        backup(tmp_path / "nowhere.db", tmp_path / "other.db")


def test_an_old_copy_put_in_the_place_of_the_log_is_noticed(path: Path, tmp_path: Path) -> None:
    backup(path, tmp_path / "copy.db")
    with SqliteLog.open(path) as log:
        log.append([call(9_999)])
    shutil.copy(tmp_path / "copy.db", path)
    with pytest.raises(Damaged, match=r"restore a backup, or remove log\.db\.head"):
        SqliteLog.open(path)
    path.with_name("log.db.head").unlink()
    with SqliteLog.open(path) as log:
        assert log.head() == verify(path).head
