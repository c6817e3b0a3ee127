"""A write-ahead log only where the engine is sound, and a log only where locks hold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from events.errors import Damaged, Missing, Unsuitable
from events.sqlite import SqliteLog, engine, opening
from events.sqlite.engine import describe, journal_mode, sparing
from events.sqlite.place import NETWORK, file_system, refuse_network
from events.sqlite.verify import verify
from tests.events.samples import call


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_the_write_ahead_log_is_for_engines_without_the_reset_bug(
    version: tuple[int, int, int], mode: str
) -> None:
    assert journal_mode(version) == mode


def test_doctor_is_told_the_engine_and_why_it_commits_as_it_does() -> None:
    assert describe((3, 53, 1)) == "SQLite 3.53.1, write-ahead log"
    assert describe((3, 40, 1)).startswith("SQLite 3.40.1, rollback journal: ")
    assert "before 3.51.3" in describe((3, 40, 1))


def test_a_sparing_connection_holds_few_pages_and_refuses_what_is_no_log(tmp_path: Path) -> None:
    SqliteLog.create(tmp_path / "log.db").close()
    with SqliteLog.open(tmp_path / "log.db", connect=sparing) as log, log.reading as connection:
        assert connection.execute("PRAGMA cache_size").fetchone() == (-128,)
    (tmp_path / "other.db").write_bytes(b"nothing that SQLite has written" * 99)
    with pytest.raises(Damaged):
        SqliteLog.open(tmp_path / "other.db", connect=sparing)


def used(path: Path) -> str:
    with SqliteLog.open(path) as log, log.reading as connection:
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone() or ("",)
        (sync,) = connection.execute("PRAGMA synchronous").fetchone() or (0,)
        assert sync == 2
        return str(mode).upper()


def test_a_log_commits_as_its_engine_allows(tmp_path: Path) -> None:
    SqliteLog.create(tmp_path / "log.db").close()
    assert used(tmp_path / "log.db") == journal_mode()


def test_a_log_moves_between_engines_with_and_without_a_write_ahead_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.db"
    SqliteLog.create(path).close()
    for number, mode in enumerate(["TRUNCATE", "WAL", "TRUNCATE"]):
        monkeypatch.setattr(opening, "journal_mode", lambda mode=mode: mode)
        assert used(path) == mode
        with SqliteLog.open(path) as log:
            log.append([call(number)])
    assert verify(path).head.seq == 3


def room(log: SqliteLog) -> int:
    """How many bytes of the file a connection may hold in memory."""
    with log.reading as connection:
        (pages,) = connection.execute("PRAGMA cache_size").fetchone() or (0,)
        (size,) = connection.execute("PRAGMA page_size").fetchone() or (0,)
    return int(-pages * 1024 if pages < 0 else pages * size)


def test_only_an_import_holds_much_of_the_file_in_memory(tmp_path: Path) -> None:
    with SqliteLog.create(tmp_path / "log.db") as log:
        log.append([call(0)])
        assert room(log) <= 8 << 20
        log.append([call(number) for number in range(1, 500)])
        assert room(log) >= 32 << 20


WITHOUT_THE_WHEEL = """
import sys
sys.modules["pysqlite3"] = None
from pathlib import Path
from events.sqlite import SqliteLog, engine
from events.sqlite.verify import verify
from tests.events.samples import call
import sqlite3
assert engine.sqlite3 is sqlite3
path = Path(sys.argv[1])
with SqliteLog.create(path) as log:
    log.append([call(n, note="words") for n in range(300)])
    log.append([call(1000)])
    with log.reading as connection:
        print(connection.execute("PRAGMA journal_mode").fetchone()[0].upper())
assert verify(path).flaws == ()
print(engine.journal_mode())
"""


def test_without_the_wheel_the_engine_of_python_keeps_the_log(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_THE_WHEEL, str(tmp_path / "log.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    used_mode, wanted = done.stdout.split()
    assert used_mode == wanted


def test_an_engine_too_old_for_typed_tables_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "VERSION", (3, 31, 0))
    with pytest.raises(Unsuitable, match="pysqlite3"):
        SqliteLog.create(tmp_path / "log.db")


def test_a_log_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    SqliteLog.create(path).close()
    connection = engine.sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(Unsuitable, match="newer"):
        SqliteLog.open(path)


def test_a_log_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="cockpit init"):
        SqliteLog.open(tmp_path / "log.db")


MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:40 / /home rw shared:1 - ext4 /dev/vdb rw
31 30 0:41 / /home/team rw - nfs4 server:/team rw
32 31 0:42 / /home/team/local rw - ext4 /dev/vdc rw
33 22 0:43 / /mnt/with\\040blank rw - cifs //server/share rw
34 22 0:44 / /srv rw - ext4 /dev/vdd rw
35 34 0:45 / /srv rw - fuse.sshfs server: rw
a line that is none
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/etc/log.db", "ext4"),
        ("/home/anna/log.db", "ext4"),
        ("/home/team/log.db", "nfs4"),
        ("/home/teammate/log.db", "ext4"),
        ("/home/team/local/log.db", "ext4"),
        ("/mnt/with blank/log.db", "cifs"),
        ("/srv/log.db", "fuse.sshfs"),
    ],
)
def test_the_file_system_under_a_path_is_the_innermost_and_latest_mount(
    path: str, kind: str
) -> None:
    assert file_system(Path(path), MOUNTS) == kind


@pytest.mark.parametrize("kind", sorted(NETWORK))
def test_a_network_file_system_is_refused(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 0:1 / / rw - ext4 x rw\n2 1 0:2 / {tmp_path} rw - {kind} y rw\n")
    with pytest.raises(Unsuitable, match=f"network file system .{kind}."):
        refuse_network(tmp_path / "log.db", mounts)


def test_where_mounts_cannot_be_asked_nothing_is_refused(tmp_path: Path) -> None:
    refuse_network(tmp_path / "log.db", tmp_path / "nowhere")


@pytest.mark.parametrize(
    "name", ["50% off?.db", "a#b&mode=ro.db", "Отдел продаж.db", os.fsdecode(b"\xff.db")]
)
def test_a_log_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with SqliteLog.create(path) as log:
        log.append([call(1)])
    with SqliteLog.open(str(path)) as log:
        assert log.head().seq == 1
    assert path in tmp_path.iterdir()


def test_a_log_is_found_from_where_one_stands_and_up_through_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep" / "inside").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "deep" / "inside")
    with SqliteLog.create(tmp_path / "deep" / "log.db") as log:
        log.append([call(1)])
    monkeypatch.chdir(tmp_path)
    with SqliteLog.open("link/../log.db") as log:
        assert log.head().seq == 1
