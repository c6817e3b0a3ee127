"""The one rounding rule (features, conventions): half up, once, when a figure is printed."""

from __future__ import annotations

from fractions import Fraction


def half_up(value: int | Fraction) -> int:
    """The nearest whole number; a half goes away from zero, so a lag mirrors a lead."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return whole if value >= 0 else -whole
