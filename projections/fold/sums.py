"""Sums by any dimensions, and the cells they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import add as plus
from operator import itemgetter
from sys import intern
from typing import Final, TypeAlias

from projections.fold.deeds import Text
from projections.period import date_of
from projections.source import Cell, Dimension

Measures: TypeAlias = list[int]
"""n, amount, cost, direct, seconds, unmeasured, brief, reached, told, late."""

MEASURES: Final = 10

PLACES: Final[tuple[Dimension, ...]] = (
    "activity",
    "seller",
    "book",
    "direction",
    "bucket",
    "channel",
    "segment",
    "territory",
    "product",
    "group",
    "temperature",
)
"""The dimensions in the order of a key."""

Group: TypeAlias = tuple[int | str | None, ...]
"""The values of the asked dimensions; a day is an ordinal."""


def grouper(by: Sequence[Dimension]) -> Callable[[int, Iterable[Text]], Group]:
    """From a day and a key to what a cell is summed under."""
    places = [PLACES.index(name) + 1 if name != "day" else 0 for name in by]
    if not places:
        return lambda _day, _key: ()
    if len(places) == 1:
        (only,) = places
        return lambda day, key: ((day, *key)[only],)
    chosen: Callable[[Group], Group] = itemgetter(*places)
    return lambda day, key: chosen((day, *key))


def add(sums: dict[Group, Measures], group: Group, values: Iterable[int]) -> None:
    """Add measures to a group's."""
    found = sums.get(group)
    sums[group] = list(values) if found is None else list(map(plus, found, values))


def cells_of(sums: dict[Group, Measures], by: Sequence[Dimension]) -> list[Cell]:
    """The groups whose numbers are not all zero, sorted by their values with None first."""
    kept = [(group, values) for group, values in sums.items() if any(values)]
    kept.sort(key=lambda item: [(value is not None, value) for value in item[0]])
    return [_cell(group, values, by) for group, values in kept]


def _cell(group: Group, values: Measures, by: Sequence[Dimension]) -> Cell:
    named: dict[str, Text] = {}
    day = None
    for name, value in zip(by, group, strict=True):
        if isinstance(value, int):
            day = date_of(value)
        elif value is not None:
            named[name] = intern(value)
    n, amount, cost, direct, seconds, unmeasured, brief, reached, told, late = values
    return Cell(
        day=day,
        n=n,
        amount=amount,
        cost=cost,
        direct=direct,
        seconds=seconds,
        unmeasured=unmeasured,
        brief=brief,
        reached=reached,
        told=told,
        late=late,
        **named,
    )
