"""Burned traffic: leads that a seller converts worse than the department does (row 11)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import msgspec

from projections.interval import wilson

ENOUGH: Final = 10
"""Of fewer settled leads no share is compared (feature P5)."""


class Leads(msgspec.Struct, frozen=True):
    """`new` leads of the period; of `settled` ones lately `sold` became sales."""

    new: int
    settled: int
    sold: int

    @property
    def share(self) -> Fraction | None:
        """c from lead to sale, None without a settled lead."""
        return Fraction(self.sold, self.settled) if self.settled else None


def reference(leads: Mapping[str, Leads]) -> Fraction | None:
    """c_ref: the median of the sellers' shares, of those who have enough settled leads."""
    shares = sorted(
        one.share for one in leads.values() if one.share is not None and one.settled >= ENOUGH
    )
    if not shares:
        return None
    middle = len(shares) // 2
    return shares[middle] if len(shares) % 2 else (shares[middle - 1] + shares[middle]) / 2


def burned(own: Leads, department: Leads, ref: Fraction, check: Fraction) -> Fraction:
    """leads × max(0, c_ref - c) × A, 0 where Wilson's intervals overlap."""
    mine = wilson(own.sold, own.settled)
    whole = wilson(department.sold, department.settled)
    if mine is None or whole is None or own.settled < ENOUGH or mine[1] >= whole[0]:
        return Fraction()
    share = own.share or Fraction()
    return own.new * max(Fraction(), ref - share) * check
