"""What the report of norms is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

import msgspec

from events.vocabulary.plans import Book, Direction, NormSource, Per
from projections.chain import Chain
from projections.plans import Plans
from projections.report import Column, Report, Row

Warned = Literal["rate", "hours"]
"""The norm is above 1.25 × the best own month's rate, or above what the hours allow."""

COLUMNS = (
    Column("seller", "text"),
    Column("activity", "text"),
    Column("book", "text"),
    Column("direction", "text"),
    Column("norm", "count"),
    Column("norm_source", "text"),
    Column("hand", "count"),
    Column("plan", "count"),
    Column("best", "count"),
    Column("sector", "count"),
    Column("best_month", "count"),
    Column("mean_seconds", "seconds"),
)


class Rate(msgspec.Struct, frozen=True):
    """What was done in a month, by its first day, on so many working days."""

    month: dt.date
    done: int
    days: int


class NormRow(Row, frozen=True, kw_only=True):
    """What each source asks of one seller's activity on a working day of the day seen.

    `norm` is the one that holds. `best_month` is the best own month's rate per working day,
    `rate` what it is made of; `mean_seconds` is what one of it takes. `origin` says where the
    benchmark is from.
    """

    seller: str
    activity: str
    book: Book | None = None
    direction: Direction | None = None
    norm: Fraction | None = None
    norm_source: NormSource | None = None
    hand: Fraction | None = None
    plan: Fraction | None = None
    best: Fraction | None = None
    sector: Fraction | None = None
    origin: str | None = None
    best_month: Fraction | None = None
    rate: Rate | None = None
    mean_seconds: Fraction | None = None
    warned: tuple[Warned, ...] = ()


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides the rows.

    `chains` are by month (`2026-04`) and seller, `days` the working days of the seen day, week and
    month by seller, `talks` seconds and events by seller and activity, `peers` whom a seller is
    compared with.
    """

    zone: str
    seen: dt.date
    due: dt.date
    plans: Plans
    chains: Mapping[tuple[str, str], Chain]
    days: Mapping[tuple[str, Per], int]
    talks: Mapping[tuple[str | None, str], tuple[int, int]]
    peers: Mapping[str, tuple[str, ...]]


class NormsReport(Report, frozen=True, kw_only=True):
    """A row for each seller and activity that any source has a norm for, and for those of its
    parts that have one by hand or a benchmark.
    """

    rows: tuple[NormRow, ...]
    basis: Basis
