"""The agenda as data (feature P7): what is talked about, in which order, for how long."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, Literal

import msgspec

ItemId = Literal[
    "rhythm",
    "plan_fact",
    "activity",
    "conversions",
    "quality",
    "payments",
    "corrections",
    "case",
    "close",
]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A point of the agenda: its box in seconds, and the section of the screen it is bound to.

    With `turns` it goes seller by seller.
    """

    id: str
    seconds: int
    section: str
    turns: bool = False


BOXES: Final[Mapping[ItemId, int]] = {
    "rhythm": 90,
    "plan_fact": 90,
    "activity": 60,
    "conversions": 60,
    "quality": 60,
    "payments": 60,
    "corrections": 390,
    "case": 60,
    "close": 30,
}
"""Every item there is with its box in seconds: fifteen minutes."""

TURNS: Final = frozenset({"corrections"})
"""The items that go seller by seller."""


def arranged(
    order: Sequence[ItemId] = (),
    off: Collection[ItemId] = (),
    seconds: Mapping[ItemId, int] | None = None,
) -> tuple[Item, ...]:
    """The agenda as a department wants it.

    The items named in `order` come first, the others follow as they always do; those `off` are
    left out; `seconds` replaces boxes.
    """
    boxes = {**BOXES, **(seconds or {})}
    ids = dict.fromkeys([*order, *BOXES])
    return tuple(
        Item(id=each, seconds=boxes[each], section=each, turns=each in TURNS)
        for each in ids
        if each not in off
    )


DEFAULT: Final = arranged()
"""The agenda of who wants nothing else."""


def total(agenda: Sequence[Item], collapsed: Collection[str] = ()) -> int:
    """All boxes together, in seconds, without those of collapsed items."""
    return sum(item.seconds for item in agenda if item.id not in collapsed)


def find(agenda: Sequence[Item], item: str) -> Item | None:
    """The point with this id; None where the agenda has no such point (any more)."""
    return next((each for each in agenda if each.id == item), None)


def neighbour(
    agenda: Sequence[Item], item: str, step: int, collapsed: Collection[str] = ()
) -> Item | None:
    """The next point on the way that is not collapsed; None past either end.

    `step` is +1 for onwards and -1 for back. An unknown point stands before the first.
    """
    place = next((index for index, each in enumerate(agenda) if each.id == item), -1)
    ahead = agenda[place + 1 :] if step > 0 else agenda[: max(place, 0)][::-1]
    return next((each for each in ahead if each.id not in collapsed), None)
