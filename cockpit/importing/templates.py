"""Texts with `{names}` in them; `{{` and `}}` are the braces themselves."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from cockpit.importing.place import Place
from cockpit.words import t

_PIECES: Final = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}]+)\}|(?P<stray>[{}])")


class Name(msgspec.Struct, frozen=True):
    """A place in a text where a value goes."""

    name: str


def pieces(template: str, place: Place) -> list[str | Name]:
    """The fixed texts and the names of a template in order; raises Refused for a stray brace."""
    found: list[str | Name] = []
    fixed, at = "", 0
    for piece in _PIECES.finditer(template):
        fixed += template[at : piece.start()]
        at = piece.end()
        if piece["stray"]:
            place.refuse(t("a brace stands alone in {text}; write it twice", text=template))
        if piece["name"] is None:
            fixed += piece[0][0]
            continue
        if fixed:
            found.append(fixed)
            fixed = ""
        found.append(Name(piece["name"].strip()))
    fixed += template[at:]
    return [*found, fixed] if fixed else found
