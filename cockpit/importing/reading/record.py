"""The shape every reader gives: a header, and records with their line numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, count, islice
from typing import overload

import msgspec

from cockpit.importing.batch import SIZE
from cockpit.importing.cells import Cell
from cockpit.importing.errors import RowError

Record = tuple[int, list[Cell] | list[str] | RowError]
"""The line a row begins on, from 1, and its cells, or why it has none."""


Run = Sequence[Record]
"""Records one after the other, gone through together."""


class Grid(Sequence[tuple[int, list[Cell]]]):
    """Whole records of consecutive lines, kept by column; a row is made where one is asked for."""

    def __init__(self, line: int, columns: Sequence[Sequence[Cell]]) -> None:
        """The first line, and at least one column; they are equally long."""
        self.line = line
        self.columns = columns

    def __len__(self) -> int:
        """How many records there are."""
        return len(self.columns[0])

    def __iter__(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every record, its cells in a list of its own."""
        return zip(count(self.line), map(list, zip(*self.columns, strict=True)))

    @overload
    def __getitem__(self, at: int) -> tuple[int, list[Cell]]: ...

    @overload
    def __getitem__(self, at: slice) -> list[tuple[int, list[Cell]]]: ...

    def __getitem__(self, at: int | slice) -> tuple[int, list[Cell]] | list[tuple[int, list[Cell]]]:
        """One record, or a part of them."""
        return list(self)[at]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """`runs` starts from the first row every time it is called.

    `width` is the number of cells in a row, None where rows have the length they have. `closed`
    says that a column the header does not name is a mistake; documents without a header just
    leave out what is empty. `lines` is about how many lines there are. `texts` says that every
    cell is text.
    """

    header: tuple[str, ...]
    runs: Callable[[], Iterator[Run]]
    width: int | None
    closed: bool
    lines: int
    texts: bool

    def scan(self) -> Iterator[Record]:
        """Every record by itself."""
        return chain.from_iterable(self.runs())


def in_runs(records: Iterator[Record]) -> Iterator[Run]:
    """Records that come by themselves, put together."""
    while run := list(islice(records, SIZE)):
        yield run
