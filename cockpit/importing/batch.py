"""Rows gone through together, a column at a time: what is done to a value is done in one sweep.

A value that cannot be read is a RowError in its place, and breaks only a row that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from cockpit.importing.cells import Cell, Row
from cockpit.importing.errors import RowError

SIZE: Final = 8192
"""About how many rows are gone through together."""

_REMEMBERED: Final = 1 << 17
"""How many different cells of a column are remembered with what was made of them."""

Found = Cell | RowError
R = TypeVar("R")


class Batch:
    """Some rows, and their cells by column."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Every row has at least the cells that are asked for."""
        self.rows = rows
        self._columns: list[tuple[Cell, ...]] | None = None

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def cells(self, at: int) -> Sequence[Cell]:
        """One cell of every row."""
        if not self.rows:
            return ()
        if self._columns is None:
            self._columns = list(zip(*self.rows, strict=False))
        return self._columns[at]


def each(convert: Callable[[Cell], R]) -> Callable[[Sequence[Found]], list[R | RowError]]:
    """A function of a cell as one of a column; every different cell is converted once.

    Errors are not remembered: who is unknown now may be known later.
    """
    memo: dict[Found, R | RowError] = {}

    def sweep(cells: Sequence[Found]) -> list[R | RowError]:
        errors: dict[Found, R | RowError] = {}
        for cell in set(cells).difference(memo):
            made = tried(convert, cell)
            (errors if isinstance(made, RowError) else memo)[cell] = made
        if errors:
            found = [memo[cell] if cell in memo else errors[cell] for cell in cells]
        else:
            found = list(map(memo.__getitem__, cells))
        if len(memo) > _REMEMBERED:
            memo.clear()
        return found

    return sweep


def tried(convert: Callable[[Cell], R], cell: Found) -> R | RowError:
    """What a function makes of a cell, or why it makes nothing of it."""
    if isinstance(cell, RowError):
        return cell
    try:
        return convert(cell)
    except RowError as error:
        return error


def broken(values: Sequence[object]) -> bool:
    """Whether any of some values is an error."""
    return RowError in map(type, values)
