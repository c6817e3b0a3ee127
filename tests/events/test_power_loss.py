"""The power may go at any moment: whatever was acknowledged survives, and the log is whole."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from events.sqlite import SqliteLog, erasing, opening
from events.sqlite.backup import backup
from events.sqlite.erasing import erase
from events.sqlite.verify import verify
from events.vocabulary import ClientRegistered
from tests.events.apsw_connection import connector
from tests.events.power import RECORDERS, Disk, Recorder, recording
from tests.events.samples import call, draft

SECRET = "Innokentij Nezabudka"
Work = Callable[[SqliteLog, Recorder], None]


def appending(log: SqliteLog, recorder: Recorder) -> None:
    """Single drafts and batches, with a check-point every few pages."""
    with log.reading as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 8")
    for number in range(30):
        batch = [call(number * 10 + place) for place in range(1 + number % 4)]
        log.append(batch)
        recorder.mark(f"seq {log.head().seq}")


def in_bulk(log: SqliteLog, recorder: Recorder) -> None:
    """Batches so long that indexes and a trigger are put aside while they go in."""
    with log.reading as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 32")
    for number, size in enumerate([1, 260, 1, 220, 3]):
        log.append([call(1000 * number + place) for place in range(size)])
        recorder.mark(f"seq {log.head().seq}")


def checkpointing(log: SqliteLog, recorder: Recorder) -> None:
    """Every way of bringing the write-ahead log into the file."""
    for number, way in enumerate(["PASSIVE", "FULL", "RESTART", "TRUNCATE"] * 3):
        log.append([call(number * 10 + place) for place in range(6)])
        recorder.mark(f"seq {log.head().seq}")
        with log.reading as connection:
            connection.execute(f"PRAGMA wal_checkpoint({way})").fetchall()


def copying(log: SqliteLog, recorder: Recorder) -> None:
    """Backups between appends."""
    for number in range(4):
        log.append([call(number * 10 + place) for place in range(9)])
        recorder.mark(f"seq {log.head().seq}")
        target = log.path.with_name(f"copy-{number}.db")
        backup(log.path, target, connect=connector(recorder.name))


def forgetting(log: SqliteLog, recorder: Recorder) -> None:
    """Clients come, are talked about, and are forgotten."""
    for number in range(6):
        client = f"k{number}"
        secret = f"{SECRET} {number}"
        log.append([draft(ClientRegistered(client=client, name=secret))])
        log.append([call(number * 10 + n, client=client, note=secret) for n in range(8)])
        recorder.mark(f"seq {log.head().seq}")
        erase(log, f"client:{client}", actor="anna")
        recorder.mark(f"seq {log.head().seq}")
        recorder.mark(f"forgotten {secret}")


@pytest.fixture(autouse=True)
def _hear_our_own_syncs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the log syncs itself belongs to what the disk was asked to do."""

    def sync(path: Path) -> None:
        for recorder in RECORDERS:
            recorder.sync(path)

    monkeypatch.setattr(erasing, "sync", sync)


def cut_at(folder: Path, work: Work, cuts: int, seed: str) -> None:
    """Run once, then cut the power after every acknowledgement and at random places between."""
    path = folder / "log.db"
    SqliteLog.create(path).close()
    start = {"log.db": path.read_bytes()}
    name = f"recorder-{uuid.uuid4()}"
    with recording(name) as recorder, SqliteLog.open(path, connect=connector(name)) as log:
        work(log, recorder)
        ops = list(recorder.ops)
    dice = random.Random(seed)
    told = [place for place, op in enumerate(ops, 1) if op.what == "mark"]
    moments = sorted([*told, *(dice.randrange(len(ops) + 1) for _ in range(cuts))])
    disk, done = Disk(start), 0
    found = folder / "found"
    found.mkdir()
    for moment in moments:
        for op in ops[done:moment]:
            disk.take(op)
        done = moment
        disk.cut(found, dice)
        inspect(found, disk.marks)
    assert len(set(moments)) > min(cuts, len(ops)) // 3


def inspect(found: Path, marks: list[str]) -> None:
    """What a start after the cut must find."""
    words = [mark.split(maxsplit=1) for mark in marks]
    on_disk = b"".join(file.read_bytes() for file in found.iterdir())
    for secret in [word for what, word in words if what == "forgotten"]:
        assert secret.encode() not in on_disk
    with SqliteLog.open(found / "log.db") as log:
        seq = log.head().seq
        assert seq >= max([int(word) for what, word in words if what == "seq"], default=0)
        assert [event.seq for event in log.read()] == list(range(1, seq + 1))
    verdict = verify(found / "log.db")
    assert verdict.sound, verdict.flaws


WORKS = [appending, in_bulk, checkpointing, copying, forgetting]


@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("mode", ["WAL", "TRUNCATE"])
def test_a_power_cut_loses_nothing_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Work, mode: str
) -> None:
    monkeypatch.setattr(opening, "journal_mode", lambda: mode)
    cut_at(tmp_path, work, 30, f"suite {mode}")


@pytest.mark.torture
@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("mode", ["WAL", "TRUNCATE"])
def test_none_of_5000_power_cuts_loses_anything_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Work, mode: str
) -> None:
    monkeypatch.setattr(opening, "journal_mode", lambda: mode)
    cut_at(tmp_path, work, 500, f"torture {mode}")


def test_the_simulated_disk_does_lose_what_was_not_synced(tmp_path: Path) -> None:
    """Without waiting for the disk events are lost, so the tests above can fail."""

    def hasty(log: SqliteLog, recorder: Recorder) -> None:
        with log.reading as connection:
            connection.execute("PRAGMA synchronous = NORMAL")
        appending(log, recorder)

    with pytest.raises(AssertionError):
        cut_at(tmp_path, hasty, 60, "hasty")
