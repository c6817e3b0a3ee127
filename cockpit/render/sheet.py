"""A report's lines as text in the spoken language, column by column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import msgspec

from cockpit import formats, labels
from cockpit.render.lines import Line, lines, shown, unit_of, word
from projections.report import Column, Report

_FINER: Final = "required_per_day"
"""A day's share of a month loses too much in thousands, so it keeps one decimal more."""


_SIGNED: Final = frozenset({"deviation", "effect", "trend"})
"""Differences, which are read by their sign."""

STANDINGS: Final = {"below": "▼", "above": "▲"}
"""The sign of a share that differs from that of all together beyond chance."""

_MARKED: Final = {"share": "small", "last_day": "late"}
"""Columns whose figures get a star where the row says so; a note below tells what it means."""


class Scale(msgspec.Struct, frozen=True):
    """What amounts are counted in: 10^`power` currency units, with so many decimals."""

    power: int
    digits: int


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Heads and cells, and whether a column is of numbers and so stands on the right."""

    heads: list[str]
    cells: list[list[str]]
    right: list[bool]

    def only(self, places: Sequence[int]) -> Sheet:
        """The columns at these places."""
        return Sheet(
            heads=[self.heads[place] for place in places],
            cells=[[row[place] for place in places] for row in self.cells],
            right=[self.right[place] for place in places],
        )


def scales(report: Report) -> list[Scale]:
    """The scales a report's amounts can be shown in, the finest first; at least one.

    Coarser scales keep four figures of the largest amount.
    """
    biggest = _biggest(report)
    parts = formats.shown_digits(report.currency, report.minor_digits)
    found = [Scale(0, parts if biggest < 1000 else 0)]
    for power in (3, 6):
        scaled = biggest / 10**power
        if scaled >= 10:
            found.append(Scale(power, 0 if scaled >= 1000 else 1 if scaled >= 100 else 2))
    return found


def sheet(
    report: Report, names: Mapping[str, str], columns: Sequence[Column], scale: Scale
) -> Sheet:
    """The given columns of every line."""
    rows = shown(report)
    texts = [_column(column, rows, report, names, scale) for column in columns]
    return Sheet(
        heads=[head(column, report) for column in columns],
        cells=[list(cells) for cells in zip(*texts, strict=True)],
        right=[column.unit != "text" for column in columns],
    )


def head(column: Column, report: Report) -> str:
    """The head of a column; a cut goes by what it cuts by."""
    return labels.cut(report.question.by) if column.key == "cut" else labels.header(column.key)


def full(column: Column) -> str:
    """The head of a column in whole words; days have none but their short ones."""
    return labels.header(column.key) if column.unit == "date" else labels.figure(column.key)


def _biggest(report: Report) -> Fraction:
    """The largest amount on the sheet, in currency units."""
    money = [column.key for column in report.columns if column.unit == "money"]
    amounts = [abs(getattr(line.row, key) or 0) for line in lines(report) for key in money]
    return formats.major(max(amounts, default=0), report.minor_digits)


def _column(
    column: Column, rows: list[Line], report: Report, names: Mapping[str, str], scale: Scale
) -> list[str]:
    """One column, cell by cell."""
    if column.unit == "text":
        return [word(line, column.key, report, names) for line in rows]
    values = [getattr(line.row, column.key) for line in rows]
    if column.unit == "own":
        return [_own(line, column, report, scale) for line in rows]
    if column.unit == "money":
        digits = scale.digits + (1 if column.key == _FINER and scale.power else 0)
        values = [
            None if value is None else formats.major(value, report.minor_digits, scale.power)
            for value in values
        ]
    else:
        digits = _decimals(column, values)
    cells = [_figure(column, value, digits) for value in values]
    if column.key not in _MARKED:
        return cells
    marks = [_mark(line, column.key) for line in rows]
    return [mark + cell for mark, cell in zip(marks, cells, strict=True)]


def _mark(line: Line, key: str) -> str:
    """A star, or the sign of a share that lies apart from all together beyond chance."""
    if getattr(line.row, _MARKED[key], False):
        return "*"
    return STANDINGS.get(getattr(line.row, "standing", None) or "", "") if key == "share" else ""


def _own(line: Line, column: Column, report: Report, scale: Scale) -> str:
    """A figure in the unit of its row, with the sign a neighbour in another unit makes needful."""
    value = getattr(line.row, column.key)
    unit = unit_of(column, line.row)
    if value is None:
        return formats.UNKNOWN
    if unit == "money":
        return formats.number(formats.major(value, report.minor_digits, scale.power), scale.digits)
    if unit == "share":
        return formats.share(value)
    if unit == "ratio":
        return formats.ratio(value)
    return formats.number(value, 0 if Fraction(value).denominator == 1 else 1)


def _decimals(column: Column, values: list[object]) -> int:
    """Counts that are not all whole numbers keep one decimal, all of them; scores always do."""
    if column.unit == "score":
        return 1
    whole = all(value.denominator == 1 for value in values if isinstance(value, int | Fraction))
    return 0 if column.unit != "count" or whole else 1


def _figure(column: Column, value: object, digits: int) -> str:
    """A figure in its unit; per cent goes without its sign, which stands in the head."""
    if isinstance(value, dt.date):
        return formats.day(value)
    if not isinstance(value, int | Fraction):
        return formats.UNKNOWN if value is None else str(value)
    if column.key in _SIGNED:
        return formats.deviation(value, digits)
    match column.unit:
        case "percent":
            return formats.number(value, signed=column.key == "deviation_percent")
        case "share":
            return formats.share(value)
        case "ratio":
            return formats.ratio(value)
        case "seconds":
            return formats.duration(value)
    return formats.number(value, digits)
