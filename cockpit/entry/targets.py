"""Which event a repair speaks of, and the values it gets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from msgspec.inspect import IntType, LiteralType, StrType, Type, type_info

from cockpit.department import Ask, Department
from cockpit.entry import amounts, durations, moments
from cockpit.entry.tables import DIRECTIONS
from cockpit.entry.whole import whole
from cockpit.entry.words import unsigned
from cockpit.errors import Refused
from cockpit.words import t
from events.envelope import Event
from events.log import Log
from events.vocabulary import BY_NAME, InvoiceIssued
from events.vocabulary.fact import Fact
from events.vocabulary.repairs import Scalar

_SHORTEST: Final = 6

_MONEY: Final = frozenset({"amount", "cost", "direct"})
_TRUE: Final = frozenset({"yes", "true", "1", "да", "igen"})
_FALSE: Final = frozenset({"no", "false", "0", "нет", "nem", "не"})
_SHORT: Final = {"length": "seconds", "when": "occurred_at", "at": "occurred_at"}


def event_of(log: Log, text: str) -> Event:
    """The event of a position, an id, or the beginning of an id that only one event has.

    Raises Refused where there is none, or there are several.
    """
    named = text.removeprefix("#")
    position = whole(named)
    if position is not None:
        found = list(log.read(position - 1, position)) if position else []
    else:
        found = list(log.get([named]).values()) or _begun(log, named)
    if len(found) > 1:
        raise Refused(t("{text} begins several ids: type more of it", text=text))
    if not found:
        raise Refused(t("there is no event {text}: type the number the answer gave", text=text))
    return found[0]


def _begun(log: Log, start: str) -> list[Event]:
    """The events whose id begins so; a whole read of the log, so only for what is long enough."""
    if len(start) < _SHORTEST:
        return []
    ids = [id_ for chunk in log.chunks() for id_ in chunk.ids if id_.startswith(start)]
    return list(log.get(ids[:2]).values())


def fields_of(
    department: Department, event: Event, pairs: list[str], ask: Ask | None
) -> dict[str, Scalar]:
    """What `field=value` words say of an event, each value read as its field is typed.

    Raises Refused for a word that is no pair, and for a field the event has not.
    """
    kind = BY_NAME.get(event.kind)
    known = set(kind.__struct_fields__) if kind is not None else set()
    fields: dict[str, Scalar] = {}
    for pair in pairs:
        name, is_pair, value = pair.partition("=")
        field = _SHORT.get(name.casefold(), name.casefold())
        if not is_pair or field not in known | {"occurred_at"}:
            raise Refused(
                t(
                    "{pair} is no correction: type field=value with one of {fields}",
                    pair=pair,
                    fields=", ".join(sorted(known | {"at"})),
                )
            )
        if _is_cleared(field, value):
            fields[field] = None
        elif field == "invoice" and kind is not InvoiceIssued:
            fields[field] = _invoice(department, value)
        elif field in _READERS:
            fields[field] = _READERS[field](department, value, ask)
        else:
            fields[field] = _typed(kind, field, value)
    return fields


def _is_cleared(field: str, text: str) -> bool:
    """Whether a dash or nothing takes the value away."""
    return text in ("", "-", "—") and field not in _MONEY


def _typed(kind: type[Fact] | None, field: str, text: str) -> Scalar:
    """A value as the vocabulary has it: a text, a whole number, one of some words.

    Raises Refused where it is none, or the field holds more than one value.
    """
    shapes = _shapes(kind, field)
    words = [
        str(word) for shape in shapes if isinstance(shape, LiteralType) for word in shape.values
    ]
    if any(isinstance(shape, StrType) for shape in shapes) or text in words:
        return text
    if words:
        raise Refused(
            t(
                "{text} is no {field}: type one of {words}",
                text=text,
                field=field,
                words=", ".join(words),
            )
        )
    if not any(isinstance(shape, IntType) for shape in shapes):
        raise Refused(t("{field} is not one value: void the event and log it anew", field=field))
    if not re.fullmatch(r"-?[0-9]{1,15}", text):
        raise Refused(t("{text} is no {field}: type a whole number", text=text, field=field))
    return int(text)


def _shapes(kind: type[Fact] | None, field: str) -> tuple[Type, ...]:
    """What a field of a kind may hold."""
    info = type_info(kind) if kind is not None else None
    found = [each.type for each in getattr(info, "fields", ()) if each.name == field]
    return tuple(inner for shape in found for inner in getattr(shape, "types", (shape,))) or (
        StrType(),
    )


def _money(department: Department, text: str, ask: Ask | None) -> int:
    settings = department.settings
    return amounts.parse(text, currency=settings.currency, minor_digits=settings.minor_digits)


def _costs(department: Department, text: str, ask: Ask | None) -> int:
    return 0 if text.strip() == "0" else _money(department, text, ask)


def _moment(department: Department, text: str, ask: Ask | None) -> str:
    return moments.past(moments.parse(text), department.now()).isoformat()


def _day(department: Department, text: str, ask: Ask | None) -> str:
    return moments.parse_day(text, department.now().date()).isoformat()


def _client(department: Department, text: str, ask: Ask | None) -> str:
    return department.client(text, ask)


def _seller(department: Department, text: str, ask: Ask | None) -> str:
    return department.seller(text, ask)


def _length(department: Department, text: str, ask: Ask | None) -> int:
    seconds = whole(text)
    return durations.parse(text) if seconds is None else seconds


def _yes(department: Department, text: str, ask: Ask | None) -> bool:
    if text.casefold() in _TRUE | _FALSE:
        return text.casefold() in _TRUE
    raise Refused(t("{text} is neither yes nor no", text=text))


def _direction(department: Department, text: str, ask: Ask | None) -> str:
    direction = DIRECTIONS.get(text.casefold())
    if direction is None:
        raise Refused(t("{text} is neither in nor out", text=text))
    return direction


def _invoice(department: Department, text: str) -> str:
    """The number of an invoice there is, with its sign or without."""
    known = department.desk.invoices(department.dials())
    number = unsigned(text)
    if number not in known:
        still_open = ", ".join(invoice for invoice, owed in known.items() if owed.open > 0)
        raise Refused(
            t("there is no invoice {number}; open are: {open}", number=number, open=still_open)
        )
    return number


_READERS: Final[dict[str, Callable[[Department, str, Ask | None], Scalar]]] = {
    "amount": _money,
    "cost": _costs,
    "direct": _costs,
    "occurred_at": _moment,
    "client": _client,
    "seller": _seller,
    "seconds": _length,
    "brief_seconds": _length,
    "direction": _direction,
    "reached": _yes,
    "overpaid": _yes,
    "refund": _yes,
    **dict.fromkeys(("due", "on", "until", "since", "first", "last"), _day),
}
