"""The pay preview: the golden numbers of features.md, and what holds for every part of a sheet."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from events.vocabulary import (
    CallMade,
    KpiSet,
    KpiWeight,
    MeetingHeld,
    NormSet,
    OteSet,
    PaymentReceived,
    ScaleSet,
    ScaleStep,
    SellerHired,
    StepCompleted,
)
from events.vocabulary.fact import Fact
from events.vocabulary.plans import Measure
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.pay import Leg, PayReport, PayRow, explain, pay
from projections.rounding import half_up
from projections.windows.pay import load_pay
from tests.projections.formulas import evaluate
from tests.projections.listed import Listed, facts
from tests.projections.worlds import LONG_AGO, hired, of, plan, settings

MONDAY = dt.date(2024, 4, 15)
APRIL = month_of(MONDAY)
R = 100  # a rouble in kopecks

Dated = tuple[dt.date, Fact]


def income(amount: int = 100_000 * R, seller: str | None = "anna", **more: object) -> Dated:
    return LONG_AGO, OteSet(seller=seller, since=LONG_AGO, amount=amount, **more)  # type: ignore[arg-type]


def paid(amount: int, seller: str = "anna", day: dt.date = dt.date(2024, 4, 5)) -> Dated:
    return day, PaymentReceived(seller=seller, amount=amount, cost=amount // 2)


def norm(activity: str, count: int, since: dt.date = LONG_AGO) -> Dated:
    return LONG_AGO, NormSet(activity=activity, count=count, per="month", since=since)


def report(*dated: Dated, as_of: dt.date = MONDAY, sellers: tuple[str, ...] = ()) -> PayReport:
    question = Question(period=month_of(as_of), dials=Dials(as_of=as_of), sellers=sellers)
    ground = settings()
    return pay(load_pay(Listed(facts(*dated)), question, ground), question, ground)


def sheet(*dated: Dated, as_of: dt.date = MONDAY) -> PayRow:
    """Anna's sheet."""
    return next(row for row in report(*dated, as_of=as_of).rows if row.seller == "anna")


GOLDEN = (
    *hired("anna"),
    income(),
    plan(3_000_000 * R, "anna"),
    *(paid(75_000 * R) for _ in range(14)),
    *(paid(75_000 * R, day=dt.date(2024, 2, 5)) for _ in range(30)),
)
"""35 % of the plan on the 15th, at an average check of 75,000 over the last days."""


def test_one_more_deal_pays_what_the_page_of_features_says() -> None:
    row = sheet(*GOLDEN)
    assert of(row, "fact percent") == (1_050_000 * R, 35)
    found = row.ahead
    assert found is not None
    assert found.check == 75_000 * R
    assert found.now == 0
    seventy, hundred = found.legs
    assert seventy == Leg(
        start=Fraction(7, 10), deals=14, opens=Fraction(38_500 * R), per_deal=Fraction(1_375 * R)
    )
    assert hundred == Leg(
        start=Fraction(1), deals=26, opens=Fraction(0), per_deal=Fraction(1_650 * R)
    )


def test_the_deal_that_reaches_the_threshold_opens_all_below_it() -> None:
    row = sheet(*GOLDEN, *(paid(75_000 * R) for _ in range(13)))
    assert row.one_more == 38_500 * R
    reached = sheet(*GOLDEN, *(paid(75_000 * R) for _ in range(14)))
    assert of(reached, "bonus one_more") == (38_500 * R, 1_375 * R)
    above = sheet(*GOLDEN, *(paid(75_000 * R) for _ in range(26)))
    assert of(above, "bonus one_more") == (55_000 * R, 1_650 * R)


KPIS = (
    *hired("anna"),
    income(),
    plan(3_000_000 * R, "anna"),
    (LONG_AGO, KpiSet(since=LONG_AGO, weights=(
        KpiWeight(activity="call_made", weight=30),
        KpiWeight(activity="meeting_held", weight=20),
        KpiWeight(activity=":measurement", weight=30),
        KpiWeight(activity=":credit", weight=20),
    ))),
    norm("call_made", 70), norm("meeting_held", 10), norm(":measurement", 5), norm(":credit", 4),
    *((MONDAY, CallMade(seller="anna", direction="out", seconds=90)) for _ in range(60)),
    *((MONDAY, MeetingHeld(seller="anna")) for _ in range(9)),
    *((MONDAY, StepCompleted(activity="measurement", seller="anna")) for _ in range(8)),
    *((MONDAY, StepCompleted(activity="credit", seller="anna")) for _ in range(3)),
)  # fmt: skip
"""60 of 70, 9 of 10, 8 of 5 and 3 of 4 with the weights 0.3, 0.2, 0.3 and 0.2."""


