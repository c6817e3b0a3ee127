"""What is done to a value on its way: cleaned, looked up in a table, read as what it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cockpit.importing.batch import Batch, Found
from cockpit.importing.cells import Cell, text_of
from cockpit.importing.dates import moment_in, parser
from cockpit.importing.errors import RowError
from cockpit.importing.lengths import seconds_of
from cockpit.importing.mapping import Value
from cockpit.importing.numbers import number_of
from cockpit.importing.place import Place
from cockpit.importing.sources import Convert, Source, literal, then
from cockpit.words import t

if TYPE_CHECKING:
    from cockpit.importing.scope import Scope


def cleaning(value: Value, place: Place) -> list[Convert]:
    """What is done to the text before it is looked up or read."""
    steps: list[Convert] = []
    if value.empty:
        nulls = frozenset(value.empty)
        steps.append(lambda cell: None if text_of(cell) in nulls else cell)
    if value.extract is not None:
        try:
            pattern = re.compile(value.extract)
        except re.error as error:
            place.at("extract").refuse(str(error))
        steps.append(lambda cell: _extracted(pattern, text_of(cell)))
    if value.case is not None:
        change = str.lower if value.case == "lower" else str.upper
        steps.append(lambda cell: None if cell is None else change(text_of(cell)))
    return steps


def _extracted(pattern: re.Pattern[str], text: str) -> str | None:
    """The first group of the first match, or all of it; nothing where nothing matches."""
    found = pattern.search(text)
    if found is None:
        return None
    return (found[1] if pattern.groups else found[0]) or None


def mapped(scope: Scope, value: Value, found: Source, place: Place) -> Source:
    """What a table has for the value; without `otherwise` it must have it."""
    table = _table(scope, value.map, place.at("map"))

    def strict(cell: Cell) -> Cell:
        text = text_of(cell)
        if cell is None or text in table:
            return table.get(text)
        raise RowError(
            t("the table has nothing for {text}: add it there, or say otherwise", text=text)
        )

    if value.otherwise is None:
        return then(found, strict)
    read = found.read
    otherwise = scope.source(value.otherwise, place.at("otherwise")).read

    def lenient(batch: Batch) -> Sequence[Found]:
        pairs = zip(read(batch), otherwise(batch), strict=True)
        return [_looked_up(table, cell, other) for cell, other in pairs]

    return Source(lenient)


def _looked_up(table: Mapping[str, Cell], cell: Found, other: Found) -> Found:
    """What the table has for a cell, or another value where it has nothing."""
    if isinstance(cell, RowError):
        return cell
    text = text_of(cell)
    return table.get(text) if cell is None or text in table else other


def _table(
    scope: Scope, table: str | Mapping[str, str | int | bool] | None, place: Place
) -> dict[str, Cell]:
    """A table written in place, or one of the mapping's by its name."""
    if isinstance(table, str):
        if table not in scope.tables:
            place.unknown(table, scope.tables, t("no table is called {name}", name=table))
        table = scope.tables[table]
    return {key: literal(value) for key, value in (table or {}).items()}


def reading(scope: Scope, value: Value, place: Place) -> Convert | None:
    """How the text is read: as a date, a number or a length; None where it stays a text."""
    if value.date is not None or value.zone is not None or value.time is not None:
        return _dating(scope, value, place)
    if value.length is not None:
        unit = value.length
        return lambda cell: seconds_of(cell, unit)
    if value.decimal is not None and value.calc is None:
        mark = value.decimal
        return lambda cell: number_of(cell, mark)
    return None


def _dating(scope: Scope, value: Value, place: Place) -> Convert:
    """A date or a moment; with a zone or a time of its own where the value has them."""
    parse = scope.dates if value.date is None else parser(value.date, place.at("date"))
    zone = scope.zone_of(value.zone, place.at("zone"))
    time = None if value.time is None else scope.time_of(value.time, place.at("time"))

    def convert(cell: Cell) -> Cell:
        moment = parse(cell)
        if moment is None:
            return None
        if not isinstance(moment, dt.datetime):
            return moment if time is None else moment_in(moment, scope.zone, scope.day_zone, time)
        return moment if zone is None else moment_in(moment, zone, scope.day_zone, scope.time)

    return convert
