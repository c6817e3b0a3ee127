"""The registers of a mapping by the names their keys go by, and when each person is first met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import islice, repeat

import msgspec

from cockpit.importing.batch import SIZE, Batch
from cockpit.importing.cells import text_of
from cockpit.importing.conditions import Test
from cockpit.importing.errors import RowError
from cockpit.importing.ground import Ground
from cockpit.importing.making import Maker
from cockpit.importing.mapping import Mapping, Register
from cockpit.importing.people import Directory, Kind
from cockpit.importing.place import Place
from cockpit.importing.rows import Rows
from cockpit.importing.scope import Moments, Scope
from cockpit.importing.sources import parsed
from cockpit.words import t

Meetings = dict[tuple[str, str], dt.datetime]
"""When the file first speaks of a person, by the role and the key."""


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
    rows: Rows,
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
    found: Meetings = {}
    if not undated or tells is None:
        return found
    keys = [(role.name, parsed(scope.sources[role.name], text_of)) for role in undated]
    records = rows()
    while chunk := [row for _, row in islice(records, SIZE)]:
        batch = Batch([row for row in chunk if not isinstance(row, RowError)])
        counts = repeat(True, len(batch)) if holds is None else holds(batch)
        moments = [
            at if yes is True else None for at, yes in zip(tells(batch), counts, strict=True)
        ]
        for role_name, key in keys:
            _note(found, role_name, key(batch), moments)
    return found


def _note(
    found: Meetings,
    role: str,
    keys: Sequence[str | RowError],
    moments: Sequence[dt.datetime | RowError | None],
) -> None:
    """Remember the earliest moment of each person in a role."""
    for key, at in zip(keys, moments, strict=True):
        if at is None or isinstance(at, RowError) or isinstance(key, RowError):
            continue
        person = (role, key)
        if person not in found or at < found[person]:
            found[person] = at


def _moment_of(scope: Scope, rules: Mapping, makers: Sequence[Maker]) -> Moments | None:
    """When a row happened, by the first of its events that says so; None where none ever does."""
    dated = [(each.applies, each.moment) for each in makers if each.moment is not None]
    if not dated and rules.at is not None:
        return scope.moment(rules.at, scope.place.at("at"))
    if not dated:
        return None

    def read(batch: Batch) -> Sequence[dt.datetime | RowError | None]:
        found: list[dt.datetime | RowError | None] = [None] * len(batch)
        for applies, moment in reversed(dated):
            chosen = repeat(True, len(batch)) if applies is None else applies(batch)
            for at, (yes, when) in enumerate(zip(chosen, moment(batch), strict=True)):
                if yes is not False:
                    found[at] = when if yes is True else yes
        return found

    return read
