"""Verify, backup, export, restore, import, demo and doctor, as typed."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from python_calamine import load_workbook

from cockpit.log_file import default_file
from tests.cockpit.shell import Shell

GUARD = "SELECT sql FROM sqlite_master WHERE name = 'event_is_never_changed'"
MAP = """
[[seller]]
as = "who"
key = "{who}"
name = "{who}"

[[event]]
kind = "call_made"
id = "{id}"
at = "{when}"
set = { seller = "{who}", seconds = "{seconds}" }
"""


def test_verify_names_the_head_and_finds_it_again(north: Shell) -> None:
    answer = north.ok("verify")
    first, second = answer.out.splitlines()
    assert first == f"✓ {north.head()} events, nothing changed, nothing lost"
    head = second.removeprefix("head ")
    north.ok("client add Сигма")
    north.ok(f"verify --head {head}")
    assert north.ok("verify --json").data["sound"] is True
    assert "as verify printed it" in north.refused("verify --head 5")


def test_verify_names_the_first_broken_event(north: Shell) -> None:
    with closing(sqlite3.connect(north.path)) as file, file:
        (guard,) = file.execute(GUARD).fetchone()
        file.execute("DROP TRIGGER event_is_never_changed")
        file.execute("UPDATE event SET actor = 'somebody' WHERE seq = 5")
        file.execute(guard)
    answer = north("verify")
    assert answer.code == 4
    assert answer.err.startswith("✗ event 5 ")
    assert north("verify --json").data["sound"] is False


def test_a_log_of_a_newer_cockpit_is_refused_with_what_to_do(north: Shell) -> None:
    with closing(sqlite3.connect(north.path)) as file:
        file.execute("PRAGMA user_version = 2")
    for line in ("verify", "verify --json", "report plan-fact", "log call 3m --as ivanov"):
        answer = north(line)
        assert (answer.code, answer.out) == (2, "")
        assert "was written by a newer cockpit" in answer.err
        assert "update this one" in answer.err


def test_a_backup_is_a_log_of_its_own(north: Shell, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    north.ok(f"backup {target}")
    assert north.ok(f"verify --file {target}").out == north.ok("verify").out
    assert "another name" in north.refused(f"backup {target}")


def test_an_exported_log_is_restored_to_the_same_head(north: Shell, tmp_path: Path) -> None:
    lines, copy = tmp_path / "all.jsonl", tmp_path / "copy.db"
    north.ok(f"export log {lines}")
    assert len(lines.read_text().splitlines()) == north.head()
    restored = north.ok(f"restore {lines} --file {copy}").out
    assert restored == f"head {north.ok('head').out}"
    assert north.ok(f"verify --file {copy}").out == north.ok("verify").out
    assert north.ok(f"client list --file {copy}").out == north.ok("client list").out
    assert "--force" in north.refused(f"export log {lines}")
    assert north.ok("export log -").out == lines.read_text()


@pytest.mark.parametrize("content", ["", "\n", "a,b\n1,2\n", '{"id": 1}\n'])
def test_what_is_no_export_makes_no_log(north: Shell, tmp_path: Path, content: str) -> None:
    source, copy = tmp_path / "deals.jsonl", tmp_path / "copy.db"
    source.write_text(content)
    assert "is no export of a log" in north.refused(f"restore {source} --file {copy}")
    assert not copy.exists()


def test_days_of_a_workbook_are_days(north: Shell, tmp_path: Path) -> None:
    north.ok(f"export course {tmp_path / 'course.xlsx'} --month 2026-10")
    rows = load_workbook(str(tmp_path / "course.xlsx")).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[3:5]] == [dt.date(2026, 10, 1), dt.date(2026, 10, 2)]


def test_a_pipe_is_told_instead_of_waited_for(north: Shell, tmp_path: Path) -> None:
    pipe, mapping, calls = tmp_path / "pipe", tmp_path / "calls.toml", tmp_path / "calls.csv"
    os.mkfifo(pipe)
    mapping.write_text(MAP)
    calls.write_text("id,when,who,seconds\n")
    for line in ("log call 1m --as ivanov", "report plan-fact", f"backup {tmp_path / 'b'}"):
        assert "is no file" in north.refused(f"{line} --file {pipe}")
    answer = north(f"verify --file {pipe}")
    assert (answer.code, "is no file" in answer.err) == (4, True)
    assert "is no file" in north.refused(f"import {pipe} --map {mapping}")
    assert "is no file" in north.refused(f"import {calls} --map {pipe}")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk is always full here")
def test_what_finds_the_disk_full_may_be_sent_again(north: Shell, tmp_path: Path) -> None:
    for form in ("csv", "xlsx"):
        answer = north(f"export plan-fact /dev/full --force --format {form}")
        assert (answer.code, answer.err.startswith("cockpit: cannot write /dev/full")) == (3, True)
    mapping, calls = tmp_path / "calls.toml", tmp_path / "calls.csv"
    mapping.write_text(MAP)
    calls.write_text("id,when,who,seconds\n1,soon,ann,5\n")
    answer = north(f"import {calls} --map {mapping} --rejects /dev/full")
    assert (answer.code, answer.err.startswith("cockpit: cannot write /dev/full")) == (3, True)


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "md", "json"])
def test_every_report_is_exported(north: Shell, tmp_path: Path, suffix: str) -> None:
    north.ok("log call 3m --as ivanov")
    for name in ("plan-fact", "activity", "conversions"):
        target = tmp_path / f"{name}.{suffix}"
        north.ok(f"export {name} {target}")
        assert target.stat().st_size > 50
    assert "does not say its format" in north.refused(f"export activity {tmp_path / 'x.doc'}")
    assert ".xlsx" in north.refused("export activity - --format xlsx")


def test_an_import_is_counted_and_the_second_adds_nothing(north: Shell, tmp_path: Path) -> None:
    mapping, calls = tmp_path / "calls.toml", tmp_path / "calls.csv"
    mapping.write_text(MAP)
    calls.write_text(
        "id,who,when,seconds\n1,ivanov,2026-11-17 10:00,60\n2,ivanov,soon,60\n"
        "3,petrova,2026-11-17 11:00,90\n"
    )
    before = north.head()
    dry = north.ok(f"import {calls} --map {mapping} --dry-run").out
    assert "2 events would be appended" in dry
    assert north.head() == before
    told = north.ok(f"import {calls} --map {mapping}").out.splitlines()
    assert told[:3] == ["3 rows read", "2 events appended", "          2  call"]
    assert "1 row skipped" in told
    assert any(line.startswith("  line 3: ") for line in told)
    again = north.ok(f"import {calls} --map {mapping} --json").data
    assert (again["appended"], again["known"], again["skipped"]) == ({}, 2, 1)


def test_a_demo_is_the_same_for_the_same_seed(shell: Shell, tmp_path: Path) -> None:
    line = "demo --today 2026-11-16 --seed 7 --sellers 3 --months 1 --into"
    shell.ok(f"{line} {tmp_path / 'a'}")
    shell.ok(f"{line} {tmp_path / 'b'}")
    one, two = (tmp_path / name / "cockpit.db" for name in "ab")
    assert shell.ok(f"verify --file {one}").out == shell.ok(f"verify --file {two}").out
    assert "name another folder" in shell.refused(f"{line} {tmp_path / 'a'}")
    assert "sellers" in shell.refused(f"demo --sellers 0 --into {tmp_path / 'c'}")


def test_without_a_terminal_the_demo_prints_the_morning_board(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = shell.ok("demo --today 2026-11-16 --sellers 3 --months 1")
    assert "DEPARTMENT" in first.out
    assert "2026-11-16, morning" in first.out
    assert shell.ok("demo --today 2026-11-16 --sellers 3 --months 1").out == first.out


def test_doctor_tells_where_and_how(north: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = north.ok("doctor --json").data
    assert facts["log"] == str(north.path)
    assert str(facts["log state"]).startswith(f"{north.head()} events")
    assert facts["journal mode"] in ("WAL", "TRUNCATE")
    assert "SQLite" in str(facts["engine"])
    assert north.ok("doctor").out.startswith("log ")
    assert re.search(r"\d\.\d MB", str(facts["log state"]))
    monkeypatch.setenv("COCKPIT_LANGUAGE", "ru")
    assert re.search(r"\d,\d МБ", str(north.ok("doctor --json").data["log state"]))
    monkeypatch.delenv("COCKPIT_LANGUAGE")
    shutil.rmtree(north.path.parent)
    assert "cockpit init" in str(north.ok("doctor --json").data["log state"])


def test_the_default_place_is_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    for name in ("XDG_DATA_HOME", "HOME"):
        monkeypatch.setenv(name, f"/somewhere/{name}")
        assert Path(default_file()).parent == platformdirs.user_data_path(
            "cockpit", appauthor=False
        )
    monkeypatch.delenv("XDG_DATA_HOME")
    assert Path(default_file()).parent == platformdirs.user_data_path("cockpit", appauthor=False)


def test_nothing_is_written_over_the_log_or_what_is_being_read(
    north: Shell, tmp_path: Path
) -> None:
    table, rules, link = tmp_path / "calls.csv", tmp_path / "map.toml", tmp_path / "link.db"
    table.write_text("id,who,when,seconds\n1,ivanov,2026-11-17,60\n")
    rules.write_text(MAP)
    link.symlink_to(north.path)
    says = "would be lost by this"
    for kept in (table, rules, north.path, link, f"{north.path}.model", f"{north.path}.head"):
        assert says in north.refused(f"import {table} --map {rules} --rejects {kept}")
    for kept in (north.path, link, f"{north.path}.model", f"{north.path}-wal"):
        assert says in north.refused(f"export plan-fact {kept} --format csv --force")
        assert says in north.refused(f"export log {kept} --force")
    assert table.read_text().count("\n") == 2
    assert rules.read_text() == MAP
    north.ok("verify")
