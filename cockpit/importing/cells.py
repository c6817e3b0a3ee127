"""What stands in a cell of a table, whatever file it came from.

A text file gives text only. A spreadsheet and JSON give numbers, days and moments as such, and
those are never read a second time as text.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeGuard

Cell = str | int | Decimal | Fraction | dt.date | dt.datetime | None
Row = list[Cell]
_PLACES = 40
_FARTHEST = 60
"""So many places on either side of the mark are a number; more are the trap of a few bytes."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def text_of(cell: Cell) -> str:
    """A cell as text: empty for nothing, a plain number, an ISO date or moment."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, int):
        return str(cell)
    return _plain(cell)


def seen(text: str) -> str:
    """A text without marks of direction and joining, which come along when a cell is copied."""
    return _UNSEEN.sub("", text)


class Texts(list[str]):
    """A column that is known to be text, so that nobody need look again."""

    __slots__ = ()


def all_text(cells: Iterable[object]) -> TypeGuard[Sequence[str]]:
    """Whether every cell is a text."""
    return type(cells) is Texts or {str}.issuperset(map(type, cells))


def typed(value: object) -> Cell:
    """A cell of a spreadsheet or a JSON document in the few types tables have."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else Decimal(repr(value))
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
    if isinstance(value, dt.time):
        return value.isoformat()
    if isinstance(value, Decimal) and abs(value.adjusted()) > _FARTHEST:
        return str(value)
    if value is None or isinstance(value, str | int | Decimal | dt.date):
        return value
    return str(value)


def _plain(number: Decimal | Fraction) -> str:
    """A number without exponent and without zeros at its end."""
    if isinstance(number, Decimal):
        text = format(number, "f")
    else:
        whole = abs(number.numerator) * 10**_PLACES // number.denominator
        digits = str(whole).rjust(_PLACES + 1, "0")
        text = f"{'-' if number < 0 else ''}{digits[:-_PLACES]}.{digits[-_PLACES:]}"
    return text.rstrip("0").rstrip(".") if "." in text else text
