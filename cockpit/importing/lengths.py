"""Lengths of time in seconds: plain numbers in a declared unit, `3:20`, `3m20`, `PT3M20S`."""

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
_CLOCK: Final = re.compile(r"(\d{1,9}):([0-5]?\d)(?::([0-5]?\d(?:[.,]\d{1,9})?))?")
_ISO: Final = re.compile(
    r"P(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?)?"
)
_ISO_UNITS: Final = (86400, 3600, 60, 1)


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
        return half_up(_exact(text) * _UNITS.get(unit, Fraction(1)))
    clock = _CLOCK.fullmatch(text)
    if clock and (unit == "hh:mm" or clock[3]):
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + half_up(_exact(clock[3] or "0"))
    iso = _ISO.fullmatch(text)
    if iso and iso.lastindex:
        parts = zip(iso.groups(default="0"), _ISO_UNITS, strict=True)
        return half_up(sum((_exact(part) * seconds for part, seconds in parts), Fraction()))
    seconds = durations.read(text)
    if seconds is None:
        raise RowError(t("{text} is no length of time; write it as 200, 3:20 or 3m20", text=text))
    return seconds


def _exact(text: str) -> Fraction:
    """A plain number with either decimal mark."""
    return Fraction(text.replace(",", "."))
