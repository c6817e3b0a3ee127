"""Several rows that speak of one thing put together: the legs of a call, the lines of an order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import Final

import msgspec

from cockpit.importing.batch import SIZE, Batch, Found
from cockpit.importing.cells import Cell, Row, text_of
from cockpit.importing.columns import BEFORE, ROW_ID, line_of
from cockpit.importing.conditions import Test
from cockpit.importing.errors import RowError
from cockpit.importing.identity import name_of
from cockpit.importing.mapping import Aggregate, Expr, Group
from cockpit.importing.numbers import number_of
from cockpit.importing.place import Place
from cockpit.importing.scope import Scope
from cockpit.importing.sources import Column
from cockpit.words import t

RowRecord = tuple[int, Row | RowError]
"""The line a row begins on, and the row, or why there is none."""

Step = Callable[[Cell, Cell], Cell]
"""The value of an aggregate after one more value. Raises RowError."""

_KINDS: Final = ("sum", "max", "min", "first", "last", "count")


class _Gathered(msgspec.Struct):
    """What is known of a group so far."""

    lines: list[int]
    row: Row
    values: list[Cell]
    broken: RowError | None = None


class _Part(msgspec.Struct, frozen=True):
    """An aggregate: which rows it looks at, what of them, and what becomes of it."""

    holds: Test | None
    read: Column
    step: Step


class Grouped(msgspec.Struct, frozen=True):
    """One row for each group, in the order of their first rows.

    `members` are the lines of all rows of a group by the first of them.
    """

    records: list[RowRecord]
    members: dict[int, list[int]]


def group_rows(records: Iterator[RowRecord], group: Group, scope: Scope, place: Place) -> Grouped:
    """Rows put together.

    A row has the aggregates in the order of the mapping, and behind them the cells of the
    group's first row. Its identity is what it is grouped by. A broken row breaks its whole
    group, and one whose group cannot be told stands alone.
    """
    keys = [scope.source(each, place.at("by")).read for each in _several(group.by)]
    if not keys:
        place.at("by").refuse(t("a value is missing"))
    parts = [_part(scope, spec, place.at(name)) for name, spec in group.columns.items()]
    groups: dict[tuple[str, ...], _Gathered] = {}
    found: list[_Gathered | RowRecord] = []
    while chunk := list(islice(records, SIZE)):
        found.extend((line, row) for line, row in chunk if isinstance(row, RowError))
        batch = Batch([row for _, row in chunk if not isinstance(row, RowError)])
        named = zip(*(key(batch) for key in keys), strict=True)
        looked = [(p.holds and p.holds(batch), p.read(batch)) for p in parts]
        for at, (row, of) in enumerate(zip(batch.rows, named, strict=True)):
            key = _key(of, row)
            line = line_of(row)
            if isinstance(key, RowError):
                found.append((line, key))
                continue
            gathered = groups.get(key)
            if gathered is None:
                row[ROW_ID] = name_of(key)
                gathered = groups[key] = _Gathered([], row, [None] * len(parts))
                found.append(gathered)
            gathered.lines.append(line)
            _add(gathered, parts, [(h is None or h[at], cells[at]) for h, cells in looked], row)
    return Grouped(
        [_finished(each) if isinstance(each, _Gathered) else each for each in found],
        {each.lines[0]: each.lines for each in groups.values()},
    )


def _several(by: Expr | tuple[Expr, ...]) -> tuple[Expr, ...]:
    """One or more values as several."""
    return by if isinstance(by, tuple) else (by,)


def _key(cells: Sequence[Found], row: Row) -> tuple[str, ...] | RowError:
    """What makes rows one group, or why the row has nothing of it."""
    key: list[str] = []
    for cell in cells:
        if isinstance(cell, RowError):
            return RowError(str(cell), map(text_of, row[BEFORE:]))
        key.append(text_of(cell))
    if not any(key):
        return RowError(t("what this row is grouped by is empty"), map(text_of, row[BEFORE:]))
    return tuple(key)


def _add(
    gathered: _Gathered,
    parts: Sequence[_Part],
    looked: Sequence[tuple[bool | RowError, Found]],
    row: Row,
) -> None:
    """One more row of a group."""
    try:
        for at, (holds, cell) in enumerate(looked):
            for error in (holds, cell if holds else None):
                if isinstance(error, RowError):
                    raise error
            if holds and not isinstance(cell, RowError):
                gathered.values[at] = parts[at].step(gathered.values[at], cell)
    except RowError as error:
        problem = t("line {line} of the group: {problem}", line=line_of(row), problem=str(error))
        gathered.broken = gathered.broken or RowError(problem, map(text_of, row[BEFORE:]))


def _finished(gathered: _Gathered) -> RowRecord:
    """The row of a whole group."""
    if gathered.broken is not None:
        return gathered.lines[0], gathered.broken
    row = gathered.row
    return gathered.lines[0], [*row[:BEFORE], *gathered.values, *row[BEFORE:]]


def _part(scope: Scope, spec: Aggregate, place: Place) -> _Part:
    """An aggregate put together; raises Refused unless it asks exactly one thing."""
    asked = [kind for kind in _KINDS if getattr(spec, kind) is not None]
    if len(asked) != 1:
        place.refuse(t("a column of a group has one of {kinds}", kinds=", ".join(_KINDS)))
    kind = asked[0]
    holds = None if spec.when is None else scope.test(spec.when, place.at("when"))
    expr: Expr = 1 if kind == "count" else getattr(spec, kind)
    return _Part(holds, scope.source(expr, place.at(kind)).read, _step(kind, scope))


def _step(kind: str, scope: Scope) -> Step:
    """What an aggregate does with each value it looks at."""
    mark = scope.formats.decimal
    if kind == "first":
        return lambda value, cell: cell if value is None else value
    if kind == "last":
        return lambda value, cell: value if cell is None else cell
    if kind in ("sum", "count"):

        def add(value: Cell, cell: Cell) -> Cell:
            number = number_of(cell, mark)
            if number is None:
                return value
            return Fraction(number) + (value if isinstance(value, Fraction) else 0)

        return add

    def extreme(value: Cell, cell: Cell) -> Cell:
        cell = cell if isinstance(cell, dt.date) else number_of(cell, mark)
        if value is None or cell is None:
            return value if cell is None else cell
        return cell if _above(cell, value) is (kind == "max") else value

    return extreme


def _above(cell: Cell, value: Cell) -> bool:
    """Whether a number or a moment is above another."""
    try:
        return bool(cell > value)  # type: ignore[operator]
    except TypeError:
        raise RowError(t("{a} and {b} cannot be compared", a=cell, b=value)) from None
