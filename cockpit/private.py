"""Whose pay who is at the keyboard may see and set (features P1 § Identity, P10, trap T24).

The head is whoever is no seller here. A seller sees the own sheet alone and sets nothing.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from cockpit.department import Department
from cockpit.errors import Refused
from cockpit.words import t
from events.envelope import Unknown
from events.vocabulary import OteSet
from events.vocabulary.fact import Fact
from projections.question import Question

PRIVATE: Final = frozenset({"pay"})
"""The reports of which a seller sees the own rows alone."""


def asking_seller(department: Department) -> str | None:
    """The seller at the keyboard; None for the head."""
    asker = department.actor()
    return asker if asker in department.desk.sellers(department.dials()) else None


def private(department: Department, name: str, question: Question) -> Question:
    """The question as far as the one at the keyboard may ask it.

    Raises Refused where a seller asks for the pay of another.
    """
    asker = asking_seller(department) if name in PRIVATE else None
    if asker is None:
        return question
    if question.sellers not in ((), (asker,)):
        raise Refused(t("the pay of others is not yours to see: leave --seller out"))
    return replace(question, sellers=(asker,))


def others_pay(department: Department, body: Fact | Unknown) -> bool:
    """Whether an event says what somebody else is paid than the seller who asks."""
    if not isinstance(body, OteSet) or body.seller is None:
        return False
    return asking_seller(department) not in (None, body.seller)


def head_only(department: Department) -> None:
    """Raises Refused for a seller."""
    asker = asking_seller(department)
    if asker is not None:
        name = department.seller_names.get(asker, asker)
        raise Refused(t("what pays whom is set by the head, and you are {name}", name=name))
