"""The chain of a sale: how many calls, meetings, proposals and invoices one sale takes.

Conversions are read by period (events over events), the seller's own where there are enough of
them, else mixed with the department's (features P3 and P4, requirement rows 8, 22, 23).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Final

import msgspec

from events.vocabulary.people import Recognition

ENOUGH: Final = 30
"""From so many own cases on a seller's figure stands by itself."""

CONVERSION_WEIGHT: Final = 10
CHECK_WEIGHT: Final = 5
"""How many cases the department's figure weighs in a mixture."""

_BEFORE_SALE: Final = ("call_made", "meeting_held", "proposal_sent")

CHAINS: Final[dict[Recognition, tuple[str, ...]]] = {
    "payment": (*_BEFORE_SALE, "invoice_issued", "payment_received"),
    "invoice": (*_BEFORE_SALE, "invoice_issued"),
    "order": (*_BEFORE_SALE, "order_placed"),
    "won": (*_BEFORE_SALE, "deal_won"),
}
"""The steps of a sale in order; the last one is the sale itself."""

ASIDE: Final = ("presentation_given", "deal_won")
"""Steps beside the chain, converted into the sale directly."""


class History(msgspec.Struct, frozen=True):
    """What happened in a stretch: events by activity, and the money of the sales."""

    counts: Mapping[str, int]
    money: int

    def count(self, activity: str) -> int:
        """How often it happened."""
        return self.counts.get(activity, 0)


class Conversion(msgspec.Struct, frozen=True, kw_only=True):
    """Of `entered` own events of the first step `reached` are the own events of the second.

    `share` is what is reckoned with, None where nobody ever did the first step. `mixed` says
    that the department's share is in it.
    """

    step_from: str
    step_to: str
    entered: int
    reached: int
    share: Fraction | None
    mixed: bool


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """The average check: own `money` over `sales`; `value` is what is reckoned with."""

    money: int
    sales: int
    value: Fraction | None
    mixed: bool


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """The steps of a seller's sale in order, those beside them, and the average check."""

    sale: str
    steps: tuple[Conversion, ...]
    aside: tuple[Conversion, ...]
    check: Check

    def way(self, activity: str) -> tuple[Conversion, ...] | None:
        """The conversions from an activity to the sale: none from the sale itself.

        None for an activity that leads nowhere.
        """
        if activity == self.sale:
            return ()
        for place, step in enumerate(self.steps):
            if step.step_from == activity:
                return self.steps[place:]
        return next(((step,) for step in self.aside if step.step_from == activity), None)

    def share(self, activity: str) -> Fraction | None:
        """Πc(k→paid): the part of an activity that becomes a sale; None where it is not known."""
        way = self.way(activity)
        if way is None:
            return None
        product = Fraction(1)
        for step in way:
            if step.share is None:
                return None
            product *= step.share
        return product


def chain(recognition: Recognition, own: History, department: History) -> Chain:
    """A seller's chain over the steps that the department does at all."""
    names = CHAINS[recognition]
    sale = names[-1]
    used = [name for name in names[:-1] if department.count(name)]
    beside = [name for name in ASIDE if name != sale and department.count(name)]
    return Chain(
        sale=sale,
        steps=tuple(_conversion(one, two, own, department) for one, two in pairwise((*used, sale))),
        aside=tuple(_conversion(name, sale, own, department) for name in beside),
        check=_check(sale, own, department),
    )


def mixed(reached: int, entered: int, department: Fraction | None, weight: int) -> Fraction | None:
    """(x + m·c_dept)÷(n + m), the own figure alone where the department has none."""
    if department is None:
        return Fraction(reached, entered) if entered else None
    return (reached + weight * department) / (entered + weight)


def base_norm(plan: int, chain: Chain, activity: str, days: int) -> Fraction | None:
    """T ÷ A ÷ Πc(k→paid) ÷ W: what each working day of the month must bring (requirement row 8)."""
    share, check = chain.share(activity), chain.check.value
    if not share or not check or check < 0 or not days:
        return None
    return Fraction(plan) / check / share / days


def deals_for(gap: Fraction | int, check: Fraction) -> int:
    """⌈gap÷A⌉: how many sales close a gap, none where there is no gap (requirement row 22)."""
    return max(0, math.ceil(gap / check))


def events_for(deals: int, chain: Chain, activity: str) -> int | None:
    """⌈n÷Πc(k→paid)⌉ from the unrounded product (requirement row 23)."""
    share = chain.share(activity)
    return math.ceil(deals / share) if share else None


def _conversion(one: str, two: str, own: History, department: History) -> Conversion:
    entered, reached = own.count(one), own.count(two)
    enough = entered >= ENOUGH
    whole = department.count(one)
    common = Fraction(department.count(two), whole) if whole else None
    share = (
        Fraction(reached, entered) if enough else mixed(reached, entered, common, CONVERSION_WEIGHT)
    )
    return Conversion(
        step_from=one,
        step_to=two,
        entered=entered,
        reached=reached,
        share=share,
        mixed=not enough,
    )


def _check(sale: str, own: History, department: History) -> Check:
    sales, enough = own.count(sale), own.count(sale) >= ENOUGH
    whole = department.count(sale)
    common = Fraction(department.money, whole) if whole else None
    value = Fraction(own.money, sales) if enough else mixed(own.money, sales, common, CHECK_WEIGHT)
    return Check(money=own.money, sales=sales, value=value, mixed=not enough)
