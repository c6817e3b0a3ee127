"""Readers of values, and how more is done to what they read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import TypeVar

import msgspec

from cockpit.importing.batch import Batch, Found, Together, each
from cockpit.importing.cells import Cell, Texts, all_text, text_of
from cockpit.importing.errors import RowError

Column = Callable[[Batch], Sequence[Found]]
"""Reads one value out of every row; None where there is nothing."""

Convert = Callable[[Cell], Cell]
"""What is done to a cell; raises RowError."""

R = TypeVar("R")


class Source(msgspec.Struct, frozen=True):
    """A column of values; `raw` is the cell of the row that it is, but for the spaces around it."""

    read: Column
    raw: int | None = None


def constant(cell: Cell) -> Source:
    """The same for every row."""
    return Source(lambda batch: [cell] * len(batch))


def column(at: int, nulls: frozenset[str]) -> Source:
    """A cell without the spaces around it; None where it is empty or one of `nulls`."""
    nothing = nulls | {""}

    def clean(cell: Cell) -> Cell:
        if isinstance(cell, str):
            text = cell.strip()
            return None if text in nothing else text
        return cell

    def read(batch: Batch) -> Sequence[Found]:
        cells = batch.cells(at)
        if all_text(cells):
            texts = Texts(map(str.strip, cells))
            return texts if nothing.isdisjoint(texts) else [clean(text) for text in texts]
        return [clean(cell) for cell in cells]

    return Source(lambda batch: batch.once(read), None if nulls else at)


def then(source: Source, convert: Convert) -> Source:
    """A source with one more step."""
    return Source(converted(source, convert))


def converted(
    source: Source, convert: Callable[[Cell], R]
) -> Callable[[Batch], Sequence[R | RowError]]:
    """A source's values as something that need not be cells."""
    read, sweep = source.read, each(convert)
    return lambda batch: sweep(read(batch))


def parsed(
    source: Source, parse: Callable[[Cell], R], together: Together[R] | None = None
) -> Callable[[Batch], Sequence[R | RowError]]:
    """The same by a function that itself passes over spaces around a text and over no text."""
    at, sweep = source.raw, each(parse, together)
    if at is None:
        return lambda batch: sweep(source.read(batch))
    return lambda batch: sweep(batch.cells(at))


def texts(source: Source) -> Callable[[Batch], Sequence[str | RowError]]:
    """A source's values as text, empty where there is none; a column of text is read but once."""
    read, sweep = source.read, each(text_of)

    def found(batch: Batch) -> Sequence[str | RowError]:
        cells = read(batch)
        return cells if all_text(cells) else sweep(cells)

    return found


def across(sources: Sequence[Source], combine: Callable[[Sequence[Cell]], Cell]) -> Column:
    """One value out of several of each row; the first that is broken breaks it."""

    def read(batch: Batch) -> Sequence[Found]:
        columns = [source.read(batch) for source in sources]
        rows = zip(*columns, strict=True) if columns else repeat((), len(batch))
        return [_combined(cells, combine) for cells in rows]

    return read


def _combined(cells: Sequence[Found], combine: Callable[[Sequence[Cell]], Cell]) -> Found:
    """What comes of some cells, or why nothing does."""
    good = [cell for cell in cells if not isinstance(cell, RowError)]
    if len(good) < len(cells):
        return next(cell for cell in cells if isinstance(cell, RowError))
    try:
        return combine(good)
    except RowError as error:
        return error


def literal(value: str | int | bool) -> Cell:
    """What the mapping itself says: its dates are ISO, however the file writes them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    read: Callable[[str], dt.date] = (
        dt.date.fromisoformat if len(value) <= 10 else dt.datetime.fromisoformat
    )
    try:
        moment = read(value)
    except ValueError:
        return value or None
    return moment if moment.isoformat() == value else value
