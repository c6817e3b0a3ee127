"""Whose pay who is at the keyboard may see and set (features P1 § Identity, P10, trap T24).

The head is whoever is no seller here. A seller sees the own sheet alone and sets nothing.
"""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from cockpit.department import Department
from cockpit.errors import Refused
from cockpit.words import t
from events.vocabulary import OteSet
from projections.question import Question

if TYPE_CHECKING:
    from projections.dossier import Dossier

PRIVATE: Final = frozenset({"pay"})
"""The reports of which a seller sees the own rows alone."""


def asking_seller(department: Department) -> str | None:
    """The seller at the keyboard; None for the head."""
    return asker(department.actor(), department.desk.sellers(department.dials()))


def asker(actor: str, sellers: Container[str]) -> str | None:
    """The seller somebody is, of all who ever sold here; None for the head."""
    return actor if actor in sellers else None


def private(department: Department, name: str, question: Question) -> Question:
    """The question as far as the one at the keyboard may ask it.

    Raises Refused where a seller asks for the pay of another.
    """
    seller = asking_seller(department) if name in PRIVATE else None
    if seller is None:
        return question
    if question.sellers not in ((), (seller,)):
        raise Refused(t("the pay of others is not yours to see: leave --seller out"))
    return replace(question, sellers=(seller,))


def others_pay(seller: str | None, *bodies: object) -> bool:
    """Whether one of some bodies of events says what somebody else is paid than the seller who
    asks, None for the head.
    """
    paid = {body.seller for body in bodies if isinstance(body, OteSet)} - {None, seller}
    return seller is not None and bool(paid)


def pay_within(found: Dossier) -> tuple[object, ...]:
    """The bodies of an event in full, in which somebody's pay may stand."""
    target = found.target.body if found.target is not None else None
    return found.event.body, found.body, target


def head_only(department: Department) -> None:
    """Raises Refused for a seller."""
    seller = asking_seller(department)
    if seller is not None:
        name = department.seller_names.get(seller, seller)
        raise Refused(t("what pays whom is set by the head, and you are {name}", name=name))
