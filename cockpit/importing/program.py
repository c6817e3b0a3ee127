"""A mapping put together with a file: from here on rows just run through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from pathlib import Path
from typing import Final, TypeVar, cast

import msgspec

from cockpit.importing.batch import Batch, gaps
from cockpit.importing.cells import Row
from cockpit.importing.columns import Columns, columns_of
from cockpit.importing.conditions import Test
from cockpit.importing.errors import RowError
from cockpit.importing.ground import Ground
from cockpit.importing.joins import open_join
from cockpit.importing.making import Maker, maker
from cockpit.importing.mapping import Mapping
from cockpit.importing.people import Registrar, key_source, registrar
from cockpit.importing.place import Place
from cockpit.importing.reading import Table, open_skipped, open_table
from cockpit.importing.roles import first_moments, roles_of
from cockpit.importing.rows import Chunks, Members, chunked, kept, rows_of
from cockpit.importing.scope import Join, Scope
from cockpit.importing.unit import Person, Unit
from cockpit.words import t
from events.envelope import Draft
from events.vocabulary import PaymentReceived
from events.vocabulary.fact import Fact

T = TypeVar("T")

_COSTS: Final = frozenset({"cost", "direct"})

_IN_MEMORY: Final = 100_000
"""Files of so many lines are read once, though their rows may be gone through twice."""


class Made(msgspec.Struct, frozen=True):
    """What some rows make, the rows that make nothing but trouble, and how many make nothing."""

    units: Sequence[Unit]
    broken: Sequence[tuple[Row, RowError]]
    left_out: int


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """`units` is what rows make, of events of some `kinds`; `costed` payments bring their costs.

    `lines` is about how many rows will come, `members` the lines of grouped ones by the first
    of each group.
    """

    lines: int
    members: Members
    chunks: Chunks
    units: Callable[[Batch], Made]
    kinds: frozenset[type[Fact]]
    costed: bool


def open_file(path: Path, rules: Mapping, place: Place) -> Table:
    """The table that a mapping is about; raises Refused."""
    if not (rules.event or rules.seller or rules.client):
        place.refuse(t("nothing comes of this mapping: it has no event, seller or client"))
    at = place.at("file")
    table = open_skipped(path, rules.file, at) or open_table(path, rules.file, at)
    if rules.file.header and table.closed and not any(table.header):
        at.at("header").refuse(
            t("{file} has no line with the names of columns, or skip passes it by", file=path.name)
        )
    return table


def compile_program(
    table: Table, rules: Mapping, folders: tuple[Path, ...], ground: Ground, place: Place
) -> Program:
    """The mapping put together with an open table; raises Refused.

    Second files lie in one of the folders.
    """
    raw = _scope(columns_of(table, rules.file), rules, ground, place, texts=table.texts)
    raw.joins = _joins(rules, folders, ground, place)
    columns, plain, members = rows_of(table, raw, rules, place)
    scope = raw if rules.group is None else _scope(columns, rules, ground, place)
    scope.joins = raw.joins
    chunks = chunked(plain, scope, ragged=table.width is None, identify=rules.group is None)
    look, chunks = kept(chunks) if table.lines <= _IN_MEMORY else (chunks, chunks)
    holds = None if rules.when is None else scope.test(rules.when, place.at("when"))
    makers, people = _compiled(scope, rules, ground, place, look, holds)

    def units(batch: Batch) -> Made:
        if holds is None:
            return _made(batch, people, makers)
        says = batch.once(holds)
        chosen = [at for at, yes in enumerate(says) if yes is True]
        made = _made(batch.picked(chosen), people, makers)
        torn = [(batch.row(at), yes) for at, yes in enumerate(says) if isinstance(yes, RowError)]
        return Made(made.units, [*torn, *made.broken], made.left_out + says.count(False))

    return Program(
        lines=table.lines,
        members=members,
        chunks=chunks,
        units=units,
        kinds=frozenset(each.kind for each in makers),
        costed=any(
            made.kind is PaymentReceived and not _COSTS.isdisjoint(spec.set)
            for made, spec in zip(makers, rules.event, strict=True)
        ),
    )


def _made(batch: Batch, people: Sequence[Registrar], makers: Sequence[Maker]) -> Made:
    """What rows make that the mapping does not leave out; without makers, people are enough."""
    named = [read(batch) for read in people]
    facts = [each.drafts(batch) for each in makers]
    if makers and not any(map(gaps, (*named, *facts))):
        whole = cast("list[Sequence[Draft]]", facts), cast("list[Sequence[Person]]", named)
        columns = (_across(column, len(batch)) for column in whole)
        return Made(list(map(Unit, repeat(batch), range(len(batch)), *columns)), (), 0)
    rows = zip(_across(named, len(batch)), _across(facts, len(batch)), strict=True)
    made = [
        _unit(batch, at, persons, drafts, alone=not makers)
        for at, (persons, drafts) in enumerate(rows)
    ]
    return Made(
        [unit for unit in made if isinstance(unit, Unit)],
        [(batch.row(at), unit) for at, unit in enumerate(made) if isinstance(unit, RowError)],
        made.count(None),
    )


def _across(columns: Sequence[Sequence[T]], rows: int) -> Iterable[tuple[T, ...]]:
    """Columns as rows, also where there is no column."""
    return zip(*columns, strict=True) if columns else repeat((), rows)


def _unit(
    batch: Batch,
    at: int,
    persons: Sequence[Person | RowError | None],
    drafts: Sequence[Draft | RowError | None],
    *,
    alone: bool,
) -> Unit | RowError | None:
    """What the row at a place makes; where `alone`, people are enough."""
    people: list[Person] = []
    for person in persons:
        if isinstance(person, RowError):
            return person
        if person is not None:
            people.append(person)
    facts: list[Draft] = []
    for draft in drafts:
        if isinstance(draft, RowError):
            return draft
        if draft is not None:
            facts.append(draft)
    return Unit(batch, at, facts, people) if facts or (people and alone) else None


def _scope(
    columns: Columns, rules: Mapping, ground: Ground, place: Place, *, texts: bool = False
) -> Scope:
    """The names of the file, with the mapping's tables and computed values."""
    return Scope(
        columns,
        rules.formats,
        zone=ground.department.zone,
        place=place,
        texts=texts,
        people={"seller": set(ground.sellers.keys), "client": set(ground.clients.keys)},
        tables=rules.table,
        names={name: (expr, place.at("let").at(name)) for name, expr in rules.let.items()},
    )


