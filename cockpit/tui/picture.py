"""Small pictures made of characters, for those who would rather look than read.

Every line is as few runs of one tone as it can be, for each run costs the wire an escape. What a
picture shows also stands beside it in figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import msgspec

from cockpit.render.cells import fit
from cockpit.render.cells import width as cells_of
from cockpit.tui.sheet import Piece, Tone, add

EIGHTHS: Final = "▁▂▃▄▅▆▇█"
"""A cell filled from below, an eighth more each."""

_WIDEST: Final = 8
_HALF: Final = 2
_LEAST_LABEL: Final = 4
"""A label says something from so many cells on."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a picture: what stands below it, how high it is, its figure if there is room."""

    label: str
    value: Fraction | int
    figure: str = ""
    tone: Tone = "plain"


def columns(bars: Sequence[Column], width: int, height: int) -> tuple[tuple[Piece, ...], ...]:
    """Bars side by side, `height` lines of them, then their labels, then figures where they fit.

    Nothing at all where there is less room than a cell for each. The highest bar is full; one of
    any height at all is seen.
    """
    most = max((bar.value for bar in bars), default=0)
    if not bars or most <= 0 or width < len(bars):
        return ()
    size = min(_WIDEST, width // len(bars))
    levels = [_level(bar.value, most, height * len(EIGHTHS)) for bar in bars]
    lines = [
        _row(bars, [level - place * len(EIGHTHS) for level in levels], size)
        for place in reversed(range(height))
    ]
    lines.append(_texts([bar.label for bar in bars], size, least=_LEAST_LABEL))
    if all(cells_of(bar.figure) < size for bar in bars):
        lines.append(_texts([bar.figure for bar in bars], size))
    return tuple(lines)


def strip(values: Sequence[Fraction | None]) -> str:
    """A cell for each value, the highest full; a dot where nothing is known."""
    most = max((value for value in values if value is not None), default=Fraction())
    return "".join(_cell(value, most) for value in values)


def floating(start: Fraction | int, end: Fraction | int, low: Fraction | int,
             high: Fraction | int, width: int) -> str:  # fmt: skip
    """A bar from `start` to `end` on a scale from `low` to `high`, to half a cell."""
    if high <= low or width <= 0:
        return ""
    halves = width * _HALF
    first, last = sorted((_place(start, low, high, halves), _place(end, low, high, halves)))
    last = max(last, first + 1) if start != end else last
    if last > halves:
        first, last = halves - 1, halves
    cells = (_halves(first, last, place) for place in range(width))
    return "".join(cells).rstrip()


def _place(value: Fraction | int, low: Fraction | int, high: Fraction | int, halves: int) -> int:
    """How many half cells lie below a value."""
    return round(Fraction(value - low) * halves / Fraction(high - low))


def _halves(first: int, last: int, place: int) -> str:
    """What of a cell lies between two half cells."""
    left, right = place * _HALF, place * _HALF + 1
    inside = first <= left < last, first <= right < last
    return {(True, True): "█", (True, False): "▌", (False, True): "▐"}.get(inside, " ")


def _cell(value: Fraction | None, most: Fraction) -> str:
    """One cell of a strip."""
    if value is None:
        return "·"
    return EIGHTHS[_level(value, most, len(EIGHTHS)) - 1] if value > 0 else "_"


def _level(value: Fraction | int, most: Fraction | int, full: int) -> int:
    """How many eighths a bar fills; at least one where it is anything."""
    return max(1, round(Fraction(value) * full / Fraction(most))) if value > 0 else 0


def _row(bars: Sequence[Column], levels: Sequence[int], size: int) -> tuple[Piece, ...]:
    """A line through all bars; `levels` are the eighths that reach above its lower edge."""
    runs: list[Piece] = []
    thick = max(1, size - 1)
    for bar, level in zip(bars, levels, strict=True):
        block = EIGHTHS[min(level, len(EIGHTHS)) - 1] if level > 0 else " "
        add(runs, block * thick + " " * (size - thick), bar.tone)
    return tuple(runs)


def _texts(texts: Sequence[str], size: int, least: int | None = None) -> tuple[Piece, ...]:
    """Texts below their bars; one that would run into the next is left out, or with `least` cut
    where so many cells of it can be seen.
    """
    limit = len(texts) * size + 1
    line = " " * (limit - 1)
    for place, text in reversed(list(enumerate(texts))):
        taken, room = cells_of(text), limit - 1 - place * size
        start = min(place * size, limit - 1 - taken) if place == len(texts) - 1 else place * size
        if least is not None and place < len(texts) - 1 and taken > room >= least:
            text, taken = fit(text, room), room
        if text and start + taken < limit and start >= 0:
            line = line[:start] + text + line[start + taken :]
            limit = start
    return ((line.rstrip(), "muted"),)
