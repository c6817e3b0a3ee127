"""What the quality report is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import msgspec

from events.vocabulary import Criterion
from projections.cards import Card, Template
from projections.report import Column, Report, Row

RECENT: Final = 8
"""The weakest criterion is that of so many last cards."""

COLUMNS = (
    Column("seller", "text"),
    Column("criterion", "text"),
    Column("cards", "count"),
    Column("mean", "score"),
    Column("trend", "score"),
    Column("weakest", "text"),
    Column("weakest_mean", "score"),
    Column("by_call", "count"),
    Column("by_live", "count"),
    Column("by_chat", "count"),
)


class QualityRow(Row, frozen=True, kw_only=True):
    """A seller's cards of the period, whole or one criterion of them; all sellers' without one.

    `mean` lies between 0 and 10: Σ weight×score ÷ Σ weight of the cards. `trend` is the mean of
    the newer half of the last cards, those of before the period too, less that of the older half.
    `weakest` is the criterion still asked with the lowest mean over the `recent` last cards.
    `by_call`, `by_live` and `by_chat` count the cards by their evidence. `asked` is False for a
    criterion that the newest card asks no more. None is unknown.
    """

    seller: str | None
    criterion: str | None = None
    cards: int
    mean: Fraction | None = None
    trend: Fraction | None = None
    weakest: str | None = None
    weakest_mean: Fraction | None = None
    by_call: int = 0
    by_live: int = 0
    by_chat: int = 0
    recent: int = 0
    last: dt.date | None = None
    asked: bool = True


class Twice(msgspec.Struct, frozen=True, kw_only=True):
    """A call that two people rated: their means, and where they differ most.

    `cards` are the positions and `events` the ids of the two cards that lie furthest apart, `means`
    are theirs, and `scores` their answers to the `criterion` they differ most in.
    """

    call: str
    seller: str
    day: dt.date
    cards: tuple[int, int]
    events: tuple[str, str]
    means: tuple[Fraction, Fraction]
    difference: Fraction
    criterion: str | None = None
    scores: tuple[int, int] | None = None


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """How a criterion goes with the sale: r over `n` cards whose deal was sold or lost since.

    `clear` says that it differs from none at all by more than chance, at 95 %.
    """

    criterion: str
    n: int
    r: Fraction
    clear: bool


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What explaining and filling in need besides the rows: the cards of the period and the last
    ones, and the card that is asked now.
    """

    zone: str
    last: dt.date
    template: Template | None
    cards: tuple[Card, ...]
    recent: Mapping[str, tuple[Card, ...]]


class Quality(Report, frozen=True, kw_only=True):
    """A row for each seller, the weakest first; `criteria` are the parts of each, of all at last.

    `questions` are all criteria in their latest words. `calibration` are calls rated by two
    people, `links` the criteria of which enough is known to say how they go with the sale.
    """

    rows: tuple[QualityRow, ...]
    criteria: tuple[QualityRow, ...]
    total: QualityRow
    questions: tuple[Criterion, ...]
    template: str | None
    revision: int | None
    calibration: tuple[Twice, ...]
    links: tuple[Link, ...]
    basis: Basis

    def signed(self) -> tuple[str, ...]:
        """The cards of a call that two people rated."""
        return tuple(event for each in self.calibration for event in each.events)

    def text(self, criterion: str) -> str:
        """The words of a criterion, or its id where it has none."""
        found = (each.text for each in self.questions if each.id == criterion)
        return next(found, "") or criterion
