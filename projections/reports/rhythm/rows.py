"""What the rhythm is made of: a row for each day, and what they come to."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import msgspec

from projections.report import Column, Report, Row

COLUMNS = (
    Column("day", "date"),
    Column("held", "count"),
    Column("seconds", "seconds"),
    Column("item", "text"),
    Column("present", "count"),
    Column("uncorrected", "count"),
)


class RhythmRow(Row, frozen=True, kw_only=True):
    """A day on which a stand-up was due or was held.

    `held` is 1 or 0. `seconds` is the talk time of the day's stand-ups without pauses, None
    where there was none. `item` took longest. `present` sellers were there; `uncorrected` of
    those who lagged left without a correction. Who they are is in `sellers`.
    """

    day: dt.date
    held: int
    seconds: int | None = None
    item: str | None = None
    present: int | None = None
    uncorrected: int | None = None
    sellers: tuple[str, ...] = ()


class RhythmTotal(Row, frozen=True, kw_only=True):
    """Held on `held` of `days` working days passed, `streak` of them in a row until the last.

    `seconds` is the mean talk time of a day with a stand-up; `item` took longest on average,
    `longest` seconds. `present` is the mean number of sellers there. `missed` are the working
    days without a stand-up.
    """

    day: dt.date | None = None
    held: int
    days: int
    streak: int
    seconds: Fraction | None = None
    item: str | None = None
    longest: Fraction | None = None
    present: Fraction | None = None
    uncorrected: int = 0
    missed: tuple[dt.date, ...] = ()


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides the rows; `talked` are all seconds of the days held."""

    zone: str
    last: dt.date
    talked: int


class Rhythm(Report, frozen=True, kw_only=True):
    """The days in order, and what they come to."""

    rows: tuple[RhythmRow, ...]
    total: RhythmTotal
    basis: Basis
