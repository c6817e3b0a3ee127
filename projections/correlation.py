"""How two things go together in a sample: Pearson's r, said only of enough cases (feature P12)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from projections.interval import Z

ENOUGH: Final = 30
"""Of fewer cases nothing is said."""

_PRECISION: Final = 10**12


def correlation(pairs: Sequence[tuple[int, int]]) -> Fraction | None:
    """r of a sample; None below `ENOUGH` pairs or where one of the two never varies."""
    return pearson(pairs) if len(pairs) >= ENOUGH else None


def by_rank(pairs: Sequence[tuple[int, int]]) -> Fraction | None:
    """Spearman's r of everybody there is, however few: r of their ranks, equals sharing theirs.

    None where one of the two never varies (requirement row 112).
    """
    first, second = (_ranks([pair[place] for pair in pairs]) for place in (0, 1))
    return pearson(list(zip(first, second, strict=True)))


def _ranks(values: Sequence[int]) -> list[int]:
    """Twice the rank of each value, so that equals share a whole number."""
    return [
        sum(other < value for other in values) + sum(other <= value for other in values)
        for value in values
    ]


def pearson(pairs: Sequence[tuple[int, int]]) -> Fraction | None:
    """r of whole numbers, to twelve decimals; None where one of the two never varies.

    r = (n·Σxy - Σx·Σy) ÷ √((n·Σx² - (Σx)²)·(n·Σy² - (Σy)²)).
    """
    n = len(pairs)
    sum_x, sum_y = sum(x for x, _ in pairs), sum(y for _, y in pairs)
    spread_x = n * sum(x * x for x, _ in pairs) - sum_x * sum_x
    spread_y = n * sum(y * y for _, y in pairs) - sum_y * sum_y
    if not spread_x or not spread_y:
        return None
    together = n * sum(x * y for x, y in pairs) - sum_x * sum_y
    root = math.isqrt(spread_x * spread_y * _PRECISION**2)
    return max(Fraction(-1), min(Fraction(1), Fraction(together * _PRECISION, root)))


def clear(r: Fraction, n: int) -> bool:
    """Whether r of `n` cases is told apart from none: r²·(n-2) ÷ (1-r²) above z² for 95 %."""
    return r * r * (n - 2) > Z * Z * (1 - r * r)
