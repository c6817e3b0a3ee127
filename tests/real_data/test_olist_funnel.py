"""Eight thousand leads and what became of them: conversion by channel agrees."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.sqlite import SqliteLog
from events.trace import Trace
from projections.desk import Desk
from projections.period import Period
from projections.question import Dials, Question
from projections.reports.conversions import Conversions
from tests.real_data.conftest import bring, department, expected, folder_of

pytestmark = pytest.mark.unmeasured

WHOLE = Period(dt.date(2017, 1, 1), dt.date(2018, 12, 31))
FILES = (
    ("olist_marketing_qualified_leads_dataset.csv", "olist_funnel/leads.toml", 8000),
    ("olist_closed_deals_dataset.csv", "olist_funnel/deals.toml", 842),
)


@pytest.fixture(scope="module")
def data() -> Path:
    return folder_of("olist_funnel")


@pytest.fixture(scope="module")
def log(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteLog]:
    folder = tmp_path_factory.mktemp("olist")
    zone = "America/Sao_Paulo"
    with department(folder, country="BR", currency="BRL", zone=zone, recognition="won") as log:
        for file, mapping, rows in FILES:
            outcome = bring(log, data / file, mapping)
            assert (outcome.read, outcome.skipped, outcome.left_out) == (rows, 0, 0)
        for file, mapping, rows in FILES:
            outcome = bring(log, data / file, mapping)
            assert (outcome.appended, outcome.known) == ({}, rows)
        yield log


def test_conversion_by_channel(data: Path, log: SqliteLog) -> None:
    question = Question(
        period=WHOLE,
        dials=Dials(as_of=WHOLE.last, mode="evening"),
        pairs=(("lead_received", "deal_won"),),
        by="channel",
    )
    with Desk(log, None) as desk:
        report = desk.ask("conversions", question)
    assert isinstance(report, Conversions)
    assert {row.cut or "(blank)": (row.n, row.count) for row in report.rows} == {
        row["origin"]: (int(row["mql"]), int(row["won"]))
        for row in expected(data, "olist_by_origin.csv")
    }
    (total,) = report.totals
    assert (total.n, total.count) == (8000, 842)


def test_leads_and_deals_of_every_month(data: Path, log: SqliteLog) -> None:
    found = {
        kind: Counter(event.occurred_at[:7] for event in log.find(Trace(kinds=(kind,))))
        for kind in ("lead_received", "deal_won")
    }
    for row in expected(data, "olist_by_month.csv"):
        month = row["month"]
        assert found["lead_received"][month] == int(row["mql"])
        assert found["deal_won"][month] == int(row["won"])


def test_deals_of_every_closer_and_their_first_and_last_day(data: Path, log: SqliteLog) -> None:
    days: dict[str, list[str]] = {}
    for event in log.find(Trace(kinds=("deal_won",))):
        days.setdefault(event.seller or "", []).append(event.occurred_at[:10])
    wanted = expected(data, "olist_by_closer.csv")
    assert {row["sr_id"] for row in wanted} == set(days)
    for row in wanted:
        won = days[row["sr_id"]]
        assert (len(won), min(won), max(won)) == (
            int(row["won"]),
            row["first_won"],
            row["last_won"],
        )
