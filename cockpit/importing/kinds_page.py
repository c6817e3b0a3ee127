"""The manual's page of events, out of the vocabulary: `python -m cockpit.importing.kinds_page`."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Final

import msgspec.inspect as shapes

from cockpit.importing.fields import MONEY, fields_of
from cockpit.importing.making import DECISIONS
from events.vocabulary import KINDS, FileImported, name_of
from events.vocabulary.fact import Cuts, Fact

PAGE: Final = Path(__file__).parents[2] / "docs" / "events.md"

_CUTS: Final = tuple(fields_of(Cuts))

_HEAD: Final = """# The kinds of events

What a [mapping](mapping.md) may name as the `kind` of an event, and what it may `set`. A field in
**bold** must have a value; whatever else is not set stays empty, or at what is said here.

A field is text where nothing else is said, and `seller` and `client` are the keys of people who are
registered. Money is an amount in the department's currency, a length an amount of time, a day a
date, a month any date in it.

*Cuts* are what reports cut by: `channel`, `segment`, `territory`, `product`, `group` and
`temperature`, all of them text.

*Undated* events speak of days of their own, so that a mapping need not say `at`. All others need
it.
"""


def page() -> str:
    """The whole page, in English."""
    parts = [_HEAD]
    module = ""
    for kind in KINDS:
        if kind is FileImported:
            continue
        if kind.__module__ != module:
            module = kind.__module__
            parts.append(f"## {_heading(module)}\n")
        parts.append(_entry(kind))
    return "\n".join(parts)


def _heading(module: str) -> str:
    """What a part of the vocabulary is about."""
    said = inspect.cleandoc(sys.modules[module].__doc__ or "")
    return said.split(".")[0]


def _entry(kind: type[Fact]) -> str:
    """A kind, what it says, and its fields."""
    fields = fields_of(kind)
    cuts = issubclass(kind, Cuts)
    own = [each for name, each in fields.items() if not (cuts and name in _CUTS)]
    own.sort(key=lambda each: not each.required)
    listed = ", ".join([*map(_field, own), *(["*cuts*"] if cuts else [])])
    said = " ".join(inspect.cleandoc(kind.__doc__ or "").split())
    undated = " *Undated.*" if issubclass(kind, DECISIONS) else ""
    return f"### `{name_of(kind)}`\n\n{said}{undated}\n\n{listed}\n"


def _field(field: shapes.Field) -> str:
    """A field with what it is, and what it is where nothing is set."""
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    notes = [_said(field.name, field.type)]
    if isinstance(field.default, str | int) and field.default not in (False, ""):
        notes.append(f"{field.default} if not set")
    notes = [note for note in notes if note]
    return f"{name} ({'; '.join(notes)})" if notes else name


def _said(name: str, shape: shapes.Type) -> str:
    """What a value is in words, nothing for a text."""
    match shape:
        case shapes.UnionType(types=types):
            inner = [each for each in types if not isinstance(each, shapes.NoneType)]
            return _said(name, inner[0]) if len(inner) == 1 else ""
        case shapes.IntType():
            return "money" if name in MONEY else "length" if name == "seconds" else "whole number"
        case shapes.BoolType():
            return "yes or no"
        case shapes.DateType():
            return "day"
        case shapes.LiteralType(values=values):
            return " | ".join(f"`{value}`" for value in values)
        case shapes.VarTupleType(item_type=item):
            return f"list of {_several(_said('', item))}"
        case shapes.DictType(value_type=value):
            return f"table of {_several(_said('', value))}"
        case shapes.StructType(fields=fields):
            return "{ " + ", ".join(map(_field, fields)) + " }"
    return "month" if name == "month" else ""


def _several(said: str) -> str:
    """Several of what one of is called so."""
    return f"{said}s" if said in ("day", "whole number") else said or "texts"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
