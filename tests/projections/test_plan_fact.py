"""Plan-fact: the golden numbers of features.md, and the promises for rows that are odd."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from events.vocabulary import (
    AbsenceSet,
    CostSet,
    CreditNoteIssued,
    InvoiceIssued,
    PaymentReceived,
    RoleSet,
    SellerHired,
    SellerLeft,
)
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition
from events.vocabulary.plans import Measure
from projections.period import Period, month_of, week_of
from projections.question import Dials, Mode, Question
from projections.reports.plan_fact import PlanFact, PlanFactRow, explain, plan_fact
from projections.windows.plan_fact import load_plan_fact
from tests.projections.listed import Listed, facts
from tests.projections.worlds import LONG_AGO, hired, of, plan, settings

MONDAY = dt.date(2024, 4, 15)
APRIL = month_of(MONDAY)
K = 100_000  # a thousand roubles in kopecks


def paid(
    amount: int, seller: str | None = None, day: dt.date = dt.date(2024, 4, 5)
) -> tuple[dt.date, Fact]:
    return day, PaymentReceived(seller=seller, amount=amount)


def report(
    *dated: tuple[dt.date, Fact],
    as_of: dt.date = MONDAY,
    mode: Mode = "morning",
    period: Period = APRIL,
    measure: Measure = "revenue",
    recognition: Recognition = "payment",
    sellers: tuple[str, ...] = (),
) -> PlanFact:
    question = Question(
        period=period,
        dials=Dials(as_of=as_of, mode=mode),
        measure=measure,
        sellers=sellers,
    )
    ground = settings(recognition)
    return plan_fact(load_plan_fact(Listed(facts(*dated)), question, ground), question, ground)


def only(found: PlanFact, key: str) -> PlanFactRow:
    (row,) = [row for row in (*found.rows, *found.teams, found.total) if row.key == key]
    return row


def shown(value: Fraction | int | None, digits: int = 0) -> str:
    """A figure as the board prints it, halves upwards."""
    if value is None:
        return "-"
    scaled = int((Fraction(value) * 10**digits + Fraction(1, 2)) // 1)
    return str(Decimal(scaled).scaleb(-digits))


def test_the_worked_example_to_the_unit() -> None:
    found = report(*hired("ivanov"), plan(3000 * K, "ivanov"), paid(1050 * K, "ivanov"))
    row = only(found, "seller:ivanov")
    assert of(row, "days days_done plan fact") == (22, 10, 300_000_000, 105_000_000)
    assert row.line is not None
    assert row.deviation is not None
    assert shown(row.line) == "136363636"
    assert shown(-row.deviation) == "31363636"
    assert row.forecast == 231_000_000
    assert row.forecast_percent == 77
    assert row.required_per_day == 16_250_000
    assert row.pace == Fraction(16_250_000, 10_500_000)
    assert shown(row.pace, 2) == "1.55"
    assert row.percent == 35


def board() -> list[tuple[dt.date, Fact]]:
    """The table of feature P2, in roubles."""
    leave = AbsenceSet(seller="sidorov", first=dt.date(2024, 4, 22), last=dt.date(2024, 4, 24))
    return [
        *hired("ivanov", "petrova", "sidorov"),
        plan(7200 * K),
        plan(3000 * K, "ivanov"),
        plan(2400 * K, "petrova"),
        plan(1800 * K, "sidorov"),
        (LONG_AGO, leave),
        paid(1050 * K, "ivanov"),
        paid(1260 * K, "petrova"),
        paid(720 * K, "sidorov"),
        paid(45 * K),
    ]


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("seller:ivanov", "3000 1050 35 1364 -314 1.55 162.5 77"),
        ("seller:petrova", "2400 1260 53 1091 169 0.75 95.0 116"),
        ("seller:sidorov", "1800 720 40 947 -227 1.67 120.0 76"),
        ("unassigned", "- 45 - - 45 - - -"),
        ("department", "7200 3075 43 3402 -327 1.25 377.5 91"),
    ],
)
def test_the_board_of_the_feature_page(key: str, printed: str) -> None:
    row = only(report(*board()), key)
    in_thousands = [
        None if value is None else Fraction(value) / K
        for value in (row.plan, row.fact, row.line, row.deviation, row.required_per_day)
    ]
    plan_, fact, line, deviation, required = in_thousands
    assert [
        shown(plan_),
        shown(fact),
        shown(row.percent),
        shown(line),
        shown(deviation),
        shown(row.pace, 2),
        shown(required, 1),
        shown(row.forecast_percent),
    ] == printed.split()


def test_the_board_says_whose_month_is_shorter_and_that_the_plans_tie() -> None:
    found = report(*board())
    row = only(found, "seller:sidorov")
    assert row.days == 19
    assert row.absences == ((dt.date(2024, 4, 22), dt.date(2024, 4, 24)),)
    assert found.check.difference == 0
    assert [row.key for row in found.rows] == [
        "seller:ivanov", "seller:sidorov", "seller:petrova", "unassigned"
    ]  # fmt: skip


def test_who_sold_nothing_is_a_hundred_per_cent_below_the_line() -> None:
    found = report(*hired("ivanov"), plan(3000 * K, "ivanov"))
    row = only(found, "seller:ivanov")
    assert of(row, "fact percent deviation_percent") == (0, 0, -100)
    assert of(row, "forecast pace") == (0, None)


def test_on_the_first_morning_nothing_is_due_and_nothing_can_be_forecast() -> None:
    found = report(*hired("ivanov"), plan(3000 * K, "ivanov"), as_of=dt.date(2024, 4, 1))
    for row in (*found.rows, found.total):
        assert of(row, "days_done line deviation") == (0, 0, 0)
        assert of(row, "forecast pace deviation_percent") == (None, None, None)
        assert row.required_per_day == Fraction(3000 * K, 22)


def test_the_evening_counts_the_day_itself() -> None:
    one = (*hired("ivanov"), plan(2200 * K, "ivanov"))
    assert only(report(*one), "seller:ivanov").line == 1000 * K
    assert only(report(*one, mode="evening"), "seller:ivanov").line == 1100 * K


def test_after_the_period_all_of_it_is_due() -> None:
    found = report(
        *hired("ivanov"), plan(2200 * K, "ivanov"), paid(2000 * K, "ivanov"),
        as_of=dt.date(2024, 5, 2),
    )  # fmt: skip
    row = only(found, "seller:ivanov")
    assert of(row, "days_done line forecast") == (22, 2200 * K, 2000 * K)
    assert row.required_per_day is None


def test_a_reached_plan_requires_nothing_more() -> None:
    found = report(*hired("ivanov"), plan(100 * K, "ivanov"), paid(120 * K, "ivanov"))
    assert only(found, "seller:ivanov").required_per_day == 0
    assert only(found, "seller:ivanov").pace == 0
    assert found.total.required_per_day == 0
    exactly = report(
        *hired("ivanov"), plan(120 * K, "ivanov"), paid(120 * K, "ivanov"),
        as_of=dt.date(2024, 4, 30), mode="evening",
    )  # fmt: skip
    assert exactly.total.required_per_day == 0


def test_with_no_day_left_nothing_a_day_makes_up_for_what_is_missing() -> None:
    """Who has reached the plan needs nothing more; that does not close the gap of the other."""
    found = report(
        *hired("ivanov"), plan(100 * K, "ivanov"), paid(120 * K, "ivanov"),
        *hired("petrova"), plan(100 * K, "petrova"), paid(10 * K, "petrova"),
        as_of=dt.date(2024, 4, 30), mode="evening",
    )  # fmt: skip
    assert only(found, "seller:ivanov").required_per_day == 0
    assert found.total.required_per_day is None
    assert found.total.pace is None


def test_without_a_plan_the_fact_is_the_deviation() -> None:
    row = only(report(*hired("ivanov"), paid(120 * K, "ivanov")), "seller:ivanov")
    assert of(row, "plan percent line deviation_percent") == (None,) * 4
    assert of(row, "deviation required_per_day pace") == (120 * K, None, None)
    assert row.forecast == 264 * K


def test_leave_moves_the_line_and_the_required_rate_but_not_plan_or_fact() -> None:
    base = [*hired("ivanov"), plan(2200 * K, "ivanov"), paid(500 * K, "ivanov")]
    leave = AbsenceSet(seller="ivanov", first=dt.date(2024, 4, 25), last=dt.date(2024, 4, 30))
    before = only(report(*base), "seller:ivanov")
    after = only(report(*base, (LONG_AGO, leave)), "seller:ivanov")
    assert of(before, "plan fact") == (after.plan, after.fact)
    assert before.line is not None
    assert after.line is not None
    assert after.line > before.line
    assert before.forecast is not None
    assert after.forecast is not None
    assert after.forecast < before.forecast
    assert before.required_per_day is not None
    assert after.required_per_day is not None
    assert after.required_per_day > before.required_per_day


def test_a_leaver_stays_in_the_board_below_the_others() -> None:
    left = (dt.date(2024, 4, 5), SellerLeft(seller="anna"))
    found = report(
        *hired("anna", "boris"), left, plan(1100 * K, "anna"), plan(2200 * K, "boris"),
        paid(200 * K, "anna"),
    )  # fmt: skip
    assert [row.key for row in found.rows] == ["seller:boris", "seller:anna"]
    row = only(found, "seller:anna")
    assert of(row, "days days_done line") == (5, 5, 1100 * K)
    assert of(row, "required_per_day forecast") == (None, 200 * K)
    assert found.total.required_per_day == Fraction(2200 * K, 12) + Fraction(900 * K, 12)
    assert found.total.pace is None
    selling = report(
        *hired("anna", "boris"), left, plan(1100 * K, "anna"), plan(2200 * K, "boris"),
        paid(200 * K, "anna"), paid(500 * K, "boris"),
    )  # fmt: skip
    assert selling.total.pace == Fraction((1700 + 900) * K, 12) / (50 * K)


def test_who_leaves_with_the_last_day_of_the_period_is_no_leaver_in_it() -> None:
    left = (dt.date(2024, 4, 30), SellerLeft(seller="anna"))
    found = report(*hired("anna", "boris"), left, as_of=dt.date(2024, 5, 2))
    assert [row.key for row in found.rows] == ["seller:anna", "seller:boris"]


def test_who_came_back_after_the_period_is_shown_as_then() -> None:
    found = report(
        *hired("anna"),
        (dt.date(2024, 4, 19), SellerLeft(seller="anna")),
        (dt.date(2024, 6, 3), SellerHired(seller="anna", name="Anna")),
        as_of=dt.date(2024, 6, 10),
    )
    assert of(only(found, "seller:anna"), "hired left days") == (
        LONG_AGO, dt.date(2024, 4, 19), 15
    )  # fmt: skip


def test_who_left_before_the_period_is_a_row_only_with_a_plan_or_a_sale() -> None:
    gone = (*hired("anna", "boris"), (dt.date(2024, 3, 29), SellerLeft(seller="anna")))
    assert [row.key for row in report(*gone).rows] == ["seller:boris"]
    late = only(report(*gone, paid(30 * K, "anna")), "seller:anna")
    assert of(late, "days fact forecast") == (0, 30 * K, None)
    assert report(*gone, paid(30 * K, "anna")).total.forecast == 30 * K


def test_the_plan_of_who_never_worked_in_the_month_is_due_over_the_departments_days() -> None:
    gone = (dt.date(2024, 3, 29), SellerLeft(seller="anna"))
    found = report(*hired("anna", "boris"), gone, plan(2200 * K, "anna"))
    row = only(found, "seller:anna")
    assert of(row, "days line required_per_day") == (0, 1000 * K, None)
    assert found.total.line == 1000 * K
    assert found.total.required_per_day == Fraction(2200 * K, 12)


def test_the_plan_given_to_nobody_is_a_row_so_that_the_columns_add_up() -> None:
    found = report(
        *hired("ivanov"), plan(1100 * K), plan(880 * K, "ivanov"), plan(220 * K, reserve=True)
    )
    row = only(found, "reserve")
    assert of(row, "plan line deviation") == (220 * K, 100 * K, -100 * K)
    assert of(found.total, "plan line") == (1100 * K, 500 * K)
    assert (found.check.personal, found.check.reserve) == (880 * K, 220 * K)
    assert found.check.difference == 0


def test_plans_that_do_not_tie_say_by_how_much() -> None:
    found = report(*hired("ivanov"), plan(1100 * K), plan(1320 * K, "ivanov"))
    assert found.check.difference == 220 * K
    assert only(found, "reserve").plan == -220 * K
    assert found.total.plan == 1100 * K


def test_without_a_plan_of_its_own_the_department_has_the_sum_of_the_others() -> None:
    found = report(*hired("ivanov"), plan(880 * K, "ivanov"), plan(220 * K, reserve=True))
    assert found.total.plan == 1100 * K
    assert (found.check.department, found.check.difference) == (None, None)
    assert report(*hired("ivanov")).total.plan is None


def test_months_without_a_plan_of_the_department_tie_by_themselves() -> None:
    spring = Period(dt.date(2024, 4, 1), dt.date(2024, 5, 31))
    found = report(
        *hired("ivanov"),
        plan(900 * K),
        plan(800 * K, "ivanov"),
        plan(500 * K, "ivanov", month="2024-05"),
        period=spring,
    )
    assert (found.check.personal, found.check.department) == (1300 * K, 1400 * K)
    assert found.check.difference == -100 * K
    assert found.total.plan == 1400 * K


def test_the_days_of_a_seller_are_explained_by_own_and_common_events() -> None:
    found = report(*board())
    assert explain(found, "seller:sidorov", "days").trace.sellers == ("", "sidorov")
    assert explain(found, "department", "days").trace.sellers == ()


def test_the_latest_plan_of_a_scope_holds_and_other_measures_and_clients_do_not_count() -> None:
    found = report(
        *hired("ivanov"),
        plan(900 * K, "ivanov"),
        plan(800 * K, "ivanov"),
        plan(100 * K, "ivanov", measure="margin"),
        plan(50 * K, "ivanov", client="romashka"),
        plan(60 * K, segment="retail"),
        plan(70 * K, "ivanov", month="2024-05"),
    )
    assert only(found, "seller:ivanov").plan == 800 * K
    assert found.check.department is None


def test_revenue_margin_and_profit_are_three_measures_of_the_same_events() -> None:
    sale = PaymentReceived(seller="ivanov", amount=100 * K, cost=60 * K, direct=5 * K)
    refund = CreditNoteIssued(
        invoice="7", seller="ivanov", amount=20 * K, cost=12 * K, direct=1 * K, refund=True
    )
    unpaid = CreditNoteIssued(invoice="8", seller="ivanov", amount=9 * K)
    late_cost = CostSet(seller="ivanov", cost=2 * K, direct=3 * K)
    day = dt.date(2024, 4, 5)
    dated = [*hired("ivanov"), (day, sale), (day, refund), (day, unpaid), (day, late_cost)]
    measures: tuple[Measure, ...] = ("revenue", "margin", "profit")
    found = [report(*dated, measure=measure).total.fact for measure in measures]
    assert found == [80 * K, 30 * K, 23 * K]


def test_the_recognition_of_the_department_decides_what_a_sale_is() -> None:
    day = dt.date(2024, 4, 5)
    dated = (
        *hired("ivanov"),
        (day, InvoiceIssued(invoice="7", seller="ivanov", amount=100 * K)),
        (day, PaymentReceived(invoice="7", seller="ivanov", amount=40 * K)),
    )
    assert report(*dated).total.fact == 40 * K
    assert report(*dated, recognition="invoice").total.fact == 100 * K


def test_a_quarter_sums_the_plans_and_the_lines_of_its_months() -> None:
    dated = (
        *hired("ivanov"),
        plan(2300 * K, "ivanov", month="2024-01"),
        plan(2100 * K, "ivanov", month="2024-02"),
        plan(4200 * K, "ivanov", month="2024-03"),
        (dt.date(2024, 2, 7), PaymentReceived(seller="ivanov", amount=90 * K)),
    )
    quarter = Period(dt.date(2024, 1, 1), dt.date(2024, 3, 31))
    row = only(report(*dated, period=quarter, as_of=dt.date(2024, 3, 11)), "seller:ivanov")
    assert of(row, "plan fact days") == (8600 * K, 90 * K, 65)
    assert row.line == 2300 * K + 2100 * K + 4200 * K * Fraction(6, 21)


def test_a_week_has_the_part_of_the_months_plan_that_falls_into_it() -> None:
    dated = (*hired("ivanov"), plan(2200 * K, "ivanov"), paid(80 * K, "ivanov"))
    found = report(*dated, period=week_of(dt.date(2024, 4, 3)), as_of=dt.date(2024, 4, 4))
    row = only(found, "seller:ivanov")
    assert of(row, "plan line fact") == (500 * K, 300 * K, 0)
    assert of(row, "days days_done") == (5, 3)
    assert found.check.personal == 2200 * K


def test_a_team_sums_its_sellers_and_what_its_own_plan_has_beyond_theirs() -> None:
    found = report(
        *hired("anna", "boris", team="north"),
        *hired("vera", team="south"),
        plan(880 * K, "anna"),
        plan(660 * K, "boris"),
        plan(2200 * K, team="north"),
        paid(90 * K, "anna"),
        paid(10 * K, "vera"),
    )
    north, south = found.teams
    assert of(north, "key plan fact line") == (
        "team:north", 2200 * K, 90 * K, 1000 * K
    )  # fmt: skip
    assert of(south, "key plan fact") == ("team:south", None, 10 * K)
    assert found.total.plan == 1540 * K


def test_the_team_of_the_last_day_seen_is_the_team_of_the_row() -> None:
    moved = (dt.date(2024, 5, 6), RoleSet(seller="anna", team="south"))
    dated = (*hired("anna", team="north"), moved, paid(90 * K, "anna"))
    seen_in_may = report(*dated, as_of=dt.date(2024, 5, 20))
    assert [row.key for row in seen_in_may.teams] == ["team:north"]


def test_some_sellers_only_are_their_rows_and_their_sum() -> None:
    found = report(*board(), sellers=("petrova", "ivanov"))
    assert [row.key for row in found.rows] == ["seller:ivanov", "seller:petrova"]
    assert of(found.total, "plan fact") == (5400 * K, 2310 * K)
    assert found.teams == ()


def test_the_trust_of_the_data_is_said_with_the_report() -> None:
    found = report(*board())
    assert found.trust.calendar_missing == (2024,)
    assert found.trust.events == 4


def test_explaining_what_is_not_there_names_what_is() -> None:
    found = report(*board())
    with pytest.raises(KeyError, match="seller:petrova"):
        explain(found, "seller:nobody", "fact")
    with pytest.raises(KeyError, match="forecast"):
        explain(found, "seller:petrova", "colour")
