"""The shape every reader gives: a header, and records with their line numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from cockpit.importing.cells import Cell
from cockpit.importing.errors import RowError

Record = tuple[int, list[Cell] | list[str] | RowError]
"""The line a row begins on, from 1, and its cells, or why it has none."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """`scan` starts from the first row every time it is called.

    `width` is the number of cells in a row, None where rows have the length they have. `closed`
    says that a column the header does not name is a mistake; documents without a header just
    leave out what is empty. `lines` is about how many lines there are. `texts` says that every
    cell is text.
    """

    header: tuple[str, ...]
    scan: Callable[[], Iterator[Record]]
    width: int | None
    closed: bool
    lines: int
    texts: bool
