"""The payment plan at the command line, on the demo department and a small one, in every form."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import time_machine

from cockpit.demo import Spec, build
from cockpit.department import open_department
from cockpit.exporting import reports
from cockpit.render.lines import with_clients
from cockpit.words import LANGUAGES
from projections.period import month_of
from projections.question import Dials, Question
from tests.cockpit.shell import NOW, Shell

TODAY = dt.date(2026, 4, 15)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build(path, Spec(today=TODAY, months=1))
    return path


@pytest.fixture
def demo(made: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("COCKPIT_FILE", str(made))
    shell.path = made
    return shell


@pytest.fixture
def owed(north: Shell, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """A week later: an invoice whose promise was broken, and one in instalments, partly paid."""
    monkeypatch.setenv("COLUMNS", "160")
    for line in (
        "plan department 2100k --month 2026-11",
        "log invoice 1 Вектор 180k --as ivanov",
        "log promise 1 180k 20.11 --as ivanov",
        "log invoice 2 Ромашка-Сервис 90k --as petrova --due 19.11=30k --due 30.11=60k",
        "log paid 2 30k --as petrova",
    ):
        north.ok(line)
    with time_machine.travel(NOW + dt.timedelta(days=7), tick=False):
        yield north


def test_the_demo_department_has_a_payment_plan_in_every_form(demo: Shell) -> None:
    data = demo.ok("report payments --today 2026-04-15 --json").data
    rows, total = data["rows"], data["total"]
    assert isinstance(rows, list)
    assert isinstance(total, dict)
    assert len(rows) > 5
    assert total["open"] == sum(row["open"] for row in rows)
    assert all(row["client_name"] != row["client"] for row in rows)
    assert data["relevant"] is True
    text = demo.ok("report payments --today 2026-04-15").out
    assert all(row["client_name"][:8] in text for row in rows)
    said = list(csv.reader(io.StringIO(demo.ok("report payments --today 2026-04-15 --csv").out)))
    assert len(said) == len(rows) + 2
    assert {len(line) for line in said} == {len(said[0])}
    assert demo.ok("report payments --today 2026-04-15 --markdown").out.count("\n| ") >= len(rows)


def test_every_figure_of_the_demo_is_explained(demo: Shell) -> None:
    data = demo.ok("report payments --today 2026-04-15 --json").data
    rows = data["rows"]
    assert isinstance(rows, list)
    for figure in ("open", "due", "promised", "broken", "reliability", "expected"):
        said = demo.ok(f"explain payments {rows[0]['key']} {figure} --today 2026-04-15 --json").data
        assert said["value"] == rows[0][figure], figure
        assert said["count"]
    for figure in ("cash_plan", "cash_fact", "need", "covered", "short", "promised_today"):
        demo.ok(f"explain payments department {figure} --today 2026-04-15")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal(
    demo: Shell, monkeypatch: pytest.MonkeyPatch, language: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("COCKPIT_LANGUAGE", language)
    text = demo.ok("report payments --today 2026-04-15").out
    assert max(map(len, text.splitlines())) <= columns


def test_a_sum_that_cannot_come_is_said_in_plain_words(owed: Shell) -> None:
    text = owed.ok("report payments").out
    assert "today's sum cannot happen" in text
    assert "Ромашка-Сервис" in text
    assert "call today" in text


def test_a_figure_says_its_formula(owed: Shell) -> None:
    assert "O×r×r = 180,000 × 0% × 0% = 0" in owed.ok("explain payments 1 expected").out
    assert "A−P−C−X = 180,000 − 0 − 0 − 0 = 180,000" in owed.ok("explain payments 1 open").out
    total = owed.ok("report payments --json").data["total"]
    assert isinstance(total, dict)
    assert "90,000" in owed.ok("explain payments '2#2' open").out
    need = owed.ok("explain payments department need").out
    assert "L−F = " in need
    assert f"− 30,000 = {total['need'] / 100:,.2f}".removesuffix(".00") in need


def test_a_figure_of_the_day_is_refused_of_a_single_claim(owed: Shell) -> None:
    assert "there is no figure need" in owed.refused("explain payments 1 need")


def test_the_plan_for_today_as_files(demo: Shell, tmp_path: Path) -> None:
    with open_department(demo.path) as department:
        question = Question(period=month_of(TODAY), dials=Dials(as_of=TODAY))
        report = department.desk.ask("payments", question)
        names = with_clients(department.seller_names, department.client_names)
    for form in ("csv", "xlsx", "markdown", "json"):
        path = tmp_path / form
        reports.write(report, names, path, msgspec.convert(form, reports.Format), department="x")
        assert path.stat().st_size > 500
