"""What if the check, a conversion or the credit were another one (feature P3, what-if).

Everything is reckoned anew from a computed report, by the very formulas it was computed with; the
target day is another question to the source.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import msgspec
from msgspec.structs import replace

from projections import catch_up as formulas
from projections.chain import Chain
from projections.reports.catch_up import CatchUp, CatchUpRow
from projections.reports.catch_up.compute import sale_row, step_rows
from projections.reports.catch_up.rows import GOALS

POINT: Final = Fraction(1, 100)
"""A conversion is tried a point up or down."""


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """What is tried: another average check, in minor units, other conversions by the step they
    start from, and whether the deals in hand count.
    """

    check: Fraction | None = None
    shares: Mapping[str, Fraction] = msgspec.field(default_factory=dict)
    credit: bool = True

    @property
    def plain(self) -> bool:
        """Whether nothing is tried."""
        return self.check is None and not self.shares and self.credit


def what_if(report: CatchUp, seller: str, tried: WhatIf) -> tuple[CatchUpRow, ...]:
    """A seller's rows with what is tried in place of the facts; none for who has no rows."""
    known = {row.key: row for row in report.rows if row.seller == seller}
    if not known:
        return ()
    means = report.basis.means[seller]
    means = replace(means, chain=_tried(means.chain, tried))
    if not tried.credit:
        means = replace(means, stakes=(), stakes_month=())
    sale = sale_row(seller, means, 10**report.minor_digits)
    deals = {goal: getattr(sale, goal) for goal in GOALS}
    rows = (sale, *step_rows(seller, means.chain, deals))
    return tuple(
        replace(
            row,
            per_day=formulas.per_day(row.now, means.days),
            norm=known[row.key].norm,
            last_day=known[row.key].last_day,
            late=known[row.key].late,
            days=means.days,
        )
        for row in rows
    )


def other_check(row: CatchUpRow, step: int, unit: int) -> Fraction | None:
    """The least check, in whole `unit`s, with which one deal fewer is enough (`step` 1), or as
    many as now, or one more (`step` -1); `row` is that of the sale.

    None where no deal is needed, or there is none to do without.
    """
    left = formulas.rest(row.gap or Fraction(), row.credit or Fraction())
    if not left or row.now is None or row.check is None:
        return None
    least = _least(left, row.now, unit)
    deals = row.now - 1 if step > 0 else row.now + (row.check <= least)
    return _least(left, deals, unit) if deals > 0 else None


def other_share(share: Fraction, step: int) -> Fraction:
    """The next whole point up or down, between one point and all."""
    points = math.floor(share / POINT) if step > 0 else math.ceil(share / POINT)
    return max(POINT, min(Fraction(1), (points + step) * POINT))


def _least(left: Fraction, deals: int, unit: int) -> Fraction:
    return Fraction(math.ceil(left / deals / unit) * unit)


def _tried(chain: Chain, tried: WhatIf) -> Chain:
    check = chain.check if tried.check is None else replace(chain.check, value=tried.check)
    steps = tuple(
        replace(step, share=tried.shares.get(step.step_from, step.share)) for step in chain.steps
    )
    return replace(chain, check=check, steps=steps)
