"""A sample company's sales and targets: plan, fact and margin agree to the cent."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from events.sqlite import SqliteLog
from events.trace import Trace
from events.vocabulary.plans import Measure
from projections.desk import Desk
from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.period import Period, month_of
from projections.question import Dials, Question
from projections.reports.plan_fact import PlanFact
from projections.rounding import half_up
from tests.real_data.conftest import bring, cents, department, expected, folder_of

pytestmark = pytest.mark.unmeasured

ZONE = "America/New_York"
FILES = (
    ("Salesperson.csv", "adventureworks/sellers.toml"),
    ("Targets.csv", "adventureworks/targets.toml"),
    ("Sales.csv", "adventureworks/sales.toml"),
)


@pytest.fixture(scope="module")
def data() -> Path:
    return folder_of("adventureworks")


@pytest.fixture(scope="module")
def log(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteLog]:
    folder = tmp_path_factory.mktemp("adventureworks")
    with department(folder, country="US", currency="USD", zone=ZONE, recognition="order") as log:
        for file, mapping in FILES:
            outcome = bring(log, data / file, mapping)
            assert (outcome.skipped, outcome.left_out, outcome.known) == (0, 0, 0)
        yield log


@pytest.fixture(scope="module")
def desk(log: SqliteLog) -> Iterator[Desk]:
    with Desk(log, None) as desk:
        yield desk


def plan_fact(desk: Desk, month: str, measure: Measure = "revenue") -> PlanFact:
    period = month_of(dt.date.fromisoformat(f"{month}-01"))
    dials = Dials(as_of=period.last, mode="evening")
    report = desk.ask("plan-fact", Question(period=period, dials=dials, measure=measure))
    assert isinstance(report, PlanFact)
    return report


def test_plan_fact_and_margin_of_every_seller_and_month(data: Path, desk: Desk) -> None:
    wanted: dict[str, dict[str, tuple[int | None, int | None, int | None]]] = defaultdict(dict)
    for row in expected(data, "aw_plan_fact_by_seller_month.csv"):
        figures = cents(row["plan"]), cents(row["fact"]), cents(row["margin"])
        wanted[row["month"]][row["employee_id"]] = figures
    assert len(wanted) == 35
    for month, sellers in wanted.items():
        revenue = plan_fact(desk, month).rows
        margin = {row.key: row.fact for row in plan_fact(desk, month, "margin").rows}
        found = {
            row.seller: (row.plan, row.fact, margin[row.key])
            for row in revenue
            if row.seller and (row.plan is not None or row.fact)
        }
        assert found == sellers, month


def test_the_percent_of_every_seller_and_month(data: Path, desk: Desk) -> None:
    for row in expected(data, "aw_plan_fact_by_seller_month.csv")[::7]:
        report = plan_fact(desk, row["month"])
        (found,) = [each for each in report.rows if each.seller == row["employee_id"]]
        wanted = Fraction(row["pct"]) if row["pct"] else None
        rounded = None if found.percent is None else Fraction(half_up(found.percent * 10), 10)
        assert rounded == wanted, row


def test_the_department_of_every_month(data: Path, desk: Desk) -> None:
    for row in expected(data, "aw_department_month.csv"):
        total = plan_fact(desk, row["month"]).total
        margin = plan_fact(desk, row["month"], "margin").total
        assert (total.plan, total.fact) == (cents(row["plan"]), cents(row["fact"]))
        assert margin.fact == cents(row["margin"])


def test_orders_and_clients_of_every_month(data: Path, log: SqliteLog) -> None:
    orders: dict[str, set[str | None]] = defaultdict(set)
    clients: dict[str, set[str | None]] = defaultdict(set)
    for event in log.find(Trace(kinds=("order_placed",))):
        orders[event.occurred_at[:7]].add(event.deal)
        clients[event.occurred_at[:7]].add(event.client)
    for row in expected(data, "aw_department_month.csv"):
        month = row["month"]
        assert (len(orders[month]), len(clients[month])) == (
            int(row["orders"]),
            int(row["clients"]),
        )


def test_new_clients_and_repeat_orders_of_every_year(data: Path, log: SqliteLog) -> None:
    last = dt.date(2021, 12, 31)
    dials = Dials(as_of=last, mode="evening")
    source = PlainSource(log, Basis(ZONE, "order"))
    firsts = source.first_sales(dials)
    repeats: dict[int, set[str | None]] = defaultdict(set)
    for event in log.find(Trace(kinds=("order_placed",))):
        if firsts[event.client or ""][1] != event.deal:
            repeats[int(event.occurred_at[:4])].add(event.deal)
    books: Counter[tuple[int, str | None]] = Counter()
    whole = Period(dt.date(2017, 1, 1), last)
    for cell in source.cells(["order_placed"], whole, dials, ["day", "book"]):
        assert cell.day is not None
        books[cell.day.year, cell.book] += cell.amount
    for row in expected(data, "aw_new_vs_repeat_year.csv"):
        year = int(row["y"])
        assert books[year, "new"] == cents(row["new_value"])
        assert books[year, "existing"] == cents(row["repeat_value"])
        assert sum(day.year == year for day, _ in firsts.values()) == int(row["new_clients"])
        assert len(repeats[year]) == int(row["repeat_orders"])


def test_a_second_import_appends_nothing(data: Path, log: SqliteLog) -> None:
    head = log.head()
    for file, mapping in FILES:
        outcome = bring(log, data / file, mapping)
        assert (outcome.appended, outcome.skipped) == ({}, 0)
        assert outcome.known == outcome.read
    assert log.head() == head
