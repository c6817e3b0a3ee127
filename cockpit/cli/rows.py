"""Which figure of a report a person means by the words typed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from cockpit.department import Department
from cockpit.entry import moments
from cockpit.entry.names import find
from cockpit.entry.steps import activity_of
from cockpit.errors import Refused
from cockpit.words import t
from projections import trust_why
from projections.catalogue import parts
from projections.report import Column, Report, Row

_NAMED: Final = ("factor", "activity", "step_from", "step_to", "book", "direction", "cut", "scope",
                 "team", "invoice", "number", "metric", "criterion", "line", "deal", "part",
                 "month")  # fmt: skip
_NARROW: Final = ("book", "direction", "cut", "criterion", "part")
_APART: Final = ("teams", "department", "totals", "burned", "criteria", "lines")
_MOST: Final = 8
_TRUST: Final = f"{trust_why.NAME}:"
"""Whom the trust line speaks of need not be in the report itself."""
_PREFIX: Final = re.compile(r"^(seller|team|day):")


class Figure(msgspec.Struct, frozen=True):
    """A figure of a report: the key of the row the report explains it by, and its column."""

    key: str
    figure: str


class Candidate(msgspec.Struct, frozen=True):
    """A row, the key the whole report knows it by, and the figures it has."""

    row: Row
    key: str
    figures: tuple[str, ...]


def figure_of(department: Department, report: Report, words: Sequence[str], figure: str) -> Figure:
    """The figure of the row the words tell apart; of parts of a report those that have it.

    Raises Refused with the figures there are, or with the rows that are left.
    """
    every = list(candidates(report))
    able = [each for each in every if figure in each.figures]
    found = _told(department, able, words)
    if len(found) == 1:
        return Figure(found[0].key, figure)
    others = [] if found else _told(department, every, words) if able else every
    if any(not each.key.startswith(_TRUST) for each in others):
        figures = [name for each in others for name in each.figures]
        if not report.rows:
            figures[:0] = _figures(report.columns)
        listed = ", ".join(dict.fromkeys(figures))
        raise Refused(
            t("there is no figure {figure}: type one of {listed}", figure=figure, listed=listed)
        )
    near = found or able or every
    listed = ", ".join(dict.fromkeys(typed(each.row.key) for each in near[:_MOST]))
    raise Refused(t("which row is {words}? Type one of {keys}", words=" ".join(words), keys=listed))


def _told(
    department: Department, rows: Sequence[Candidate], words: Sequence[str]
) -> list[Candidate]:
    """The rows the words tell apart: the widest ones that all of them are true of."""
    exact = [each for each in rows if len(words) == 1 and words[0] in (each.key, each.row.key)]
    found = exact[:1] or [
        each for each in rows if all(_says(department, each.row, word) for word in words)
    ]
    return [each for each in found if _width(each.row) == min(_width(it.row) for it in found)]


def typed(key: str) -> str:
    """The words that name a row, for its key has signs that mean something to a shell."""
    words = re.split(r"[|>]", _PREFIX.sub("", key))
    return " ".join(word for word in words if word not in ("", "*", "-"))


def candidates(report: Report) -> Iterator[Candidate]:
    """Every row of a report with its figures, those it keeps apart and the total too."""
    for part in parts(report):
        figures = _figures(part.columns)
        yield from (Candidate(row, part.key(row), figures) for row in part.rows)
    for row in _rows(report):
        aside = (column for column in report.aside if hasattr(row, column.key))
        yield Candidate(row, row.key, _figures((*report.columns, *aside)))


def _figures(columns: Iterable[Column]) -> tuple[str, ...]:
    """The figures among some columns."""
    return tuple(column.key for column in columns if column.unit != "text")


def _rows(report: Report) -> list[Row]:
    """Every row of a report that stands in no part, the total too."""
    apart = [getattr(report, name, ()) for name in _APART]
    total = () if report.total is None else (report.total,)
    rows = (*report.rows, *(row for part in apart for row in part), *total)
    inside = [row for part in parts(report) for row in part.rows]
    return [row for row in rows if row not in inside]


def _width(row: Row) -> int:
    """How many parts narrow a row; whoever it is about narrows it too."""
    return sum(getattr(row, name, None) is not None for name in ("seller", *_NARROW))


def _says(department: Department, row: Row, word: str) -> bool:
    """Whether a word is true of a row: its seller, its activity or step, or a part it is of."""
    seller = getattr(row, "seller", None)
    if seller is not None and seller in (word, find(word, department.seller_names).key):
        return True
    client = getattr(row, "client", None)
    if client is not None and client == find(word, department.client_names).key:
        return True
    if word == str(getattr(row, "before_end", None)) or _on(row, word, department):
        return True
    said = {getattr(row, name, None) for name in _NAMED}
    if word == "department" and (hasattr(row, "activity") or hasattr(row, "criterion")):
        return seller is None and row.key.startswith(("*", "department"))
    return word in said or activity_of(word) in said


def _on(row: Row, word: str, department: Department) -> bool:
    """Whether a word names the day a row is of."""
    day = getattr(row, "day", None)
    if not isinstance(day, dt.date) or not word[:1].isdigit():
        return False
    try:
        return moments.parse_day(word, department.now().date()) == day
    except Refused:
        return False
