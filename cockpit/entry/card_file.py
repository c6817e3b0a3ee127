"""The score card as a department writes it down: a TOML file, or the one to begin with."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from cockpit.entry.whole import whole
from cockpit.errors import Refused
from cockpit.words import mark, t
from events.vocabulary import Criterion

TEMPLATE: Final = "conversation"
"""What a card is called that nobody named."""

_ID: Final = re.compile(r"[\w.-]+")

_DEFAULT: Final = (
    (
        "greeting",
        1,
        mark("Says who, whence and why in one breath"),
        mark("0 not at all, 10 within fifteen seconds"),
    ),
    ("needs", 2, mark("Asks before offering"), mark("10 for at least three open questions")),
    (
        "offer",
        1,
        mark("Ties the offer to what was said"),
        mark("10 where the client's words come back"),
    ),
    ("objections", 1, mark("Takes objections calmly"), mark("10 for a question in return")),
    ("next_step", 1, mark("Agrees the next step with a date"), mark("0 without a date")),
)


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A card in a file: its name, and its criteria in the order they are asked."""

    template: str = TEMPLATE
    criteria: tuple[Criterion, ...]


class _Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A criterion in a file."""

    id: str
    text: str
    weight: int = 1
    guide: str = ""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A card in a file, as it is written."""

    template: str = TEMPLATE
    criteria: tuple[_Question, ...]


def default_card() -> Sheet:
    """A believable card in the language spoken."""
    return Sheet(
        criteria=tuple(
            Criterion(id=name, text=t(text), weight=weight, guide=t(guide))
            for name, weight, text, guide in _DEFAULT
        )
    )


def read_card(path: Path) -> Sheet:
    """The card a file describes. Raises Refused, naming the file and what is wrong in it."""
    try:
        with path.open("rb") as file:
            told = msgspec.convert(tomllib.load(file), _File)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused(t("{path}: {reason}", path=path, reason=reason)) from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise Refused(t("{path}: {reason}", path=path, reason=error)) from error
    criteria = tuple(
        Criterion(id=each.id, text=each.text, weight=each.weight, guide=each.guide)
        for each in told.criteria
    )
    return Sheet(template=told.template, criteria=checked(criteria, str(path)))


def checked(criteria: Sequence[Criterion], where: str) -> tuple[Criterion, ...]:
    """The criteria of a card that can be filled. Raises Refused, saying `where` it is wrong."""
    if not criteria:
        raise Refused(t("{where}: a card needs a criterion at least", where=where))
    ids = [each.id for each in criteria]
    for each in criteria:
        if not _ID.fullmatch(each.id):
            raise Refused(
                t(
                    "{where}: {id} is no id: type letters and digits, like needs",
                    where=where,
                    id=each.id,
                )
            )
        if ids.count(each.id) > 1:
            raise Refused(t("{where}: {id} stands there twice", where=where, id=each.id))
        if not each.text.strip():
            raise Refused(t("{where}: {id} needs its question as text", where=where, id=each.id))
        if not 1 <= each.weight <= 100:
            raise Refused(
                t("{where}: {id} weighs 1 to 100, not {weight}", where=where, id=each.id,
                  weight=each.weight)
            )  # fmt: skip
    return tuple(criteria)


def changed(
    criteria: Sequence[Criterion],
    *,
    put: Sequence[tuple[str, str]] = (),
    weights: Sequence[tuple[str, str]] = (),
    guides: Sequence[tuple[str, str]] = (),
    drop: Sequence[str] = (),
) -> tuple[Criterion, ...]:
    """The criteria with some put in or worded anew, weighed, guided or dropped.

    Raises Refused for a criterion that is not there, and a weight that is no number.
    """
    found = {each.id: each for each in criteria}
    for name, text in put:
        held = found.get(name, Criterion(id=name, text=text))
        found[name] = msgspec.structs.replace(held, text=text)
    for name, text in weights:
        weight = whole(text)
        if weight is None:
            raise Refused(t("{text} is no weight: type {id}=2", text=text, id=name))
        found[name] = msgspec.structs.replace(_there(name, found), weight=weight)
    for name, text in guides:
        found[name] = msgspec.structs.replace(_there(name, found), guide=text)
    for name in drop:
        _there(name, found)
        del found[name]
    return checked(tuple(found.values()), t("card"))


def _there(name: str, found: dict[str, Criterion]) -> Criterion:
    if name not in found:
        listed = ", ".join(found)
        raise Refused(
            t("there is no criterion {word}: type one of {listed}", word=name, listed=listed)
        )
    return found[name]
