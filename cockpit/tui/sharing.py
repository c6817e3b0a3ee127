"""Share mode (feature P7): what may be on a wall or a video call where others look on.

Names of clients beyond today's list, telephone numbers and other personal words are veiled, nobody
is ranked, and the lines have more air.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from cockpit.tui.sheet import Cell, Line, Sheet
from events.envelope import Event
from events.vocabulary import EventCorrected, OteSet
from events.vocabulary.fact import Fact
from projections.dossier import Dossier

SHARED: Final = "-shared"
"""The class of an app whose screen others see."""

VEIL: Final = "•••"

_SELLER: Final = "seller:"
_FRAME: Final = 10
"""The lines a board has besides its rows."""


def veiled_names(names: Mapping[str, str], listed: Set[str]) -> dict[str, str]:
    """The names of clients by key, those beyond today's list veiled."""
    return {key: name if key in listed else VEIL for key, name in names.items()}


def veiled(event: Event) -> Event:
    """An event whose personal words are veiled."""
    body = event.body
    return replace(event, body=_veiled(body)) if isinstance(body, Fact) else event


def veiled_dossier(found: Dossier) -> Dossier:
    """An event and all that is tied to it, veiled."""
    return replace(
        found,
        event=veiled(found.event),
        before=None if found.before is None else veiled(found.before),
        after=None if found.after is None else veiled(found.after),
        repairs=tuple(veiled(event) for event in found.repairs),
        target=None if found.target is None else veiled(found.target),
        body=_veiled(found.body) if isinstance(found.body, Fact) else found.body,
    )


def shown(sheet: Sheet, height: int) -> Sheet:
    """A sheet for others: sellers by name instead of by rank, a blank between lines that fit."""
    lines: list[Line] = []
    for of_sellers, run in groupby(sheet.lines, key=lambda line: line.key.startswith(_SELLER)):
        found = list(run)
        lines += sorted(found, key=_name) if of_sellers else found
    if 2 * len(lines) + _FRAME <= height:
        lines = [line for place, each in enumerate(lines) for line in (each, _air(place))][:-1]
    return replace(sheet, lines=tuple(lines))


def _veiled(body: Fact) -> Fact:
    """A body without its personal words; an income says nothing of how much it is."""
    if isinstance(body, OteSet):
        parts = ("amount", "salary_bp", "premium_bp", "bonus_bp")
        return replace(body, **dict.fromkeys(parts, VEIL))
    hidden = {field: VEIL for field in body.PERSONAL if getattr(body, field)}
    if isinstance(body, EventCorrected) and body.fields:
        return replace(body, fields=dict.fromkeys(body.fields, VEIL), **hidden)
    return replace(body, **hidden) if hidden else body


def _name(line: Line) -> str:
    """What a line begins with, its first letter's case apart."""
    return line.cells[0].text.casefold() if line.cells else ""


def _air(place: int) -> Line:
    """A blank line."""
    return Line(f"air/{place}", (Cell(""), Cell("")), opens=False)
