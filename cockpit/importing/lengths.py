"""Lengths of time in seconds: plain numbers in a declared unit, `3:20`, `1:03:20`, `3m20`."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cockpit.entry import durations
from cockpit.importing.cells import Cell, text_of
from cockpit.importing.errors import RowError
from cockpit.importing.mapping import Lengths
from cockpit.words import t
from projections.rounding import half_up

_UNITS: Final[dict[Lengths, Fraction]] = {
    "s": Fraction(1),
    "ms": Fraction(1, 1000),
    "min": Fraction(60),
    "h": Fraction(3600),
}
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_CLOCK: Final = re.compile(r"(\d+):([0-5]\d)(?::([0-5]\d))?")


def seconds_of(cell: Cell, unit: Lengths) -> int | None:
    """Whole seconds, half up; None where the cell is empty. Raises RowError.

    `unit` says what a plain number counts, or whether `3:20` is hours and minutes.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, int | Decimal | Fraction):
        return half_up(Fraction(cell) * _UNITS.get(unit, Fraction(1)))
    text = text_of(cell)
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return half_up(Fraction(text.replace(",", ".")) * _UNITS.get(unit, Fraction(1)))
    clock = _CLOCK.fullmatch(text)
    if clock and (unit == "hh:mm" or clock[3]):
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
    seconds = durations.read(text)
    if seconds is None:
        raise RowError(t("{text} is no length of time", text=text))
    return seconds
