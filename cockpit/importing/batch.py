"""Rows gone through together, a column at a time: what is done to a value is done in one sweep.

A value that cannot be read is a RowError in its place, and breaks only a row that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar, cast

from cockpit.importing.cells import Cell, Row, Texts, all_text
from cockpit.importing.errors import RowError

SIZE: Final = 1024
"""How many rows are gone through together; more of them are no longer in the nearest memory."""

_REMEMBERED: Final = 1 << 17
"""How many different cells of a column are remembered with what was made of them."""

_MOSTLY: Final = 0.5
"""Where more than this share of a column's cells is new, they are not worth remembering."""

_GAPS: Final = frozenset((RowError, type(None)))

Found = Cell | RowError
R = TypeVar("R")

Together = Callable[[Sequence[str]], Sequence[R] | None]
"""What becomes of many texts at once; None where one of them is not of the plainest form."""


class Batch:
    """Some rows, and their cells by column."""

    def __init__(
        self, rows: Sequence[Row] = (), columns: Sequence[Sequence[Cell]] | None = None
    ) -> None:
        """Every row has at least the cells that are asked for; or `columns` are all of them."""
        self._rows = rows if columns is None else None
        self._count = len(rows) if columns is None else len(columns[0])
        self._columns = columns
        self._made: dict[object, object] = {}

    def __len__(self) -> int:
        """How many rows there are."""
        return self._count

    def row(self, at: int) -> Row:
        """One row."""
        if self._rows is not None:
            return self._rows[at]
        return [column[at] for column in self._columns or ()]

    @property
    def rows(self) -> Sequence[Row]:
        """Every row."""
        return [self.row(at) for at in range(len(self))] if self._rows is None else self._rows

    def picked(self, places: Sequence[int]) -> Batch:
        """The rows at some places."""
        return Batch([self.row(at) for at in places])

    def cells(self, at: int) -> Sequence[Cell]:
        """One cell of every row."""
        if not self._count:
            return ()
        if self._columns is None:
            self._columns = list(zip(*self.rows, strict=False))
        return self._columns[at]

    def once(self, read: Callable[[Batch], R]) -> R:
        """What a reader makes of these rows, which it is asked for the first time only."""
        if read not in self._made:
            self._made[read] = read(self)
        return cast("R", self._made[read])


def batch_of(rows: Sequence[Row]) -> Batch:
    """Some rows; where they are equally long, they need not be kept beside their columns."""
    even = len(set(map(len, rows))) == 1
    return Batch(columns=list(zip(*rows, strict=True))) if even else Batch(rows)


def each(
    convert: Callable[[Cell], R], together: Together[R] | None = None
) -> Callable[[Sequence[Found]], Sequence[R | RowError]]:
    """A function of a cell as one of a column; cells that come again are converted once.

    `together` does the same for many plain texts. Errors are not remembered: who is unknown now
    may be known later.
    """
    memo: dict[Found, R | RowError] = {}

    def sweep(cells: Sequence[Found]) -> Sequence[R | RowError]:
        if together is not None and all_text(cells):
            made = together(cells)
            if made is not None:
                return made
        fresh = set(cells).difference(memo)
        if broken(fresh):
            return [tried(convert, cell) for cell in cells]
        whole = cast("set[Cell]", fresh)
        try:
            if len(fresh) > _MOSTLY * len(cells):
                return list(map(convert, cast("Sequence[Cell]", cells)))
            memo.update(zip(whole, map(convert, whole), strict=True))
        except RowError:
            return [tried(convert, cell) for cell in cells]
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


def broken(values: Iterable[object]) -> bool:
    """Whether any of some values is an error."""
    return type(values) is not Texts and RowError in map(type, values)


def gaps(values: Iterable[object]) -> bool:
    """Whether any of some values is an error or nothing."""
    return type(values) is not Texts and not _GAPS.isdisjoint(map(type, values))
