"""Lengths as sellers type them: `3m20`, `200s`, `3:20`, `1h05`, `3м20`, `1ó 5p`.

Read by hand, since compiling patterns would cost more than the rest of logging a call.
"""

from __future__ import annotations

from itertools import groupby
from typing import Final

from cockpit.entry.whole import whole
from cockpit.errors import Refused
from cockpit.words import t

_UNITS: Final[dict[str, int]] = {
    **dict.fromkeys(
        ("h", "hr", "hrs", "hour", "hours", "ч", "час", "часа", "часов", "ó", "óra"), 3600
    ),
    **dict.fromkeys(
        ("m", "min", "mins", "minute", "minutes", "м", "мин", "минут", "минуты", "p", "perc", "'"),
        60,
    ),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "с", "сек", "секунд", "mp", '"'), 1),
}

_MOST_DIGITS: Final = 9


def parse(text: str) -> int:
    """The length in seconds; raises Refused with what to type instead."""
    seconds = read(text)
    if seconds is None:
        raise Refused(t("{text} is not a length: type 3m20, 200s or 3:20", text=text))
    return seconds


def read(text: str, *, colons: bool = True) -> int | None:
    """The length in seconds, or None where the text is none.

    Without `colons` a form like `3:20` is left alone, for it may be the time of day.
    """
    clean = text.strip().casefold()
    if not clean[:1].isdecimal():
        return None
    if ":" in clean:
        return _of_colons(clean.split(":")) if colons else None
    return _of_units(clean)


def _of_colons(parts: list[str]) -> int | None:
    """`3:20` is minutes and seconds, `1:03:20` has hours in front."""
    numbers = [number for part in parts if (number := whole(part, _MOST_DIGITS)) is not None]
    if not 2 <= len(numbers) == len(parts) <= 3:
        return None
    *hours, minutes, seconds = numbers
    if len(parts[-1]) != 2 or seconds > 59 or (hours and minutes > 59) or minutes > 999:
        return None
    return sum(hours) * 3600 + minutes * 60 + seconds


def _of_units(clean: str) -> int | None:
    """Numbers with units, each unit smaller than the one before; a last bare number takes the
    next smaller unit, as in `3m20`.
    """
    pieces = ["".join(run) for _, run in groupby(clean.replace(" ", ""), str.isdecimal)]
    total, last = 0, 0
    for number, word in zip(pieces[::2], [*pieces[1::2], ""], strict=False):
        unit = _UNITS.get(word.rstrip(".")) if word else last // 60
        count = whole(number, _MOST_DIGITS)
        if not unit or count is None:
            return None
        seconds = count * unit
        if last and (unit >= last or seconds >= last):
            return None
        total, last = total + seconds, unit
    return total if last else None
