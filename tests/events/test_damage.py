"""A disk that lies: bits flip in the file, the write-ahead log is cut; it never goes unnoticed."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import TypeAlias

import pytest

from events.errors import Damaged, Unsuitable
from events.sqlite import SqliteLog
from events.sqlite.backup import backup
from events.sqlite.engine import journal_mode
from events.sqlite.engine import sqlite3 as engine
from events.sqlite.verify import verify
from events.sqlite.witness import beside
from tests.events.samples import call, correction, draft, every_kind, order, salts

DUMP = (
    "SELECT * FROM event ORDER BY seq",
    "SELECT * FROM personal ORDER BY 1, 2",
    "SELECT * FROM forgotten",
    "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name",
    "PRAGMA application_id",
    "PRAGMA user_version",
)


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A closed log with every kind of event, personal text and repairs."""
    path = tmp_path / "whole.db"
    with SqliteLog.create(path, salt=salts()) as log:
        log.append([draft(body) for body in every_kind()])
        log.append([order(number) for number in range(40)])
        log.append([call(number, note=f"talked about {number}") for number in range(40)])
        log.append([correction(call(3), note="something else"), correction(call(4), seconds=1)])
    return path


Dump: TypeAlias = list[list[tuple[object, ...]]]


def dump(path: Path) -> Dump | str:
    """Everything the file says, or the complaint that it cannot be read."""
    connection = engine.connect(f"{path.as_uri()}?immutable=1", uri=True)
    try:
        return [connection.execute(query).fetchall() for query in DUMP]
    except (engine.Error, UnicodeDecodeError) as error:
        return f"unreadable: {error}"
    finally:
        connection.close()


def flip(source: Path, target: Path, bit: int) -> None:
    content = bytearray(source.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    target.write_bytes(content)


def _wrong(told: Dump, says: Dump | str) -> set[int | None]:
    """What may be named as the first wrong event; None for the file as a whole."""
    if isinstance(says, str) or len(says[0]) != len(told[0]) or says[0] == told[0]:
        return {None, *(int(str(row[0])) for row in told[0])}
    at = next(i for i, pair in enumerate(zip(told[0], says[0], strict=True)) if pair[0] != pair[1])
    return {int(str(told[0][at][0])), int(str(says[0][at][0]))}


def flip_many(whole: Path, count: int, seed: str) -> None:
    dice = random.Random(seed)
    wounded = whole.with_name("wounded.db")
    shutil.copy(beside(whole), beside(wounded))
    told, changed = dump(whole), 0
    assert isinstance(told, list)
    for _ in range(count):
        bit = dice.randrange(whole.stat().st_size * 8)
        flip(whole, wounded, bit)
        says = dump(wounded)
        if says == told:
            continue
        changed += 1
        if isinstance(says, list) and says[-1] > told[-1]:
            with pytest.raises(Unsuitable, match="newer"):
                verify(wounded)
            continue
        verdict = verify(wounded)
        assert not verdict.sound, f"bit {bit} changed the content and nobody noticed"
        named = {flaw.seq for flaw in verdict.flaws}
        assert named & _wrong(told, says), f"bit {bit}: {verdict.flaws}"
    assert changed > count // 3


@pytest.mark.unmeasured
def test_every_flipped_bit_of_the_content_is_noticed_and_its_event_named(whole: Path) -> None:
    flip_many(whole, 300, "suite")


@pytest.mark.torture
def test_every_one_of_5000_flipped_bits_of_the_content_is_noticed(whole: Path) -> None:
    flip_many(whole, 5000, "torture")


@pytest.mark.parametrize("mark", ["application_id", "user_version"])
def test_a_file_that_lost_its_mark_is_noticed(whole: Path, mark: str) -> None:
    connection = engine.connect(whole, isolation_level=None)
    connection.execute(f"PRAGMA {mark} = 0")
    connection.close()
    assert mark in verify(whole).flaws[0].what


def test_a_log_of_a_newer_program_is_not_called_damaged(whole: Path) -> None:
    connection = engine.connect(whole, isolation_level=None)
    connection.execute("PRAGMA user_version = 77")
    connection.close()
    copy = whole.with_name("copy.db")
    for ask in (verify, lambda path: backup(path, copy), SqliteLog.open):
        with pytest.raises(Unsuitable, match=r"whole\.db was written by a newer cockpit"):
            ask(whole)
    assert not copy.exists()


def test_an_index_that_hides_events_is_noticed(whole: Path) -> None:
    connection = engine.connect(whole, isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
    (page,) = connection.execute(query, ("event_by_client",)).fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    content = bytearray(whole.read_bytes())
    at = content.index(b"c3", (page - 1) * size)
    content[at : at + 2] = b"zz"
    whole.write_bytes(content)
    verdict = verify(whole)
    assert any("event_by_client" in flaw.what for flaw in verdict.flaws)


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 200])
def test_a_file_that_is_no_log_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log.db"
    path.write_bytes(content)
    with pytest.raises(Damaged):
        SqliteLog.open(path)
    assert not verify(path).sound


