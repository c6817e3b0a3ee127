"""Traps other systems fell into (pitfalls K1 to K7, T16, T18), each tried against a real log.

K8 is in `tests/events/test_tampering.py`, K9 in `tests/cockpit/test_config.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    DealLost,
    DealOpened,
    DealWon,
    DepartmentOpened,
    EventCorrected,
    ExpectedDateSet,
    HandedOver,
    PaymentReceived,
    PlanSet,
    ProposalSent,
    SellerHired,
)
from events.vocabulary.fact import Fact
from projections.desk import Desk
from projections.period import month_of
from projections.question import Dials, Question
from projections.report import Report
from projections.reports.conversions import Conversions
from projections.reports.course import Course
from projections.reports.forecast import Forecast, ForecastRow
from projections.reports.plan_fact import PlanFact

OCTOBER = month_of(dt.date(2026, 10, 1))


class World:
    """A log whose clock follows what happens."""

    def __init__(self, path: Path) -> None:
        self.now = dt.datetime(2026, 8, 1, 9, tzinfo=dt.UTC)
        self.log = SqliteLog.create(path, clock=lambda: self.now)
        self.desk = Desk(self.log, None)

    def put(self, day: dt.date, fact: Fact, recorded: dt.date | None = None) -> Draft:
        """A fact of a day, recorded on it or later."""
        at = dt.datetime.combine(day, dt.time(9), dt.UTC)
        self.now = max(self.now, dt.datetime.combine(recorded or day, dt.time(10), dt.UTC))
        draft = Draft(body=fact, occurred_at=at, actor="head")
        self.log.append([draft])
        return draft

    def ask(self, name: str, day: dt.date, known: dt.date | None = None) -> Report:
        """A report of October in the evening of a day, as known in the evening of another."""
        known_at = dt.datetime.combine(known, dt.time.max, dt.UTC) if known else None
        dials = Dials(as_of=day, known_at=known_at, mode="evening")
        return self.desk.ask(name, Question(period=OCTOBER, dials=dials))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = World(tmp_path / "log.db")
    opened = DepartmentOpened(
        name="north", country="RU", currency="RUB", minor_digits=2, zone="UTC", language="en"
    )
    found.put(dt.date(2026, 8, 1), opened)
    for seller in ("ann", "bob"):
        found.put(dt.date(2026, 8, 1), SellerHired(seller=seller, name=seller))
        plan = PlanSet(month="2026-10", seller=seller, amount=22_000)
        found.put(dt.date(2026, 9, 30), plan)
    yield found
    found.desk.close()
    found.log.close()


def days(report: Report) -> list[int | None]:
    assert isinstance(report, Course)
    return [row.fact for row in report.rows]


def fact(report: Report, seller: str) -> int:
    assert isinstance(report, PlanFact)
    return next(row.fact for row in report.rows if row.seller == seller)


def test_the_chart_of_a_past_day_does_not_change_when_an_old_deal_is_won_later(
    world: World,
) -> None:
    """K1 and K4: money lies on the day it came, not on the day its deal began."""
    world.put(dt.date(2026, 10, 1), DealOpened(deal="d", seller="ann", amount=500))
    world.put(dt.date(2026, 10, 5), PaymentReceived(seller="bob", amount=100))
    seen = dt.date(2026, 10, 12)
    before = days(world.ask("course", seen))
    world.put(dt.date(2026, 10, 20), DealWon(deal="d", seller="ann", amount=500))
    world.put(dt.date(2026, 10, 21), PaymentReceived(deal="d", seller="ann", amount=500))
    assert days(world.ask("course", seen)) == before
    later = world.ask("course", OCTOBER.last)
    assert isinstance(later, Course)
    assert {row.day.day: row.sold for row in later.rows if row.sold} == {5: 100, 21: 500}


def proposed(world: World, deal: str, day: dt.date) -> None:
    """A deal of 1,000 that stands at its proposal and is expected to close in October."""
    world.put(day, ProposalSent(deal=deal, seller="ann", amount=1_000))
    world.put(day, ExpectedDateSet(deal=deal, on=dt.date(2026, 10, 28)))


def forecast(world: World) -> ForecastRow:
    """What the department forecasts ten working days before the end of October."""
    report = world.ask("forecast", dt.date(2026, 10, 16))
    assert isinstance(report, Forecast)
    return next(row for row in report.rows if row.key == "department|10")


def test_losing_a_deal_never_raises_a_forecast_and_a_lost_one_is_worth_nothing(
    world: World,
) -> None:
    """K2."""
    for place in range(8):
        proposed(world, f"old{place}", dt.date(2026, 8, 3))
    for place in range(6):
        paid = PaymentReceived(deal=f"old{place}", seller="ann", amount=1_000)
        world.put(dt.date(2026, 8, 10 + place), paid)
    for deal in "abc":
        proposed(world, deal, dt.date(2026, 10, 12))
    said = [forecast(world)]
    for deal in "abc":
        world.put(dt.date(2026, 10, 16), DealLost(deal=deal, seller="ann"))
        said.append(forecast(world))
    pipelines, words = [row.pipeline for row in said], [row.word for row in said]
    assert pipelines[0] > 0
    assert pipelines == sorted(pipelines, reverse=True)
    assert words == [3_000 + words[-1], 2_000 + words[-1], 1_000 + words[-1], words[-1]]
    assert {row.run_rate for row in said} == {said[0].run_rate}


def test_a_lost_deal_stays_in_the_denominator_and_a_deal_counts_once_a_stage(
    world: World,
) -> None:
    """K3 and K6: no conversion is flattered by what was lost, none is above a hundred per cent."""
    day = dt.date(2026, 10, 2)
    for deal in ("a", "a", "b", "c", "d"):
        world.put(day, ProposalSent(deal=deal, seller="ann", amount=1_000))
    for _ in range(2):
        world.put(dt.date(2026, 10, 6), PaymentReceived(deal="a", seller="ann", amount=500))
    world.put(dt.date(2026, 10, 7), DealLost(deal="b", seller="ann"))
    report = world.ask("conversions", OCTOBER.last)
    assert isinstance(report, Conversions)
    total = next(row for row in report.totals if row.step_from == "proposal_sent" and row.n)
    assert (total.n, max(row.share or 0 for row in report.totals) <= 1) == (4, True)


def test_how_long_a_deal_has_stood_counts_from_its_stage_and_not_from_its_birth(
    world: World,
) -> None:
    """K5: an old deal that moved lately is in hand, one that never moved no longer is."""
    for place in range(4):
        proposed(world, f"old{place}", dt.date(2026, 8, 3))
        paid = PaymentReceived(deal=f"old{place}", seller="ann", amount=1_000)
        world.put(dt.date(2026, 8, 10), paid)
    world.put(dt.date(2026, 7, 1), DealOpened(deal="moved", seller="ann", amount=1_000))
    world.put(dt.date(2026, 7, 1), ProposalSent(deal="still", seller="bob", amount=1_000))
    world.put(dt.date(2026, 10, 12), ProposalSent(deal="moved", seller="ann", amount=1_000))
    report = world.ask("forecast", dt.date(2026, 10, 16))
    assert isinstance(report, Forecast)
    hands = {row.seller: row.pipeline for row in report.rows if row.before_end == 10}
    assert hands["ann"] > 0
    assert hands["bob"] == 0


def test_a_seller_who_sold_nothing_stands_at_minus_a_hundred(world: World) -> None:
    """K7."""
    report = world.ask("plan-fact", dt.date(2026, 10, 12))
    assert isinstance(report, PlanFact)
    assert {row.deviation_percent for row in report.rows} == {-100}


def test_credit_stays_with_whom_the_event_names_whoever_has_the_client_now(world: World) -> None:
    """T16."""
    paid = PaymentReceived(deal="d", client="c", seller="ann", amount=100)
    world.put(dt.date(2026, 10, 5), paid)
    world.put(dt.date(2026, 10, 6), HandedOver(client="c", deal="d", seller="ann", to="bob"))
    report = world.ask("plan-fact", OCTOBER.last)
    assert (fact(report, "ann"), fact(report, "bob")) == (100, 0)


def test_what_takes_effect_early_but_was_recorded_late_is_not_seen_before_it_was_known(
    world: World,
) -> None:
    """T18: as of and known at are two questions, and neither answers the other."""
    day, told = dt.date(2026, 10, 5), dt.date(2026, 10, 15)
    draft = world.put(day, PaymentReceived(seller="ann", amount=100), recorded=told)
    assert fact(world.ask("plan-fact", day, known=day), "ann") == 0
    assert fact(world.ask("plan-fact", day, known=told), "ann") == 100
    assert fact(world.ask("plan-fact", dt.date(2026, 10, 2), known=told), "ann") == 0
    fix = EventCorrected(
        target=draft.id, target_kind="payment_received", fields={"amount": 70}, reason="typo"
    )
    world.put(dt.date(2026, 10, 20), fix)
    assert fact(world.ask("plan-fact", day, known=told), "ann") == 100
    assert fact(world.ask("plan-fact", day), "ann") == 70
