"""What the forecast ledger looks like (feature P15, requirement rows 66-71, 98)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import msgspec

from projections.pipeline import Stake
from projections.report import Column, Report, Row
from projections.reports.plan_fact.rows import PlanFact

COLUMNS = (
    Column("seller", "text"),
    Column("day", "date"),
    Column("before_end", "days"),
    Column("run_rate", "money"),
    Column("pipeline", "money"),
    Column("word", "money"),
    Column("fact", "money"),
    Column("run_rate_error", "percent"),
    Column("pipeline_error", "percent"),
    Column("word_error", "percent"),
)


class ForecastRow(Row, frozen=True, kw_only=True):
    """What was forecast for a seller, or the department (None), in the evening of a day.

    All of it as known that evening: `run_rate` = F×W÷w, `pipeline` = F + Σ p·amount·q of the open
    deals, `word` = F + the open deals the seller expected within the month. `fact` is what came,
    None while the month goes on; the errors are (forecast-fact)÷fact in per cent. `before_end` is
    how many working days were left.
    """

    seller: str | None
    scope: str = "seller"
    day: dt.date
    before_end: int
    run_rate: Fraction | None
    pipeline: Fraction
    word: int
    fact: int | None
    run_rate_error: Fraction | None
    pipeline_error: Fraction | None
    word_error: Fraction | None


class Evenness(msgspec.Struct, frozen=True, kw_only=True):
    """How evenly a seller, or the department (None), sells.

    `attainment` is fact ÷ plan of the last months with a plan, oldest first; `hits` of them
    reached it, `mean` and `cv` (standard deviation ÷ mean) are over them. Inside the month
    `distance` = max |cumulative share of revenue - w÷W| over its days, `last_third` the share of
    revenue in the last third of the working days.
    """

    seller: str | None
    attainment: tuple[Fraction, ...]
    hits: int
    mean: Fraction | None
    cv: Fraction | None
    distance: Fraction | None
    last_third: Fraction | None


class BreakEven(msgspec.Struct, frozen=True, kw_only=True):
    """The revenue at which the month's fixed costs are covered: costs ÷ (margin ÷ revenue).

    `day` is the working day it is reached at the pace so far, None where it is not this month.
    """

    costs: int
    revenue: Fraction
    day: dt.date | None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind the forecasts of an evening: the `board` as it was known up to `known`.

    By seller, None for all: `stakes` are the open deals by stage, `promised` those that were said
    to close within the month with what is open of them in minor units.
    """

    known: dt.datetime
    board: PlanFact
    stakes: dict[str | None, tuple[Stake, ...]]
    promised: dict[str | None, tuple[tuple[str, int], ...]]


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides the rows: the month as seen now, and each evening by how many
    working days were left.

    `months` are those evenness is looked at over, oldest first. `sold` is the money of each working
    day seen, with that of the days off before it, by seller, None for all of them; `margin` what of
    the month's money covers costs.
    """

    board: PlanFact
    said: dict[int, Said]
    months: tuple[PlanFact, ...]
    sold: dict[str | None, tuple[tuple[dt.date, int], ...]]
    margin: int


class Forecast(Report, frozen=True, kw_only=True):
    """Sellers by key and day, the department last; `slips`: how often a deal's date moved on."""

    rows: tuple[ForecastRow, ...]
    evenness: tuple[Evenness, ...]
    break_even: BreakEven | None
    slips: dict[str, int]
    basis: Basis