def test_the_premium_is_what_the_page_of_features_says() -> None:
    row = sheet(*KPIS)
    assert row.k == Fraction(3, 10) * Fraction(60, 70) + Fraction(18 + 30 + 15, 100)
    assert row.fixed == 30_000 * R
    assert row.premium == 13_307_14
    assert row.pay == 43_307_14


def test_a_line_for_each_activity_adds_up_to_the_premium() -> None:
    found = report(*KPIS)
    lines = [line for line in found.lines if line.kind == "premium"]
    assert [line.activity for line in lines] == [
        "call_made", "meeting_held", ":measurement", ":credit",
    ]  # fmt: skip
    assert [line.premium for line in lines] == [3_857_14, 2_700_00, 4_500_00, 2_250_00]
    assert sum(line.premium or 0 for line in lines) == found.rows[0].premium


def test_nobody_said_what_for_then_the_usual_four_weigh_alike_as_far_as_they_have_norms() -> None:
    row = sheet(*hired("anna"), income(), plan(100, "anna"), norm("call_made", 4),
                norm("meeting_held", 2), (MONDAY, CallMade(seller="anna", direction="out")),
                (MONDAY, MeetingHeld(seller="anna")))  # fmt: skip
    assert row.k == Fraction(1, 2) * Fraction(1, 4) + Fraction(1, 2) * Fraction(1, 2)


def test_what_is_weighed_without_a_norm_leaves_the_pay_unknown_and_not_zero() -> None:
    weights = (KpiWeight(activity="call_made", weight=1), KpiWeight(activity=":tea", weight=1))
    row = sheet(*hired("anna"), income(), plan(100, "anna"), norm("call_made", 4),
                (LONG_AGO, KpiSet(since=LONG_AGO, weights=weights)))  # fmt: skip
    assert (row.k, row.premium, row.pay) == (None, None, None)
    assert (row.fixed, row.bonus) == (30_000 * R, 0)


def test_without_a_plan_or_an_income_nothing_is_made_up() -> None:
    found = report(*hired("anna", "boris"), income(), plan(100, "boris"), norm("call_made", 4))
    anna, boris = found.rows
    assert (anna.fixed, anna.bonus, anna.pay, anna.one_more) == (30_000 * R, None, None, None)
    assert (boris.ote, boris.fixed, boris.pay) == (None, None, None)
    assert found.total.pay is None


@pytest.mark.parametrize(
    ("percent", "bonus"), [(0, 0), (69, 0), (70, 38_500), (85, 46_750), (100, 55_000),
                           (120, 68_200)],
)  # fmt: skip
def test_the_usual_scale(percent: int, bonus: int) -> None:
    row = sheet(*hired("anna"), income(), plan(1_000 * R, "anna"), paid(percent * 10 * R))
    assert row.bonus == bonus * R


def scale(*steps: tuple[int, int], since: dt.date = LONG_AGO, **more: object) -> Dated:
    made = tuple(ScaleStep(from_bp=100 * start, rate_bp=100 * rate) for start, rate in steps)
    return LONG_AGO, ScaleSet(since=since, steps=made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("percent", "bonus"), [(49, 0), (50, 22_000), (79, 22_000), (80, 44_000), (130, 66_000)]
)
def test_a_scale_of_steps_pays_the_rate_of_the_step_reached(percent: int, bonus: int) -> None:
    steps = scale((50, 40), (80, 80), (100, 120), form="steps")
    row = sheet(*hired("anna"), income(), plan(1_000 * R, "anna"), paid(percent * 10 * R), steps)
    assert row.bonus == bonus * R


def test_a_cap_ends_the_bonus_and_what_one_more_deal_pays() -> None:
    capped = scale((70, 100), (100, 120), cap_bp=11_000)
    row = sheet(*hired("anna"), income(), plan(1_000 * R, "anna"), paid(2_000 * R), capped)
    assert of(row, "g bonus one_more") == (Fraction(11, 10), 60_500 * R, 0)


@pytest.mark.parametrize(("measure", "fact"), [("revenue", 900), ("margin", 450)])
def test_the_plan_is_by_revenue_or_by_gross_income(measure: Measure, fact: int) -> None:
    row = sheet(*hired("anna"), income(), plan(1_000 * R, "anna"),
                plan(600 * R, "anna", measure="margin"), paid(900 * R),
                scale((70, 100), measure=measure))  # fmt: skip
    assert row.fact == fact * R
    assert row.percent == Fraction(fact * 100, 1_000 if measure == "revenue" else 600)


def test_a_scheme_goes_by_role_and_a_sellers_own_income_goes_before_it() -> None:
    role = (LONG_AGO, SellerHired(seller="cleo", name="Cleo", role="closer"))
    found = report(*hired("anna"), role, income(10 * R, None), income(20 * R, None, role="closer"),
                   income(30 * R, "dora"), (LONG_AGO, SellerHired(seller="dora", name="D",
                   role="closer")), norm("call_made", 1), plan(100, "cleo"),
                   paid(100, "cleo"), scale((10, 100)),
                   (LONG_AGO, ScaleSet(role="closer", since=LONG_AGO,
                    steps=(ScaleStep(from_bp=1, rate_bp=20_000),))))  # fmt: skip
    assert [of(row, "seller ote") for row in found.rows] == [
        ("anna", 10 * R), ("cleo", 20 * R), ("dora", 30 * R),
    ]  # fmt: skip
    assert found.rows[1].bonus == 2 * 11 * R


