"""The cells of one page while they are summed, their keys as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from projections.fold.deeds import Dims, Key, Tally, Text
from projections.fold.sums import MEASURES, Measures

How: TypeAlias = tuple[Text, Text, Text, Dims]
"""Book, direction, bucket, and whose and what else: a cell's key but for activity and day."""

Way: TypeAlias = tuple[Text, Text, Text, int]
"""The same with a place for whose and what else."""

DAY_BITS: Final = 22
"""Enough for the ordinal of any date, so that a number and a day make one integer."""

_DAY: Final = (1 << DAY_BITS) - 1


class _Places(dict[Dims, int]):
    """A place for every combination of whose and what else.

    Combinations are made of a few texts, each kept once: what is looked at over and over has to
    lie close together.
    """

    def __init__(self) -> None:
        super().__init__()
        self.met: list[Dims] = []
        self._texts: dict[Text, Text] = {}

    def __missing__(self, dims: Dims) -> int:
        once = self._texts.setdefault
        seller, channel, segment, territory, product, group, temperature = dims
        kept = (
            once(seller, seller), once(channel, channel), once(segment, segment),
            once(territory, territory), once(product, product), once(group, group),
            once(temperature, temperature),
        )  # fmt: skip
        found = self[kept] = len(self.met)
        self.met.append(kept)
        return found


class Numbers(dict[Way, int]):
    """A number for every combination of what cells are cut by, a new one where it is new.

    Most of a combination is its dimensions, which come up again and again: they have places of
    their own, so that a way is told from others by its small parts.
    """

    def __init__(self) -> None:
        """Numbers begin with 1."""
        super().__init__()
        self.places = _Places()
        self.ways: list[How] = []

    def __missing__(self, way: Way) -> int:
        """The number after the last one."""
        book, direction, bucket, place = way
        self.ways.append((book, direction, bucket, self.places.met[place]))
        found = self[way] = len(self.ways)
        return found

    def of(self, how: How) -> int:
        """The number of a combination in full."""
        book, direction, bucket, dims = how
        return self[book, direction, bucket, self.places[dims]]


class PageCells:
    """Sums of one page by day and activity, and within those by number."""

    def __init__(self, numbers: Numbers) -> None:
        """The numbers are shared by the pages of a fold."""
        self.numbers = numbers
        self._groups: dict[tuple[int, str], dict[int, Measures]] = {}

    def put(self, activity: str, sums: Iterable[tuple[int, Measures]]) -> None:
        """Add sums of one activity, each with a code made of a number and a day."""
        group: dict[int, Measures] = {}
        last = 0
        for code, values in sums:
            day = code & _DAY
            if day != last:
                group = self._groups.setdefault((day, activity), {})
                last = day
            number = code >> DAY_BITS
            if number in group:
                _add(group[number], values)
            else:
                group[number] = values

    def tally(self, day: int, what: Tally, late: bool, sign: int = 1) -> None:
        """Put one contribution in, or take it out."""
        key, *values = what
        activity, seller, book, direction, bucket, *cuts = key
        channel, segment, territory, product, group, temperature = cuts
        dims = (seller, channel, segment, territory, product, group, temperature)
        number = self.numbers.of((book, direction, bucket, dims))
        found = self._groups.setdefault((day, activity), {}).setdefault(number, [0] * MEASURES)
        _add(found, [sign * value for value in (1, *values, int(late))])

    def groups(self) -> Iterator[tuple[int, str, list[tuple[int, Measures]]]]:
        """Day, activity and the numbered cells of every group in order; cells and groups that
        came to nothing are left out.
        """
        for (day, activity), group in sorted(self._groups.items()):
            cells = [item for item in group.items() if any(item[1])]
            if cells:
                yield day, activity, cells

    def cells(self) -> Iterator[tuple[int, Key, Measures]]:
        """Every cell with its day."""
        for day, activity, group in self.groups():
            for number, values in group:
                book, direction, bucket, (seller, *cuts) = self.numbers.ways[number - 1]
                channel, segment, territory, product, its, temperature = cuts
                key = (activity, seller, book, direction, bucket, channel, segment, territory,
                       product, its, temperature)  # fmt: skip
                yield day, key, values


def _add(sums: Measures, values: Iterable[int]) -> None:
    for place, value in enumerate(values):
        sums[place] += value
