"""Rows gone through together, a column at a time: what is done to a value is done in one sweep.

A value that cannot be read is a RowError in its place, and breaks only a row that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeGuard, TypeVar

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
            if isinstance(cell, RowError):
                errors[cell] = cell
                continue
            try:
                memo[cell] = convert(cell)
            except RowError as error:
                errors[cell] = error
        if errors:
            found = [memo[cell] if cell in memo else errors[cell] for cell in cells]
        else:
            found = list(map(memo.__getitem__, cells))
        if len(memo) > _REMEMBERED:
            memo.clear()
        return found

    return sweep


def whole(values: Sequence[R | RowError]) -> TypeGuard[Sequence[R]]:
    """Whether none of some values is an error."""
    return RowError not in map(type, values)
