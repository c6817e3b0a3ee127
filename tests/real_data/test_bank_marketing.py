"""Forty thousand telephone calls: counts by length, contact, month and weekday agree."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.sqlite import SqliteLog
from projections.desk import Desk
from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.period import Period
from projections.question import Cut, Dials, Question
from projections.reports.conversions import Conversions
from projections.source import Cell
from tests.real_data.conftest import bring, department, expected, folder_of

pytestmark = pytest.mark.unmeasured

YEAR = Period(dt.date(2010, 1, 1), dt.date(2010, 12, 31))
DIALS = Dials(as_of=YEAR.last, mode="evening")
BUCKETS = {"<1 min": "short", "1-3 min": "middle", ">3 min": "long"}
ZONE = "Europe/Lisbon"


@pytest.fixture(scope="module")
def data() -> Path:
    return folder_of("bank_marketing")


@pytest.fixture(scope="module")
def log(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteLog]:
    folder = tmp_path_factory.mktemp("bank")
    with department(folder, country="PT", currency="EUR", zone=ZONE, recognition="won") as log:
        file = data / "bank-additional-full.csv"
        outcome = bring(log, file, "bank_marketing/calls.toml")
        assert (outcome.read, outcome.skipped, outcome.known) == (41188, 0, 0)
        assert outcome.appended["call_made"] == 41188
        assert outcome.appended["deal_won"] == 4640
        again = bring(log, file, "bank_marketing/calls.toml")
        assert (again.appended, again.known) == ({}, 41188 + 4640)
        yield log


@pytest.fixture(scope="module")
def desk(log: SqliteLog) -> Iterator[Desk]:
    with Desk(log, None) as desk:
        yield desk


@pytest.fixture(scope="module")
def cells(log: SqliteLog) -> list[Cell]:
    return PlainSource(log, Basis(ZONE, "won")).cells(
        [], YEAR, DIALS, ["day", "activity", "bucket"]
    )


def conversions(desk: Desk, by: Cut) -> dict[str | None, tuple[int, int]]:
    """Calls and the yes they ended in by each value of a cut."""
    pairs = (("call_made", "deal_won"),)
    report = desk.ask("conversions", Question(period=YEAR, dials=DIALS, pairs=pairs, by=by))
    assert isinstance(report, Conversions)
    return {row.cut: (row.n, row.count) for row in report.rows}


def test_calls_and_seconds_by_length(data: Path, cells: list[Cell]) -> None:
    found: dict[str | None, tuple[int, int]] = {}
    for cell in cells:
        if cell.activity == "call_made":
            calls, seconds = found.get(cell.bucket, (0, 0))
            found[cell.bucket] = calls + cell.n, seconds + cell.seconds
    assert found == {
        BUCKETS[row["bucket"]]: (int(row["calls"]), int(row["total_seconds"]))
        for row in expected(data, "bank_duration_buckets.csv")
    }


def test_conversion_by_length(data: Path, desk: Desk) -> None:
    assert conversions(desk, "bucket") == {
        BUCKETS[row["bucket"]]: (int(row["calls"]), int(row["yes"]))
        for row in expected(data, "bank_duration_buckets.csv")
    }


def test_conversion_by_contact(data: Path, desk: Desk) -> None:
    assert conversions(desk, "channel") == {
        row["contact"]: (int(row["n"]), int(row["yes"]))
        for row in expected(data, "bank_contact.csv")
    }


def test_conversion_of_new_clients_and_of_those_contacted_before(data: Path, desk: Desk) -> None:
    assert conversions(desk, "group") == {
        row["client"]: (int(row["n"]), int(row["yes"]))
        for row in expected(data, "bank_new_vs_known.csv")
    }


def test_calls_and_yes_by_month_and_weekday(data: Path, cells: list[Cell]) -> None:
    counts: Counter[tuple[str | None, str]] = Counter()
    for cell in cells:
        assert cell.day is not None
        counts[cell.activity, f"{cell.day:%b}".lower()] += cell.n
        counts[cell.activity, f"{cell.day:%a}".lower()] += cell.n
    months = [(row["month"], row) for row in expected(data, "bank_month.csv")]
    weekdays = [(row["day_of_week"], row) for row in expected(data, "bank_weekday.csv")]
    for name, row in months + weekdays:
        assert counts["call_made", name] == int(row["n"])
        assert counts["deal_won", name] == int(row["yes"])
