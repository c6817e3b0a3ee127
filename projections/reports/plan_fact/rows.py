"""What plan-fact is made of: a row, the check-sum of the plans, the whole report."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Literal

import msgspec

from projections.closing import Closing
from projections.linear import Part
from projections.report import Column, Report, Row

Scope = Literal["seller", "team", "unassigned", "reserve", "department"]

COLUMNS = (
    Column("seller", "text"),
    Column("plan", "money"),
    Column("fact", "money"),
    Column("percent", "percent"),
    Column("line", "money"),
    Column("deviation", "money"),
    Column("deviation_percent", "percent"),
    Column("required_per_day", "money"),
    Column("pace", "ratio"),
    Column("forecast", "money"),
    Column("forecast_percent", "percent"),
    Column("days_done", "days"),
    Column("days", "days"),
)


AFTER_CLOSE = (Column("after_close", "money"), Column("plan_after_close", "money"))


class PlanFactRow(Row, frozen=True, kw_only=True):
    """One seller, team or the department; money in minor units, unrounded where computed.

    T = `plan`, F = `fact`, W = `days`, w = `days_done`, L = `line` = T×w÷W,
    `deviation` = F-L (F alone where there is no plan), `required_per_day` = (T-F)÷(W-w) and 0
    once T is reached, `pace` = required ÷ (F÷w), `forecast` = F×W÷w. What cannot be known is
    None. Of a month only partly in the period, T is the part that falls into it by working
    days, rounded half up. A reserve is the plan given to no seller, below zero where more was
    handed out than the department has.

    In a sum of rows `required_per_day` adds up what each of them still has to bring, over the
    department's (or team's) days left for those who have none, and is None where no day is left to
    somebody who lacks some; `pace` compares it with what
    those who still work bring in a day; `forecast` adds up, with the fact alone of those whose
    run rate is not known.

    `after_close` is what of the fact was recorded after the month was closed, `plan_after_close`
    by how much the plan was moved since; None where it is not closed.
    """

    seller: str | None
    scope: Scope = "seller"
    team: str | None = None
    plan: int | None
    fact: int
    percent: Fraction | None = None
    line: Fraction | None = None
    deviation: Fraction | None = None
    deviation_percent: Fraction | None = None
    required_per_day: Fraction | None = None
    pace: Fraction | None = None
    forecast: Fraction | None = None
    forecast_percent: Fraction | None = None
    days: int = 0
    days_done: int = 0
    hired: dt.date | None = None
    left: dt.date | None = None
    absences: tuple[tuple[dt.date, dt.date], ...] = ()
    after_close: int | None = None
    plan_after_close: int | None = None

    def here(self, day: dt.date) -> bool:
        """Whether a seller can be spoken to on a day: has not left, and is not away."""
        gone = self.left is not None and self.left < day
        return not gone and not any(first <= day <= last for first, last in self.absences)


class PlanCheck(msgspec.Struct, frozen=True, kw_only=True):
    """Personal plans and the reserve against the department's own plan, None if it has none.

    All three are of whole months, also where the period has only a part of one.
    """

    personal: int
    reserve: int
    department: int | None

    @property
    def difference(self) -> int | None:
        """What is handed out too much (+) or too little (-); 0 ties."""
        return None if self.department is None else self.personal + self.reserve - self.department


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides the rows.

    `seen` is the last business day of the facts, `kinds` are what they can be. By the key of a
    row: `parts` are the months behind its plan, `children` the rows it is the sum of.
    """

    zone: str
    seen: dt.date
    kinds: tuple[str, ...]
    parts: dict[str, tuple[Part, ...]]
    children: dict[str, tuple[PlanFactRow, ...]]


class PlanFact(Report, frozen=True, kw_only=True):
    """Sellers first, then leavers, the unassigned and the reserve; `teams` apart.

    The rows add up to `total`, and `total` ties to the money. Asked for some sellers only, it
    has their rows and their sum.
    """

    rows: tuple[PlanFactRow, ...]
    teams: tuple[PlanFactRow, ...]
    total: PlanFactRow
    check: PlanCheck
    closing: Closing | None = None
    basis: Basis
