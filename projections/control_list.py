"""Whom to control today, so that the money needed comes (feature P6, requirement row 18)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import msgspec


class ControlList(msgspec.Struct, frozen=True, kw_only=True):
    """The claims to control, the most promising first, and what they can be expected to bring.

    `short` is by how much that does not cover the need; 0 where it does.
    """

    keys: tuple[str, ...]
    expected: Fraction
    short: Fraction


def control_list(expected: Mapping[str, Fraction], need: Fraction) -> ControlList:
    """Claims by expected money until Σ expected ≥ need: no fewer of them would cover it."""
    keys: list[str] = []
    total = Fraction()
    for key in sorted(expected, key=lambda key: (-expected[key], key)):
        if total >= need:
            break
        keys.append(key)
        total += expected[key]
    return ControlList(keys=tuple(keys), expected=total, short=max(Fraction(), need - total))
