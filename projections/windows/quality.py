"""What the quality report needs of a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import msgspec

from projections.cards import CARD_KINDS, TEMPLATE_KINDS, Card, Template, cards, templates
from projections.deals import leads
from projections.dials import seen_day
from projections.people import PEOPLE_KINDS, Person, people
from projections.period import Period
from projections.question import Question
from projections.report import Trust
from projections.source import Source
from projections.state import Settings
from projections.trust import trust

PAST: Final = dt.timedelta(days=366)
"""How far back the last cards of a seller are looked for."""


class QualityWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`last` is the last day of the period that is seen, `cards` those of a year up to it.

    `decided` says of the deals that cards name whether they were sold; open ones are left out.
    """

    last: dt.date
    cards: tuple[Card, ...]
    templates: tuple[Template, ...]
    people: Mapping[str, Person]
    decided: Mapping[str, bool]
    trust: Trust


def load_quality(source: Source, question: Question, settings: Settings) -> QualityWindow:
    """The window of the quality report; it sees no further than the dials do."""
    dials, period = question.dials, question.period
    last = min(seen_day(dials, settings.zone), period.last)
    known = templates(source.facts(TEMPLATE_KINDS, dials))
    past = Period(period.first - PAST, max(last, period.first - PAST))
    filled = cards(source.facts(CARD_KINDS, dials, past), known)
    return QualityWindow(
        last=last,
        cards=filled,
        templates=known,
        people=people(source.facts(PEOPLE_KINDS, dials)),
        decided=_decided(source, question, settings, filled),
        trust=trust(source, period, dials, settings.zone),
    )


def _decided(
    source: Source, question: Question, settings: Settings, filled: tuple[Card, ...]
) -> dict[str, bool]:
    """What became of the deals that cards speak of."""
    named = {card.deal for card in filled if card.deal is not None}
    if not named:
        return {}
    told = (turn for turn in source.turns(question.dials) if turn.deal in named)
    made = leads(told, settings.recognition)
    return {
        name: lead.sold is not None
        for name, lead in made.items()
        if lead.sold is not None or lead.lost
    }
