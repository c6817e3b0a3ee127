"""Catching up: the golden example, three named goals, what is in hand, the last useful day."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest

from events.vocabulary import (
    AbsenceSet,
    CallMade,
    CreditNoteIssued,
    DealLost,
    DealOpened,
    HandedOver,
    InvoiceIssued,
    LeadReceived,
    MeetingHeld,
    NormSet,
    PaymentReceived,
    ProposalSent,
    SellerLeft,
)
from events.vocabulary.fact import Fact
from events.vocabulary.plans import Measure
from projections import catch_up as formulas
from projections.chain import History, chain
from projections.formula import Explanation
from projections.lags import Workdays, median
from projections.period import month_of
from projections.question import Dials, Mode, Question
from projections.reports.catch_up import CatchUp, CatchUpRow, catch_up, explain
from projections.reports.catch_up.why import UNITS
from projections.windows.catch_up import load_catch_up
from tests.projections.formulas import evaluate
from tests.projections.listed import Listed, facts
from tests.projections.worlds import hired, of, plan, settings

MONDAY = dt.date(2024, 4, 15)
APRIL = month_of(MONDAY)
RUBLE = 100
CHECK = 75_000 * RUBLE
PLAN = 3_000_000 * RUBLE
FACT = 1_050_000 * RUBLE
CHAIN = {
    "call_made": 12_500,
    "meeting_held": 1_500,
    "proposal_sent": 900,
    "invoice_issued": 405,
    "payment_received": 324,
}
STEPS = (*CHAIN,)
Dated = tuple[dt.date, Fact]


def on(month: int, day: int, *bodies: Fact) -> list[Dated]:
    return [(dt.date(2024, month, day), body) for body in bodies]


def report(
    *dated: Dated,
    as_of: dt.date = MONDAY,
    until: dt.date | None = None,
    credit: bool = True,
    mode: Mode = "morning",
    measure: Measure = "revenue",
    sellers: tuple[str, ...] = (),
) -> CatchUp:
    question = Question(
        period=APRIL,
        dials=Dials(as_of=as_of, mode=mode),
        until=until,
        credit=credit,
        measure=measure,
        sellers=sellers,
    )
    window = load_catch_up(Listed(facts(*dated)), question, settings())
    return catch_up(window, question, settings())


def paid(amount: int, deal: str | None = None, seller: str = "ivanov") -> Fact:
    return PaymentReceived(seller=seller, amount=amount, deal=deal)


def row(found: CatchUp, activity: str = "payment_received", seller: str = "ivanov") -> CatchUpRow:
    (one,) = [row for row in found.rows if row.key == f"{seller}|{activity}"]
    return one


def rounded(found: Fraction | int | None, digits: int = 0) -> float | None:
    return None if found is None else round(float(found), digits)


def golden_history() -> list[Dated]:
    """Ninety days with exactly the conversions and the check of the worked example."""
    kinds: dict[str, Fact] = {
        "call_made": CallMade(seller="ivanov"),
        "meeting_held": MeetingHeld(seller="ivanov"),
        "proposal_sent": ProposalSent(seller="ivanov"),
        "invoice_issued": InvoiceIssued(invoice="1", seller="ivanov", amount=1),
        "payment_received": paid(CHECK),
    }
    april = 14
    dated = [fact for name in STEPS[:-1] for fact in on(3, 11, *[kinds[name]] * CHAIN[name])]
    dated += on(3, 11, *[kinds["payment_received"]] * (CHAIN["payment_received"] - april))
    return [*hired("ivanov"), plan(PLAN, "ivanov"), *dated, *on(4, 9, *[paid(CHECK)] * april)]


@pytest.fixture(scope="module")
def golden() -> CatchUp:
    return report(*golden_history())


def test_the_worked_example_names_three_numbers_of_deals(golden: CatchUp) -> None:
    sale = row(golden)
    assert of(sale, "now month until") == (5, 26, 14)
    assert rounded(sale.gap, 0) == 31_363_636
    assert rounded(sale.gap_until, 0) == 99_545_455
    assert sale.money_per_day is not None
    assert rounded(sale.money_per_day / RUBLE) == 199_091
    assert sale.gap_month == PLAN - FACT
    assert golden.question.until == dt.date(2024, 4, 19)


def test_the_worked_example_needs_the_events_of_the_unrounded_product(golden: CatchUp) -> None:
    needs = [row(golden, name).now for name in reversed(STEPS)]
    assert needs == [5, 7, 14, 24, 193]
    nested = [5]
    for one, two in pairwise(reversed(STEPS)):
        nested.append(math.ceil(nested[-1] / Fraction(CHAIN[one], CHAIN[two])))
    assert nested == [5, 7, 16, 27, 225]


def test_the_worked_examples_sources_are_its_own(golden: CatchUp) -> None:
    assert of(row(golden), "check reached source") == (CHECK, 324, "own")
    assert of(row(golden, "invoice_issued"), "share reached entered source") == (
        Fraction(8, 10), 324, 405, "own"
    )  # fmt: skip
    assert row(golden, "call_made").share == Fraction(12, 100)


def test_one_deal_fewer_takes_the_check_that_is_just_enough(golden: CatchUp) -> None:
    sale = row(golden)
    assert sale.check_for_fewer == 78_410 * RUBLE
    assert formulas.deals(sale.gap or Fraction(), Fraction(0), Fraction(78_410 * RUBLE)) == 4
    less = Fraction(78_409 * RUBLE)
    assert formulas.deals(sale.gap or Fraction(), Fraction(0), less) == 5
    mock = formulas.rest(Fraction(31_363_636), Fraction(9_600_000))
    assert formulas.deals(mock, Fraction(0), Fraction(CHECK)) == 3
    assert formulas.check_for_fewer(mock, 3, RUBLE) == 108_819 * RUBLE


def test_the_norm_of_a_day_is_the_one_of_the_plan(golden: CatchUp) -> None:
    own = {**CHAIN, "payment_received": 310}
    made = chain("payment", History(own, 310 * CHECK), History(own, 310 * CHECK))
    share = made.share("call_made")
    assert share is not None
    assert row(golden, "call_made").norm == Fraction(PLAN, CHECK) / share / 22
    assert row(golden, "call_made").per_day == Fraction(193, 5)


def test_every_formula_works_out_to_its_figure(golden: CatchUp) -> None:
    checked = 0
    small = report(*small_world())
    for found in (golden, small):
        for one in found.rows:
            for figure in UNITS:
                said = explain(found, one.key, figure)
                if said.expression and figure != "last_day":
                    assert worked_out(said) == said.value, (one.key, figure)
                    checked += 1
    assert checked > 70


def worked_out(said: Explanation) -> Fraction:
    """The value of a formula, rounded up where its ⌈ ⌉ say so."""
    bare = said.expression.removeprefix("⌈").removesuffix("⌉")
    plain = Explanation(
        figure=said.figure,
        unit=said.unit,
        value=said.value,
        expression=bare,
        terms=said.terms,
        trace=said.trace,
    )
    value = evaluate(plain)
    if bare == said.expression:
        return value
    unit = RUBLE if said.figure == "check_for_fewer" else 1
    return Fraction(math.ceil(value / unit) * unit)


def small_world() -> list[Dated]:
    """Two sellers, eight deals that went their ways before April, three that are in hand."""
    told = [*hired("ivanov", "petrova"), plan(PLAN, "ivanov"), plan(PLAN, "petrova")]
    for number in range(8):
        deal = f"old-{number}"
        told += on(2, 5, LeadReceived(deal=deal, seller="ivanov"))
        told += on(2, 6, CallMade(deal=deal, seller="ivanov"))
        amount = CHECK if number < 6 else None
        told += on(2, 8, ProposalSent(deal=deal, seller="ivanov", amount=amount))
        if number < 4:
            told += on(2, 9 + 3 * number, paid(CHECK, deal))
        elif number < 6:
            told += on(2, 20, DealLost(deal=deal, seller="ivanov"))
    told += on(4, 10, ProposalSent(deal="a", seller="ivanov", amount=100_000 * RUBLE))
    told += on(4, 11, LeadReceived(deal="b", seller="ivanov"))
    told += on(4, 11, DealOpened(deal="c", seller="petrova", amount=50_000 * RUBLE))
    told += on(4, 11, ProposalSent(deal="c", seller="petrova"))
    return told


def test_deals_in_hand_count_with_their_chance_and_their_speed() -> None:
    sale = row(report(*small_world()))
    # Of six settled proposals four were paid, three of them within five working days.
    stake = 100_000 * RUBLE * Fraction(4, 6)
    assert sale.credit == stake * Fraction(3, 4)
    # Four within the twelve days of the month that are left.
    assert sale.credit_month == stake
    assert row(report(*small_world()), seller="petrova").credit == 25_000 * RUBLE


def test_a_silent_deal_is_settled_after_ninety_days() -> None:
    later = dt.date(2024, 4, 30)
    before, after = dt.date(2024, 5, 7), dt.date(2024, 5, 8)
    may = month_of(after)
    told = [*small_world(), plan(PLAN, "ivanov", "2024-05")]
    assert later < before
    chances = []
    for day in (before, after):
        question = Question(period=may, dials=Dials(as_of=day))
        window = load_catch_up(Listed(facts(*told)), question, settings())
        found = catch_up(window, question, settings())
        (stake,) = found.basis.means["ivanov"].stakes
        chances.append(stake.p)
    assert chances == [Fraction(4, 6), Fraction(4, 8)]


def test_a_deal_silent_so_long_is_not_counted_on_any_more() -> None:
    old = on(1, 15, ProposalSent(deal="x", seller="ivanov", amount=CHECK))
    (stake,) = report(*small_world(), *old).basis.means["ivanov"].stakes
    assert stake.deals == ("a",)


def test_without_a_history_of_its_stage_a_deal_promises_nothing() -> None:
    paper = InvoiceIssued(invoice="9", deal="y", seller="ivanov", amount=CHECK)
    (stake,) = report(*small_world(), *on(4, 2, paper)).basis.means["ivanov"].stakes
    assert stake.stage == "proposal_sent"


def test_without_credit_the_numbers_are_plain() -> None:
    told = small_world()
    with_it, without = row(report(*told)), row(report(*told, credit=False))
    assert without.credit == 0
    assert without.gap == with_it.gap
    assert without.gap is not None
    assert without.check is not None
    assert without.now == math.ceil(without.gap / without.check)
    assert with_it.now is not None
    assert with_it.now < without.now


def test_what_is_sold_lost_or_given_away_is_not_in_hand() -> None:
    told = small_world()
    assert row(report(*told, *on(4, 12, paid(1, "a")))).credit == 0
    assert row(report(*told, *on(4, 12, DealLost(deal="a")))).credit == 0
    moved = on(4, 12, HandedOver(seller="ivanov", to="petrova", deal="a"))
    found = report(*told, *moved)
    assert row(found).credit == 0
    assert row(found, seller="petrova").credit == 75_000 * RUBLE


def test_an_invoiced_deal_is_in_hand_for_what_is_still_to_be_paid() -> None:
    told = small_world()
    for number in range(2):
        deal = f"paper-{number}"
        told += on(3, 4, InvoiceIssued(invoice=deal, deal=deal, seller="ivanov", amount=CHECK))
        told += on(3, 5, paid(CHECK, deal))
    told += on(4, 10, InvoiceIssued(invoice="7", deal="d", seller="petrova", amount=9_000))
    told += on(4, 11, PaymentReceived(invoice="7", deal="d", seller="petrova", amount=2_000))
    told += on(4, 11, CreditNoteIssued(invoice="7", deal="d", seller="petrova", amount=1_000))
    stakes = report(*told).basis.means["petrova"].stakes
    assert {stake.stage: stake.amount for stake in stakes}["invoice_issued"] == 6_000


def test_what_happens_later_changes_nothing_seen_before() -> None:
    told = small_world()
    later = [
        *on(4, 15, paid(CHECK, "a"), DealLost(deal="old-7")),
        *on(4, 16, ProposalSent(deal="new", seller="ivanov", amount=CHECK)),
    ]
    friday = dt.date(2024, 4, 12)
    seen, known = report(*told, as_of=friday), report(*told, *later, as_of=friday)
    assert seen.rows == known.rows
    assert report(*told).rows != report(*told, *later).rows


def test_the_last_useful_day_leaves_time_for_half_of_the_sales() -> None:
    found = report(*small_world(), as_of=dt.date(2024, 4, 29))
    # From proposal to payment took 1, 2, 5 and 6 working days, from the call 3, 4, 7 and 8.
    assert row(found, "proposal_sent").last_day == dt.date(2024, 4, 26)
    assert row(found, "proposal_sent").late
    assert row(found, "call_made").last_day == dt.date(2024, 4, 24)
    sale = row(found)
    assert (sale.last_day, sale.late) == (dt.date(2024, 4, 30), False)
    assert not row(report(*small_world()), "proposal_sent").late


def test_working_days_are_counted_and_counted_back() -> None:
    worked = Workdays([dt.date(2024, 4, day) for day in (1, 2, 3, 4, 5, 8, 9)])
    friday, monday = dt.date(2024, 4, 5), dt.date(2024, 4, 8)
    assert worked.between(friday, monday) == 1
    assert worked.between(dt.date(2024, 4, 6), dt.date(2024, 4, 7)) == 0
    assert worked.between(monday, friday) == 0
    assert worked.count(friday, monday) == 2
    assert worked.back(dt.date(2024, 4, 9), 3) == dt.date(2024, 4, 4)
    assert worked.back(dt.date(2024, 4, 9), 7) is None
    assert [median(lags) for lags in ((), (4,), (9, 1), (5, 1, 3))] == [None, 4, 1, 3]


@pytest.mark.parametrize(
    ("as_of", "mode", "expected"),
    [
        (MONDAY, "morning", 19),
        (dt.date(2024, 4, 19), "morning", 19),
        (dt.date(2024, 4, 19), "evening", 26),
        (dt.date(2024, 4, 20), "morning", 26),
        (dt.date(2024, 4, 29), "morning", 30),
    ],
)
def test_the_target_day_is_the_end_of_the_week_or_of_the_month(
    as_of: dt.date, mode: Mode, expected: int
) -> None:
    found = report(*hired("ivanov"), plan(PLAN, "ivanov"), as_of=as_of, mode=mode)
    assert found.question.until == dt.date(2024, 4, expected)


def test_another_day_may_be_asked_for() -> None:
    told = [*hired("ivanov"), plan(PLAN, "ivanov"), *on(4, 2, *[paid(CHECK)] * 14)]
    found = row(report(*told, until=dt.date(2024, 4, 17)))
    assert found.days == 3
    assert found.gap_until == Fraction(PLAN * 13, 22) - FACT
    beyond = report(*told, until=dt.date(2024, 6, 1))
    assert beyond.question.until == APRIL.last
    assert row(beyond).gap_until == row(beyond).gap_month


def test_who_is_away_until_then_has_no_day_to_spread_it_over() -> None:
    away = AbsenceSet(seller="ivanov", first=MONDAY, last=dt.date(2024, 4, 19))
    found = row(report(*hired("ivanov"), plan(PLAN, "ivanov"), *on(4, 1, away, paid(CHECK))))
    assert of(found, "days per_day money_per_day") == (0, None, None)


def test_who_is_ahead_needs_nothing_now() -> None:
    told = [*hired("ivanov"), plan(PLAN, "ivanov"), *on(4, 2, *[paid(CHECK)] * 20)]
    found = report(*told, *on(4, 3, CallMade(seller="ivanov")))
    assert of(row(found), "now per_day check_for_fewer") == (0, 0, None)
    assert row(found).gap is not None
    assert (row(found).gap or 0) < 0
    assert row(found, "call_made").now == 0


def test_nobody_without_a_plan_or_gone_is_listed() -> None:
    told = [*hired("ivanov", "petrova", "gone"), plan(PLAN, "ivanov"), plan(PLAN, "gone")]
    told += on(4, 5, SellerLeft(seller="gone"))
    assert {one.seller for one in report(*told).rows} == {"ivanov"}


def test_without_any_sale_no_number_is_made_up() -> None:
    found = row(report(*hired("ivanov"), plan(PLAN, "ivanov")))
    assert of(found, "check now until month last_day") == (None, None, None, None, None)
    assert explain_all(report(*hired("ivanov"), plan(PLAN, "ivanov"))) > 0


def explain_all(found: CatchUp) -> int:
    said = [explain(found, one.key, figure) for one in found.rows for figure in UNITS]
    return len(said)


def test_a_small_sample_is_mixed_with_the_department_and_says_so() -> None:
    told = [*small_world(), *on(4, 3, *[ProposalSent(seller="petrova")] * 5)]
    step = row(report(*told), "proposal_sent", "petrova")
    # 4 payments of 15 proposals in the department, none of 6 own.
    assert step.share == (0 + 10 * Fraction(4, 15)) / 16
    assert of(step, "source entered reached") == ("mixed", 6, 0)


def test_a_norm_by_hand_is_the_base_norm() -> None:
    told = [*small_world(), *on(4, 1, NormSet(activity="call_made", count=9, since=APRIL.first))]
    assert row(report(*told), "call_made").norm == 9


def test_margin_counts_the_deals_in_hand_at_the_margin_of_the_department() -> None:
    told = small_world()
    told = [
        (day, PaymentReceived(seller="ivanov", deal=body.deal, amount=CHECK, cost=CHECK * 2 // 5))
        if isinstance(body, PaymentReceived)
        else (day, body)
        for day, body in told
    ]
    told.append(plan(PLAN, "ivanov", measure="margin"))
    full, margin = row(report(*told)), row(report(*told, measure="margin"))
    assert full.credit is not None
    assert margin.credit == full.credit * Fraction(3, 5)


def test_what_is_not_there_is_refused_by_name(golden: CatchUp) -> None:
    with pytest.raises(KeyError, match="payment_received"):
        explain(golden, "ivanov|coffee", "now")
    with pytest.raises(KeyError, match="check_for_fewer"):
        explain(golden, "ivanov|payment_received", "colour")


def test_the_deals_in_hand_are_the_trace_of_the_credit() -> None:
    found = report(*small_world())
    said = explain(found, "ivanov|payment_received", "credit")
    assert said.trace.deals == ("a",)
    assert explain(report(*small_world(), credit=False), said_key(), "credit").trace.deals == ("",)


def said_key() -> str:
    return "ivanov|payment_received"


def test_some_sellers_are_reckoned_as_among_all() -> None:
    told = small_world()
    alone = report(*told, sellers=("petrova",)).rows
    assert alone == tuple(one for one in report(*told).rows if one.seller == "petrova")


def test_lists_are_in_the_order_of_the_way_back(golden: CatchUp) -> None:
    names: Sequence[str] = [one.activity for one in golden.rows]
    assert names == list(reversed(STEPS))
