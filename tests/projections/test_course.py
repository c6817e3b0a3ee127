"""The course of a month: line and fact of each day are those of plan-fact in its evening."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from events.vocabulary import AbsenceSet, CalendarSet, PaymentReceived
from events.vocabulary.fact import Fact
from projections.period import Period
from projections.question import Dials, Question
from projections.reports.course import Course, course
from projections.reports.plan_fact import PlanFact, plan_fact
from projections.windows.course import load_course
from projections.windows.plan_fact import load_plan_fact
from tests.projections import worlds
from tests.projections.listed import Listed, facts

FIRST = dt.date(2024, 3, 1)
APRIL = Period(dt.date(2024, 4, 1), dt.date(2024, 4, 30))
PERIODS = (APRIL, Period(FIRST, APRIL.last), Period(dt.date(2024, 3, 13), dt.date(2024, 4, 17)))

Dated = tuple[dt.date, Fact]

DAYS = st.integers(0, 60).map(lambda place: FIRST + dt.timedelta(days=place))
SELLERS = st.sampled_from(["anna", "boris"])


def away(seller: str, one: dt.date, other: dt.date) -> Dated:
    return FIRST, AbsenceSet(seller=seller, first=min(one, other), last=max(one, other))


def closed(days: set[dt.date], seller: str | None) -> Dated:
    calendar = CalendarSet(year=2024, days_off=tuple(sorted(days)), source="test", seller=seller)
    return FIRST, calendar


def sold(seller: str | None, day: dt.date, amount: int) -> Dated:
    return day, PaymentReceived(seller=seller, amount=amount)


LIVES = st.lists(
    st.one_of(
        st.builds(away, SELLERS, DAYS, DAYS),
        st.builds(closed, st.sets(DAYS, max_size=60), st.sampled_from([None, "anna"])),
        st.builds(sold, st.sampled_from(["anna", "boris", None]), DAYS, st.integers(1, 9_999)),
    ),
    max_size=8,
)

PLANS = (
    worlds.plan(220_000, "anna"), worlds.plan(90_001, "boris"), worlds.plan(50_000, "gone"),
    worlds.plan(400_000), worlds.plan(70_000, "anna", "2024-03"),
)  # fmt: skip


def board(source: Listed, period: Period, day: dt.date) -> PlanFact:
    question = Question(period=period, dials=Dials(as_of=day, mode="evening"))
    rules = worlds.settings()
    return plan_fact(load_plan_fact(source, question, rules), question, rules)


def followed(source: Listed, period: Period) -> Course:
    question = Question(period=period, dials=Dials(as_of=period.last, mode="evening"))
    rules = worlds.settings()
    return course(load_course(source, question, rules), question, rules)


def test_the_plan_of_who_is_away_all_month_is_in_the_line_of_every_day() -> None:
    world = [*worlds.hired("anna", "boris"), worlds.plan(22_000, "anna"),
             worlds.plan(11_000, "boris"), away("boris", APRIL.first, APRIL.last)]  # fmt: skip
    rows = followed(Listed(facts(*world)), APRIL).rows
    assert [row.line for row in rows] == [1_500 * day for day in range(1, 23)]


@settings(max_examples=60, deadline=None)
@given(life=LIVES, period=st.sampled_from(PERIODS))
def test_every_day_says_what_plan_fact_said_in_its_evening(
    life: list[Dated], period: Period
) -> None:
    source = Listed(facts(*worlds.hired("anna", "boris"), *PLANS, *life))
    for row in followed(source, period).rows:
        then = board(source, period, row.day).total
        assert (row.line, row.fact) == (then.line, then.fact), row.day
