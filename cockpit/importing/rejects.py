"""The rows an import skipped, in a file that says of each where it was and what was wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from cockpit.errors import Refused
from cockpit.importing.cells import Cell, text_of
from cockpit.words import t
from events.errors import Unwritable


class Rejects:
    """A CSV file: line, reason, and the row's own cells; nothing at all without a path."""

    def __init__(self, path: Path | None, header: Sequence[str]) -> None:
        """Raises Refused where the file cannot be written."""
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
        self._rows: list[tuple[int, str, tuple[str, ...]]] = []

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
                writer.writerow(("line", "reason", *self._header))
                writer.writerows((n, reason, *cells) for n, reason, cells in sorted(self._rows))
        except OSError as problem:
            raise Unwritable(
                "cannot write {file}: {problem}", file=self._file.name, problem=problem.strerror
            ) from None

    def add(self, line: int, reason: str, cells: Iterable[Cell]) -> None:
        """One row with its cells, as far as they could be told apart."""
        if self._file is not None:
            self._rows.append((line, reason, tuple(map(text_of, cells))))
