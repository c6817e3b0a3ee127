"""The exact bridge from plan to fact over volume × conversions × average check (feature P5).

A way is planned revenue = N×c₁×…×cₙ×A against the same with facts. The deviation falls to the
factors by log-mean weights: effect(x) = M·ln(x₁÷x₀) with M = (R₁-R₀)÷ln(R₁÷R₀). Logarithms are
decimals of fifty digits, never floats; what they leave beyond the minor unit is given out by the
largest remainder, so the effects add up to the deviation to the minor unit.

Where a factor is zero or below it has no logarithm. Then the facts are put in the place of the
plan one after another in the order of the chain, and each step is the effect of its factor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Final

import msgspec

from projections.rounding import half_up

DIGITS: Final = 50


class Side(msgspec.Struct, frozen=True):
    """Events of each step of the chain in order, the sale last, and the money they brought."""

    counts: tuple[Fraction, ...]
    money: Fraction

    @property
    def factors(self) -> tuple[Fraction | None, ...]:
        """Volume, the conversions and the average check; None where a step before is empty."""
        ends = (*self.counts[1:], self.money)
        return self.counts[0], *(
            end / start if start else None for start, end in zip(self.counts, ends, strict=True)
        )


class Bridge(msgspec.Struct, frozen=True):
    """The effect of each factor in minor units, and the log mean M, None where it is not used.

    The effects of a bridge `in_turn` are those of putting the facts in one after another.
    """

    effects: tuple[int, ...]
    mean: Fraction | None

    @property
    def in_turn(self) -> bool:
        """Whether a factor was zero."""
        return self.mean is None


def bridge(plan: Side, fact: Side) -> Bridge:
    """The deviation by its factors; the plan must have a count for every step.

    The effects add up to the deviation, rounded half up to the minor unit.
    """
    before, after = _positive(plan), _positive(fact)
    if before is None or after is None:
        return Bridge(_whole(in_turn(plan, fact), half_up(fact.money - plan.money)), None)
    with localcontext() as context:
        context.prec = DIGITS
        mean = _mean(_decimal(fact.money), _decimal(plan.money))
        parts = [
            Fraction(mean * _decimal(new / old).ln())
            for old, new in zip(before, after, strict=True)
        ]
    return Bridge(_whole(parts, half_up(fact.money - plan.money)), Fraction(mean))


def in_turn(plan: Side, fact: Side) -> list[Fraction]:
    """The effects of the facts put in for the plan in the order of the chain.

    After a step's fact is in, revenue is that many events at what the plan expects of each.
    """
    worth = [plan.money / count if count else Fraction() for count in plan.counts]
    reached = [count * each for count, each in zip(fact.counts, worth, strict=True)]
    stages = [plan.money, *reached, fact.money]
    return [new - old for old, new in pairwise(stages)]


def largest_remainder(parts: Sequence[Fraction], total: int) -> tuple[int, ...]:
    """Whole numbers near the parts that add up to the total, which is near the sum of the parts.

    Every part is rounded down; what is missing goes to those that lost most, the earlier first.
    """
    floors = [part.numerator // part.denominator for part in parts]
    missing = total - sum(floors)
    order = sorted(range(len(parts)), key=lambda place: floors[place] - parts[place])
    for place in range(missing):
        floors[order[place % len(order)]] += 1
    return tuple(floors)


def _whole(parts: Iterable[Fraction], total: int) -> tuple[int, ...]:
    return largest_remainder(list(parts), total)


def _positive(side: Side) -> list[Fraction] | None:
    """The factors, if each of them has a logarithm."""
    found = [factor for factor in side.factors if factor is not None and factor > 0]
    return found if len(found) == len(side.factors) else None


def _mean(one: Decimal, other: Decimal) -> Decimal:
    """The log mean, which lies between both."""
    return one if one == other else (one - other) / (one / other).ln()


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
