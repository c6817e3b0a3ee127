"""What the course of a period looks like (features P9, P15)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import msgspec

from projections.report import Column, Report, Row

COLUMNS = (
    Column("day", "date"),
    Column("sold", "money"),
    Column("fact", "money"),
    Column("line", "money"),
    Column("deviation", "money"),
)


class CourseRow(Row, frozen=True, kw_only=True):
    """A day: `sold` on it, `fact` since the period began, the `line` by its evening, F-L.

    Money is in minor units. Of days not yet seen only the line is known. `working` says whether
    the department works; other days are rows only where something was sold.
    """

    day: dt.date
    working: bool
    sold: int | None
    fact: int | None
    line: Fraction | None
    deviation: Fraction | None


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides the rows: the zone, and the kinds of events sold by."""

    zone: str
    kinds: tuple[str, ...]


class Course(Report, frozen=True, kw_only=True):
    """`plan` is that of the whole period, `seen` the last day whose sales are known."""

    rows: tuple[CourseRow, ...]
    plan: int | None
    seen: dt.date
    basis: Basis
