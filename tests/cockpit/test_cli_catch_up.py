"""`cockpit report catch-up` and `cockpit report bridge` on the demo department, in every form."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from cockpit.demo.spec import Spec
from cockpit.demo.writing import build
from cockpit.words import LANGUAGES
from tests.cockpit.shell import Shell

TODAY = dt.date(2026, 11, 18)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo department of two months."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build(path, Spec(today=TODAY, sellers=4, months=2, language="en"))
    return path


@pytest.fixture
def demo(log: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell on the morning the demo's story ends."""
    monkeypatch.setenv("COCKPIT_FILE", str(log))
    return Shell(log, shell._capture)


def rows(demo: Shell, line: str) -> list[dict[str, object]]:
    found = demo.ok(f"{line} --json").data["rows"]
    assert isinstance(found, list)
    return found


def test_catch_up_is_printed_in_every_form(demo: Shell) -> None:
    table = demo.ok("report catch-up --today 2026-11-18").out
    assert table.startswith("catch up · ")
    assert "until Fri 2026-11-20" in table
    assert "behind " in table
    markdown = demo.ok("report catch-up --markdown").out
    assert sum(line.startswith("| ---") for line in markdown.splitlines()) == 1
    printed = list(csv.DictReader(io.StringIO(demo.ok("report catch-up --csv").out)))
    asked = rows(demo, "report catch-up")
    assert [one["key"] for one in printed] == [one["key"] for one in asked]
    assert {one["activity"] for one in asked} >= {"call_made", "payment_received"}


def test_sellers_are_told_as_many_deals_as_the_head(demo: Shell) -> None:
    sales = [one for one in rows(demo, "report catch-up") if one["gap"] is not None]
    assert any(one["credit"] for one in sales)
    for one in sales:
        told = demo.ok(f"my --as {one['seller']} --json").data
        assert told["deals"] == one["now"], one["seller"]


def test_the_day_and_the_credit_are_options(demo: Shell) -> None:
    plain = rows(demo, "report catch-up --no-credit --until 25.11")
    assert {one["credit"] for one in plain} == {0, None}
    assert demo.refused("report catch-up --until 2.11").startswith("--until lies before")
    assert "soon is not a day" in demo.refused("report catch-up --until soon")
    friday = rows(demo, "report catch-up --until fri")
    assert friday == rows(demo, "report catch-up --until 20.11")
    assert friday == rows(demo, "report catch-up --until пятница")
    assert rows(demo, "report catch-up --until wed") == rows(demo, "report catch-up --until 18.11")
    earlier = "report catch-up --as-of 10.11"
    assert rows(demo, f"{earlier} --until fri") == rows(demo, f"{earlier} --until 13.11")


def test_every_figure_of_catching_up_is_explained(demo: Shell) -> None:
    one = rows(demo, "report catch-up")[0]
    for figure in ("gap", "credit", "now", "until", "month", "check", "norm", "last_day"):
        said = demo.ok(f"explain catch-up {one['key']} {figure} --json").data
        assert said["value"] == one[figure], figure
    printed = demo.ok(f"explain catch-up {one['key']} now").out
    assert "⌈(L−F−E)÷A⌉" in printed or "= 0" in printed


@pytest.mark.parametrize("language", LANGUAGES)
def test_catch_up_is_spoken_in_every_language(
    demo: Shell, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("COCKPIT_LANGUAGE", language)
    table = demo.ok("report catch-up").out
    assert ("catch up" in table) == (language == "en")


def test_the_bridge_is_printed_in_every_form(demo: Shell) -> None:
    table = demo.ok("report bridge").out
    assert table.startswith("bridge from plan to fact · ")
    assert "most of it through" in table
    assert "DEPARTMENT" in table
    assert demo.ok("report bridge --markdown").out.startswith("**bridge from plan to fact")
    printed = list(csv.DictReader(io.StringIO(demo.ok("report bridge --csv").out)))
    data = demo.ok("report bridge --json").data
    assert isinstance(data["rows"], list)
    assert isinstance(data["total"], dict)
    assert [one["key"] for one in printed][: len(data["rows"])] == [
        one["key"] for one in data["rows"]
    ]
    effects = [one["effect"] for one in data["rows"] if one["factor"] != "deviation"]
    assert sum(effects) == data["total"]["effect"]


@pytest.mark.parametrize("language", ["en", "ru", "hu", "bg"])
def test_eighty_columns_hold_the_factors_of_the_bridge_in_full(
    demo: Shell, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("COCKPIT_LANGUAGE", language)
    table = demo.ok("report bridge").out
    assert "…" not in table
    assert max(map(len, table.splitlines())) <= 80


def test_the_bridge_is_explained(demo: Shell) -> None:
    for one in rows(demo, "report bridge"):
        if one["factor"] in ("conversion", "check", "deviation"):
            said = demo.ok(f"explain bridge '{one['key']}' effect --json").data
            assert said["value"] == one["effect"]
            assert said["expression"]
    said = demo.ok("explain bridge department deviation effect --json").data
    assert said["expression"]
    total = demo.ok("report bridge --json").data["total"]
    assert isinstance(total, dict)
    assert said["value"] == total["effect"]
