"""One kind of event out of a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Final, cast

import msgspec

from cockpit.importing.batch import Batch, Found, broken, gaps
from cockpit.importing.cells import Texts, all_text, text_of
from cockpit.importing.conditions import Test
from cockpit.importing.errors import RowError
from cockpit.importing.fields import builder, fields_of
from cockpit.importing.mapping import Expr, Register
from cockpit.importing.mapping import Mapping as Rules
from cockpit.importing.place import Place
from cockpit.importing.scope import Moments, Scope
from cockpit.importing.sources import Source
from cockpit.importing.unit import Seal
from cockpit.words import t
from events.envelope import Draft
from events.vocabulary import (
    BY_NAME,
    KINDS,
    AbsenceSet,
    BenchmarkEntered,
    CalendarSet,
    ClientPlanSet,
    CreditSplitSet,
    FileImported,
    FixedCostsSet,
    KpiSet,
    NormSet,
    OteSet,
    PlanSet,
    ScaleSet,
)
from events.vocabulary.fact import Fact

DECISIONS: Final = (
    AbsenceSet,
    BenchmarkEntered,
    CalendarSet,
    ClientPlanSet,
    CreditSplitSet,
    FixedCostsSet,
    KpiSet,
    NormSet,
    OteSet,
    PlanSet,
    ScaleSet,
)
"""Kinds that speak of other days than their own; without `at` they happen when imported."""

_INHERITED: Final = ("channel", "segment", "territory", "group")


Drafts = Callable[[Batch], "Sequence[Draft | RowError | None]"]
"""A draft for every row, why there is none, or None where none is to be."""


_Whole = tuple[Sequence[Fact], Sequence[dt.datetime | None], Sequence[str]]
"""The bodies, the moments and the external ids of rows in which nothing is broken."""


class Maker(msgspec.Struct, frozen=True):
    """`moment` is None for a decision that happens when it is imported."""

    kind: type[Fact]
    applies: Test | None
    moment: Moments | None
    drafts: Drafts


def maker(
    scope: Scope,
    rules: Rules,
    number: int,
    *,
    digits: int,
    seal: Seal,
    place: Place,
) -> Maker:
    """The n-th event of a mapping (from 1); raises Refused where it does not fit the kind."""
    spec = rules.event[number - 1]
    kind = _kind(spec.kind, place.at("kind"))
    place_at = place.at("at")
    expr = spec.at if spec.at is not None else rules.at
    if expr is None and not issubclass(kind, DECISIONS):
        place.refuse(t("{kind} needs at: when it happened", kind=kind.__name__))
    moment = None if expr is None else scope.moment(expr, place_at)
    applies = None if spec.when is None else scope.test(spec.when, place.at("when"))
    given = {**_inherited(rules, kind), **spec.set}
    fields = builder(scope, kind, given, digits, place.at("set"))
    identity = _identity(scope, rules, number, place)

    def drafts(batch: Batch) -> Sequence[Draft | RowError | None]:
        moments = [None] * len(batch) if moment is None else batch.once(moment)
        bodies, names = fields.bodies(batch), identity(batch)
        undated = moment is not None and gaps(moments)
        if applies is None and not undated and not any(map(broken, (bodies, names))):
            whole = cast("_Whole", (bodies, moments, names))
            return seal(*whole)
        chosen = repeat(True, len(batch)) if applies is None else applies(batch)
        columns = zip(chosen, moments, bodies, names, strict=True)
        return [
            _draft(kind, seal, at, body, name, dated=moment is not None)
            if applies is True
            else applies or None
            for applies, at, body, name in columns
        ]

    return Maker(kind, applies, moment, drafts)


def _draft(
    kind: type[Fact],
    seal: Seal,
    at: dt.datetime | RowError | None,
    body: Fact | RowError,
    name: str | RowError,
    *,
    dated: bool,
) -> Draft | RowError:
    """The draft of one row, or why there is none."""
    if isinstance(at, RowError):
        return at
    if at is None and dated:
        return RowError(
            t("it is empty when {kind} happened: leave such rows out with when", kind=kind.__name__)
        )
    if isinstance(body, RowError):
        return body
    if isinstance(name, RowError):
        return name
    (draft,) = seal([body], [at], [name])
    return draft


def _kind(name: str, place: Place) -> type[Fact]:
    """A kind of event by either of its names."""
    known = {kind.__name__: kind for kind in KINDS if kind is not FileImported}
    found = known.get(name) or BY_NAME.get(name)
    if found is None or found is FileImported:
        names = [each for each, kind in BY_NAME.items() if kind is not FileImported]
        place.unknown(name, names, t("no event is called {name}", name=name))
    return found


def _inherited(rules: Rules, kind: type[Fact]) -> dict[str, object]:
    """What an event takes from the seller and the client its row registers."""
    has = fields_of(kind)
    given: dict[str, object] = {}
    registers: tuple[tuple[str, tuple[Register, ...]], ...] = (
        ("seller", rules.seller),
        ("client", rules.client),
    )
    for name, specs in registers:
        for spec in specs:
            if (spec.as_ or name) == name and name in has:
                given[name] = f"{{{name}}}"
                if name == "client":
                    cuts = {cut: spec.set[cut] for cut in _INHERITED if cut in spec.set}
                    given.update({cut: _plain(each) for cut, each in cuts.items() if cut in has})
    return given


def _plain(expr: Expr) -> object:
    """A value as it was written."""
    return msgspec.to_builtins(expr)


def _identity(
    scope: Scope, rules: Rules, number: int, place: Place
) -> Callable[[Batch], Sequence[str | RowError]]:
    """The external id of the n-th event of a row: its own, or the row's with the kind."""
    spec = rules.event[number - 1]
    if spec.id is not None:
        return _required(scope.source(spec.id, place.at("id")), "")
    before = sum(each.kind == spec.kind for each in rules.event[: number - 1])
    suffix = f":{spec.kind}" + (f"#{before + 1}" if before else "")
    row_id = scope.source("{row.id}" if rules.id is None else rules.id, scope.place.at("id"))
    return _required(row_id, suffix)


def _required(source: Source, suffix: str) -> Callable[[Batch], Sequence[str | RowError]]:
    """Ids with something behind them, an error where one is empty."""
    read = source.read

    def named(cell: Found) -> str | RowError:
        if cell is None:
            return RowError(t("the id is empty"))
        return cell if isinstance(cell, RowError) else text_of(cell) + suffix

    def names(batch: Batch) -> Sequence[str | RowError]:
        cells = read(batch)
        if all_text(cells):
            return Texts([cell.strip() + suffix for cell in cells])
        return [named(cell) for cell in cells]

    return names
