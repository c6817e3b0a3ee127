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
    was worked or on which something was done. `first_red` marks the first activity along the
    sale that is below its norm: with few contacts nothing else matters (requirement row 9).
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
    first_red: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the row is an activity and not a part of one."""
        return self.book is None and self.direction is None


class Run(msgspec.Struct, frozen=True):
    """So many days passed with one norm, in one month (`2026-04`)."""

    month: str
    norm: Norm
    days: int


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides the rows; `runs` are by the key of a row.

    `chains` are by month and seller, `working_days` likewise. `away` are the sellers who are
    absent on the last day seen.
    """

    zone: str
    seen: dt.date
    plans: Plans
    chains: Mapping[tuple[str, str], Chain]
    working_days: Mapping[tuple[str, str], int]
    runs: Mapping[str, tuple[Run, ...]]
    away: frozenset[str]


class Activity(Report, frozen=True, kw_only=True):
    """A row for each seller and activity, its parts behind it; `department` sums the sellers.

    Parts overlap: there are those by book, those by direction and those by both. `brief` calls
    shorter than `brief_seconds` were left out. Of norms that grow `ramps_due` are to be decided on
    this week, and `ramps_asking` were held so often that the head has to.
    """

    rows: tuple[ActivityRow, ...]
    department: tuple[ActivityRow, ...]
    brief: int = 0
    brief_seconds: int
    ramps_due: int = 0
    ramps_asking: int = 0
    basis: Basis


def whole(report: Activity) -> Activity:
    """The same without the rows of parts and the columns that tell them apart."""
    return msgspec.structs.replace(
        report,
        columns=tuple(column for column in COLUMNS if column.key not in ("book", "direction")),
        rows=tuple(row for row in report.rows if row.is_whole),
        department=tuple(row for row in report.department if row.is_whole),
    )
