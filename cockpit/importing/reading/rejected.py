"""The rows an import skipped, read again once they are put right.

Whatever file they came from, they lie in one way of writing: `cockpit.importing.rejects` writes it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from cockpit.importing.cells import Cell, text_of
from cockpit.importing.errors import RowError
from cockpit.importing.mapping import FileSpec
from cockpit.importing.place import Place
from cockpit.importing.reading.record import Record, Table, in_runs
from cockpit.importing.reading.text import fitted, open_text
from cockpit.words import t

LEAD: Final = ("line", "reason")
TYPES: Final = "cell types"
"""Where not every cell was text, a column that says with a letter for each what it was."""

_BEGIN: Final = re.compile(r'"?line"?([,;\t|])"?reason"?(?:\1|\r?\n|$)')
_PEEKED: Final = 64


def letter_of(cell: Cell) -> str:
    """What a cell is: a day or a moment, a number, or text."""
    if isinstance(cell, dt.date):
        return "d"
    return "t" if cell is None or isinstance(cell, str) else "n"


def delimiter_in(path: Path) -> str | None:
    """The delimiter of a file of skipped rows, None where the file is another; raises OSError."""
    with path.open("rb") as file:
        begin = file.read(_PEEKED).decode("utf-8-sig", "replace")
    found = _BEGIN.match(begin)
    return found and found[1]


def open_rejected(path: Path, delimiter: str, spec: FileSpec, place: Place) -> Table:
    """The rows as the file of `spec` had them, each with its line there; raises Refused."""
    raw = open_text(path, FileSpec(delimiter=delimiter, header=False), place)
    line, first = next(raw.scan())
    if isinstance(first, RowError):
        place.at("header").refuse(t("line {line}: {problem}", line=line, problem=str(first)))
    named = [*map(str, first)]
    typed = named[len(LEAD) : len(LEAD) + 1] == [TYPES]
    lead = len(LEAD) + typed
    header = tuple(named[lead:])
    pad = spec.short_rows == "pad" or not spec.header
    width = len(header) if spec.header else None

    def scan() -> Iterator[Record]:
        convert = partial(_record, lead=lead, width=width, pad=pad, typed=typed)
        return map(convert, islice(raw.scan(), 1, None))

    return Table(
        header=header if spec.header else spec.columns,
        runs=lambda: in_runs(scan()),
        width=width,
        closed=not typed,
        lines=raw.lines,
        texts=not typed,
    )


def _record(record: Record, *, lead: int, width: int | None, pad: bool, typed: bool) -> Record:
    """A record without what stands in front of it."""
    line, cells = record
    if isinstance(cells, RowError):
        return _line(cells.cells, line), RowError(str(cells), cells.cells[lead:])
    texts = [*map(str, cells)]
    own = texts[lead:]
    row = own if width is None or len(own) == width else fitted(own, width, pad=pad)
    if not typed or isinstance(row, RowError):
        return _line(texts, line), row
    letters = "".join(texts[lead - 1 : lead]).ljust(len(row))
    return _line(texts, line), [_typed(*pair) for pair in zip(letters, row, strict=False)]


def _line(texts: Sequence[str], line: int) -> int:
    """The line in the first file, or in this one where a row was added here."""
    first = text_of(texts[0]) if texts else ""
    return int(first) if first.isdecimal() and len(first) < _PEEKED else line


def _typed(letter: str, text: str) -> Cell:
    """A cell as it was; one that reads no longer like that is text."""
    reads: dict[str, Callable[[str], Cell]] = {"n": _number, "d": _day}
    try:
        return reads[letter](text.strip())
    except (KeyError, ValueError, InvalidOperation):
        return text


def _number(text: str) -> Cell:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return int(text) if text.lstrip("-").isdecimal() else number


def _day(text: str) -> Cell:
    moment = dt.datetime.fromisoformat(text)
    return moment if len(text) > len("2026-03-05") else moment.date()
