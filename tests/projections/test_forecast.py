"""The forecast ledger: what was said on past days, by what was known then; and evenness."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from math import prod
from pathlib import Path

import pytest

from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    DealLost,
    DealOpened,
    DepartmentOpened,
    ExpectedDateSet,
    FixedCostsSet,
    PaymentReceived,
    PlanSet,
    SellerHired,
)
from events.vocabulary.fact import Fact
from projections.desk import Desk
from projections.evenness import distance, last_third, mean, variation
from projections.formula import Explanation
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.forecast import Forecast, ForecastRow

OCTOBER = month_of(dt.date(2026, 10, 1))
ZERO = Fraction()
GOLDEN = [Fraction(value, 100) for value in (102, 81, 110, 77, 104, 93)]


class World:
    """A log whose clock is told."""

    def __init__(self, path: Path) -> None:
        self.now = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
        self.log = SqliteLog.create(path, clock=lambda: self.now)

    def put(self, day: dt.date, *facts: Fact, late: int = 0) -> None:
        """Facts of a day, recorded so many days later."""
        at = dt.datetime.combine(day, dt.time(9), dt.UTC)
        self.now = max(self.now, at + dt.timedelta(days=late))
        self.log.append([Draft(body=fact, occurred_at=at, actor="head") for fact in facts])


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = World(tmp_path / "log.db")
    opened = DepartmentOpened(
        name="north", country="RU", currency="RUB", minor_digits=2, zone="UTC", language="en"
    )
    found.put(dt.date(2026, 9, 1), opened, SellerHired(seller="ann", name="Ann"))
    found.put(dt.date(2026, 9, 30), PlanSet(month="2026-10", seller="ann", amount=220_000))
    yield found
    found.log.close()


def asked(world: World, day: dt.date = OCTOBER.last) -> Forecast:
    with Desk(world.log, None) as desk:
        question = Question(period=OCTOBER, dials=Dials(as_of=day, mode="evening"))
        report = desk.ask("forecast", question)
    assert isinstance(report, Forecast)
    return report


def row(report: Forecast, left: int) -> ForecastRow:
    return next(row for row in report.rows if row.key == f"ann|{left}")


def test_the_golden_example_of_evenness() -> None:
    middle, spread = mean(GOLDEN), variation(GOLDEN)
    assert middle == Fraction(945, 1000)
    assert spread is not None
    assert round(float(spread), 2) == 0.13
    assert mean([]) is None
    assert variation([]) is None


def test_a_straight_month_is_even_and_a_hockey_stick_is_not() -> None:
    assert distance([5] * 21) == 0
    assert last_third([5] * 21) == Fraction(1, 3)
    assert last_third([1] * 14 + [6] * 7) == Fraction(3, 4)
    assert distance([0, 0, 0, 100]) == Fraction(3, 4)
    assert last_third([0, 0]) is None


def test_what_is_sold_on_days_off_is_sold_by_the_next_working_day(world: World) -> None:
    world.put(dt.date(2026, 10, 2), PaymentReceived(seller="ann", amount=10_000))
    world.put(dt.date(2026, 10, 17), PaymentReceived(seller="ann", amount=30_000))
    world.put(dt.date(2026, 10, 31), PaymentReceived(seller="ann", amount=60_000))
    report = asked(world)
    ann = next(each for each in report.evenness if each.seller == "ann")
    assert sum(amount for _, amount in report.basis.sold["ann"]) == 100_000
    assert ann.last_third == Fraction(60, 100)
    assert ann.distance == Fraction(21, 22) - Fraction(40, 100)
    with Desk(world.log, None) as desk:
        assert desk.why(report, "even:ann", "distance").value == ann.distance


def test_a_past_day_says_what_was_known_then_and_what_came(world: World) -> None:
    deal = DealOpened(deal="d", seller="ann", amount=70_000)
    world.put(dt.date(2026, 10, 1), deal, ExpectedDateSet(deal="d", on=dt.date(2026, 10, 28)))
    world.put(dt.date(2026, 10, 2), PaymentReceived(seller="ann", amount=70_000))
    world.put(dt.date(2026, 10, 8), PaymentReceived(seller="ann", amount=30_000), late=20)
    report = asked(world)
    found = row(report, 15)
    assert found.day == dt.date(2026, 10, 9)
    assert found.run_rate == Fraction(70_000 * 22, 7)
    assert found.word == 140_000
    assert found.fact == 100_000
    assert found.run_rate_error == 120
    assert found.word_error == 40


def test_losing_a_deal_never_raises_the_forecast(world: World) -> None:
    won = DealOpened(deal="won", seller="ann", amount=10_000)
    world.put(dt.date(2026, 9, 10), won)
    world.put(dt.date(2026, 9, 20), PaymentReceived(deal="won", seller="ann", amount=10_000))
    for number in range(4):
        world.put(dt.date(2026, 10, 1), DealOpened(deal=f"d{number}", seller="ann", amount=50_000))
    before = row(asked(world, dt.date(2026, 10, 16)), 10)
    world.put(dt.date(2026, 10, 16), DealLost(deal="d0", seller="ann"))
    after = row(asked(world, dt.date(2026, 10, 16)), 10)
    assert before.pipeline > 0
    assert after.pipeline <= before.pipeline


def test_while_the_month_goes_on_nothing_is_off_yet(world: World) -> None:
    world.put(dt.date(2026, 10, 2), PaymentReceived(seller="ann", amount=70_000))
    report = asked(world, dt.date(2026, 10, 12))
    assert [each.before_end for each in report.rows if each.seller == "ann"] == [15]
    assert row(report, 15).fact is None
    assert row(report, 15).run_rate_error is None


def test_the_plus_begins_where_the_margin_covers_the_costs(world: World) -> None:
    world.put(dt.date(2026, 10, 1), FixedCostsSet(month="2026-10", amount=40_000))
    world.put(dt.date(2026, 10, 2), PaymentReceived(seller="ann", amount=20_000, cost=10_000))
    found = asked(world, dt.date(2026, 10, 2)).break_even
    assert found is not None
    assert found.revenue == 80_000
    assert found.day == dt.date(2026, 10, 12)


def test_a_date_moved_again_and_again_is_counted(world: World) -> None:
    world.put(dt.date(2026, 9, 5), DealOpened(deal="d", seller="ann", amount=1_000))
    for day in (5, 12, 19, 26):
        world.put(
            dt.date(2026, 10, day),
            ExpectedDateSet(deal="d", on=dt.date(2026, 10, day) + dt.timedelta(days=7)),
        )
    assert asked(world).slips == {"d": 3}


def evaluated(why: Explanation) -> Fraction:
    """The value of a formula that adds products."""
    values = {term.symbol: Fraction(str(term.value)) for term in why.terms}
    parts = (part.split("×") for part in why.expression.split("+"))
    return sum((prod((values[each] for each in part), start=Fraction(1)) for part in parts), ZERO)


def test_pipeline_and_own_word_open_into_their_deals_as_known_that_evening(world: World) -> None:
    won = DealOpened(deal="won", seller="ann", amount=10_000)
    world.put(dt.date(2026, 9, 10), won)
    world.put(dt.date(2026, 9, 20), PaymentReceived(deal="won", seller="ann", amount=10_000))
    promised = ExpectedDateSet(deal="d", on=dt.date(2026, 10, 28))
    world.put(dt.date(2026, 10, 1), DealOpened(deal="d", seller="ann", amount=70_000), promised)
    world.put(dt.date(2026, 10, 2), DealOpened(deal="e", seller="ann", amount=30_000))
    world.put(dt.date(2026, 10, 5), PaymentReceived(seller="ann", amount=5_000))
    world.put(dt.date(2026, 10, 20), DealLost(deal="d", seller="ann"))
    report, left = asked(world), row(asked(world), 15)
    with Desk(world.log, None) as desk:
        for key in ("ann|15", "department|15"):
            pipeline = desk.why(report, key, "pipeline")
            word = desk.why(report, key, "word")
            assert evaluated(pipeline) == left.pipeline == pipeline.value
            assert evaluated(word) == left.word == 75_000
            found = [event.body for event in world.log.find(pipeline.trace)]
            assert [getattr(body, "deal", None) for body in found] == ["d", "d", "e"]
            told = [event.body for event in world.log.find(word.trace)]
            assert told == found[:2]


def test_the_run_rate_opens_into_the_sales_known_that_evening_alone(world: World) -> None:
    world.put(dt.date(2026, 10, 2), PaymentReceived(seller="ann", amount=70_000))
    world.put(dt.date(2026, 10, 8), PaymentReceived(seller="ann", amount=30_000), late=20)
    report = asked(world)
    with Desk(world.log, None) as desk:
        why = desk.why(report, "ann|15", "run_rate")
    assert why.expression == "F×W÷w"
    (sale,) = world.log.find(why.trace)
    assert isinstance(sale.body, PaymentReceived)
    assert sale.body.amount == 70_000
