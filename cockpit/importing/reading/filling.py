"""Cells that a report leaves empty because what stands above holds for them too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from cockpit.importing.cells import Cell, text_of
from cockpit.importing.columns import columns_of
from cockpit.importing.errors import RowError
from cockpit.importing.mapping import FileSpec
from cockpit.importing.place import Place
from cockpit.importing.reading.record import Record, Table, in_runs


def filled(table: Table, spec: FileSpec, place: Place) -> Table:
    """The table with the cells of some columns carried down; raises Refused for an unknown one."""
    columns = columns_of(table, spec)
    found = (columns.find(each, place.at(number)) for number, each in enumerate(spec.fill, 1))
    places = [at - columns.first for at in found if at is not None]
    return msgspec.structs.replace(table, runs=lambda: in_runs(_carried(table.scan(), places)))


def _carried(records: Iterator[Record], places: Sequence[int]) -> Iterator[Record]:
    """Every record, with the last text above where a cell is empty."""
    above: dict[int, Cell] = {}
    for line, cells in records:
        if isinstance(cells, RowError):
            yield line, cells
            continue
        whole: list[Cell] = list(cells)
        for at in places:
            if at < len(whole) and text_of(whole[at]):
                above[at] = whole[at]
            elif at < len(whole):
                whole[at] = above.get(at, whole[at])
        yield line, whole
