"""What the pay sheets of a month are made of (feature P10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

import msgspec

from events.vocabulary.plans import Book, Direction
from projections.closing import Closing
from projections.regularity import Regular
from projections.report import Column, Report, Row
from projections.reports.pay.ahead import Ahead
from projections.reports.pay.sheets import PaySheet

COLUMNS = (
    Column("seller", "text"),
    Column("ote", "money"),
    Column("fixed", "money"),
    Column("k", "share"),
    Column("premium", "money"),
    Column("plan", "money"),
    Column("fact", "money"),
    Column("percent", "percent"),
    Column("g", "share"),
    Column("bonus", "money"),
    Column("carried", "money"),
    Column("pay", "money"),
    Column("one_more", "money"),
)

PART = Column("part", "text")
"""What a line is, where the sheets are shown with their lines."""

AFTER_CLOSE = (Column("after_close", "money"),)

CHECKS = (
    Column("margin", "money"),
    Column("fixed_share", "share"),
    Column("variable_share", "share"),
    Column("rank", "score"),
    Column("cost", "ratio"),
)

Kind = Literal["premium", "after_close", "refund"]


class PayRow(Row, frozen=True, kw_only=True):
    """A seller's sheet, a line of it, or the department; money in minor units.

    `ote` is the total income at 100 %, `k` = Σ w·min(1, fact÷norm) ÷ Σ w, `percent` = F÷T×100, `g`
    what the scale makes of it, pay = `fixed` + `premium` + `bonus` + `carried`. `carried` is what
    the sheet pays or takes of earlier months. `one_more` is what one more deal of the average
    check would add now. What cannot be known is None, and then so is `pay`; in the department's
    row it is the sum of those known.

    A line has its `kind` and one amount alone: what the premium pays for an activity, or `carried`
    of an earlier `month` (`2026-10`), with what that changed of its fact; a refund names the
    events, itself in `event` and the sale it undoes in `sale`. `after_close` is what of the pay
    was recorded after the month was closed; None where it is not closed.

    `margin` is what the month's own sales brought. Of the department alone, over the sheets that
    are whole: `fixed_share` of the pay is salary, `variable_share` the rest; `rank` is how pay goes
    by the margin each brought, from -1 to 1; `cost` is pay per unit of margin.
    """

    seller: str | None
    scope: str = "seller"
    role: str | None = None
    ote: Fraction | None = None
    fixed: int | None = None
    k: Fraction | None = None
    premium: int | None = None
    plan: int | None = None
    fact: int | None = None
    percent: Fraction | None = None
    g: Fraction | None = None
    bonus: int | None = None
    carried: int | None = None
    pay: int | None = None
    one_more: Fraction | None = None
    part: str | None = None
    kind: Kind | None = None
    activity: str | None = None
    book: Book | None = None
    direction: Direction | None = None
    month: str | None = None
    event: str | None = None
    sale: str | None = None
    after: int | None = None
    upto: int | None = None
    margin: int | None = None
    after_close: int | None = None
    fixed_share: Fraction | None = None
    variable_share: Fraction | None = None
    rank: Fraction | None = None
    cost: Fraction | None = None
    ahead: Ahead | None = None


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs besides the rows.

    `sheets` are by seller. `turned` has, by the key of a carried line, what the earlier month came
    to before it and with it. `aside` is what of the sales of the month undoes those of earlier
    ones and so is no part of the fact, by seller; `regular` whose clients were to buy in it.
    """

    zone: str
    seen: dt.date
    kinds: tuple[str, ...]
    sheets: Mapping[str, PaySheet]
    turned: Mapping[str, tuple[int, int]]
    aside: Mapping[str, int]
    regular: Mapping[str, Regular]


class PayReport(Report, frozen=True, kw_only=True):
    """A sheet for each seller by key, their `lines`, and the department's sums with its checks."""

    rows: tuple[PayRow, ...]
    lines: tuple[PayRow, ...]
    total: PayRow
    closing: Closing | None = None
    basis: Basis


def whole(report: PayReport) -> PayReport:
    """The same without the lines and the column that tells them apart."""
    columns = tuple(column for column in report.columns if column != PART)
    return msgspec.structs.replace(report, columns=columns, lines=())
