"""A disk that is full, broken or closed: a clear word, nothing half there, and it goes on after."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import apsw
import pytest

from events.envelope import Draft
from events.errors import LogError, Missing, Unwritable
from events.sqlite import SqliteLog
from events.sqlite.backup import backup
from events.sqlite.engine import sqlite3
from events.sqlite.faults import meaning
from events.sqlite.verify import verify
from tests.events.apsw_connection import connector
from tests.events.faulty import faulty
from tests.events.nobody import reachable, somebody_else
from tests.events.samples import call

root_only = pytest.mark.skipif(os.geteuid() != 0, reason="needs the right to mount")


def fail_every_call(path: Path, error: type[Exception], *, lasting: bool) -> int:
    """Let an append fail at its first, second, third … call of the disk until none fails."""
    SqliteLog.create(path).close()
    name, number, call_number = f"faulty-{uuid.uuid4()}", 0, 0
    acknowledged: list[str] = []
    with faulty(name) as disk:
        while True:
            call_number += 1
            batch = [call(number + place, note="some words " * 40) for place in range(3)]
            number += 3
            disk.heal()
            with SqliteLog.open(path, connect=connector(name)) as log:
                disk.arm(call_number, error, lasting=lasting)
                refused = _refused(log, batch)
                calls = disk.heal()
            if not refused:
                acknowledged += [one.id for one in batch]
            with SqliteLog.open(path, connect=connector(name)) as log:
                there = {event.id for event in log.read()}
                assert set(acknowledged) <= there
                assert sum(one.id in there for one in batch) in (0, 3)
                log.append(batch)
                acknowledged += [one.id for one in batch]
            if calls < call_number:
                break
    assert verify(path).sound
    return call_number


def _refused(log: SqliteLog, batch: Sequence[Draft]) -> bool:
    said = ""
    try:
        log.append(batch)
    except LogError as refusal:
        said = str(refusal)
    assert not said or str(log.path) in said
    return bool(said)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("error", [apsw.FullError, apsw.IOError], ids=["full", "broken"])
def test_whichever_call_of_the_disk_fails_an_append_is_whole_or_absent(
    tmp_path: Path, error: type[Exception], lasting: bool
) -> None:
    assert fail_every_call(tmp_path / "log.db", error, lasting=lasting) > 5


@contextmanager
def mounted(options: str) -> Iterator[Path]:
    """A small file system in memory; skips, and says so, where nobody may mount one."""
    folder = Path(tempfile.mkdtemp())
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        folder.rmdir()
        assert "permission denied" in done.stderr, done.stderr
        pytest.skip(f"no file system could be mounted: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


@root_only
def test_on_a_full_disk_what_was_acknowledged_is_there_and_the_failed_is_not() -> None:
    with mounted("size=3m") as folder:
        path = folder / "log.db"
        ballast = folder / "ballast"
        with SqliteLog.create(path) as log:
            acknowledged: list[str] = []
            with pytest.raises(Unwritable, match=r"full; free some space"):
                _append_without_end(log, acknowledged)
            assert len(acknowledged) > 100
            there = [event.id for event in log.read()]
            assert there == acknowledged
            assert log.head().seq == len(acknowledged)
        assert verify(path).sound
        shutil.move(path, ballast)
        for other in folder.glob("log.db*"):
            other.unlink()
        ballast.unlink()


@root_only
def test_a_log_opened_on_a_full_disk_says_that_it_is_full() -> None:
    with mounted("size=1m") as folder:
        path = folder / "log.db"
        with SqliteLog.create(path) as log:
            log.append([call(1)])
        _fill(folder / "ballast")
        with pytest.raises(Unwritable, match=r"full; free some space"):
            SqliteLog.open(path)


def test_a_folder_is_no_log(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="is a folder; name the file of a log"):
        SqliteLog.open(tmp_path)


def _append_without_end(log: SqliteLog, acknowledged: list[str]) -> None:
    for number in count():
        log.append([call(number, note="some words " * 20)])
        acknowledged.append(call(number).id)


@root_only
def test_after_space_is_freed_the_same_draft_goes_in_and_the_log_goes_on() -> None:
    with mounted("size=16m") as folder:
        path, ballast = folder / "log.db", folder / "ballast"
        with SqliteLog.create(path) as log:
            log.append([call(0)])
            _fill(ballast)
            refused = 0
            for number in range(1, 100):
                try:
                    log.append([call(number, note="some words " * 30)])
                except Unwritable:
                    refused += 1
                    before = log.head().seq
                    ballast.unlink()
                    log.append([call(number, note="some words " * 30)])
                    assert log.head().seq == before + 1
                    _fill(ballast)
            assert refused > 0
            assert [e.id for e in log.read()] == [call(n).id for n in range(100)]
        ballast.unlink()
        assert verify(path).sound


def _fill(ballast: Path) -> None:
    """Leave no free block on the disk."""
    with suppress(OSError):
        fd = os.open(ballast, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        try:
            for size in (65536, 512):
                with suppress(OSError):
                    while True:
                        os.write(fd, b"\0" * size)
        finally:
            os.close(fd)


@root_only
def test_a_read_only_disk_can_be_read_and_says_so_when_written() -> None:
    with mounted("size=8m") as folder:
        path = folder / "log.db"
        with SqliteLog.create(path) as log:
            log.append([call(1)])
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with SqliteLog.open(path) as log:
            assert log.head().seq == 1
            with pytest.raises(Unwritable, match="may only be read"):
                log.append([call(2)])
            assert log.head().seq == 1
        assert verify(path).sound
        with pytest.raises(Unwritable):
            SqliteLog.create(folder / "other.db")
        with pytest.raises(Unwritable):
            backup(path, folder / "copy.db")


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that somebody else can reach."""
    yield from reachable()


