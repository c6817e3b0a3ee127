"""What one more deal pays: the slope of the scale at the point reached (feature P10)."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from projections.chain import deals_for
from projections.reports.pay.sheets import PaySheet
from projections.scales import opening, paid_share, slope


class Leg(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the scale not reached yet, in money of the bonus.

    From the plan's share `start` on, which `deals` more deals reach: `opens` is paid at once by
    reaching it, `per_deal` by each deal after.
    """

    start: Fraction
    deals: int
    opens: Fraction
    per_deal: Fraction


class Ahead(msgspec.Struct, frozen=True, kw_only=True):
    """What one more deal of the average `check` adds `now`, and the steps still to come."""

    check: Fraction
    now: Fraction
    legs: tuple[Leg, ...]


def ahead(sheet: PaySheet, check: Fraction | None) -> Ahead | None:
    """None without an income, a plan or an average check above zero."""
    reached, plan = sheet.reached, sheet.plan
    if not sheet.income.runs or reached is None or not plan or check is None or check <= 0:
        return None
    bonus, scale = sheet.income.bonus, sheet.scale
    per_deal = bonus * check / plan
    return Ahead(
        check=check,
        now=bonus * (paid_share(scale, reached + check / plan) - paid_share(scale, reached)),
        legs=tuple(
            Leg(
                start=step.start,
                deals=deals_for(step.start * plan - sheet.fact, check),
                opens=bonus * opening(scale, step),
                per_deal=per_deal * slope(scale, step),
            )
            for step in scale.steps
            if step.start > reached
        ),
    )
