"""The log leaves as lines and comes back identical; reports leave in four formats."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from python_calamine import load_workbook

from cockpit.errors import Refused
from cockpit.exporting import log as exported
from cockpit.exporting import reports
from events.errors import Conflict, Damaged
from events.sqlite import SqliteLog
from events.trace import Trace
from tests.cockpit.import_case import Case, open_case
from tests.cockpit.render_samples import NAMES, REPORTS

SALES = """
id = "{no}"
at = "{day}"
[[seller]]
name = "{seller}"
[[client]]
name = "{client}"
[[event]]
kind = "order_placed"
set = { amount = "{sum}" }
[[event]]
kind = "call_made"
set = { phone = "{phone}", note = "{note}" }
"""
ROWS = (
    "no,day,seller,client,sum,phone,note\n"
    '1,2026-03-05,Анна,Ромашка,1.50,+7900,"said ""yes"""\n'
    "2,2026-03-06,Bob,Oak,2,,\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    for case in open_case(tmp_path):
        case.bring(ROWS, SALES)
        yield case


def export(case: Case) -> Path:
    path = case.folder / "log.jsonl"
    with path.open("w", encoding="utf-8") as out:
        assert exported.write(case.log, out) == case.log.head()
    return path


def test_a_restored_log_is_identical(case: Case) -> None:
    target = case.folder / "again.cockpit"
    head = exported.restore(export(case), target)
    assert head == case.log.head()
    with SqliteLog.open(target) as again:
        assert list(again.read()) == list(case.log.read())
        events = list(again.find(Trace()))
        assert again.reveal(events) == case.log.reveal(list(case.log.find(Trace())))
        assert again.names("client") == case.log.names("client")
        second = io.StringIO()
        exported.write(again, second)
    assert second.getvalue() == export(case).read_text("utf-8")


def test_an_export_has_a_line_of_json_for_every_event(case: Case) -> None:
    lines = export(case).read_bytes().splitlines()
    assert len(lines) == case.log.head().seq
    assert [msgspec.json.decode(line)["seq"] for line in lines] == [*range(1, len(lines) + 1)]


def test_an_interrupted_restore_is_simply_run_again(case: Case) -> None:
    whole = export(case)
    half = case.folder / "half.jsonl"
    half.write_bytes(b"".join(whole.read_bytes().splitlines(keepends=True)[:4]))
    target = case.folder / "again.cockpit"
    assert exported.restore(half, target).seq == 4
    assert exported.restore(whole, target) == case.log.head()


def test_a_changed_or_missing_line_is_refused(case: Case) -> None:
    lines = export(case).read_bytes().splitlines(keepends=True)
    changed = case.folder / "changed.jsonl"
    amounts = [at for at, line in enumerate(lines) if b'"amount":150' in line]
    changed.write_bytes(b"".join(lines).replace(b'"amount":150', b'"amount":950'))
    with pytest.raises(Damaged, match=f"event {amounts[0] + 1} was changed"):
        exported.restore(changed, case.folder / "a.cockpit")
    changed.write_bytes(b"".join(lines[:2] + lines[3:]))
    with pytest.raises(Damaged, match="event 3 is missing"):
        exported.restore(changed, case.folder / "b.cockpit")


def test_a_log_that_holds_something_else_is_not_written_over(case: Case, tmp_path: Path) -> None:
    whole = export(case)
    other = tmp_path / "other"
    other.mkdir()
    for second in open_case(other, currency="USD"):
        head = second.log.head()
        with pytest.raises(Conflict):
            exported.restore(whole, second.log.path)
        assert second.log.head() == head


def test_an_export_that_is_not_there_makes_no_log(case: Case) -> None:
    target = case.folder / "again.cockpit"
    with pytest.raises(Refused, match=r"cannot read .*nothing\.jsonl"):
        exported.restore(case.folder / "nothing.jsonl", target)
    assert not target.exists()


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_written_in_the_format_its_name_asks_for(tmp_path: Path, name: str) -> None:
    report = REPORTS[name]
    for suffix in ("csv", "xlsx", "md", "json"):
        path = tmp_path / f"report.{suffix}"
        reports.write(report, NAMES, path, reports.format_of(path), department="Север")
    assert (tmp_path / "report.csv").read_bytes().startswith("\ufeff".encode())
    lines = csv.DictReader(io.StringIO((tmp_path / "report.csv").read_text("utf-8-sig")))
    document = msgspec.json.decode((tmp_path / "report.json").read_bytes())
    keys = [row.key for row in report.rows]
    assert [line["key"].lstrip("'") for line in lines][: len(keys)] == keys
    assert [row["key"] for row in document["rows"]] == keys
    assert "Север" in (tmp_path / "report.md").read_text("utf-8")
    sheet = load_workbook(str(tmp_path / "report.xlsx")).get_sheet_by_index(0)
    assert sheet.height >= len(keys)


def test_a_name_that_says_no_format_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"report\.doc does not say its format: end it in \.csv"):
        reports.format_of(tmp_path / "report.doc")


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot write"):
        reports.write(next(iter(REPORTS.values())), {}, tmp_path / "no" / "report.csv", "csv")
