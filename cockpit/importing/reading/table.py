"""A file of any kind as one table."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cockpit.errors import Refused
from cockpit.importing.mapping import FileSpec
from cockpit.importing.place import Place
from cockpit.importing.reading.record import Record, Run, Table
from cockpit.words import t

__all__ = ["Record", "Run", "Table", "open_skipped", "open_table"]

_BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_MOST_LINES: Final = 1 << 31
_LINES = frozenset({".jsonl", ".ndjson", ".json"})


def open_table(path: Path, spec: FileSpec, place: Place) -> Table:
    """The table in a file; raises Refused where the file cannot be read as the mapping says."""
    kind = spec.format or _kind(path)
    if spec.each is not None and kind != "jsonl":
        place.at("each").refuse(t("only JSON has lists; say format = {format}", format='"jsonl"'))
    if not 0 <= spec.skip <= _MOST_LINES:
        place.at("skip").refuse(t("so many lines no file has"))
    if path.exists() and not path.is_file():
        raise Refused(t("{file} is no file; save what it brings as one first", file=str(path)))
    table = _opened(path, kind, spec, place)
    if not spec.fill:
        return table
    from cockpit.importing.reading.filling import filled

    return filled(table, spec, place.at("fill"))


def open_skipped(path: Path, spec: FileSpec, place: Place) -> Table | None:
    """The table in a file of the rows that were skipped before, None where a file is none."""
    if not path.is_file():
        return None
    from cockpit.importing.reading.rejected import delimiter_in, open_rejected

    try:
        delimiter = delimiter_in(path)
        return None if delimiter is None else open_rejected(path, delimiter, spec, place)
    except OSError:
        return None


def _opened(path: Path, kind: str, spec: FileSpec, place: Place) -> Table:
    """The table as it stands in the file."""
    try:
        if kind == "xlsx":
            from cockpit.importing.reading.book import open_book

            return open_book(path, spec, place)
        if kind == "jsonl":
            from cockpit.importing.reading.lines import open_lines

            return open_lines(path, spec, place)
        from cockpit.importing.reading.text import open_text

        return open_text(path, spec, place)
    except OSError as error:
        raise Refused(
            t("cannot read {file}: {problem}", file=str(path), problem=error.strerror or str(error))
        ) from None


def _kind(path: Path) -> str:
    """What a file's name says of its format; text unless it says something else."""
    suffix = path.suffix.casefold()
    return "xlsx" if suffix in _BOOKS else "jsonl" if suffix in _LINES else "csv"