def test_a_database_of_something_else_is_said_to_be_no_log(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = engine.connect(path)
    connection.execute("CREATE TABLE event (seq INTEGER PRIMARY KEY)")
    connection.close()
    with pytest.raises(Damaged, match="is not a log"):
        SqliteLog.open(path)
    assert not verify(path).sound


class Unfinished:
    """A log whose newest events are in the write-ahead log only, as a dead machine leaves it."""

    def __init__(self, folder: Path) -> None:
        live = folder / "live.db"
        self.path = folder / "found.db"
        with SqliteLog.create(live) as log:
            with log.reading as connection:
                connection.execute("PRAGMA wal_autocheckpoint = 0")
            for number in range(25):
                log.append([call(number * 10 + place) for place in range(1 + number % 3)])
            self.head = log.head()
            self.database = live.read_bytes()
            self.journal = live.with_name("live.db-wal").read_bytes()
            self.witness = Path(beside(live)).read_bytes()

    def lay_out(self, journal: bytes) -> None:
        """Put the files where a fresh start finds them."""
        for name in ("-shm", ".lock"):
            self.path.with_name(f"found.db{name}").unlink(missing_ok=True)
        self.path.write_bytes(self.database)
        self.path.with_name("found.db-wal").write_bytes(journal)
        Path(beside(self.path)).write_bytes(self.witness)

    def check(self) -> bool:
        """Whether events were lost: if so, start and verify must both have said so."""
        verdict = verify(self.path)
        if verdict.head == self.head:
            assert verdict.sound
            SqliteLog.open(self.path).close()
            return False
        assert not verdict.sound
        with pytest.raises(Damaged, match=f"event {self.head.seq} had been written"):
            SqliteLog.open(self.path)
        return True


def wound_journal(folder: Path, count: int, seed: str) -> None:
    dice = random.Random(seed)
    log = Unfinished(folder)
    whole = log.journal
    log.lay_out(whole)
    assert not log.check()
    lost = 0
    for _ in range(count):
        log.lay_out(whole[: dice.randrange(len(whole))])
        lost += log.check()
    assert lost == count
    lost = 0
    for _ in range(count):
        bit = dice.randrange(len(whole) * 8)
        wounded = bytearray(whole)
        wounded[bit // 8] ^= 1 << bit % 8
        log.lay_out(bytes(wounded))
        lost += log.check()
    assert lost > count * 0.9


needs_wal = pytest.mark.skipif(journal_mode() != "WAL", reason="this SQLite keeps no WAL")


@needs_wal
def test_a_cut_or_flipped_write_ahead_log_is_reported_at_start_and_by_verify(
    tmp_path: Path,
) -> None:
    wound_journal(tmp_path, 60, "suite")


@needs_wal
@pytest.mark.torture
def test_1000_cut_and_1000_flipped_write_ahead_logs_are_reported(tmp_path: Path) -> None:
    wound_journal(tmp_path, 1000, "torture")
