"""The form of a score card: on what evidence, a score for each question, what was heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit import formats, labels
from cockpit.entry.scores import score_of
from cockpit.errors import Refused
from cockpit.render.cells import clean, fit, width
from cockpit.tui.screens.form import Field, Form
from cockpit.words import t
from events.vocabulary import CardFilled, Criterion
from events.vocabulary.quality import Evidence
from projections.cards import Template
from projections.draw import Drawn

_EVIDENCE = "evidence"
_NOTE = "note"
_SCORE = "score-"
"""Before the place of a criterion on the card."""

_TITLE = 24
"""So many cells of a field's title are shown."""


def card_form(
    name: str, template: Template, waiting: Sequence[Drawn], keymap: Mapping[str, str]
) -> Form:
    """A card about somebody; `waiting` are the drawn calls that nobody rated yet."""
    words = {each.call.id: _call(each) for each in waiting}
    words |= {kind: labels.value("evidence", kind) for kind in ("live", "chat")}
    fields = [
        Field(_EVIDENCE, t("evidence"), next(iter(words)), tuple(words), words=words),
        *(_question(place, each) for place, each in enumerate(template.criteria)),
        Field(_NOTE, t("heard, seen"), personal=True),
    ]
    return Form(t("Card: {name}", name=name), fields, _check, keymap=keymap)


def _question(place: int, criterion: Criterion) -> Field:
    """A criterion; a long one stands whole above its guide."""
    title, hint = clean(criterion.text), clean(criterion.guide)
    if width(title) > _TITLE:
        title, hint = fit(title, _TITLE), f"{title}. {hint}"
    return Field(f"{_SCORE}{place}", title, hint=hint)


def card_of(
    seller: str, template: Template, waiting: Sequence[Drawn], values: Mapping[str, str]
) -> CardFilled:
    """The card an accepted form stands for."""
    call = next((each.call for each in waiting if each.call.id == values[_EVIDENCE]), None)
    scores = {
        each.id: score
        for place, each in enumerate(template.criteria)
        if (score := score_of(values[f"{_SCORE}{place}"])) is not None
    }
    return CardFilled(
        seller=seller,
        template=template.template,
        revision=template.revision,
        evidence="call" if call else _evidence(values[_EVIDENCE]),
        scores=scores,
        note=values[_NOTE],
        client=call.client if call else None,
        deal=call.deal if call else None,
        call=call.id if call else None,
    )


def _evidence(value: str) -> Evidence:
    return "chat" if value == "chat" else "live"


def _call(drawn: Drawn) -> str:
    """`call 39832, Tue 2026-11-10 16:29, 1m12`."""
    call = drawn.call
    return t(
        "call {number}, {moment}, {length}",
        number=call.seq,
        moment=f"{formats.weekday(call.at)} {formats.moment(call.at)}",
        length=formats.duration(call.seconds),
    )


def _check(values: Mapping[str, str]) -> dict[str, str]:
    """Scores that are none, a card without any, and a missing note."""
    wrong: dict[str, str] = {}
    given = 0
    keys = [key for key in values if key.startswith(_SCORE)]
    for key in keys:
        try:
            given += score_of(values[key]) is not None
        except Refused as refused:
            wrong[key] = str(refused)
    if not given and not wrong:
        wrong[keys[0]] = t("a card without a score says nothing")
    if not values[_NOTE]:
        wrong[_NOTE] = t("what was the evidence? A few words")
    return wrong
