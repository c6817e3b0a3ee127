"""The agenda as data (feature P7): what is talked about, in which order, for how long."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A point of the agenda: its box in seconds, and the section of the screen it is bound to."""

    id: str
    seconds: int
    section: str


DEFAULT: tuple[Item, ...] = (
    Item(id="plan_fact", seconds=300, section="plan_fact"),
    Item(id="activity", seconds=240, section="activity"),
    Item(id="conversions", seconds=240, section="conversions"),
    Item(id="close", seconds=120, section="close"),
)
"""Fifteen minutes."""


def total(agenda: Sequence[Item]) -> int:
    """All boxes together, in seconds."""
    return sum(item.seconds for item in agenda)


def find(agenda: Sequence[Item], item: str) -> Item | None:
    """The point with this id; None where the agenda has no such point (any more)."""
    return next((each for each in agenda if each.id == item), None)


def neighbour(agenda: Sequence[Item], item: str, step: int) -> Item | None:
    """The point so many places on; None past either end. An unknown point stands before the first.

    `step` is +1 for the next and -1 for the previous one.
    """
    place = next((index for index, each in enumerate(agenda) if each.id == item), -1) + step
    return agenda[place] if 0 <= place < len(agenda) else None
