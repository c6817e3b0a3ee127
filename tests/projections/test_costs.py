"""The payments of an invoice take exactly its costs, each its fair share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from projections.costs import share_of

PAYMENTS = st.lists(st.integers(1, 10**9), min_size=1, max_size=12)
COSTS = st.integers(0, 10**10)


@given(PAYMENTS, COSTS)
def test_the_shares_of_all_payments_sum_to_the_costs(payments: list[int], cost: int) -> None:
    due, left = sum(payments), cost
    for payment in payments:
        share = share_of(left, payment, due)
        assert 0 <= share <= left
        due, left = due - payment, left - share
    assert left == 0


@given(PAYMENTS, COSTS)
def test_a_share_is_the_part_of_the_sum_that_was_paid(payments: list[int], cost: int) -> None:
    due = sum(payments)
    share = share_of(cost, payments[0], due)
    assert abs(share * due - cost * payments[0]) * 2 <= due


def test_a_half_is_rounded_up() -> None:
    assert [share_of(101, 50, 100), share_of(51, 50, 50)] == [51, 51]
    assert share_of(100, 1, 3) == 33


def test_an_overpayment_takes_what_is_left_and_no_more() -> None:
    assert share_of(70, 500, 100) == 70
    assert share_of(0, 5, 0) == 0
