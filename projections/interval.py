"""Wilson's interval: how far a share in a small sample can be trusted (feature P5)."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import Final

Z: Final = Fraction(1_959_964, 1_000_000)
"""The quantile of the normal distribution for 95 %."""

_PRECISION: Final = 10**12


@lru_cache(maxsize=4096)
def wilson(count: int, n: int) -> tuple[Fraction, Fraction] | None:
    """The bounds of a share of `count` in `n`, to twelve decimals; None for an empty sample.

    (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) ÷ (1 + z²/n) with p = count/n, within 0 and 1. Raises
    ValueError for more than all or less than nothing.
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n}")
    if not n:
        return None
    share = Fraction(count, n)
    middle, spread, scale = parts(share, n)
    low, high = (middle - spread) / scale, (middle + spread) / scale
    # The root is cut off at its last decimal, so the ends are put where they are known to be.
    return (Fraction(0) if not count else low), (Fraction(1) if count == n else high)


def parts(share: Fraction, n: int) -> tuple[Fraction, Fraction, Fraction]:
    """Middle, spread and scale of the interval: its bounds are (middle ± spread) ÷ scale."""
    square = Z * Z
    spread = root(share * (1 - share) / n + square / (4 * n * n))
    return share + square / (2 * n), Z * spread, 1 + square / n


def root(value: Fraction) -> Fraction:
    """The square root of a number that is not negative, cut off at the twelfth decimal."""
    scaled = value.numerator * _PRECISION**2 // value.denominator
    return Fraction(math.isqrt(scaled), _PRECISION)
