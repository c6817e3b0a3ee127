"""A sheet of a spreadsheet, its numbers and dates as such."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, load_workbook

from cockpit.importing.cells import Cell, text_of, typed
from cockpit.importing.mapping import FileSpec
from cockpit.importing.place import Place
from cockpit.importing.reading.record import Record, Table, in_runs
from cockpit.words import t


def open_book(path: Path, spec: FileSpec, place: Place) -> Table:
    """The table on a sheet, the first one unless the mapping names it; raises Refused, OSError."""
    path.stat()
    try:
        book = load_workbook(str(path))
        sheet = _sheet(book, spec, place)
        rows = [[typed(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    except CalamineError as error:
        place.refuse(
            t(
                "{file} is no whole spreadsheet ({problem}): save it anew,"
                " or say {format} where it is text",
                file=path.name,
                problem=str(error),
                format='format = "csv"',
            )
        )
    top = spec.skip
    header = spec.columns
    if spec.header:
        while top < len(rows) and not any(map(text_of, rows[top])):
            top += 1
        header = tuple(text_of(cell) for cell in rows[top]) if top < len(rows) else ()
        top += 1

    def scan() -> Iterator[Record]:
        for number, row in enumerate(rows[top:], top + 1):
            if any(cell is not None and cell != "" for cell in row):
                yield number, list[Cell](row)

    width = len(header) if spec.header else None
    return Table(
        header=header,
        runs=lambda: in_runs(scan()),
        width=width,
        closed=True,
        lines=len(rows),
        texts=False,
    )


def _sheet(book: CalamineWorkbook, spec: FileSpec, place: Place) -> CalamineSheet:
    """The sheet by its name or its number from 1."""
    wanted = 1 if spec.sheet is None else spec.sheet
    names = book.sheet_names
    if isinstance(wanted, int):
        if not 1 <= wanted <= len(names):
            place.at("sheet").refuse(t("there are {count} sheets", count=len(names)))
        return book.get_sheet_by_index(wanted - 1)
    if wanted not in names:
        place.at("sheet").unknown(wanted, names, t("no sheet is called {name}", name=wanted))
    return book.get_sheet_by_name(wanted)
