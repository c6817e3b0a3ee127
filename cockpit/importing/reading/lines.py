"""JSON lines, or one JSON document, as a table whose columns are dotted paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from cockpit.importing.cells import Cell, typed
from cockpit.importing.errors import RowError
from cockpit.importing.mapping import FileSpec
from cockpit.importing.place import Place
from cockpit.importing.reading.record import Record, Table, in_runs
from cockpit.words import t

_decoder = msgspec.json.Decoder(float_hook=Decimal)
_BROKEN: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, InvalidOperation)
_MARK: Final = b"\xef\xbb\xbf"
_SAMPLE: Final = 50

_SHOWN: Final = 1 << 16
"""So many bytes of a line that is no JSON are shown."""

_Found = Iterator[tuple[int, object]]
"""Values of the file or why there is none, each with its line, its place in an array, or 0."""


def open_lines(path: Path, spec: FileSpec, place: Place) -> Table:
    """The table of every path that occurs in the file; raises Refused, OSError."""
    entries = tuple(spec.each.split(".")) if spec.each else ()
    header: dict[str, int] = {}
    count = 0
    for _, found in _rows(path, entries, place):
        count += 1
        if not isinstance(found, RowError):
            for name in found:
                header.setdefault(name, len(header))
    if spec.each and not header:
        lists = {
            name for _, value in islice(_values(path, place), _SAMPLE) for name in _lists(value)
        }
        name = spec.each
        place.at("each").unknown(name, sorted(lists), t("no list is called {name}", name=name))

    def scan() -> Iterator[Record]:
        for line, found in _rows(path, entries, place):
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


def _rows(
    path: Path, entries: Sequence[str], place: Place
) -> Iterator[tuple[int, dict[str, Cell] | RowError]]:
    """Each object of the file, or of the lists at a path in it, flattened."""
    for number, value in _values(path, place):
        if isinstance(value, RowError):
            yield number, value
            continue
        try:
            rows = [_object(each) for each in (_spread(value, entries) if entries else (value,))]
        except RecursionError:
            rows = [RowError(t("this is nested too deeply"))]
        yield from ((number or entry, row) for entry, row in enumerate(rows, 1))


def _values(path: Path, place: Place) -> _Found:
    """The values of the lines, or those of the one document that the whole file is."""
    with path.open("rb") as file:
        begin = file.read(64).removeprefix(_MARK).lstrip()[:1]
        file.seek(0)
        if begin == b"[":
            yield from _array(path, place)
            return
        for number, line in enumerate(file, 1):
            bare = line.removeprefix(_MARK) if number == 1 else line
            if not bare.strip():
                continue
            value = _decoded(bare)
            if isinstance(value, RowError) and number == 1 and begin == b"{":
                whole = _decoded(path.read_bytes().removeprefix(_MARK))
                if not isinstance(whole, RowError):
                    yield 0, whole
                    return
            if isinstance(value, RowError):
                value = RowError(str(value), [bare[:_SHOWN].decode(errors="replace").strip()])
            yield number, value


def _decoded(text: bytes) -> object:
    """A value, or why there is none."""
    try:
        return _decoder.decode(text)
    except _BROKEN as error:
        return RowError(t("this is no JSON: {problem}", problem=str(error)))


def _array(path: Path, place: Place) -> _Found:
    """The values of a file that is one JSON array."""
    values = _decoded(path.read_bytes().removeprefix(_MARK))
    if isinstance(values, RowError):
        place.refuse(str(values))
    yield from enumerate(values if isinstance(values, list) else (), 1)


def _spread(value: object, entries: Sequence[str]) -> Iterator[object]:
    """A value once for each entry of the lists on the way to the end of a path, in their place."""
    if isinstance(value, list):
        for entry in value:
            yield from _spread(entry, entries)
    elif not entries:
        yield value
    elif isinstance(value, dict) and entries[0] in value:
        for entry in _spread(value[entries[0]], entries[1:]):
            yield {**value, entries[0]: entry}


def _lists(value: object, path: str = "") -> Iterator[str]:
    """The paths of the lists of a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _lists(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and path:
        yield path


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