def test_a_log_without_the_right_to_write_can_be_read_and_says_so_when_written(
    shared: Path,
) -> None:
    path = shared / "log.db"
    with SqliteLog.create(path) as log:
        log.append([call(1)])
    path.chmod(0o444)
    shared.chmod(0o555)
    with somebody_else():
        with SqliteLog.open(path) as log:
            assert log.head().seq == 1
            with pytest.raises(Unwritable, match="make the file and its folder writable"):
                log.append([call(2)])
        assert verify(path).sound


def test_a_log_without_the_right_to_read_says_so(shared: Path) -> None:
    path = shared / "log.db"
    SqliteLog.create(path).close()
    path.chmod(0o000)
    with somebody_else(), pytest.raises(Unwritable, match="check the permissions"):
        SqliteLog.open(path)


def test_a_log_is_not_made_in_a_folder_without_the_right_to_write(shared: Path) -> None:
    shared.chmod(0o555)
    with somebody_else(), pytest.raises(Unwritable):
        SqliteLog.create(shared / "log.db")
    assert list(shared.iterdir()) == []


def test_a_log_is_not_made_where_something_lies_or_where_no_folder_is(tmp_path: Path) -> None:
    SqliteLog.create(tmp_path / "log.db").close()
    with pytest.raises(Unwritable, match="exists already"):
        SqliteLog.create(tmp_path / "log.db")
    with pytest.raises(Unwritable, match="make it first"):
        SqliteLog.create(tmp_path / "nowhere" / "log.db")


def test_what_an_earlier_log_left_is_not_mixed_into_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteLog.create(path) as log:
        log.append([call(1), call(2)])
    path.unlink()
    SqliteLog.create(path).close()
    assert verify(path).sound
    path.unlink()
    journal = tmp_path / "log.db-wal"
    journal.write_bytes(b"something that may still be needed")
    with pytest.raises(Unwritable, match=r"log.db-wal of an earlier log"):
        SqliteLog.create(path)
    assert journal.exists()


def test_who_may_write_the_log_may_write_what_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    SqliteLog.create(path).close()
    path.chmod(0o660)
    before = os.umask(0o077)
    try:
        with SqliteLog.open(path) as log:
            log.append([call(1)])
    finally:
        os.umask(before)
    for beside in ("log.db.lock", "log.db.head"):
        assert (tmp_path / beside).stat().st_mode & 0o777 == 0o660


def test_a_disk_without_hard_links_keeps_a_log_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    with SqliteLog.create(tmp_path / "log.db") as log:
        log.append([call(1)])
    with pytest.raises(Unwritable):
        SqliteLog.create(tmp_path / "log.db")
    assert verify(tmp_path / "log.db").head.seq == 1
    assert not list(tmp_path.glob("*.new"))


def test_a_closed_log_says_so_as_a_mistake_of_the_program(tmp_path: Path) -> None:
    log = SqliteLog.create(tmp_path / "log.db")
    log.close()
    with pytest.raises(sqlite3.ProgrammingError):
        log.head()


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ENOSPC, "full; free some space"),
        (errno.EDQUOT, "full; free some space"),
        (errno.EACCES, "may only be read"),
        (errno.EROFS, "may only be read"),
        (errno.EIO, "check the disk"),
    ],
)
def test_what_the_system_complains_of_is_said_with_what_to_do(number: int, word: str) -> None:
    said = meaning(OSError(number, os.strerror(number)), Path("log.db"))
    assert isinstance(said, Unwritable)
    assert word in str(said)
