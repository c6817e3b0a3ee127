"""The bridge: the checked example, effects that add up, zeros taken in turn, burned traffic."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.vocabulary import (
    CallMade,
    DealLost,
    InvoiceIssued,
    LeadReceived,
    MeetingHeld,
    PaymentReceived,
    ProposalSent,
)
from events.vocabulary.fact import Fact
from projections.bridge import Side, bridge, in_turn, largest_remainder
from projections.burned import Leads, burned, reference
from projections.formula import Explanation
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.bridge import BridgeReport, BridgeRow, explain
from projections.reports.bridge import bridge as reported
from projections.reports.bridge.why import UNITS
from projections.rounding import half_up
from projections.windows.bridge import load_bridge
from tests.projections.formulas import evaluate
from tests.projections.listed import Listed, facts
from tests.projections.worlds import hired, of, plan, settings

RUBLE = 100
CHECK = 75_000 * RUBLE
LINE = Fraction(3_000_000 * 10, 22) * RUBLE
PLANNED = (Fraction(12, 100), Fraction(60, 100), Fraction(45, 100), Fraction(80, 100))
MONDAY = dt.date(2024, 4, 15)
APRIL = month_of(MONDAY)
STEPS = ("call_made", "meeting_held", "proposal_sent", "invoice_issued", "payment_received")
Dated = tuple[dt.date, Fact]


def planned_side() -> Side:
    counts = [LINE / CHECK]
    for share in reversed(PLANNED):
        counts.insert(0, counts[0] / share)
    return Side(tuple(counts), LINE)


def side(*counts: int, money: int) -> Side:
    return Side(tuple(map(Fraction, counts)), Fraction(money))


EXAMPLE = side(600, 70, 44, 16, 14, money=1_050_000 * RUBLE)


def test_the_checked_example_comes_out_to_the_unit() -> None:
    found = bridge(planned_side(), EXAMPLE)
    rubles = [half_up(Fraction(effect, RUBLE)) for effect in found.effects]
    assert rubles == [-187_479, -33_805, 55_824, -255_711, 107_534, 0]
    assert sum(found.effects) == half_up(EXAMPLE.money - LINE) == -31_363_636
    assert not found.in_turn


def test_the_log_mean_is_what_the_example_says() -> None:
    found = bridge(planned_side(), EXAMPLE)
    assert found.mean is not None
    assert math.isclose(found.mean, -313_636.3636 * RUBLE / math.log(0.77), rel_tol=1e-9)


counts = st.lists(st.integers(0, 400), min_size=2, max_size=5)
planned = st.lists(
    st.fractions(min_value=Fraction(1, 50), max_value=500, max_denominator=97),
    min_size=2,
    max_size=5,
)
money = st.integers(-10_000, 10**11)


@given(planned, counts, st.fractions(0, 10**10, max_denominator=31), money)
def test_the_effects_add_up_to_the_deviation(
    plans: list[Fraction], facts: list[int], line: Fraction, fact: int
) -> None:
    size = min(len(plans), len(facts))
    before = Side(tuple(plans[:size]), line)
    after = Side(tuple(map(Fraction, facts[:size])), Fraction(fact))
    found = bridge(before, after)
    assert sum(found.effects) == half_up(fact - line)
    assert len(found.effects) == size + 1
    whole = [*before.counts, before.money, *after.counts, after.money]
    assert found.in_turn == any(value <= 0 for value in whole)


@given(planned, st.integers(1, 10**10))
def test_what_went_as_planned_has_no_effect(plans: list[Fraction], line: int) -> None:
    same = Side(tuple(plans), Fraction(line))
    assert set(bridge(same, same).effects) == {0}


@given(planned, st.integers(1, 10**10), st.integers(1, 9))
def test_one_factor_alone_has_all_the_effect(plans: list[Fraction], line: int, times: int) -> None:
    before = Side(tuple(plans), Fraction(line))
    more = Side(tuple(count * times for count in plans), Fraction(line * times))
    effects = bridge(before, more).effects
    assert effects[0] == line * (times - 1)
    assert not any(effects[1:])


@given(st.lists(st.fractions(-(10**6), 10**6, max_denominator=999), min_size=1, max_size=9))
def test_the_largest_remainder_takes_the_rounding(parts: list[Fraction]) -> None:
    total = half_up(sum(parts, Fraction()))
    found = largest_remainder(parts, total)
    assert sum(found) == total
    assert all(abs(one - part) <= 1 for one, part in zip(found, parts, strict=True))


def test_a_zero_takes_what_was_left_and_nothing_is_put_on_later_steps() -> None:
    fact = side(600, 70, 0, 0, 0, money=0)
    parts = in_turn(planned_side(), fact)
    worth = [LINE / count for count in planned_side().counts]
    assert parts[0] == 600 * worth[0] - LINE
    assert parts[1] == 70 * worth[1] - 600 * worth[0]
    assert parts[2] == -70 * worth[1]
    assert parts[3:] == [0, 0, 0]
    found = bridge(planned_side(), fact)
    assert found.in_turn
    assert sum(found.effects) == -half_up(LINE)


def on(day: dt.date, *bodies: Fact) -> list[Dated]:
    return [(day, body) for body in bodies]


def done(seller: str, numbers: Sequence[int], check: int, day: dt.date) -> list[Dated]:
    """So many events of each step of the chain on a day."""
    made: list[Fact] = [
        CallMade(seller=seller),
        MeetingHeld(seller=seller),
        ProposalSent(seller=seller),
        InvoiceIssued(invoice="1", seller=seller, amount=1),
        PaymentReceived(seller=seller, amount=check),
    ]
    return [fact for body, n in zip(made, numbers, strict=True) for fact in on(day, *[body] * n)]


def world() -> list[Dated]:
    """March gives the conversions of the example, April its facts; another sells nothing."""
    march = dt.date(2024, 3, 12)
    april = dt.date(2024, 4, 9)
    return [
        *hired("ivanov", "petrova"),
        plan(3_000_000 * RUBLE, "ivanov"),
        plan(1_000_000 * RUBLE, "petrova"),
        plan(4_500_000 * RUBLE),
        *done("ivanov", (12_500, 1_500, 900, 405, 324), CHECK, march),
        *done("ivanov", (600, 70, 44, 16, 14), CHECK, april),
        *done("petrova", (90, 0, 0, 0, 0), 1, april),
        *on(april, PaymentReceived(amount=5_001)),
    ]


def report(*dated: Dated, sellers: tuple[str, ...] = ()) -> BridgeReport:
    question = Question(period=APRIL, dials=Dials(as_of=MONDAY), sellers=sellers)
    window = load_bridge(Listed(facts(*dated)), question, settings())
    return reported(window, question, settings())


@pytest.fixture(scope="module")
def april() -> BridgeReport:
    return report(*world())


def rows(found: BridgeReport) -> dict[str, BridgeRow]:
    listed = (*found.rows, *found.department, *found.burned, found.total)
    return {row.key: row for row in listed}


def test_the_report_shows_the_checked_example(april: BridgeReport) -> None:
    listed = rows(april)
    keys = ["volume", *(f"{a}>{b}" for a, b in pairwise(STEPS)), "check"]
    effects = [half_up(Fraction(listed[f"ivanov|{key}"].effect, RUBLE)) for key in keys]
    assert effects == [-187_479, -33_805, 55_824, -255_711, 107_534, 0]
    proposals = listed["ivanov|proposal_sent>invoice_issued"]
    assert of(proposals, "share_due share done") == (Fraction(45, 100), Fraction(16, 44), 16)
    assert of(listed["ivanov|check"], "planned actual") == (CHECK, CHECK)
    assert of(listed["ivanov|deviation"], "planned actual effect") == (
        LINE, 1_050_000 * RUBLE, -31_363_636
    )  # fmt: skip


def test_a_seller_without_sales_is_reckoned_in_turn_and_says_so(april: BridgeReport) -> None:
    own = [row for row in april.rows if row.seller == "petrova"]
    assert [row.in_turn for row in own] == [True] * 6 + [False]
    assert own[-1].effect == -half_up(Fraction(1_000_000 * RUBLE * 10, 22))
    assert not any(row.in_turn for row in april.rows if row.seller == "ivanov")


def test_what_has_no_factors_is_not_explained(april: BridgeReport) -> None:
    listed = rows(april)
    assert listed["unassigned|rest"].effect == 5_001
    assert listed["reserve|rest"].effect == -half_up(Fraction(500_000 * RUBLE * 10, 22))


def test_factors_add_up_to_deviations_and_sellers_to_the_department(april: BridgeReport) -> None:
    holders = {row.key.partition("|")[0] for row in april.rows}
    for holder in holders:
        own = [row for row in april.rows if row.key.startswith(f"{holder}|")]
        assert sum(row.effect for row in own[:-1]) == own[-1].effect
    for row in (*april.department, april.total):
        factor = row.key.partition("|")[2]
        same = [one.effect for one in april.rows if one.key.partition("|")[2] == factor]
        assert row.effect == sum(same)
    assert sum(row.effect for row in april.department) == april.total.effect
    board = april.basis.board.total.deviation
    assert board is not None
    assert abs(april.total.effect - board) <= Fraction(len(holders), 2)


def test_every_formula_works_out_to_its_figure(april: BridgeReport) -> None:
    checked = 0
    for key, row in rows(april).items():
        for figure in UNITS:
            said = explain(april, key, figure)
            assert said.value == getattr(row, figure)
            if said.expression and isinstance(said.value, int | Fraction):
                assert abs(worked_out(said) - said.value) <= 1, (key, figure)
                checked += 1
    assert checked > 40


def worked_out(said: Explanation) -> Fraction:
    """The value of a formula; a logarithm is taken by the standard library, in floats."""
    if "ln(" not in said.expression:
        return evaluate(said)
    assert said.expression == "M×ln(x[1]÷x[0])"
    mean, new, old = (term.value for term in said.terms)
    assert isinstance(mean, Fraction)
    assert isinstance(new, int | Fraction)
    assert isinstance(old, int | Fraction)
    return Fraction(float(mean) * math.log(new / old))


def test_the_events_behind_a_step_are_counted(april: BridgeReport) -> None:
    said = explain(april, "ivanov|call_made>meeting_held", "done")
    assert (said.value, said.events_sum) == (70, "count")
    assert (said.trace.kinds, said.trace.sellers) == (("meeting_held",), ("ivanov",))
    everybody = explain(april, "department|volume", "done").trace.sellers
    assert set(everybody) == {"ivanov", "petrova"}


def test_some_sellers_have_their_own_sum() -> None:
    found = report(*world(), sellers=("ivanov",))
    assert found.total.effect == -31_363_636


def test_without_a_history_nothing_is_explained() -> None:
    found = report(*hired("ivanov"), plan(2_200, "ivanov"))
    assert [(row.key, row.effect) for row in found.rows] == [
        ("ivanov|rest", -1_000), ("ivanov|deviation", -1_000)
    ]  # fmt: skip


def test_what_is_not_there_is_refused_by_name(april: BridgeReport) -> None:
    with pytest.raises(KeyError, match="department"):
        explain(april, "ivanov|coffee", "effect")
    with pytest.raises(KeyError, match="share_due"):
        explain(april, "ivanov|volume", "colour")


def test_traffic_is_burned_only_beyond_chance() -> None:
    good, bad = Leads(20, 100, 50), Leads(30, 100, 20)
    both = {"anna": good, "boris": bad, "carl": Leads(20, 100, 48)}
    whole = Leads(70, 300, 118)
    ref = reference(both)
    assert ref == Fraction(48, 100)
    assert burned(bad, whole, ref, Fraction(1_000)) == 30 * Fraction(28, 100) * 1_000
    assert burned(good, whole, ref, Fraction(1_000)) == 0
    # 9 of 30 is no worse than 118 of 300 beyond chance.
    assert burned(Leads(30, 30, 9), whole, ref, Fraction(1_000)) == 0
    assert burned(Leads(9, 9, 0), whole, ref, Fraction(1_000)) == 0


def test_the_reference_is_the_median_of_those_with_enough_leads() -> None:
    few = {"anna": Leads(0, 10, 4), "boris": Leads(0, 10, 2), "carl": Leads(5, 9, 9)}
    assert reference(few) == Fraction(3, 10)
    assert reference({"carl": Leads(5, 9, 9)}) is None


def traffic(seller: str, number: int, sold: int) -> list[Dated]:
    """Leads of April, so many of them sold and the others lost."""
    found: list[Dated] = []
    for place in range(number):
        deal = f"{seller}-{place}"
        found += on(dt.date(2024, 4, 2), LeadReceived(deal=deal, seller=seller))
        end = (
            PaymentReceived(deal=deal, seller=seller, amount=CHECK)
            if place < sold
            else DealLost(deal=deal, seller=seller)
        )
        found += on(dt.date(2024, 4, 3), end)
    return found


def test_burned_leads_are_listed_with_their_money() -> None:
    told = [*world(), *hired("sidorov"), *traffic("ivanov", 60, 45), *traffic("sidorov", 60, 45)]
    found = report(*told, *traffic("petrova", 60, 6))
    (row,) = found.burned
    assert of(row, "key done settled share_due share actual") == (
        "petrova|burned", 60, 60, Fraction(3, 4), Fraction(1, 10), CHECK
    )  # fmt: skip
    assert row.effect == -60 * CHECK * 65 // 100
    said = explain(found, row.key, "effect")
    assert evaluate(said) == row.effect
    assert len(said.trace.deals) == 60
    assert sum(one.effect for one in found.department) == found.total.effect
