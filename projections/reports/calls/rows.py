"""What the report of calls is made of."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import msgspec

from events.vocabulary.plans import Book, Direction
from projections.report import Column, Report, Row

COLUMNS = (
    Column("seller", "text"),
    Column("book", "text"),
    Column("direction", "text"),
    Column("calls", "count"),
    Column("under_1", "count"),
    Column("under_1_share", "share"),
    Column("under_3", "count"),
    Column("under_3_share", "share"),
    Column("over_3", "count"),
    Column("over_3_share", "share"),
    Column("minutes", "count"),
    Column("reached", "count"),
    Column("reached_share", "share"),
    Column("unmeasured", "count"),
    Column("brief", "count"),
)


class CallsRow(Row, frozen=True, kw_only=True):
    """The calls of a seller, whole (`book` and `direction` None) or one part of them.

    By length: `under_1` < 1 min <= `under_3` <= 3 min < `over_3`, and `unmeasured` ones; shares
    are of the measured ones. `minutes` are those talked, `reached` the calls with who decides,
    as a share of all; None where no call says whether it was with them. `brief` ones are
    too short to be work done. `minutes_by_length` are those of the three lengths. `dialling` says
    that many calls were made and few talks came of them.
    """

    seller: str | None
    book: Book | None = None
    direction: Direction | None = None
    calls: int
    under_1: int
    under_1_share: Fraction | None
    under_3: int
    under_3_share: Fraction | None
    over_3: int
    over_3_share: Fraction | None
    seconds: int
    minutes: Fraction
    minutes_by_length: tuple[Fraction, Fraction, Fraction]
    reached: int | None
    reached_share: Fraction | None
    unmeasured: int
    brief: int
    dialling: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the row is of all calls and not of a part of them."""
        return self.book is None and self.direction is None


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides the rows."""

    zone: str
    seen: dt.date


class CallsReport(Report, frozen=True, kw_only=True):
    """A row for each seller, its parts behind it; `department` sums the sellers.

    Parts overlap: there are those by book, those by direction and those by both. Calls shorter
    than `brief_seconds` are `brief`.
    """

    rows: tuple[CallsRow, ...]
    department: tuple[CallsRow, ...]
    brief_seconds: int
    basis: Basis


def whole(report: CallsReport) -> CallsReport:
    """The same without the rows of parts and the columns that tell them apart."""
    return msgspec.structs.replace(
        report,
        columns=tuple(column for column in COLUMNS if column.key not in ("book", "direction")),
        rows=tuple(row for row in report.rows if row.is_whole),
        department=tuple(row for row in report.department if row.is_whole),
    )
