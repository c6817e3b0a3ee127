"""What the report of corrections is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import msgspec

from events.vocabulary.people import Recognition
from projections.change import Outcome
from projections.formula import Unit
from projections.question import Reading
from projections.report import Column, Report, Row

if TYPE_CHECKING:
    from projections.windows.corrections import Stretches

State = Literal["open", "overdue", "done", "not_done", "left"]
"""`left` is one that was open when its seller left: nobody waits for it."""

COLUMNS = (
    Column("seller", "text"),
    Column("number", "text"),
    Column("metric", "text"),
    Column("before", "text"),
    Column("target", "text"),
    Column("until", "date"),
    Column("state", "text"),
    Column("was", "own"),
    Column("became", "own"),
    Column("change", "own"),
    Column("outcome", "text"),
    Column("late", "count"),
)


class CorrectionRow(Row, frozen=True, kw_only=True):
    """A correction, its state as of the day seen, and its effect.

    `was` and `became` are the metric per working day (counts, money), as a share or as a mean,
    in `unit`, over `days_before` and `days_after` working days; `change` with its 95 % bounds
    `low` and `high` is the ratio of counts, else the difference, in `change_unit`. `n` is the
    number of cases.

    A conversion has its `reading`: by cohort, the deals that entered in a stretch and went on in
    it; for the period, the events of the two steps where too few of them name their deal or the
    sale takes longer.

    `late` events or repairs of them were recorded after the day `settled`, on which the effect
    was first complete; `outcome_then` is what it was then, None while it is not complete.
    `review` marks what the stand-up of the day seen begins with. `event` is the id under which
    the log reveals the action in words.
    """

    seller: str
    number: str
    metric: str
    before: str
    target: str
    until: dt.date
    state: State
    was: Fraction | None = None
    became: Fraction | None = None
    change: Fraction | None = None
    outcome: Outcome = "too_early"
    late: int = 0
    unit: Unit = "count"
    change_unit: Unit = "ratio"
    low: Fraction | None = None
    high: Fraction | None = None
    n: int = 0
    reading: Reading | None = None
    days_before: int = 0
    days_after: int = 0
    days: int = 5
    outcome_then: Outcome | None = None
    settled: dt.date | None = None
    topic: str | None = None
    agreed: dt.date
    answered: dt.date | None = None
    in_time: bool = False
    left: dt.date | None = None
    review: bool = False
    event: str
    answer: str | None = None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A seller with the deviation from the line in minor units, and how many are open.

    `deviation` is None without a plan; who lags, has none open and is not `away` on the day seen
    is `uncorrected`.
    """

    seller: str
    deviation: Fraction | None
    open: int
    away: bool = False

    @property
    def uncorrected(self) -> bool:
        """Whether the seller lags and nothing was agreed about it."""
        lags = self.deviation is not None and self.deviation < 0
        return lags and not self.open and not self.away


class TopicRow(msgspec.Struct, frozen=True, kw_only=True):
    """How the corrections of a topic went; None is those without one."""

    topic: str | None
    agreed: int
    answered: int
    in_time: int
    measured: int
    moved: int


class Training(msgspec.Struct, frozen=True, kw_only=True):
    """A topic that came up `times` in the last ten stand-ups and never moved (row 15)."""

    seller: str
    topic: str
    times: int


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """What the head learns from the corrections agreed in the period.

    `answered` have come to an end or are past their first day; `in_time` of them were done by
    it. `measured` have an effect that can be judged, `moved` of them moved.
    """

    agreed: int
    answered: int
    in_time: int
    measured: int
    moved: int


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining needs: the stretches and the cases by key of the row; `turned` are the deals
    of a conversion that were known otherwise when its effect was first complete.
    """

    zone: str
    recognition: Recognition
    stretches: Mapping[str, Stretches]
    cases: Mapping[str, tuple[Cases, Cases]]
    turned: Mapping[str, tuple[str, ...]]


class Cases(msgspec.Struct, frozen=True):
    """The cases of a stretch: `count` of `entered`, a `sum` over cases, as the metric has it; read
    by cohort `entered` are these `deals`.
    """

    count: int = 0
    entered: int = 0
    sum: int = 0
    deals: tuple[str, ...] = ()


class Corrections(Report, frozen=True, kw_only=True):
    """`rows` by seller, who lags most first, what is open in front and due first.

    `sellers` are all who have a plan or a correction, in the same order. `last_standup` is the
    last one before the day seen.
    """

    rows: tuple[CorrectionRow, ...]
    sellers: tuple[Standing, ...]
    statistics: Statistics
    topics: tuple[TopicRow, ...]
    training: tuple[Training, ...]
    last_standup: dt.date | None = None
    basis: Basis

    @property
    def to_review(self) -> tuple[CorrectionRow, ...]:
        """What the stand-up of the day seen begins with."""
        return tuple(row for row in self.rows if row.review)
