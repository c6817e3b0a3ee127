"""What the bridge from plan to fact is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

import msgspec

from projections.bridge import Side
from projections.chain import Chain
from projections.report import Column, Report, Row
from projections.reports.plan_fact import PlanFact, Scope

Factor = Literal["volume", "conversion", "check", "rest", "deviation", "burned"]

COLUMNS = (
    Column("seller", "text"),
    Column("factor", "text"),
    Column("wanted", "count"),
    Column("done", "count"),
    Column("share_due", "share"),
    Column("share", "share"),
    Column("planned", "money"),
    Column("actual", "money"),
    Column("effect", "money"),
)


class BridgeRow(Row, frozen=True, kw_only=True):
    """What one factor did to the revenue of one seller or of the department, in minor units.

    `volume`: events of the first step, `wanted` by the plan to date and `done`. `conversion`:
    `wanted` and `done` events of `step_to`, `share_due` and `share` as events over events of
    `step_from`. `check`: the average check `planned` and `actual`. `deviation`: the line and the
    fact, and their difference, which the effects add up to. `rest` is a deviation that no factor
    explains: money without a plan, a plan without a seller or without a history. `in_turn` says
    that a factor was zero and the effects were taken one after another.

    `burned` is no part of the deviation: `done` new leads, the department's median share and
    the own one from lead to sale, A as `actual`, and -leads × (c_ref-c) × A as the effect.
    """

    seller: str | None
    scope: Scope = "seller"
    factor: Factor
    step_from: str | None = None
    step_to: str | None = None
    wanted: Fraction | None = None
    done: int | None = None
    share_due: Fraction | None = None
    share: Fraction | None = None
    planned: Fraction | None = None
    actual: Fraction | None = None
    effect: int
    in_turn: bool = False
    settled: int | None = None


class Means(msgspec.Struct, frozen=True):
    """Both sides of a seller's bridge and the log mean, None where a factor was zero."""

    plan: Side
    fact: Side
    mean: Fraction | None


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs: the board the deviations are from, and the sides of each seller
    and, as `whole`, of all of them together.

    `steps` is the chain with the sale last, `children` are the rows a row is the sum of, by its
    key. `deals` are those that began as a lead, by seller. `chains` are what the plans were made
    of, by month (`2026-04`) and seller.
    """

    zone: str
    seen: dt.date
    board: PlanFact
    steps: tuple[str, ...]
    means: Mapping[str, Means]
    whole: Means | None
    children: Mapping[str, tuple[BridgeRow, ...]]
    deals: Mapping[str, tuple[str, ...]]
    chains: Mapping[tuple[str, str], Chain]


class BridgeReport(Report, frozen=True, kw_only=True):
    """The rows of each seller, who lags most first, then what no factor explains.

    `department` sums them factor by factor; `total` is its deviation. `burned` stands apart.
    """

    rows: tuple[BridgeRow, ...]
    burned: tuple[BridgeRow, ...]
    department: tuple[BridgeRow, ...]
    total: BridgeRow
    basis: Basis
