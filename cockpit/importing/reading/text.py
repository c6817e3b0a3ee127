"""Delimited text. A broken row costs itself alone, even where a quote is left open in it."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import methodcaller
from pathlib import Path
from typing import Final

import msgspec

from cockpit.importing.batch import SIZE
from cockpit.importing.cells import Cell, Texts
from cockpit.importing.errors import RowError
from cockpit.importing.mapping import FileSpec
from cockpit.importing.place import Place
from cockpit.importing.reading.encoding import encoding_of
from cockpit.importing.reading.record import Grid, Record, Run, Table
from cockpit.words import t

_DELIMITERS: Final = ",;\t|"
_NAMED: Final = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_SAMPLE: Final = 50

_SHOWN: Final = 1 << 16
"""So many characters of a line that could not be taken apart are shown."""

csv.field_size_limit(1 << 24)
"""A cell may hold a letter or a whole chat; without a bound an open quote would eat the file."""


_ESCAPED: Final = "cockpit.escaped"
"""How bytes that could not be decoded are marked, in encodings of any width."""


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """A lone surrogate for each of them: no text of a file has one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff" * (error.end - error.start), error.end


codecs.register_error(_ESCAPED, _escaped)


class _Style(msgspec.Struct, frozen=True, kw_only=True):
    """How the text is taken apart."""

    path: Path
    encoding: str
    errors: str
    delimiter: str
    quote: str
    escape: str | None
    skip: int


class _Lines:
    """The lines of a file; those of the record at hand can be given back and read anew."""

    def __init__(self, lines: Iterator[str], number: int) -> None:
        self._lines = lines
        self._back: list[str] = []
        self.number = number
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._lines)
        self.number += 1
        self.taken.append(line)
        return line

    def ahead(self, count: int) -> list[str]:
        """The next lines, as many as there are up to a number."""
        source = self if self._back else self._lines
        lines = list(islice(source, count))
        if source is not self:
            self.number += len(lines)
        return lines

    def give_back(self, lines: Sequence[str]) -> None:
        """Lines that were just taken, to be taken once more."""
        self._back.extend(reversed(lines))
        self.number -= len(lines)

    def give_back_all_but_the_first(self) -> None:
        """After a record that swallowed the lines behind it."""
        self.give_back(self.taken[1:])


def open_text(path: Path, spec: FileSpec, place: Place) -> Table:
    """The table in a delimited text file; raises Refused, OSError."""
    for key, sign in (("quote", spec.quote), ("escape", spec.escape)):
        if sign and not _is_sign(sign):
            place.at(key).refuse(t("this is one character"))
    encoding = encoding_of(path, spec, place)
    lenient = "replace" if spec.errors == "replace" else _ESCAPED
    style = _Style(
        path=path,
        encoding=encoding.name,
        errors="strict" if encoding.clean else lenient,
        delimiter="",
        quote=spec.quote,
        escape=spec.escape or None,
        skip=spec.skip,
    )
    style = msgspec.structs.replace(style, delimiter=_delimiter(style, spec, place))
    header = _header(style, place) if spec.header else spec.columns
    width = len(header) if spec.header else None
    pad = spec.short_rows == "pad"
    dirty = style.errors == _ESCAPED

    def runs() -> Iterator[Run]:
        found = _runs(style, width, pad=pad)
        if spec.header:
            next(found, None)
        return (_readable(run, encoding.name) for run in found) if dirty else found

    return Table(
        header=header, runs=runs, width=width, closed=True, lines=encoding.lines, texts=True
    )


def _records(style: _Style) -> Iterator[Record]:
    """Every record that is not blank, of whatever width; a look at the first ones takes few."""
    return chain.from_iterable(_runs(style, None, pad=False, size=_SAMPLE))


def _runs(style: _Style, width: int | None, *, pad: bool, size: int = SIZE) -> Iterator[Run]:
    """Every record that is not blank, those with another number of cells as errors.

    The first one, which may be the header, comes by itself. So many lines are taken apart at once;
    where one of them is not plain, one by one.
    """
    with style.path.open(encoding=style.encoding, errors=style.errors, newline="") as file:
        lines = _Lines(islice(file, style.skip, None), style.skip)
        count = 1
        while some := lines.ahead(count):
            first = lines.number - len(some) + 1
            run: Run | None = _grid(some, first, style, width) or _whole(some, first, style, width)
            if run is None:
                upto = lines.number
                lines.give_back(some)
                run = list(_one_by_one(lines, upto, style, width, pad=pad))
            if run:
                yield run
                count = size


def _grid(lines: Sequence[str], first: int, style: _Style, width: int | None) -> Grid | None:
    """The records of lines with all their cells in which no sign has a meaning but the delimiter;
    else None. `first` is the number of the first line.

    A single column is left to Python's reader, for which an empty line is no record.
    """
    between = style.delimiter
    if width is None or width == 1 or max(map(len, lines)) > csv.field_size_limit():
        return None
    text = "".join(lines).replace("\r\n", "\n")
    signs = (style.quote, style.escape, "\r")
    if any(sign and sign in text for sign in signs) or between in "\r\n":
        return None
    if set(map(methodcaller("count", between), lines)) != {width - 1}:
        return None
    cells = text.removesuffix("\n").replace("\n", between).split(between)
    return Grid(first, [Texts(cells[at::width]) for at in range(width)])


