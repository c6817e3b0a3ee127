"""The rows of a file as the rest of a mapping sees them: identified, sorted, put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import islice
from operator import itemgetter

import msgspec

from cockpit.importing.batch import SIZE, Batch, broken
from cockpit.importing.cells import Cell, Row, text_of
from cockpit.importing.columns import ROW_ID, Columns
from cockpit.importing.errors import RowError
from cockpit.importing.groups import RowRecord, group_rows
from cockpit.importing.identity import by_content
from cockpit.importing.mapping import Mapping
from cockpit.importing.place import Place
from cockpit.importing.reading import Table
from cockpit.importing.scope import Scope
from cockpit.importing.sources import converted

Rows = Callable[[], Iterator[RowRecord]]
"""Begins with the first row every time it is called."""


class Chunk(msgspec.Struct, frozen=True):
    """Some rows of a file: the whole ones, and the lines and the reasons of the broken ones."""

    batch: Batch
    broken: list[tuple[int, RowError]]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.batch) + len(self.broken)


Chunks = Callable[[], Iterator[Chunk]]
"""All rows; begins with the first one every time it is called."""


def rows_of(table: Table, scope: Scope, rules: Mapping, place: Place) -> tuple[Columns, Rows]:
    """The columns and the rows after sorting and grouping; `scope` names the file's own columns.

    A row begins with its line and a place for its identity. Raises Refused.
    """

    def rows() -> Iterator[RowRecord]:
        return _plain(table, scope)

    if rules.sort:
        ordered = _sorted(rows, scope, rules, place.at("sort"))
        rows = ordered.__iter__
    if rules.group is None:
        return scope.columns, rows
    grouped = group_rows(rows(), rules.group, scope, place.at("group"))
    added = tuple(rules.group.columns)
    return msgspec.structs.replace(scope.columns, added=added), grouped.__iter__


def chunked(rows: Rows, scope: Scope, *, ragged: bool, identify: bool) -> Chunks:
    """The rows by the thousand, with the cells and the identity that values of a scope ask for."""

    def chunks() -> Iterator[Chunk]:
        name = by_content() if identify and scope.identified else None
        reach = scope.reach if ragged else 0
        records = rows()
        while some := list(islice(records, SIZE)):
            torn = [(line, row) for line, row in some if isinstance(row, RowError)]
            whole = [row for _, row in some if not isinstance(row, RowError)]
            if reach:
                for row in whole:
                    row.extend([None] * (reach - len(row)))
            if name is not None:
                for row in whole:
                    row[ROW_ID] = name(row)
            yield Chunk(Batch(whole), torn)

    return chunks


def kept(chunks: Chunks) -> Chunks:
    """The same rows, read once and then remembered with what was made of them."""
    found: list[Chunk] = []

    def again() -> Iterator[Chunk]:
        if not found:
            found.extend(chunks())
        return iter(found)

    return again


def _plain(table: Table, scope: Scope) -> Iterator[RowRecord]:
    """The rows of the file itself."""
    ragged = table.width is None
    for line, cells in table.scan():
        if isinstance(cells, RowError):
            yield line, cells
            continue
        row: Row = [line, "", *cells]
        if ragged and len(row) < scope.reach:
            row.extend([None] * (scope.reach - len(row)))
        yield line, row


def _sorted(rows: Rows, scope: Scope, rules: Mapping, place: Place) -> list[RowRecord]:
    """The rows by the values of `sort`, those without one and broken ones first."""
    keys = [
        converted(scope.source(each, place.at(number)), _comparable)
        for number, each in enumerate(rules.sort, 1)
    ]
    records = list(rows())
    whole = [record for record in records if not isinstance(record[1], RowError)]
    batch = Batch([row for _, row in whole if not isinstance(row, RowError)])
    ranks = zip(*(key(batch) for key in keys), strict=True)
    ranked = [
        ((0, 0) if broken(rank) else (1, rank), record)
        for rank, record in zip(ranks, whole, strict=True)
    ]
    ranked.sort(key=itemgetter(0))
    torn = [record for record in records if isinstance(record[1], RowError)]
    return [*torn, *(record for _, record in ranked)]


def _comparable(cell: Cell) -> tuple[int, object]:
    """A cell among others of any type: numbers, dates, texts, nothing."""
    if cell is None:
        return 3, 0
    if isinstance(cell, str | dt.date):
        return (2 if isinstance(cell, str) else 1), text_of(cell)
    return 0, cell
