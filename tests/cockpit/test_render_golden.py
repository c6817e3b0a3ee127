"""Every format prints exactly these bytes."""

from __future__ import annotations

import io

import pytest
from python_calamine import load_workbook

from cockpit.render import aloud, csv, json, markdown, table, xlsx
from cockpit.words import use
from projections.report import Report
from tests.cockpit.render_samples import DEPARTMENT, NAMES, REPORTS, board, golden

NAMED = sorted(REPORTS)


def _table(report: Report, columns: int = 80) -> str:
    return table.render(report, names=NAMES, department=DEPARTMENT, columns=columns)


@pytest.mark.parametrize("name", NAMED)
def test_tables_for_people(name: str) -> None:
    assert _table(REPORTS[name]) == golden(f"{name}.txt")


@pytest.mark.parametrize("language", ["ru", "hu", "bg"])
def test_the_board_in_other_languages(language: str) -> None:
    use(language)
    assert _table(board()) == golden(f"plan-fact.{language}.txt")


def test_a_wide_terminal_gets_every_column_and_whole_amounts() -> None:
    assert _table(board(), 120) == golden("plan-fact.wide.txt")


@pytest.mark.parametrize("name", NAMED)
def test_json_for_programs(name: str) -> None:
    assert json.render(REPORTS[name], names=NAMES) == golden(f"{name}.json")


@pytest.mark.parametrize("name", NAMED)
def test_csv_for_programs(name: str) -> None:
    assert csv.render(REPORTS[name], names=NAMES) == golden(f"{name}.csv")


@pytest.mark.parametrize("name", NAMED)
def test_markdown_for_the_chat(name: str) -> None:
    said = markdown.render(REPORTS[name], names=NAMES, department=DEPARTMENT)
    assert said == golden(f"{name}.md")


@pytest.mark.parametrize("name", NAMED)
def test_figures_to_be_read_aloud(name: str) -> None:
    said = aloud.render(REPORTS[name], names=NAMES, department=DEPARTMENT)
    assert said == golden(f"{name}.plain.txt")


@pytest.mark.parametrize("language", ["ru", "hu"])
def test_formats_for_programs_speak_no_language(language: str) -> None:
    use(language)
    assert json.render(board(), names=NAMES) == golden("plan-fact.json")
    assert csv.render(board(), names=NAMES) == golden("plan-fact.csv")


def test_the_workbook_is_the_same_bytes_again() -> None:
    made = [
        xlsx.render(list(REPORTS.values()), names=NAMES, department=DEPARTMENT) for _ in range(2)
    ]
    assert made[0] == made[1]


def test_the_workbook_has_a_sheet_for_each_report() -> None:
    made = xlsx.render(list(REPORTS.values()), names=NAMES, department=DEPARTMENT)
    book = load_workbook(io.BytesIO(made))
    assert book.sheet_names == list(REPORTS)
    rows = book.get_sheet_by_name("plan-fact").to_python()
    head = "plan–fact · Север · April 2024 · as of Mon 2024-04-15, morning"
    assert str(rows[0][0]).startswith(head)
    assert rows[2][:4] == ["seller", "plan", "fact", "fact in per cent of the plan"]
    assert rows[3][:4] == ["Иванов", 3_000_000.0, 1_050_000.0, 0.35]
    assert rows[6][:4] == ["unassigned", "", 45_000.0, ""]
