"""JSON lines (or one JSON array) as a table whose columns are dotted paths."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import msgspec

from cockpit.importing.cells import Cell, typed
from cockpit.importing.errors import RowError
from cockpit.importing.place import Place
from cockpit.importing.reading.record import Record, Table, in_runs
from cockpit.words import t

_decoder = msgspec.json.Decoder(float_hook=Decimal)


def open_lines(path: Path, place: Place) -> Table:
    """The table of every path that occurs in the file; raises Refused, OSError."""
    header: dict[str, int] = {}
    count = 0
    for _, found in _objects(path, place):
        count += 1
        if not isinstance(found, RowError):
            for name in found:
                header.setdefault(name, len(header))

    def scan() -> Iterator[Record]:
        for line, found in _objects(path, place):
            if isinstance(found, RowError):
                yield line, found
            else:
                yield line, [found.get(name) for name in header]

    return Table(
        header=tuple(header),
        runs=lambda: in_runs(scan()),
        width=len(header),
        closed=False,
        lines=count,
        texts=False,
    )


def _objects(path: Path, place: Place) -> Iterator[tuple[int, dict[str, Cell] | RowError]]:
    """Each object of the file, flattened, with its line (its place, in an array)."""
    with path.open("rb") as file:
        if file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"[":
            yield from _array(path, place)
            return
        file.seek(0)
        for number, line in enumerate(file, 1):
            bare = line.lstrip(b"\xef\xbb\xbf") if number == 1 else line
            if not bare.strip():
                continue
            try:
                value = _decoder.decode(bare)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                yield number, RowError(t("this is no JSON: {problem}", problem=str(error)))
            else:
                yield number, _object(value)


def _array(path: Path, place: Place) -> Iterator[tuple[int, dict[str, Cell] | RowError]]:
    """The objects of a file that is one JSON array."""
    try:
        values = _decoder.decode(path.read_bytes().lstrip(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        place.refuse(t("this is no JSON: {problem}", problem=str(error)))
    for number, value in enumerate(values, 1):
        yield number, _object(value)


def _object(value: object) -> dict[str, Cell] | RowError:
    """A flattened object, or why a value is none."""
    if not isinstance(value, dict):
        return RowError(t("this is no JSON object"))
    return dict(_flat(value, ""))


def _flat(value: object, path: str) -> Iterator[tuple[str, Cell]]:
    """Every leaf with the dotted path to it; entries of a list are numbered from 0."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _flat(inner, f"{path}.{number}")
    else:
        yield path, typed(value)
