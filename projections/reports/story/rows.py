"""What the story of a month is made of."""

from __future__ import annotations

import datetime as dt

import msgspec

from projections.order_book import OrderBook
from projections.report import Column, Report, Row
from projections.reports.bridge.rows import BridgeReport
from projections.reports.corrections.rows import Corrections
from projections.reports.course.rows import Course
from projections.reports.plan_fact.rows import PlanFact
from projections.reports.rhythm.rows import Rhythm

COLUMNS = (Column("line", "text"), Column("amount", "money"), Column("deals", "count"))


class StoryRow(Row, frozen=True, kw_only=True):
    """A line of the order book: `opening`, what changed it, `closing`; and how many deals."""

    line: str
    amount: int
    deals: int


class PlanChange(msgspec.Struct, frozen=True, kw_only=True):
    """A plan of the month, or a norm that began in it, as an event `id` set it on a day.

    `scope` is seller, team, reserve, role or department, `who` its key. `activity` is a norm's,
    None for a plan; `before` is what held for the same scope, None where nothing did. Plans are in
    minor units, norms are counts.
    """

    id: str
    day: dt.date
    scope: str
    who: str | None
    activity: str | None
    before: int | None
    after: int


class LateRow(msgspec.Struct, frozen=True, kw_only=True):
    """Of the events of a seller (None is nobody) those recorded more than 24 hours late."""

    seller: str | None
    events: int
    late: int


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """A correction or a void of an entry, made in the month; the log has its reason."""

    id: str
    day: dt.date
    kind: str
    target: str
    target_kind: str
    seller: str | None


class Story(Report, frozen=True, kw_only=True):
    """The order book as rows, and the other chapters as the reports they are."""

    rows: tuple[StoryRow, ...]
    book: OrderBook
    board: PlanFact
    course: Course
    changes: tuple[PlanChange, ...]
    rhythm: Rhythm
    corrections: Corrections
    late: tuple[LateRow, ...]
    late_sales: tuple[str, ...]
    repairs: tuple[Repair, ...]
    bridge: BridgeReport
