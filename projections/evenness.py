"""How evenly something is fulfilled, across months and inside one (requirement rows 66, 67)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import isqrt
from typing import Final

_FINE: Final = 10**6


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The mean; None of nothing."""
    return sum(values, Fraction()) / len(values) if values else None


def variation(values: Sequence[Fraction]) -> Fraction | None:
    """The coefficient of variation: the standard deviation of all values over their mean.

    Rounded down to six decimals; None of nothing, or where the mean is zero.
    """
    middle = mean(values)
    if not middle:
        return None
    spread = sum(((value - middle) ** 2 for value in values), Fraction()) / len(values)
    return Fraction(isqrt(int(spread * _FINE**2)), _FINE) / middle


def distance(days: Sequence[int]) -> Fraction | None:
    """The largest distance of the cumulative share from the diagonal; None without any money."""
    whole = sum(days)
    if whole <= 0:
        return None
    shares = (Fraction(part, whole) for part in accumulate(days))
    return max(abs(share - Fraction(place, len(days))) for place, share in enumerate(shares, 1))


def last_third(days: Sequence[int]) -> Fraction | None:
    """The share of the last third of the days; a day across the border counts in part."""
    whole = sum(days)
    if whole <= 0:
        return None
    border = Fraction(2 * len(days), 3)
    part = sum(
        (amount * min(Fraction(1), max(Fraction(), place - border))
         for place, amount in enumerate(days, 1)), Fraction(),
    )  # fmt: skip
    return part / whole
