"""The rows of a file as the rest of a mapping sees them: identified, sorted, put together."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter

import msgspec

from cockpit.importing.batch import SIZE, Batch, batch_of, broken
from cockpit.importing.cells import Cell, Row, text_of
from cockpit.importing.columns import ROW_ID, Columns
from cockpit.importing.errors import RowError
from cockpit.importing.groups import RowRecord, group_rows
from cockpit.importing.identity import by_content
from cockpit.importing.mapping import Mapping
from cockpit.importing.place import Place
from cockpit.importing.reading import Grid, Run, Table
from cockpit.importing.scope import Scope
from cockpit.importing.sources import converted

Rows = Callable[[], Iterator[Sequence[RowRecord]]]
"""Rows by the thousand; begins with the first one every time it is called."""

Members = dict[int, list[int]]
"""The lines of all rows of a group by the first of them."""


class Chunk(msgspec.Struct, frozen=True):
    """Some rows of a file: the whole ones, and the lines and the reasons of the broken ones."""

    batch: Batch
    broken: list[tuple[int, RowError]]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.batch) + len(self.broken)


Chunks = Callable[[], Iterator[Chunk]]
"""All rows; begins with the first one every time it is called."""


def rows_of(
    table: Table, scope: Scope, rules: Mapping, place: Place
) -> tuple[Columns, Rows, Members]:
    """The columns, the rows after sorting and grouping, and the lines of groups by their first
    ones; `scope` names the file's own columns.

    A row begins with its line and a place for its identity. Raises Refused.
    """

    def rows() -> Iterator[Sequence[RowRecord]]:
        return (_plain(run, table, scope) for run in table.runs())

    if rules.sort:
        rows = partial(_cut, _sorted(rows, scope, rules, place.at("sort")))
    if rules.group is None:
        return scope.columns, rows, {}
    grouped = group_rows(chain.from_iterable(rows()), rules.group, scope, place.at("group"))
    added = tuple(rules.group.columns)
    columns = msgspec.structs.replace(scope.columns, added=added)
    return columns, partial(_cut, grouped.records), grouped.members


def chunked(rows: Rows, scope: Scope, *, ragged: bool, identify: bool) -> Chunks:
    """The rows by the thousand, with the cells and the identity that values of a scope ask for."""

    def chunks() -> Iterator[Chunk]:
        name = by_content() if identify and scope.identified else None
        reach = scope.reach if ragged else 0
        for some in rows():
            if isinstance(some, Grid):
                yield Chunk(_identified(some, name), [])
                continue
            torn = [(line, row) for line, row in some if isinstance(row, RowError)]
            whole = [row for _, row in some if not isinstance(row, RowError)]
            if reach:
                for row in whole:
                    row.extend([None] * (reach - len(row)))
            if name is not None:
                for row in whole:
                    row[ROW_ID] = name(row)
            yield Chunk(batch_of(whole), torn)

    return chunks


def _identified(grid: Grid, name: Callable[[Row], str] | None) -> Batch:
    """Rows that are all whole, with their identity where one is asked for."""
    if name is None:
        return Batch(columns=grid.columns)
    columns = [*grid.columns]
    columns[ROW_ID] = [name(row) for row in map(list, zip(*columns, strict=True))]
    return Batch(columns=columns)


def kept(chunks: Chunks) -> tuple[Chunks, Chunks]:
    """The same rows to be looked at and then to be used up, read once if both is done."""
    found: deque[Chunk] = deque()

    def looked_at() -> Iterator[Chunk]:
        for chunk in chunks():
            found.append(chunk)
            yield chunk

    def used_up() -> Iterator[Chunk]:
        if not found:
            yield from chunks()
        while found:
            yield found.popleft()

    return looked_at, used_up


def _plain(run: Run, table: Table, scope: Scope) -> Sequence[RowRecord]:
    """The rows of the file itself."""
    if isinstance(run, Grid):
        lines = range(run.line, run.line + len(run))
        return Grid(run.line, [lines, [""] * len(run), *run.columns])
    rows: list[RowRecord] = [
        (line, cells if isinstance(cells, RowError) else [line, "", *cells]) for line, cells in run
    ]
    if table.width is None:
        for _, row in rows:
            if not isinstance(row, RowError):
                row.extend([None] * (scope.reach - len(row)))
    return rows


def _cut(rows: Sequence[RowRecord]) -> Iterator[Sequence[RowRecord]]:
    """Rows by the thousand."""
    return (rows[at : at + SIZE] for at in range(0, len(rows), SIZE))


def _sorted(rows: Rows, scope: Scope, rules: Mapping, place: Place) -> list[RowRecord]:
    """The rows by the values of `sort`: broken ones first, those whose value is empty last."""
    keys = [
        converted(scope.source(each, place.at(number)), _comparable)
        for number, each in enumerate(rules.sort, 1)
    ]
    records = list(chain.from_iterable(rows()))
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
