"""What the desk check is made of."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final, Literal

import msgspec

from projections.corrections import CorrectionState
from projections.formula import Unit
from projections.report import Column, Report, Row, clients_of
from projections.reports.activity import Activity
from projections.reports.bridge import BridgeReport
from projections.reports.payments import PaymentRow, Payments, PaymentTotal, listed
from projections.reports.ramp import RampRow

LINES: Final = 7
"""More than so many points cannot be talked through in one meeting (feature P2)."""

Indicator = Literal["volume", "conversion", "check", "rest", "burned", "activity"]

COLUMNS = (
    Column("seller", "text"),
    Column("factor", "text"),
    Column("norm", "own"),
    Column("fact", "own"),
    Column("since", "date"),
    Column("age", "days"),
    Column("effect", "money"),
)


class DeskRow(Row, frozen=True, kw_only=True):
    """One indicator of one seller that sags: `norm` and `fact` are in `unit`.

    `factor` is that of the bridge from plan to fact, or `activity` for one the chain does not
    know and for sellers without a bridge, where `step_from` names it. `effect` is the money it
    costs, below zero, in minor units; None where it has no price. It sags `since` that working
    day without a break, for `age` working days; the period's first day where it always has.
    """

    seller: str | None
    scope: Literal["seller", "unassigned", "reserve"] = "seller"
    factor: Indicator
    step_from: str | None = None
    step_to: str | None = None
    unit: Unit
    norm: Fraction | None = None
    fact: Fraction | None = None
    since: dt.date | None = None
    age: int | None = None
    effect: int | None = None


class Today(msgspec.Struct, frozen=True):
    """The money expected today: the sums of the day, and the claims agreed for it or before.

    There are none where the department's sales take one touch.
    """

    total: PaymentTotal
    claims: tuple[PaymentRow, ...]


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """The reports the lines are taken from; a line explains itself through its own."""

    bridge: BridgeReport
    activity: Activity
    payments: Payments


class DeskCheck(Report, frozen=True, kw_only=True):
    """The dearest sags first, at most `LINES`; a seller's volume stands before the rest of theirs.

    `more` others are not listed; they cost `others` together. `agreed` are yesterday's
    corrections: those the stand-up of the day `seen` begins with. `asks` are the norms that were
    held from growing so often that the head has to decide.
    """

    rows: tuple[DeskRow, ...]
    more: int
    others: int
    today: Today | None
    agreed: tuple[CorrectionState, ...]
    asks: tuple[RampRow, ...]
    seen: dt.date
    basis: Basis

    def clients(self) -> set[str]:
        """The clients of today's payments."""
        return clients_of(self.today.claims) if self.today is not None else set()

    def listed(self) -> frozenset[str] | None:
        """The clients on today's list of payments."""
        return listed(self.today.claims) if self.today is not None else None