def test_who_begins_within_the_month_has_the_share_of_its_working_days() -> None:
    begun = (dt.date(2024, 4, 15), SellerHired(seller="anna", name="Anna"))
    row = sheet(begun, income(), plan(100, "anna"), norm("call_made", 4), as_of=APRIL.last)
    assert row.ote == 100_000 * R * Fraction(12, 22)
    assert row.fixed == half_up(30_000 * R * Fraction(12, 22))


def test_an_income_changed_within_the_month_holds_from_its_day() -> None:
    raised = (MONDAY, OteSet(seller="anna", since=MONDAY, amount=122_000 * R))
    row = sheet(*hired("anna"), income(), raised, plan(100, "anna"), norm("call_made", 4))
    assert row.ote == Fraction(100_000 * R * 10 + 122_000 * R * 12, 22)


def test_a_scale_from_the_first_of_april_leaves_march_untouched() -> None:
    march = dt.date(2024, 3, 29)
    world = (*hired("anna"), income(), plan(1_000 * R, "anna"), norm("call_made", 4),
             plan(1_000 * R, "anna", "2024-03"), paid(800 * R, day=march))  # fmt: skip
    since = dt.date(2024, 4, 1)
    changed = (
        scale((10, 300), since=since),
        (march, OteSet(seller="anna", since=since, amount=1)),
        (march, KpiSet(since=since, weights=(KpiWeight(activity="meeting_held", weight=1),))),
    )
    assert report(*world, *changed, as_of=march).rows == report(*world, as_of=march).rows
    assert report(*world, *changed).rows != report(*world).rows


def test_the_checks_of_the_whole_scheme() -> None:
    plans = [plan(1_000 * R, seller) for seller in ("anna", "boris", "cleo")]
    sold = [paid(1_000 * R, "anna"), paid(500 * R, "boris"), paid(800 * R, "cleo")]
    found = report(*hired("anna", "boris", "cleo"), income(seller=None), *plans, *sold,
                   norm("call_made", 4))  # fmt: skip
    total = found.total
    pay_ = [85_000 * R, 30_000 * R, 74_000 * R]
    assert [row.pay for row in found.rows] == pay_
    assert total.fixed_share == Fraction(90_000, 189_000)
    assert total.variable_share == 1 - Fraction(90_000, 189_000)
    assert total.rank == 1
    assert total.cost == Fraction(189_000, 1_150)


def test_the_margins_add_up_where_a_sheet_is_not_whole_and_its_cost_is_of_the_whole_ones() -> None:
    found = report(*hired("anna", "boris"), income(seller=None), plan(1_000 * R, "anna"),
                   norm("call_made", 4), paid(1_000 * R), paid(400 * R, "boris"))  # fmt: skip
    assert [row.pay for row in found.rows] == [85_000 * R, None]
    assert found.total.margin == sum(row.margin or 0 for row in found.rows) == 700 * R
    assert evaluate(explain(found, "department", "margin")) == found.total.margin
    assert found.total.cost == evaluate(explain(found, "department", "cost")) == 170


def test_coffee_for_everyone_is_seen_in_the_ranks() -> None:
    plans = [plan(amount * R, seller) for seller, amount in
             (("anna", 10_000), ("boris", 500), ("cleo", 5_000))]  # fmt: skip
    sold = [paid(1_000 * R, "anna"), paid(500 * R, "boris"), paid(800 * R, "cleo")]
    found = report(*hired("anna", "boris", "cleo"), income(seller=None), *plans, *sold,
                   norm("call_made", 4))  # fmt: skip
    assert found.total.rank is not None
    assert found.total.rank < 0


def test_every_figure_recomputes_from_its_formula() -> None:
    found = report(*GOLDEN, *KPIS[3:], *(paid(75_000 * R) for _ in range(20)),
                   (MONDAY, OteSet(seller="anna", since=MONDAY, amount=122_000 * R)))  # fmt: skip
    row = found.rows[0]
    for figure in ("ote", "fixed", "k", "premium", "percent", "g", "bonus", "pay", "one_more"):
        why = explain(found, row.key, figure)
        assert why.expression, figure
        off = abs(evaluate(why) - Fraction(getattr(row, figure)))
        assert off < (1 if why.unit == "money" else Fraction(1, 10**9)), figure
    for line in found.lines:
        why = explain(found, line.key, "premium")
        assert abs(evaluate(why) - (line.premium or 0)) < 1
