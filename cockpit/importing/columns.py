"""Columns by their name, by their number from 1, and by name and number where a name repeats."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import msgspec

from cockpit.importing.cells import Row, text_of
from cockpit.importing.mapping import FileSpec
from cockpit.importing.place import Place
from cockpit.importing.reading.record import Table
from cockpit.words import t

LINE: Final = 0
ROW_ID: Final = 1
BEFORE: Final = 2
"""Every row begins with its line and its identity."""

_NUMBER: Final = re.compile(r"\d{1,9}")
_NUMBERED: Final = re.compile(r"(.*)#(\d{1,9})")
_SPACE: Final = re.compile(r"\s+")


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of a table. `numbered` has no header, `closed` refuses a name it lacks.

    `added` are columns the mapping computes for every row; they stand in front of the file's.
    """

    header: tuple[str, ...]
    numbered: bool
    closed: bool
    added: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        """Where the file's own cells begin in a row."""
        return BEFORE + len(self.added)

    def find(self, column: str | int, place: Place) -> int | None:
        """The place of a column in a row; None for one that never occurs in open documents.

        Raises Refused for a column that is not there, or whose name does not say which one.
        """
        if isinstance(column, int):
            return self._by_number(column, place)
        if column in self.added:
            return BEFORE + self.added.index(column)
        matches = self._by_name(column)
        if not matches and (numbered := _NUMBERED.fullmatch(column)):
            same = self._by_name(numbered[1])
            matches = same[int(numbered[2]) - 1 : int(numbered[2])] if numbered[2] != "0" else []
        if len(matches) > 1:
            place.refuse(
                t(
                    "{count} columns are called {name}: write {name}#1 to {name}#{count}",
                    count=len(matches),
                    name=column,
                )
            )
        if matches:
            return self.first + matches[0]
        if _NUMBER.fullmatch(column) and (self.numbered or int(column) <= len(self.header)):
            return self._by_number(int(column), place)
        if self.closed and len(self.header) == 1:
            place.refuse(
                t(
                    "no column is called {name}, for there is one alone: say the file's delimiter",
                    name=column,
                )
            )
        if self.closed:
            place.unknown(
                column, (*self.added, *self.header), t("no column is called {name}", name=column)
            )
        return None

    def has(self, name: str) -> bool:
        """Whether a column of that name is there."""
        return name in self.added or bool(self._by_name(name))

    def _by_number(self, number: int, place: Place) -> int:
        """A column counted from 1."""
        if number < 1 or (not self.numbered and number > len(self.header)):
            place.refuse(t("there are {count} columns, counted from 1", count=len(self.header)))
        return self.first + number - 1

    def _by_name(self, name: str) -> list[int]:
        """The columns of a name, to the letter or else without regard to case and spaces."""
        exact = [at for at, each in enumerate(self.header) if each == name]
        if exact:
            return exact
        wanted = _folded(name)
        return [at for at, each in enumerate(self.header) if _folded(each) == wanted]


def columns_of(table: Table, spec: FileSpec) -> Columns:
    """The columns of a table that was opened as the mapping says."""
    return Columns(header=table.header, numbered=not spec.header, closed=table.closed)


def line_of(row: Row) -> int:
    """The line of the file a row begins on."""
    return int(text_of(row[LINE]))


def _folded(name: str) -> str:
    """A column's name as people recognise it."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", name)).strip().casefold()
