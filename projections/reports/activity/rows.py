"""What the activity report is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

import msgspec

from events.vocabulary.plans import Book, Direction, NormSource
from projections.chain import Chain
from projections.norms import Norm
from projections.plans import Plans
from projections.report import Column, Report, Row

COLUMNS = (
    Column("seller", "text"),
    Column("activity", "text"),
    Column("book", "text"),
    Column("direction", "text"),
    Column("fact", "count"),
    Column("norm", "count"),
    Column("deviation", "count"),
    Column("percent", "percent"),
    Column("norm_source", "text"),
)


class ActivityRow(Row, frozen=True, kw_only=True):
    """One seller's activity in the period, whole (`book` and `direction` None) or one part of it.

    `norm` is due over the working days passed; every day counts with the norm of that day. It
    is None where no day seen has one, and then there is no deviation either. `norm_source` is
    that of the last such day. `by_day` is the strip: day, fact, norm, for each day seen that
    was worked or on which something was done.
    """

    seller: str | None
    activity: str
    book: Book | None = None
    direction: Direction | None = None
    fact: int
    norm: Fraction | None = None
    deviation: Fraction | None = None
    percent: Fraction | None = None
    norm_source: NormSource | None = None
    by_day: tuple[tuple[dt.date, int, Fraction | None], ...] = ()


class Run(msgspec.Struct, frozen=True):
    """So many days passed with one norm, in one month (`2026-04`)."""

    month: str
    norm: Norm
    days: int


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides the rows; `runs` are by the key of a row.

    `chains` are by month and seller, `working_days` likewise.
    """

    zone: str
    seen: dt.date
    plans: Plans
    chains: Mapping[tuple[str, str], Chain]
    working_days: Mapping[tuple[str, str], int]
    runs: Mapping[str, tuple[Run, ...]]


class Activity(Report, frozen=True, kw_only=True):
    """A row for each seller and activity, its parts behind it; `department` sums the sellers.

    Parts overlap: there are those by book, those by direction and those by both.
    """

    rows: tuple[ActivityRow, ...]
    department: tuple[ActivityRow, ...]
    basis: Basis
