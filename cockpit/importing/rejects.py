"""The rows an import skipped, in a file that says of each where it was and what was wrong.

`cockpit.importing.reading.rejected` reads it again once the rows are put right.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from cockpit.errors import Refused
from cockpit.importing.cells import Cell, text_of
from cockpit.importing.errors import RowError
from cockpit.importing.reading import Record
from cockpit.importing.reading.rejected import LEAD, TYPES, letter_of
from cockpit.words import t
from events.errors import Unwritable


class Rejects:
    """A CSV file: line, reason, and the row's own cells; nothing at all without a path."""

    def __init__(self, path: Path | None, header: Sequence[str], *, texts: bool = True) -> None:
        """`texts` says that every cell is text. Raises Refused where the file cannot be written."""
        self._file = None
        if path is None:
            return
        try:
            self._file = path.open("w", encoding="utf-8", errors="replace", newline="")
        except OSError as error:
            raise Refused(
                t("cannot write {file}: {problem}", file=str(path), problem=error.strerror)
            ) from None
        self._header = tuple(header)
        self._texts = texts
        self._rows: list[tuple[int, str, tuple[Cell, ...]]] = []

    def __enter__(self) -> Self:
        """The file itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the rows in the order of their lines."""
        if self._file is None:
            return
        try:
            with self._file as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow((*LEAD, *(() if self._texts else (TYPES,)), *self._names()))
                writer.writerows(map(self._written, sorted(self._rows, key=itemgetter(0))))
        except OSError as problem:
            raise Unwritable(
                "cannot write {file}: {problem}", file=self._file.name, problem=problem.strerror
            ) from None

    def add(self, line: int, reason: str, cells: Iterable[Cell]) -> None:
        """One row with its cells, as far as they could be told apart."""
        if self._file is not None:
            self._rows.append((line, reason, tuple(cells)))

    def spread(self, members: Mapping[int, Sequence[int]], records: Iterable[Record]) -> None:
        """Put every row of a group in the place of the one that stands for it.

        `members` are the lines of the groups by their first ones, `records` the file's own.
        """
        if self._file is None or not self._rows:
            return
        whole = {each: row for row in self._rows for each in members.get(row[0], (row[0],))}
        self._rows = [
            (line, whole[line][1], cells.cells if isinstance(cells, RowError) else tuple(cells))
            for line, cells in records
            if line in whole
        ]

    def _names(self) -> Sequence[str]:
        """The header of the file, or numbers where it has none."""
        widest = max((len(cells) for _, _, cells in self._rows), default=0)
        return self._header or [str(number) for number in range(1, widest + 1)]

    def _written(self, row: tuple[int, str, tuple[Cell, ...]]) -> Sequence[object]:
        """A row as it is written."""
        line, reason, cells = row
        types = () if self._texts else ("".join(map(letter_of, cells)),)
        return (line, reason, *types, *map(text_of, cells))
