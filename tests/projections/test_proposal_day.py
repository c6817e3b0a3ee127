"""A correction is proposed until a day that leaves time to keep it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from events.vocabulary import CallMade, NormSet, PaymentReceived, PlanSet, SellerHired
from events.vocabulary.fact import Fact
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.proposal import ENOUGH, ProposalRow, proposal, soonest
from projections.windows.proposal import load_proposal
from tests.projections.listed import Listed, facts
from tests.projections.worlds import settings

MONTH = [day for n in range(30) if (day := dt.date(2024, 4, 1) + dt.timedelta(n)).weekday() < 5]


@pytest.mark.parametrize(
    ("first", "until"),
    [(1, 5), (3, 5), (4, 12), (5, 12), (8, 12)],
)
def test_it_is_the_end_of_this_week_or_of_the_next(first: int, until: int) -> None:
    ahead = [day for day in MONTH if day.day >= first]
    assert soonest(ahead) == dt.date(2024, 4, until)


def test_there_are_always_enough_days_while_there_are_days() -> None:
    for place in range(len(MONTH) - ENOUGH):
        ahead = MONTH[place:]
        found = soonest(ahead)
        assert found is not None
        assert sum(day <= found for day in ahead) >= ENOUGH
    assert soonest(MONTH[-1:]) == MONTH[-1]
    assert soonest([]) is None


@pytest.mark.parametrize(
    ("day", "until", "month"),
    [
        ("2024-04-12", "2024-04-19", 4),
        ("2024-04-11", "2024-04-19", 4),
        ("2024-04-30", "2024-05-03", 4),
    ],
)
def test_the_proposal_of_a_friday_leaves_the_next_week_to_keep_it(
    day: str, until: str, month: int
) -> None:
    seen = dt.date.fromisoformat(day)
    told = facts(
        (dt.date(2024, 3, 1), SellerHired(seller="ivanov", name="Ivan")),
        (dt.date(2024, 3, 1), PlanSet(month="2024-04", seller="ivanov", amount=2_200_000)),
        *((date, CallMade(seller="ivanov", seconds=90)) for date in MONTH[:8] for _ in range(10)),
    )
    question = Question(period=month_of(seen), dials=Dials(as_of=seen), sellers=("ivanov",))
    window = load_proposal(Listed(told), question, settings())
    report = proposal(window, question, settings())
    assert report.until == dt.date.fromisoformat(until)
    assert report.question.until == min(report.until, dt.date(2024, month, 30))


def proposed(day: dt.date, *more: tuple[dt.date, Fact]) -> dict[str, ProposalRow]:
    told = (
        (dt.date(2024, 3, 1), SellerHired(seller="ivanov", name="Ivan")),
        (dt.date(2024, 3, 1), PlanSet(month="2024-04", seller="ivanov", amount=2_200_000)),
        *more,
    )
    question = Question(period=month_of(day), dials=Dials(as_of=day), sellers=("ivanov",))
    window = load_proposal(Listed(facts(*told)), question, settings())
    return {row.metric: row for row in proposal(window, question, settings()).rows}


def test_what_is_done_already_is_never_the_target() -> None:
    """Ten calls on every working day that is looked back over, and a norm of five."""
    day, back = dt.date(2024, 4, 15), dt.date(2024, 2, 1)
    dates = [back + dt.timedelta(days=place) for place in range(74)]
    calls = [
        (date, CallMade(seller="ivanov", seconds=90))
        for date in dates
        if date.weekday() < 5
        for _ in range(10)
    ]
    norm = NormSet(activity="call_made", count=5, per="day", since=back)
    sale = (dt.date(2024, 4, 5), PaymentReceived(seller="ivanov", amount=2_200_000))
    row = proposed(day, (back, norm), sale, *calls)["call_made"]
    assert (row.before, row.target) == (Fraction(10), Fraction(11))


def test_where_nothing_has_to_be_sold_no_money_is_proposed() -> None:
    """On the first day of the month nothing is sold a day yet, and the plan is reached."""
    first = dt.date(2024, 4, 1)
    row = proposed(first, (first, PaymentReceived(seller="ivanov", amount=3_000_000)))["revenue"]
    assert (row.before, row.target) == (None, None)
