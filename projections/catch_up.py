"""What brings a seller back to the line: deals, their check, how much of it a day (P3).

The events of the chain they take are `projections.chain.events_for`.

Rows 21 to 23 of the requirements. Money is in minor units.
"""

from __future__ import annotations

import math
from fractions import Fraction

from projections.chain import deals_for


def rest(gap: Fraction, credit: Fraction) -> Fraction:
    """max(0, gap-E): what new deals have to bring."""
    return max(Fraction(), gap - credit)


def deals(gap: Fraction, credit: Fraction, check: Fraction | None) -> int | None:
    """n = ⌈max(0, gap-E)÷A⌉; None where there is a rest and no average check to divide it by."""
    left = rest(gap, credit)
    if not left:
        return 0
    return deals_for(left, check) if check is not None and check > 0 else None


def per_day(need: Fraction | int | None, days: int) -> Fraction | None:
    """A need spread over the working days left; None where no day is left for it."""
    if need is not None and not need:
        return Fraction(0)
    return Fraction(need, days) if need is not None and days > 0 else None


def check_for_fewer(left: Fraction, deals: int | None, unit: int) -> int | None:
    """The average check with which one deal fewer is enough, rounded up to a whole `unit`.

    `unit` is the currency unit in minor units. None where there is no deal to do without.
    """
    return math.ceil(left / (deals - 1) / unit) * unit if deals is not None and deals > 1 else None
