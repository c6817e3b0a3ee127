"""New and existing: which book an event belongs to, by the client's first sale in the whole log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

END: Final = 1 << 62
"""Later than every position."""

First: TypeAlias = tuple[int, int, str | None]
"""Business day, position and deal of a sale; the smallest one of a client is its first."""

Line: TypeAlias = tuple[tuple[int, First | None], ...]
"""What a client's first sale was taken to be: from which position on, and which. In order."""

Sale: TypeAlias = tuple[int, int, First]
"""A sale that holds from one position up to, not including, another."""

NEW: Final = "new"
EXISTING: Final = "existing"
UNSETTLED: Final = ""
"""Stands for a book that changes with what becomes known later."""


def line_of(sales: Iterable[Sale]) -> Line:
    """The first sale after every position that changed it."""
    moments: dict[int, tuple[list[First], list[First]]] = {}
    for since, until, sale in sales:
        moments.setdefault(since, ([], []))[0].append(sale)
        if until < END:
            moments.setdefault(until, ([], []))[1].append(sale)
    held: set[First] = set()
    line: list[tuple[int, First | None]] = []
    for position, (begun, ended) in sorted(moments.items(), key=lambda item: item[0]):
        held.difference_update(ended)
        held.update(begun)
        first = _earliest(held)
        if first != (line[-1][1] if line else None):
            line.append((position, first))
    return tuple(line)


def joined(line: Line, sales: Sequence[tuple[int, First]]) -> Line:
    """A line with later sales put in that were never repaired: it only moves to earlier days."""
    grown = list(line)
    for position, sale in sales:
        first = grown[-1][1] if grown else None
        if first is None or sale[:2] < first[:2]:
            grown.append((position, sale))
    return tuple(grown)


def first_at(line: Line, position: int) -> First | None:
    """The first sale as known after a position."""
    found = None
    for since, first in line:
        if since > position:
            break
        found = first
    return found


def book_of(first: First | None, day: int, seq: int, deal: str | None, sale: bool) -> str:
    """The book of a client's event on a day.

    It is existing where the first sale lies on an earlier day, or earlier on the same day with
    another deal and the event is itself a sale.
    """
    if first is None:
        return NEW
    sold, place, its_deal = first
    if sold < day or (sold == day and place < seq and sale and deal != its_deal):
        return EXISTING
    return NEW


def _earliest(held: set[First]) -> First | None:
    return min(held, key=lambda sale: sale[:2], default=None)


def settled(line: Line, day: int, seq: int, deal: str | None, sale: bool) -> str:
    """The book of an event logged at a position where it is the same ever after, or UNSETTLED."""
    known, first = line[-1]
    if known <= seq:
        return book_of(first, day, seq, deal, sale)
    if len(line) > 1 or first is None:
        return UNSETTLED
    return NEW if first[0] > day or (first[0] == day and not sale) else UNSETTLED
