"""What a pay scheme is typed as: its three parts, the steps of a scale, the weights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, cast, get_args

from cockpit.entry.steps import activity_meant
from cockpit.errors import Refused
from cockpit.words import t
from events.vocabulary import KpiWeight, ScaleStep
from events.vocabulary.plans import Book, Direction
from projections.regularity import REGULARITY
from projections.scales import WHOLE_BP

_STEP: Final = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*%?=(\d{1,4}(?:[.,]\d{1,2})?)\s*%?")
_WEIGHT: Final = re.compile(r"([^=]+)=(\d{1,4})\s*%?")
_PARTS: Final = re.compile(r"(\d{1,3})/(\d{1,3})/(\d{1,3})")
_PERCENT: Final = 100


def shares(text: str) -> tuple[int, int, int]:
    """`30/15/55` as basis points. Raises Refused for what does not make a whole."""
    found = _PARTS.fullmatch(text.strip())
    parts = tuple(_PERCENT * int(part) for part in found.groups()) if found else ()
    if sum(parts) != WHOLE_BP:
        raise Refused(
            t("{text} is no salary/premium/bonus: type three parts of 100, as 30/15/55", text=text)
        )
    return parts[0], parts[1], parts[2]


def steps(texts: Sequence[str]) -> tuple[ScaleStep, ...]:
    """`70=100 100=120`: from which per cent of the plan on, and what each further one pays.

    Raises Refused for what is no step, or comes twice.
    """
    found: dict[int, ScaleStep] = {}
    for text in texts:
        step = _STEP.fullmatch(text.strip())
        start = _bp(step[1]) if step else 0
        if step is None or start in found:
            raise Refused(t("{text} is no step: type per cent=rate, as 70=100 100=120", text=text))
        found[start] = ScaleStep(from_bp=start, rate_bp=_bp(step[2]))
    return tuple(found[start] for start in sorted(found))


def weights(texts: Sequence[str]) -> tuple[KpiWeight, ...]:
    """`call=30 meeting=20 call:out=10`; a word that is no verb is the trade's own step.

    Raises Refused for what is no weight, or comes twice.
    """
    found: dict[tuple[str, str | None, str | None], KpiWeight] = {}
    for text in texts:
        typed = _WEIGHT.fullmatch(text.strip())
        weight = None if typed is None else _weight(typed[1], int(typed[2]))
        key = (weight.activity, weight.book, weight.direction) if weight else None
        if weight is None or key is None or key in found:
            raise Refused(t("{text} is no weight: type call=30 meeting=20", text=text))
        found[key] = weight
    return tuple(found.values())


def _weight(word: str, weight: int) -> KpiWeight | None:
    """An activity, or after a colon a part of it; None for what is neither, or weighs nothing."""
    name, *narrow = word.split(":") if not word.startswith(":") else [word]
    books = [cast("Book", each) for each in narrow if each in get_args(Book)]
    directions = [cast("Direction", each) for each in narrow if each in get_args(Direction)]
    if not weight or len(books) > 1 or len(directions) > 1:
        return None
    if len(books) + len(directions) != len(narrow):
        return None
    return KpiWeight(
        activity=name.casefold() if name.casefold() == REGULARITY else activity_meant(name),
        weight=weight,
        book=books[0] if books else None,
        direction=directions[0] if directions else None,
    )


def _bp(text: str) -> int:
    whole, _, rest = text.replace(",", ".").partition(".")
    return _PERCENT * int(whole) + int(f"{rest}00"[:2])