def _whole(lines: Sequence[str], first: int, style: _Style, width: int | None) -> Run | None:
    """The records of lines of which every one is a record with all its cells; else None."""
    try:
        records = list(_reader(lines, style))
    except csv.Error:
        return None
    plain = len(records) == len(lines) and set(map(len, records)) == {width}
    return list(enumerate(records, first)) if plain else None


def _one_by_one(
    lines: _Lines, upto: int, style: _Style, width: int | None, *, pad: bool
) -> Iterator[Record]:
    """Records with whatever may be wrong with them, until the lines up to a number are taken."""
    reader = _reader(lines, style)
    while lines.number < upto:
        start = lines.number + 1
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            torn = RowError(
                _problem(error, lines.taken), [line[:_SHOWN] for line in lines.taken[:1]]
            )
            lines.give_back_all_but_the_first()
            reader = _reader(lines, style)
            yield start, torn
            continue
        if width is None or len(cells) == width:
            if cells:
                yield start, cells
            continue
        if not cells:
            continue
        whole = fitted(cells, width, pad=pad)
        if isinstance(whole, RowError) and len(lines.taken) > 1:
            lines.give_back_all_but_the_first()
            reader = _reader(lines, style)
        yield start, whole


def _problem(error: csv.Error, taken: Sequence[str]) -> str:
    """What is wrong with a record that Python's reader does not take."""
    if "field limit" in str(error) and len(taken) == 1:
        return t("a cell has more than {count} characters", count=csv.field_size_limit())
    return t("a quote is out of place or never closed")


def _reader(lines: Iterable[str], style: _Style) -> Iterator[list[str]]:
    """Python's own reader, strict: what it would have to guess is an error."""
    return csv.reader(
        lines,
        delimiter=style.delimiter,
        quotechar=style.quote or None,
        quoting=csv.QUOTE_MINIMAL if style.quote else csv.QUOTE_NONE,
        escapechar=style.escape,
        strict=True,
    )


def fitted(cells: list[str], width: int, *, pad: bool) -> list[str] | RowError:
    """A row with the header's number of cells, where only empty ones are too many."""
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    if len(cells) < width and pad:
        return cells + [""] * (width - len(cells))
    problem = t("{count} cells where the header has {width}", count=len(cells), width=width)
    if len(cells) < width:
        problem += t("; if the others may be empty, say {key}", key='short_rows = "pad"')
    return RowError(problem, cells)


def _readable(run: Run, encoding: str) -> Run:
    """The same records, those with bytes outside the encoding as errors."""
    return [(line, _legible(cells, encoding)) for line, cells in run]


def _legible(
    cells: list[Cell] | list[str] | RowError, encoding: str
) -> list[Cell] | list[str] | RowError:
    """The cells of a row, or that they hold bytes outside the encoding."""
    if isinstance(cells, RowError) or _encodable("".join(map(str, cells))):
        return cells
    legible = [str(cell).encode(errors="replace").decode() for cell in cells]
    return RowError(t("bytes that are not {encoding}", encoding=encoding), legible)


def _encodable(text: str) -> bool:
    """Whether a text holds no byte that could not be decoded."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _header(style: _Style, place: Place) -> tuple[str, ...]:
    """The cells of the first record; raises Refused where there is none that reads."""
    for line, cells in _records(style):
        if isinstance(cells, RowError):
            place.at("header").refuse(t("line {line}: {problem}", line=line, problem=str(cells)))
        if not all(_encodable(str(cell)) for cell in cells):
            place.at("encoding").refuse(t("the header is not {encoding}", encoding=style.encoding))
        return tuple(str(cell) for cell in cells)
    return ()


def _is_sign(text: str) -> bool:
    """Whether a text is one character that may mean something inside a line."""
    return len(text) == 1 and text not in "\r\n\0"


def _delimiter(style: _Style, spec: FileSpec, place: Place) -> str:
    """The declared delimiter, or the one that cuts the first lines most evenly."""
    if spec.delimiter is not None:
        named = _NAMED.get(spec.delimiter, spec.delimiter)
        if not _is_sign(named):
            place.at("delimiter").refuse(t("a delimiter is one character, or tab"))
        return named
    return max(_DELIMITERS, key=lambda each: _evenness(style, each))


def _evenness(style: _Style, delimiter: str) -> tuple[int, int]:
    """How many of the first records have the commonest number of cells above one; that number."""
    trial = msgspec.structs.replace(style, delimiter=delimiter)
    widths = [
        len(cells)
        for _, cells in islice(_records(trial), _SAMPLE)
        if not isinstance(cells, RowError) and len(cells) > 1
    ]
    if not widths:
        return 0, 0
    common = max(set(widths), key=widths.count)
    return widths.count(common), common
