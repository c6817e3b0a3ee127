"""Wilson's interval: the example of features.md, and what must always hold."""

from __future__ import annotations

import math
import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.interval import wilson


def test_eighteen_of_forty_is_not_different_from_a_half() -> None:
    found = wilson(18, 40)
    assert found is not None
    low, high = found
    assert (round(low * 100), round(high * 100)) == (31, 60)
    assert low < Fraction(1, 2) < high


@given(st.integers(1, 5_000), st.data())
def test_the_bounds_are_the_shares_that_a_score_test_would_just_not_reject(
    n: int, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, n))
    found = wilson(count, n)
    assert found is not None
    z = statistics.NormalDist().inv_cdf(0.975)
    for bound in map(float, found):
        distance = abs(count / n - bound)
        assert distance == pytest.approx(z * math.sqrt(bound * (1 - bound) / n), abs=1e-5)


def test_nothing_is_known_of_an_empty_sample() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("count", "n"), [(-1, 4), (5, 4), (1, 0)])
def test_more_than_all_is_no_share(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="of"):
        wilson(count, n)


@given(st.integers(1, 10_000), st.data())
def test_the_interval_holds_the_share_lies_in_0_to_1_and_mirrors(
    n: int, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, n))
    found, mirrored = wilson(count, n), wilson(n - count, n)
    assert found is not None
    assert mirrored is not None
    low, high = found
    assert 0 <= low <= Fraction(count, n) <= high <= 1
    assert abs(low - (1 - mirrored[1])) < Fraction(1, 10**10)
    assert (low == 0) == (count == 0)
    assert (high == 1) == (count == n)
