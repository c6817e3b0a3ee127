"""What the report of growing norms is made of."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Literal

import msgspec

from projections.period import Period
from projections.ramps import Because
from projections.report import Column, Report, Row

State = Literal["grows", "holds", "waits", "asks"]
"""A step is due; a week without one is due; nothing is until Monday; the head has to decide."""

COLUMNS = (
    Column("seller", "text"),
    Column("activity", "text"),
    Column("norm", "count"),
    Column("next", "count"),
    Column("goal", "count"),
    Column("attained", "percent"),
    Column("times", "ratio"),
    Column("times_wanted", "ratio"),
    Column("card_mean_before", "count"),
    Column("card_mean", "count"),
    Column("short_share_before", "share"),
    Column("short_share", "share"),
    Column("ramp_state", "text"),
)


class RampRow(Row, frozen=True, kw_only=True):
    """A growing norm: what it is now, what it is by the next step, where it ends.

    The figures are those of `projections.ramps.Signs`; `times` is what is done per day of the two
    weeks before it began, `times_wanted` the goal of it (requirement row 136). `because` says why
    it has to be held, `holds` how many weeks in a row it was, `since` when it began.
    """

    seller: str
    activity: str
    norm: Fraction | None
    next: int | None
    goal: int
    attained: Fraction | None
    times: Fraction | None
    times_wanted: Fraction | None
    card_mean_before: Fraction | None
    card_mean: Fraction | None
    short_share_before: Fraction | None
    short_share: Fraction | None
    ramp_state: State
    because: Because | None
    holds: int
    since: dt.date
    weekly_bp: int


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides the rows: `weeks` are the two before the week seen."""

    zone: str
    weeks: Period


class RampReport(Report, frozen=True, kw_only=True):
    """A row for each norm on its way to a goal."""

    rows: tuple[RampRow, ...]
    basis: Basis
