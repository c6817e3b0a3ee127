"""The scores of a card as people type them: `needs=7 offer=8`, or `7 8 - 6 9` in its order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cockpit.entry.names import find
from cockpit.entry.whole import whole
from cockpit.errors import Refused
from cockpit.words import n, t
from events.vocabulary import Criterion
from projections.cards import HIGHEST

_NONE: Final = frozenset({"-", "—", "–"})
_SIGNS: Final = ("=", ":")


def scores_of(words: Sequence[str], criteria: Sequence[Criterion]) -> dict[str, int]:
    """The answer to each criterion; a dash leaves out one that did not come up.

    Commas, `needs=7`, `needs:7` and the beginning of a criterion's words will do. Raises Refused
    for a criterion that is none, a score outside 0 to 10, and criteria without an answer.
    """
    parts = [part for word in words for part in word.replace(",", " ").split()]
    named = [part for part in parts if _sign(part) is not None]
    if named and len(named) < len(parts):
        raise Refused(
            t("scores go by name or in order, not both: {example}", example=_eg(criteria))
        )
    if named:
        told = dict(_named(part, criteria) for part in named)
        return _whole({key: score_of(text) for key, text in told.items()}, criteria)
    if len(parts) != len(criteria):
        raise Refused(
            n(
                "the card has {count} criterion, {ids}: {example}",
                "the card has {count} criteria, {ids}: {example}",
                len(criteria),
                ids=", ".join(each.id for each in criteria),
                example=_eg(criteria),
            )
        )
    said = {each.id: score_of(part) for each, part in zip(criteria, parts, strict=True)}
    return _whole(said, criteria)


def score_of(text: str) -> int | None:
    """A score from 0 to 10, None for a dash. Raises Refused for anything else."""
    if text.strip() in _NONE:
        return None
    clean = text.strip().removesuffix(f"/{HIGHEST}")
    if not clean:
        raise Refused(t("a score is missing: type 0 to {most}, or - for none", most=HIGHEST))
    score = whole(clean)
    if score is None or score > HIGHEST:
        raise Refused(
            t("{text} is no score: type 0 to {most}, or - for none", text=text, most=HIGHEST)
        )
    return score


def criterion_of(word: str, criteria: Sequence[Criterion]) -> str:
    """The id of the criterion a word means, by its id or its words. Raises Refused."""
    ids = [each.id for each in criteria]
    begun = [name for name in ids if name.casefold().startswith(word.casefold())]
    if word in ids or len(begun) == 1:
        return word if word in ids else begun[0]
    found = find(word, {each.id: each.text for each in criteria})
    if found.key is None:
        listed = ", ".join(ids)
        raise Refused(
            t("there is no criterion {word}: type one of {listed}", word=word, listed=listed)
        )
    return found.key


def _whole(said: dict[str, int | None], criteria: Sequence[Criterion]) -> dict[str, int]:
    """The answers, once every criterion has one or a dash. Raises Refused otherwise."""
    missing = [each.id for each in criteria if each.id not in said]
    if missing:
        raise Refused(
            t(
                "no score for {missing}: add {example}, or a dash where it did not come up",
                missing=", ".join(missing),
                example=" ".join(f"{name}=7" for name in missing),
            )
        )
    scores = {each.id: score for each in criteria if (score := said[each.id]) is not None}
    if not scores:
        raise Refused(t("a card without a score says nothing: {example}", example=_eg(criteria)))
    return scores


def _named(part: str, criteria: Sequence[Criterion]) -> tuple[str, str]:
    sign = _sign(part) or ""
    word, _, text = part.partition(sign)
    return criterion_of(word, criteria), text


def _sign(part: str) -> str | None:
    """What parts the name from the score."""
    return next((sign for sign in _SIGNS if sign in part), None)


def _eg(criteria: Sequence[Criterion]) -> str:
    """What a person could type."""
    return " ".join(f"{each.id}=7" for each in criteria)
