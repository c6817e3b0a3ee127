"""What the catch-up report is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Literal

import msgspec

from projections.chain import Chain
from projections.pipeline import Stake
from projections.report import Column, Report, Row
from projections.reports.plan_fact import PlanFact

Goal = Literal["now", "until", "month"]
GOALS: Final[tuple[Goal, ...]] = ("now", "until", "month")

COLUMNS = (
    Column("seller", "text"),
    Column("activity", "text"),
    Column("gap", "money"),
    Column("gap_until", "money"),
    Column("gap_month", "money"),
    Column("credit", "money"),
    Column("credit_month", "money"),
    Column("check", "money"),
    Column("check_for_fewer", "money"),
    Column("money_per_day", "money"),
    Column("share", "share"),
    Column("source", "text"),
    Column("now", "count"),
    Column("until", "count"),
    Column("month", "count"),
    Column("per_day", "count"),
    Column("norm", "count"),
    Column("last_day", "date"),
)


class CatchUpRow(Row, frozen=True, kw_only=True):
    """One step of one seller's chain; the first row of a seller is the sale itself.

    Three goals: to be where the line is `now`, to be on the line at the target day (`until`),
    to finish the period (`month`). Their counts are ⌈n÷Πc⌉ of this step with n = ⌈rest÷A⌉ and
    rest = max(0, gap-E); E is what the deals in hand are expected to bring by the target day,
    for the month by its end. `per_day` spreads `now` over the working days left to the target
    day and comes on top of `norm`, the base norm of such a day; `money_per_day` spreads what is
    needed to be on the line then, whole.

    `share` is c from this step to the next, None in the row of the sale; `source` is `own` or
    `mixed`, of `reached` among `entered` own events, in the row of the sale of `reached` sales
    behind the average check. `last_day` is the last day from which half of all sales came
    before the end of the period, `late` where it has passed: what is done now counts later.

    Money, in minor units, stands in the row of the sale only. `gap` is L-F, below zero ahead of
    the line. `check_for_fewer` is the average check with which one deal fewer than `now` is
    enough. What cannot be known is None.
    """

    seller: str
    activity: str
    gap: Fraction | None = None
    gap_until: Fraction | None = None
    gap_month: Fraction | None = None
    credit: Fraction | None = None
    credit_month: Fraction | None = None
    check: Fraction | None = None
    check_for_fewer: int | None = None
    money_per_day: Fraction | None = None
    share: Fraction | None = None
    source: Literal["own", "mixed"] | None = None
    entered: int | None = None
    reached: int | None = None
    now: int | None = None
    until: int | None = None
    month: int | None = None
    per_day: Fraction | None = None
    norm: Fraction | None = None
    last_day: dt.date | None = None
    late: bool = False
    days: int = 0


class Means(msgspec.Struct, frozen=True, kw_only=True):
    """What a seller's figures are reckoned with.

    `line_until` is L(X). `stakes` are the deals in hand with their chances by the target day,
    `stakes_month` by the end of the period.
    """

    chain: Chain
    line: Fraction
    line_until: Fraction
    plan: int
    fact: int
    days: int
    stakes: tuple[Stake, ...]
    stakes_month: tuple[Stake, ...]


class NormMeans(msgspec.Struct, frozen=True):
    """A month's plan with the chain and the working days a norm is derived from."""

    plan: int
    chain: Chain
    days: int


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs: the board the gaps are from, and each seller's means.

    `lags` are the median lags by activity, `first` the day the conversions are read from.
    `norms` are what the norms no hand has set are derived from, by the key of the row. `ahead`
    are the department's working days from the first still to be worked to the period's end.
    """

    zone: str
    seen: dt.date
    first: dt.date
    board: PlanFact
    means: Mapping[str, Means]
    lags: Mapping[str, int]
    norms: Mapping[str, NormMeans]
    ahead: tuple[dt.date, ...]


class CatchUp(Report, frozen=True, kw_only=True):
    """Sellers with a plan who still have days to sell, who lags most first.

    `question.until` is the target day, `opens` the first day still to be worked.
    """

    rows: tuple[CatchUpRow, ...]
    opens: dt.date
    basis: Basis
