"""The shape every reader gives: a header, and records with their line numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice

import msgspec

from cockpit.importing.batch import SIZE
from cockpit.importing.cells import Cell
from cockpit.importing.errors import RowError

Record = tuple[int, list[Cell] | list[str] | RowError]
"""The line a row begins on, from 1, and its cells, or why it has none."""


Run = list[Record]
"""Records one after the other, gone through together."""


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
