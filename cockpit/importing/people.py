"""Sellers and clients as a file names them: known ones found, new ones made known once."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import repeat
from typing import Final, Literal

import msgspec

from cockpit.importing.batch import Batch
from cockpit.importing.cells import Cell, seen, text_of
from cockpit.importing.errors import RowError
from cockpit.importing.fields import builder
from cockpit.importing.mapping import Register
from cockpit.importing.place import Place
from cockpit.importing.scope import Scope
from cockpit.importing.sources import Source, texts, then
from cockpit.importing.unit import Person, Seal
from cockpit.words import t
from events.envelope import new_id
from events.log import Log
from events.trace import Trace
from events.vocabulary import ClientRegistered, SellerHired, name_of
from events.vocabulary.fact import Fact

Kind = Literal["seller", "client"]

_BODIES: Final[dict[Kind, type[Fact]]] = {
    "seller": SellerHired,
    "client": ClientRegistered,
}


Registrar = Callable[[Batch], Sequence[Person | RowError | None]]
"""Whom each row names, None where it names nobody."""


class Directory(msgspec.Struct):
    """Everybody of a kind the log knows: their keys, and their keys by every name they had."""

    keys: set[str]
    by_name: dict[str, str]


def directory(log: Log, kind: Kind) -> Directory:
    """Read it from the log; an erased name finds nobody."""
    events = list(log.find(Trace(kinds=(name_of(_BODIES[kind]),))))
    found = Directory(set(), {})
    for event in log.reveal(events):
        if isinstance(event.body, SellerHired | ClientRegistered):
            key = getattr(event.body, kind)
            found.keys.add(key)
            if event.body.name:
                found.by_name[folded(event.body.name)] = key
    return found


def folded(name: str) -> str:
    """A name without regard to case, spaces and what nobody sees; nothing else is forgiven."""
    return " ".join(unicodedata.normalize("NFC", seen(name)).casefold().split())


def key_source(scope: Scope, kind: Kind, spec: Register, known: Directory, place: Place) -> Source:
    """Reads a person's key: from the row, else by the name among those known, else a new one.

    A new client's key says nothing of the name; a new seller's is the name, as one word.
    """
    if spec.key is not None:
        return scope.source(spec.key, place.at("key"))

    def key(name: Cell) -> Cell:
        text = text_of(name)
        if not text:
            return None
        person = folded(text)
        if person not in known.by_name:
            fresh = f"c-{new_id()[-12:]}" if kind == "client" else person.replace(" ", "-")
            known.by_name[person] = fresh
        return known.by_name[person]

    return then(scope.source(spec.name, place.at("name")), key)


def registrar(
    scope: Scope,
    kind: Kind,
    spec: Register,
    place: Place,
    *,
    seal: Seal,
    digits: int,
    first_moments: Mapping[str, Mapping[str, dt.datetime]],
) -> Registrar:
    """Reads the person each row names, None where it names nobody.

    The same key gives the same person every time. They become known at the moment `spec.at`
    gives, else when the file first speaks of them, else now.
    """
    role = spec.as_ or kind
    key_of = texts(scope.name(role, place.at("key")))
    with scope.defining(role):
        given = {"name": spec.name, **spec.set}
        fields = builder(scope, _BODIES[kind], given, digits, place, besides=(kind,))
    since = None if spec.at is None else scope.moment(spec.at, place.at("at"))
    met: dict[str | RowError, Person] = {}

    def meet(batch: Batch, keys: Sequence[str | RowError]) -> dict[int, RowError]:
        """Get to know whom some rows name; which of these rows cannot say who it is."""
        errors: dict[int, RowError] = {}
        moments = repeat(None, len(batch)) if since is None else since(batch)
        rows = zip(keys, fields.rows(batch), moments, strict=True)
        for at, (key, values, day) in enumerate(rows):
            if isinstance(key, RowError) or key in met:
                continue
            moment = first_moments.get(role, {}).get(key) if since is None else day
            if isinstance(moment, RowError):
                errors[at] = moment
            elif moment is None and since is not None:
                errors[at] = RowError(t("it is not said since when {person} is known", person=key))
            elif isinstance(values, RowError):
                errors[at] = values
            else:
                body = _BODIES[kind](**{kind: key}, **values)
                met[key] = Person((kind, key), *seal([body], [moment], [f"{kind}:{key}"]))
                scope.people[kind].add(key)
        return errors

    def read(batch: Batch) -> Sequence[Person | RowError | None]:
        keys = key_of(batch)
        with suppress(KeyError):
            return list(map(met.__getitem__, keys))
        strange = [at for at, key in enumerate(keys) if key and key not in met]
        if not strange:
            return list(map(met.get, keys))
        errors = meet(batch.picked(strange), [keys[at] for at in strange])
        found: list[Person | RowError | None] = [
            key if isinstance(key, RowError) else met.get(key) for key in keys
        ]
        for at, error in errors.items():
            found[strange[at]] = error
        return found

    return read
