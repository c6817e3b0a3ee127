"""What the payment plan is made of: an open instalment, the sums of the day, the whole report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal

import msgspec

from projections.linear import Part
from projections.promises import Piece, Promise, Word
from projections.receivables import Claim
from projections.report import Column, Report, Row

COLUMNS = (
    Column("client", "text"),
    Column("seller", "text"),
    Column("invoice", "text"),
    Column("open", "money"),
    Column("due", "date"),
    Column("promised", "date"),
    Column("broken", "count"),
    Column("reliability", "share"),
    Column("expected", "money"),
    Column("step", "text"),
)

ASIDE = (
    Column("cash_plan", "money"),
    Column("cash_fact", "money"),
    Column("need", "money"),
    Column("listed", "money"),
    Column("covered", "money"),
    Column("short", "money"),
    Column("overdue", "money"),
    Column("due_today", "money"),
    Column("promised_today", "money"),
    Column("days_done", "days"),
    Column("days", "days"),
)
"""The figures of the day, which only the total has."""

When = Literal["overdue", "today", "later", "open"]
"""The day money is agreed to come: passed, today, to come, or not agreed at all."""

Step = Literal["call", "date", "sooner", "await", "not_today"]
"""What to do about a claim: call about a broken word, get a day, ask to pay sooner, wait for
what is agreed for today; or nothing, because others cover the need."""

CashPlan = Literal["target", "agreed"]
"""The cash plan is the department's plan by the linear plan, or the dates agreed at the start."""


class PaymentRow(Row, frozen=True, kw_only=True):
    """An open instalment, named by its invoice and place (`17#2`), or a whole invoice (`17`).

    `seller` is who has the client now. `promised` is the day of the pending promise for it, or
    else the one last broken, and `broken` counts all that were on its invoice. `reliability` is
    the client's r = kept ÷ promises, `mixed` with all clients' while there are few; `expected` =
    `open`×r^(1+`broken`). `control` says that the claim is needed today. Money is in minor
    units, None is unknown.
    """

    client: str | None
    seller: str | None
    invoice: str | None
    open: int
    due: dt.date | None = None
    promised: dt.date | None = None
    broken: int = 0
    reliability: Fraction | None = None
    expected: Fraction
    step: Step | None = None
    when: When | None = None
    control: bool = False
    mixed: bool = False
    issued: dt.date | None = None
    promises: tuple[Promise, ...] = ()


class PaymentTotal(PaymentRow, frozen=True, kw_only=True):
    """The sums of the rows, and of the day.

    `cash_plan` = T×w÷W is due to date, `cash_fact` came in, `need` = plan - fact, 0 once the
    plan is reached. `listed` is open and `covered` expected of the claims in control, `short`
    what they leave of the need. `overdue`, `due_today` and `promised_today` are open money by
    the day it is agreed for, a promise before the due day.
    """

    scope: Literal["department"] = "department"
    cash_plan: Fraction
    cash_fact: int
    need: Fraction
    listed: int
    covered: Fraction
    short: Fraction
    overdue: int
    due_today: int
    promised_today: int
    days_done: int
    days: int


class Day(msgspec.Struct, frozen=True):
    """Money agreed for a day, and how much of it is promised."""

    day: dt.date
    amount: int
    promised: int


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """The open money by the day agreed: `before` today, the `days` of the period from today on
    that have any, `later`, and `undated`. All of it adds up to what is open.
    """

    before: int
    days: tuple[Day, ...]
    later: int
    undated: int


class Share(msgspec.Struct, frozen=True):
    """A month of the cash target, and whose it is: None is the department."""

    seller: str | None
    part: Part


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides the rows.

    Of the invoices asked for, `claims` are the instalments of the rows by key, `whole` is what all
    instalments come to, `above` what was paid beyond some of them, and `credited` are the sellers
    the invoices name, or `""`. `shares` is the cash target behind the plan, `agreed` what was
    agreed at the start. `pieces` is the open money by day.
    """

    zone: str
    seen: dt.date
    recognised: bool
    claims: Mapping[str, Claim]
    whole: Claim
    above: int
    credited: frozenset[str]
    words: Mapping[str, Word]
    everyone: Word
    pieces: tuple[Piece, ...]
    shares: tuple[Share, ...]
    agreed: tuple[Piece, ...]
    received: int
    refunded: int


class Payments(Report, frozen=True, kw_only=True):
    """The claims in control first, the most promising on top, then those not needed today.

    The rows add up to `total`. `relevant` is False where the median sale takes one touch, so
    that its payments need no plan; where `touches` are not known it is True.
    """

    rows: tuple[PaymentRow, ...]
    total: PaymentTotal
    cash_plan_source: CashPlan
    relevant: bool
    touches: Fraction | None
    schedule: Schedule
    basis: Basis

    def listed(self) -> frozenset[str] | None:
        """The clients on today's list."""
        return listed(self.rows)


def listed(rows: Iterable[PaymentRow]) -> frozenset[str]:
    """Whom to speak of today: the clients in control, and those whose money is agreed for it."""
    wanted = (row.client for row in rows if row.control or row.when == "today")
    return frozenset(client for client in wanted if client is not None)
