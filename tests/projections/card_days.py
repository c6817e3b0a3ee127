"""Score cards of a made-up April, and the report about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from events.vocabulary import CardFilled, CardTemplateSet, Criterion
from events.vocabulary.fact import Fact
from events.vocabulary.quality import Evidence
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.quality import Quality, QualityRow, quality
from projections.windows.quality import load_quality
from tests.projections.listed import Listed, facts
from tests.projections.worlds import settings

FRIDAY = dt.date(2024, 4, 19)
APRIL = month_of(FRIDAY)

Dated = tuple[dt.date, Fact]


def on(day: int, month: int = 4) -> dt.date:
    return dt.date(2024, month, day)


def template(day: dt.date, revision: int, **weights: int) -> Dated:
    """A revision of the card; criteria by their weights."""
    criteria = tuple(
        Criterion(id=name, text=f"Is it {name}?", weight=weight) for name, weight in weights.items()
    )
    return day, CardTemplateSet(template="talk", revision=revision, criteria=criteria)


def card(
    day: dt.date,
    seller: str,
    *,
    revision: int = 1,
    evidence: Evidence = "call",
    call: str | None = None,
    deal: str | None = None,
    scores: Mapping[str, int] | None = None,
    **more: int,
) -> Dated:
    return day, CardFilled(
        seller=seller,
        template="talk",
        revision=revision,
        evidence=evidence,
        scores={**(scores or {}), **more},
        note="heard",
        call=call,
        deal=deal,
    )


def report(*dated: Dated, seen: dt.date = FRIDAY, sellers: tuple[str, ...] = ()) -> Quality:
    question = Question(period=APRIL, dials=Dials(as_of=seen), sellers=sellers)
    window = load_quality(Listed(facts(*dated)), question, settings())
    return quality(window, question, settings())


def row(found: Quality, key: str) -> QualityRow:
    rows = (*found.rows, *found.criteria, found.total)
    return next(each for each in rows if each.key == key)
