"""Before and after: numbers computed elsewhere, and what must always hold."""

from __future__ import annotations

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.change import Change, amounts, counts, means, shares


def bounds(change: Change) -> tuple[float, float]:
    assert change.low is not None
    assert change.high is not None
    return float(change.low), float(change.high)


def test_newcombes_published_example_of_two_shares() -> None:
    """56 of 70 against 48 of 80: 0.2000, 95 % from 0.0524 to 0.3339 (Newcombe 1998, method 10)."""
    change = shares((48, 80), (56, 70))
    assert change.change == Fraction(1, 5)
    assert bounds(change) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert change.outcome() == "moved"


def test_newcombes_published_example_without_a_case() -> None:
    """0 of 10 against 0 of 20: from -0.1611 to 0.2775 (Newcombe 1998, method 10)."""
    assert bounds(shares((0, 20), (0, 10))) == pytest.approx((-0.1611, 0.2775), abs=5e-5)


def test_the_ratio_of_rates_is_that_of_the_binomial_share() -> None:
    """60 after against 40 before over equal days: p = 0.6 has Wilson's 0.5020 to 0.6906."""
    change = counts(40, 60, 5, 5)
    assert change.change == Fraction(3, 2)
    assert bounds(change) == pytest.approx((0.5020 / 0.4980, 0.6906 / 0.3094), rel=1e-3)
    assert change.outcome() == "moved"
    assert counts(50, 55, 5, 5).outcome() == "not_moved"


def test_days_are_reckoned_with() -> None:
    assert counts(40, 24, 5, 3).change == 1
    assert counts(40, 24, 5, 3).outcome() == "not_moved"


def test_six_cases_are_too_early_to_judge() -> None:
    assert counts(0, 6, 5, 5).outcome() == "too_early"
    assert counts(0, 6, 5, 5).n == 6
    assert counts(0, 60, 5, 5).outcome() == "moved"


def test_an_end_that_has_not_come_is_too_early_whatever_the_numbers() -> None:
    assert counts(40, 400, 5, 3).outcome(over=False) == "too_early"


def test_money_is_judged_by_its_single_sales() -> None:
    """One huge sale more is no change; ten sales more of one size are."""
    small = [100_00] * 10
    assert amounts(small, [*small, 5_000_00], 5, 5).outcome() == "not_moved"
    change = amounts(small, [100_00] * 30, 5, 5)
    assert change.outcome() == "moved"
    assert (change.was, change.became) == (Fraction(200_00), Fraction(600_00))
    # d = 400, z·√(30·100²÷25 + 10·100²÷25) = 1.96·√16000·… in currency units
    assert bounds(change) == pytest.approx((400_00 - 247_91.7, 400_00 + 247_91.7), abs=10)


def test_means_are_judged_by_their_spread() -> None:
    before, after = [4, 5, 6] * 4, [6, 7, 8] * 4
    change = means(before, after)
    error = (2 * statistics.variance(before) / 12) ** 0.5
    assert bounds(change) == pytest.approx((2 - 1.959964 * error, 2 + 1.959964 * error))
    assert change.outcome() == "moved"


def test_of_nothing_nothing_is_known() -> None:
    for change in (counts(0, 0, 5, 5), shares((0, 0), (0, 0)), means([], []), amounts([], [], 5, 5),
                   counts(3, 3, 5, 0)):  # fmt: skip
        assert change.low is None
        assert change.outcome() == "too_early"


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 9), st.integers(1, 9))
def test_the_bounds_of_a_ratio_hold_it_and_mirror(x: int, y: int, s: int, d: int) -> None:
    change, mirrored = counts(x, y, s, d), counts(y, x, d, s)
    if change.change is None or change.low is None:
        assert not x
        return
    assert change.low <= change.change
    assert change.high is None or change.change <= change.high
    if mirrored.high is not None and mirrored.low:
        assert float(change.low * mirrored.high) == pytest.approx(1)


@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_the_bounds_of_a_difference_hold_it_and_mirror(m: int, n: int, data: st.DataObject) -> None:
    one = (data.draw(st.integers(0, m)), m)
    two = (data.draw(st.integers(0, n)), n)
    there, back = shares(one, two), shares(two, one)
    assert there.change is not None
    assert there.low is not None
    assert there.high is not None
    assert -1 <= there.low <= there.change <= there.high <= 1
    assert back.high == -there.low
