"""Score cards as they were filled: whose, on what evidence, and with which weights (feature P12).

A card keeps the revision of the template it was filled with, so a question that is asked no more
keeps its old answers, and a weight that changed changes no card of before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction

import msgspec

from events.vocabulary import CardFilled, CardTemplateSet, Criterion
from events.vocabulary.quality import Evidence
from projections.source import Version

CARD_KINDS = (CardFilled,)
TEMPLATE_KINDS = (CardTemplateSet,)

HIGHEST = 10
"""Scores go from 0 to this."""


class Template(msgspec.Struct, frozen=True):
    """A revision of a card, and the position it was set at."""

    seq: int
    template: str
    revision: int
    criteria: tuple[Criterion, ...]


class Mark(msgspec.Struct, frozen=True):
    """One answer of a card."""

    criterion: str
    weight: int
    score: int


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation that was scored; `call` is the id of the call, where it was one.

    `marks` stand in the order the criteria were asked.
    """

    id: str
    seq: int
    day: dt.date
    seller: str
    evidence: Evidence
    template: str
    revision: int
    marks: tuple[Mark, ...]
    call: str | None = None
    client: str | None = None
    deal: str | None = None

    @property
    def weighed(self) -> tuple[int, int]:
        """The weighted sum of the scores, and the sum of the weights."""
        return sum(m.weight * m.score for m in self.marks), sum(m.weight for m in self.marks)

    @property
    def mean(self) -> Fraction | None:
        """The weighted mean of the card, None where nothing was scored."""
        return mean([self])

    def score(self, criterion: str) -> int | None:
        """The answer to one criterion."""
        return next((m.score for m in self.marks if m.criterion == criterion), None)


def templates(facts: Iterable[Version]) -> tuple[Template, ...]:
    """Every revision of every card in the order they were set."""
    return tuple(
        Template(version.seq, body.template, body.revision, body.criteria)
        for version in sorted(facts, key=lambda version: version.seq)
        if isinstance(body := version.body, CardTemplateSet)
    )


def cards(facts: Iterable[Version], known: Sequence[Template]) -> tuple[Card, ...]:
    """Every filled card, oldest first.

    A criterion its revision does not know, or a revision nobody knows, weighs one.
    """
    made = [
        _card(version, body, known)
        for version in facts
        if isinstance(body := version.body, CardFilled)
    ]
    return tuple(sorted(made, key=lambda card: (card.day, card.seq)))


def mean(some: Iterable[Card]) -> Fraction | None:
    """Σ weight×score ÷ Σ weight over the cards: a ratio of sums, None where nothing was scored."""
    sums = [card.weighed for card in some]
    weight = sum(weights for _, weights in sums)
    return Fraction(sum(scores for scores, _ in sums), weight) if weight else None


def criterion_mean(some: Iterable[Card], criterion: str) -> Fraction | None:
    """The plain mean of one criterion over the cards that answer it."""
    scores = [score for card in some if (score := card.score(criterion)) is not None]
    return Fraction(sum(scores), len(scores)) if scores else None


def asked(known: Sequence[Template]) -> tuple[Criterion, ...]:
    """The criteria of the newest revision of each card, in their order."""
    newest = {template.template: template for template in known}
    found: dict[str, Criterion] = {}
    for template in newest.values():
        for criterion in template.criteria:
            found.setdefault(criterion.id, criterion)
    return tuple(found.values())


def ever_asked(known: Sequence[Template]) -> dict[str, Criterion]:
    """Every criterion there ever was, in its latest words; those still asked come first."""
    latest = {criterion.id: criterion for each in known for criterion in each.criteria}
    order = [*(criterion.id for criterion in asked(known)), *latest]
    return {name: latest[name] for name in dict.fromkeys(order)}


def weakest(some: Sequence[Card], still: Sequence[Criterion]) -> tuple[str, Fraction] | None:
    """The criterion of the lowest mean among those still asked, and that mean.

    Of equal ones the heavier, then the one asked first. None where none of them was scored.
    """
    means = [
        (value, -criterion.weight, place, criterion.id)
        for place, criterion in enumerate(still)
        if (value := criterion_mean(some, criterion.id)) is not None
    ]
    if not means:
        return None
    value, _, _, name = min(means)
    return name, value


def _card(version: Version, body: CardFilled, known: Sequence[Template]) -> Card:
    weights = _weights(version.seq, body, known)
    order = [*(name for name in weights if name in body.scores), *body.scores]
    return Card(
        id=version.id,
        seq=version.seq,
        day=version.day,
        seller=body.seller,
        evidence=body.evidence,
        template=body.template,
        revision=body.revision,
        marks=tuple(
            Mark(criterion, weights.get(criterion, 1), body.scores[criterion])
            for criterion in dict.fromkeys(order)
        ),
        call=body.call,
        client=body.client,
        deal=body.deal,
    )


def _weights(seq: int, body: CardFilled, known: Sequence[Template]) -> dict[str, int]:
    """What the criteria weighed when the card was filled."""
    same = [
        each for each in known if (each.template, each.revision) == (body.template, body.revision)
    ]
    before = [each for each in same if each.seq < seq]
    held = before[-1:] or same[:1]
    return {criterion.id: criterion.weight for each in held for criterion in each.criteria}
