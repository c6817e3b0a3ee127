"""What was found out for one question and serves the next, as long as the model's file stays.

A page that is followed by another one never changes, so the sums over pages up to one of them
hold for good; those over the last page hold for the position of the model. Events as they were
logged never change at all. Sums are kept by the day, so that the dials may step from day to day
and each step adds up one new day.
"""

from __future__ import annotations

from collections.abc import ItemsView, Set
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

import msgspec

from projections.fold.deeds import Text
from projections.fold.sums import Group, Measures
from projections.fold.view import View
from projections.model.beginning import Beginning, Dated
from projections.model.pack import Cut, Packing, cut_of
from projections.source import Cell, Dimension, Version

if TYPE_CHECKING:
    from projections.model.edge import Edge

DAYS: Final = 2048
"""How many sums of a day are kept."""

CELLS: Final = 256
"""For how many days their cells are kept as well."""

PERIODS: Final = 32
"""How many sums of periods are kept."""

FACTS: Final = 16_384
"""How many facts are kept, whole ones and those that are only counted."""

STEPS: Final = 64
"""How many beginnings of pages are kept: of the days that somebody steps through."""

NEAR: Final = 32
"""For how many pages the beginning asked for last is kept, for steps forward."""

VIEWS: Final = 128
"""For how many views it is kept what no whole page holds; they share most of it."""

EDGES: Final = 2
"""How many days seen in part are kept with all their events."""

_UNASKED: Final[Cut] = (None, None, None, None, None, None, None, None, None)

K = TypeVar("K")
V = TypeVar("V")

Sums: TypeAlias = dict[Group, Measures]

Stamp: TypeAlias = tuple[int, int]
"""A page, and the position of the model where that page may still grow."""


class Deed(msgspec.Struct, frozen=True, gc=False):
    """When a fact occurred, as an ordinal, and the deal it names: no more than counting takes."""

    day: int
    deal: str


class Rest(msgspec.Struct, frozen=True):
    """The cells that are in no whole page, to be added to those of whole pages up to a day."""

    last: int
    cells: list[Dated]


class Asked(msgspec.Struct, frozen=True):
    """What sums are asked for, whatever the days and the dials."""

    activities: tuple[str, ...]
    by: tuple[Dimension, ...]
    sellers: tuple[str, ...]


class Some(Generic[K, V]):
    """A dictionary that forgets the older half of what it holds when it has grown too large."""

    def __init__(self, most: int) -> None:
        """`most` is how many entries there may be."""
        self._most = most
        self._held: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """What is held under a key, None where nothing is."""
        return self._held.get(key)

    def those(self, keys: Set[K]) -> dict[K, V]:
        """What is held of some keys."""
        held = self._held
        return {key: held[key] for key in keys & held.keys()}

    def items(self) -> ItemsView[K, V]:
        """All that is held, the oldest first."""
        return self._held.items()

    def put(self, key: K, value: V) -> None:
        """Hold it from now on."""
        if len(self._held) >= self._most:
            for old in list(self._held)[: self._most // 2]:
                del self._held[old]
        self._held[key] = value


class Cuts(dict[int, int]):
    """One number for all cuts that agree in some places."""

    def __init__(self, places: tuple[int, ...]) -> None:
        """No places are asked for where everything is alike."""
        super().__init__()
        self._places = places
        self.asked = bool(places)
        self._first: dict[tuple[Text, ...], int] = {}
        self._values: dict[int, Cut] = {}

    def learn(self, number: int, text: str) -> None:
        """Look closer at a cut that is new, as it is stored."""
        cut = cut_of(text)
        values = tuple(cut[place] for place in self._places)
        found = self[number] = self._first.setdefault(values, number)
        if found == number:
            self._values[number] = cut

    def values_of(self, number: int) -> Cut:
        """The cut that gave others its number; what stands in the places holds for all of them."""
        return self._values.get(number, _UNASKED)


class Memory:
    """What a keeper's sources share; it belongs to one file of the model."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.sums: Some[tuple[Asked, int, Stamp], bytes] = Some(DAYS)
        self.packing = Packing()
        self.periods: Some[tuple[Asked, tuple[tuple[int, Stamp], ...]], list[Cell]] = Some(PERIODS)
        self.cells: Some[tuple[Asked, int, Stamp], list[Cell]] = Some(CELLS)
        self.facts: Some[int, Version] = Some(FACTS)
        self.deeds: Some[int, Deed] = Some(FACTS)
        self.steps: Some[tuple[int, int], Beginning] = Some(STEPS)
        self.near: Some[int, tuple[int, Beginning]] = Some(NEAR)
        self.beyond: Some[tuple[int, View], Rest] = Some(VIEWS)
        self.edges: Some[tuple[int, int], Edge] = Some(EDGES)
        self.sellers: dict[int, str] = {}
        self.alike: dict[tuple[int, ...], Cuts] = {}
