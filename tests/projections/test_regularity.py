"""Whether clients buy as regularly as they used to, and what that is to the premium."""

from __future__ import annotations

import datetime as dt

import pytest

from events.vocabulary import KpiSet, KpiWeight, OteSet, PaymentReceived
from events.vocabulary.fact import Fact
from projections.period import month_of
from projections.question import Dials, Question
from projections.recount import matches
from projections.regularity import Regular, regular
from projections.reports.pay import explain, pay
from projections.windows.pay import load_pay
from tests.projections.formulas import evaluate
from tests.projections.listed import Listed, facts
from tests.projections.worlds import LONG_AGO, hired, plan, settings

START = dt.date(2024, 3, 1)
APRIL = month_of(dt.date(2024, 4, 1))


def bought(*days: int, client: str = "c1", seller: str = "anna") -> list[tuple[dt.date, Fact]]:
    """Sales so many days after the first of March."""
    return [
        (START + dt.timedelta(days=day), PaymentReceived(seller=seller, client=client, amount=100))
        for day in days
    ]


@pytest.mark.parametrize(
    ("days", "expected", "in_time"),
    [
        # Every ten days up to 21 March; 31 March is the day the next one is expected.
        ((0, 10, 20, 32, 42, 52), 3, 3),
        ((0, 10, 20), 1, 0),
        ((0, 10, 20, 32), 2, 1),
        ((0, 10, 20, 33), 2, 0),
        ((0, 10, 20, 32, 35, 45, 55), 3, 3),
        ((0, 10, 20, 32, 47, 57), 3, 2),
        ((0, 0, 10, 20, 32, 32, 42, 52), 3, 3),
        ((0, 10), None, None),
        ((0, 2, 4), None, None),
    ],
)
def test_each_expected_sale_is_counted_once(
    days: tuple[int, ...], expected: int | None, in_time: int | None
) -> None:
    found = regular(facts(*bought(*days)), APRIL, settings())
    if expected is None or in_time is None:
        assert found == {}
    else:
        assert found == {"anna": Regular(expected, in_time, ("c1",))}


def test_over_the_months_no_sale_in_time_is_missed_or_counted_twice() -> None:
    days = (0, 10, 20, 30, 41, 50, 60, 69, 80, 91, 100)
    sales = facts(*bought(*days))
    months = [month_of(dt.date(2024, month, 1)) for month in (4, 5, 6)]
    told = [regular(sales, month, settings()).get("anna") for month in months]
    assert sum(each.in_time for each in told if each) == sum(day >= 31 for day in days)


def test_a_client_belongs_to_whoever_sold_to_it_last() -> None:
    sales = [*bought(0, 10), *bought(20, seller="boris"), *bought(31, seller="cleo")]
    assert set(regular(facts(*sales), APRIL, settings())) == {"boris"}


def test_regularity_is_a_part_of_the_premium_and_opens_into_what_the_clients_bought() -> None:
    world = (
        *hired("anna"), plan(1_000, "anna"), *bought(0, 10, 20, 32, 47, 57),
        (LONG_AGO, OteSet(since=LONG_AGO, amount=100_000_00)),
        (LONG_AGO, KpiSet(since=LONG_AGO, weights=(KpiWeight(activity="regularity", weight=1),))),
    )  # fmt: skip
    question = Question(period=APRIL, dials=Dials(as_of=APRIL.last))
    found = pay(load_pay(Listed(facts(*world)), question, settings()), question, settings())
    (row,) = found.rows
    assert (row.premium, row.fixed) == (10_000_00, 30_000_00)
    (line,) = found.lines
    said = explain(found, row.key, "k").trace
    assert any(matches(body, day, said) for day, body in world if isinstance(body, KpiSet))
    why = explain(found, line.key, "premium")
    assert evaluate(why) == 10_000_00
    assert (why.trace.clients, why.trace.first) == (("c1",), None)
