"""Answers of pure functions that are given again while nothing they follow from has changed.

Stepping through the past asks for the same calendars, plans and norms at every step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

FEW: Final = 16
"""How many answers are held: a screen's period with the months it is compared with, and what a
busy month had of calendars and plans in turn."""


class Latest(Generic[P, R]):
    """A pure function that remembers its latest answers, found again by equal arguments.

    Equal is what `==` says, which is quick where the arguments are the very same objects.
    What it answers is shared, so nobody may change it.
    """

    def __init__(self, function: Callable[P, R]) -> None:
        """Nothing is remembered yet."""
        self._function = function
        self._held: tuple[tuple[object, R], ...] = ()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """The answer, worked out anew only for arguments not seen lately."""
        asked = (args, kwargs)
        for place, (known, answer) in enumerate(self._held):
            if known == asked:
                if place:
                    self._held = (self._held[place], *self._without(place))
                return answer
        answer = self._function(*args, **kwargs)
        self._held = ((asked, answer), *self._held[: FEW - 1])
        return answer

    def _without(self, place: int) -> tuple[tuple[object, R], ...]:
        return (*self._held[:place], *self._held[place + 1 :])
