"""The ground rules that every cell depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from events.vocabulary.people import BRIEF, Recognition

if TYPE_CHECKING:
    from projections.state import Settings


class Basis(msgspec.Struct, frozen=True):
    """The rules of now: they read the whole log, whenever a thing happened or was recorded.

    `brief` is the length in seconds below which a call was hardly a talk (feature P12).
    """

    zone: str = "UTC"
    recognition: Recognition = "payment"
    brief: int = BRIEF


def basis_of(settings: Settings | None) -> Basis:
    """Those of a department; before it is opened there is nothing that they would change."""
    if settings is None:
        return Basis()
    return Basis(settings.zone, settings.recognition, settings.brief_seconds)