def _joins(
    rules: Mapping, folders: tuple[Path, ...], ground: Ground, place: Place
) -> dict[str, Join]:
    """The second files by their names."""
    return {
        name: open_join(
            name, spec, folders, rules.formats, ground.department.zone, place.at("lookup").at(name)
        )
        for name, spec in rules.lookup.items()
    }


def _compiled(
    scope: Scope,
    rules: Mapping,
    ground: Ground,
    place: Place,
    chunks: Chunks,
    holds: Test | None,
) -> tuple[list[Maker], list[Registrar]]:
    """The makers of events and the registrars of people."""
    roles = roles_of(rules, ground, place)
    for role in roles:
        scope.sources[role.name] = key_source(scope, role.kind, role.spec, role.known, role.place)
    makers = [
        maker(
            scope,
            rules,
            number,
            digits=ground.department.minor_digits,
            seal=ground.seal,
            place=place.at("event").at(number),
        )
        for number in range(1, len(rules.event) + 1)
    ]
    moments = first_moments(scope, rules, roles, makers, chunks, holds)
    people = [
        registrar(
            scope,
            role.kind,
            role.spec,
            role.place,
            seal=ground.seal,
            digits=ground.department.minor_digits,
            first_moments=moments,
        )
        for role in roles
    ]
    return makers, people
