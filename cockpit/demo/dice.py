"""Chance that falls the same way every time: one stream of numbers per named purpose."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws that depend on nothing but the names it was made with.

    Only `random.Random.random` is used underneath: it is the one method whose sequence Python
    promises to keep from version to version.
    """

    def __init__(self, *names: object) -> None:
        """Two dice of the same names fall alike; a further name makes an independent one."""
        self._names = names
        self.share = random.Random("/".join(str(name) for name in names)).random

    def fork(self, *names: object) -> Dice:
        """Dice for a narrower purpose, untouched by what was drawn here before."""
        return Dice(*self._names, *names)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.share() * (high - low + 1))

    def chance(self, percent: float) -> bool:
        """True in so many cases of a hundred."""
        return self.share() * 100 < percent

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[int(self.share() * len(choices))]

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """One of the choices, each as likely as the weight beside it."""
        mark = self.share() * sum(weight for _, weight in choices)
        for choice, weight in choices:
            mark -= weight
            if mark < 0:
                return choice
        return choices[-1][0]


def uuid7(milliseconds: int, share: float, other: float) -> str:
    """A UUID of version 7 for a moment (since 1970, UTC) and two draws from 0 to 1."""
    high, low = int(share * (1 << 12)), int(other * (1 << 53))
    digits = f"{milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
