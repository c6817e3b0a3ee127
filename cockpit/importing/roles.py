"""The registers of a mapping by the names their keys go by, and when each person is first met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import repeat
from typing import cast

import msgspec

from cockpit.importing.batch import Batch, gaps
from cockpit.importing.conditions import Test
from cockpit.importing.errors import RowError
from cockpit.importing.ground import Ground
from cockpit.importing.making import Maker
from cockpit.importing.mapping import Mapping, Register
from cockpit.importing.people import Directory, Kind
from cockpit.importing.place import Place
from cockpit.importing.rows import Chunks
from cockpit.importing.scope import Moments, Scope
from cockpit.importing.sources import texts
from cockpit.words import t

Meetings = dict[str, dict[str, dt.datetime]]
"""When the file first speaks of a person, by the role and then by the key."""


class _Firsts(msgspec.Struct):
    """The earliest moment of each person in a role, and the latest of these moments."""

    moments: dict[str, dt.datetime]
    latest: dt.datetime | None = None


class Role(msgspec.Struct, frozen=True):
    """A register of the mapping with the name its key goes by."""

    kind: Kind
    name: str
    spec: Register
    known: Directory
    place: Place


def roles_of(rules: Mapping, ground: Ground, place: Place) -> list[Role]:
    """Every register, sellers first."""
    kinds: tuple[tuple[Kind, Sequence[Register], Directory], ...] = (
        ("seller", rules.seller, ground.sellers),
        ("client", rules.client, ground.clients),
    )
    roles = [
        Role(kind, spec.as_ or kind, spec, known, place.at(kind).at(number))
        for kind, specs, known in kinds
        for number, spec in enumerate(specs, 1)
    ]
    names = [role.name for role in roles]
    for role in roles:
        if names.count(role.name) > 1:
            role.place.at("as").refuse(t("two registers go by {name}", name=role.name))
    return roles


def first_moments(
    scope: Scope,
    rules: Mapping,
    roles: Sequence[Role],
    makers: Sequence[Maker],
    chunks: Chunks,
    holds: Test | None,
) -> Meetings:
    """When the file first speaks of each person whose beginning no column says.

    Rows need not be in the order of time, so all of them are looked through beforehand.
    """
    undated = [role for role in roles if role.spec.at is None]
    tells = _moment_of(scope, rules, makers)
    if undated and tells is None:
        for role in undated:
            if role.kind == "seller":
                role.place.refuse(t("a seller needs at: the first working day"))
    if not undated or tells is None:
        return {}
    found = {role.name: _Firsts({}) for role in undated}
    keys = [(found[role.name], texts(scope.sources[role.name])) for role in undated]
    for chunk in chunks():
        batch = chunk.batch
        if not len(batch):
            continue
        moments = batch.once(tells)
        if holds is not None:
            counts = zip(moments, batch.once(holds), strict=True)
            moments = [at if yes is True else None for at, yes in counts]
        began = None if gaps(moments) else min(cast("Sequence[dt.datetime]", moments))
        for first, key in keys:
            _note(first, batch.once(key), moments, began)
    return {name: first.moments for name, first in found.items()}


def _note(
    first: _Firsts,
    keys: Sequence[str | RowError],
    moments: Sequence[dt.datetime | RowError | None],
    began: dt.datetime | None,
) -> None:
    """Remember the earliest moment of each person in a role.

    Where everybody was met before any of the moments began, as in a file in the order of time,
    there is nothing to remember.
    """
    late = began is not None and first.latest is not None and first.latest <= began
    if late and first.moments.keys() >= set(keys):
        return
    known = first.moments
    for key, at in zip(keys, moments, strict=True):
        if at is None or isinstance(at, RowError) or isinstance(key, RowError):
            continue
        if key not in known or at < known[key]:
            known[key] = at
    first.latest = max(known.values(), default=None)


def _moment_of(scope: Scope, rules: Mapping, makers: Sequence[Maker]) -> Moments | None:
    """When a row happened, by the first of its events that says so; None where none ever does."""
    dated = [(each.applies, each.moment) for each in makers if each.moment is not None]
    if not dated and rules.at is not None:
        return scope.moment(rules.at, scope.place.at("at"))
    if not dated:
        return None

    if all(applies is None for applies, _ in dated):
        return dated[0][1]

    def read(batch: Batch) -> Sequence[dt.datetime | RowError | None]:
        found: list[dt.datetime | RowError | None] = [None] * len(batch)
        for applies, moment in reversed(dated):
            chosen = repeat(True, len(batch)) if applies is None else applies(batch)
            for at, (yes, when) in enumerate(zip(chosen, batch.once(moment), strict=True)):
                if yes is not False:
                    found[at] = when if yes is True else yes
        return found

    return read
