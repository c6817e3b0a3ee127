"""The chain of a sale: the worked example of features.md, small samples, missing steps."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.chain import History, base_norm, chain, deals_for, events_for

PLAN = 300_000_000
CHECK = 7_500_000
WORKED = History(
    counts={
        "call_made": 12_500,
        "meeting_held": 1500,
        "proposal_sent": 900,
        "invoice_issued": 405,
        "payment_received": 324,
    },
    money=324 * CHECK,
)
"""12 %, 60 %, 45 % and 80 % from call to payment."""


def test_the_worked_example_has_these_norms_a_day() -> None:
    own = chain("payment", WORKED, WORKED)
    printed = {
        "payment_received": "1.82",
        "invoice_issued": "2.27",
        "proposal_sent": "5.05",
        "meeting_held": "8.42",
        "call_made": "70.1",
    }
    for activity, text in printed.items():
        norm = base_norm(PLAN, own, activity, 22)
        assert norm is not None
        digits = len(text.partition(".")[2])
        assert f"{float(norm):.{digits}f}" == text, activity


@pytest.mark.parametrize(
    ("gap", "deals"), [(31_363_636, 5), (300_000_000 - 105_000_000, 26), (99_545_455, 14), (-1, 0)]
)
def test_the_three_numbers_of_deals(gap: int, deals: int) -> None:
    assert deals_for(gap, Fraction(CHECK)) == deals


def test_what_five_deals_take_is_rounded_once() -> None:
    own = chain("payment", WORKED, WORKED)
    steps = ("invoice_issued", "proposal_sent", "meeting_held", "call_made")
    assert [events_for(5, own, step) for step in steps] == [7, 14, 24, 193]


def test_thirty_own_cases_stand_by_themselves() -> None:
    own = History(counts={"call_made": 30, "meeting_held": 6}, money=0)
    step = chain("payment", own, WORKED).steps[0]
    assert (step.share, step.mixed) == (Fraction(1, 5), False)


def test_fewer_are_mixed_with_the_department() -> None:
    own = History(
        counts={"call_made": 29, "meeting_held": 6, "payment_received": 2}, money=2 * 9_000_000
    )
    found = chain("payment", own, WORKED)
    assert found.steps[0].share == (6 + 10 * Fraction(12, 100)) / (29 + 10)
    assert found.steps[0].mixed
    assert found.check.value == Fraction(2 * 9_000_000 + 5 * CHECK, 2 + 5)
    assert found.check.mixed


def test_who_never_sold_is_reckoned_by_the_department() -> None:
    found = chain("payment", History(counts={}, money=0), WORKED)
    assert found.check.value == CHECK
    assert [step.share for step in found.steps] == [
        Fraction(12, 100), Fraction(60, 100), Fraction(45, 100), Fraction(80, 100)
    ]  # fmt: skip


def test_a_step_the_department_never_does_is_left_out() -> None:
    house = History(counts={"call_made": 100, "proposal_sent": 20, "order_placed": 5}, money=500)
    found = chain("order", house, house)
    assert [(step.step_from, step.step_to) for step in found.steps] == [
        ("call_made", "proposal_sent"), ("proposal_sent", "order_placed")
    ]  # fmt: skip
    assert found.way("meeting_held") is None
    assert base_norm(PLAN, found, "meeting_held", 22) is None


def test_a_step_beside_the_chain_leads_to_the_sale_directly() -> None:
    house = History(counts={"presentation_given": 80, "payment_received": 20}, money=2000)
    assert chain("payment", house, house).share("presentation_given") == Fraction(1, 4)


def test_without_sales_nothing_can_be_derived() -> None:
    house = History(counts={"call_made": 100}, money=0)
    found = chain("payment", house, house)
    assert found.check.value is None
    assert base_norm(PLAN, found, "call_made", 22) is None
    assert events_for(5, found, "call_made") is None


COUNTS = st.integers(0, 200)


@given(st.integers(1, 200), COUNTS, st.integers(1, 500), st.integers(1, 500))
def test_a_mixed_share_lies_between_the_own_and_the_departments(
    entered: int, reached: int, whole: int, common: int
) -> None:
    own = History(counts={"call_made": entered, "meeting_held": reached}, money=0)
    house = History(counts={"call_made": whole, "meeting_held": common}, money=0)
    step = chain("payment", own, house).steps[0]
    ends = (Fraction(common, whole), Fraction(reached, entered))
    assert step.share is not None
    assert step.mixed == (entered < 30)
    assert min(ends) <= step.share <= max(ends)
    assert step.mixed or step.share == ends[1]
