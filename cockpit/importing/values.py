"""Values of a mapping as columns, put together once per file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Final

from cockpit.importing.batch import Batch, Found
from cockpit.importing.calc import compile_calc
from cockpit.importing.cells import Cell, text_of
from cockpit.importing.errors import RowError
from cockpit.importing.mapping import Case, Expr, Value
from cockpit.importing.numbers import number_of, whole_of
from cockpit.importing.place import Place
from cockpit.importing.sources import Column, Source, across, constant, literal, then
from cockpit.importing.steps import cleaning, mapped, reading
from cockpit.importing.templates import Name, pieces
from cockpit.words import t

if TYPE_CHECKING:
    from cockpit.importing.scope import Scope

_SOURCES: Final = ("column", "template", "join", "first", "cases", "calc")


def source(scope: Scope, expr: Expr, place: Place) -> Source:
    """The value of an expression in a row; raises Refused."""
    if isinstance(expr, Value):
        return _value(scope, expr, place)
    if isinstance(expr, str):
        return _template(scope, expr, place)
    return constant(literal(expr))


def _template(scope: Scope, template: str, place: Place) -> Source:
    """A text with names filled in; nothing where every one of them is empty."""
    parts = pieces(template, place)
    named = [scope.name(part.name, place) for part in parts if isinstance(part, Name)]
    if not named:
        return constant(literal("".join(map(str, parts))))
    if len(parts) == 1:
        return named[0]
    shape = "".join("%s" if isinstance(part, Name) else part.replace("%", "%%") for part in parts)
    if len(named) == 1:
        return then(named[0], lambda cell: None if cell is None else shape % text_of(cell))
    if scope.texts and all(each.raw is not None for each in named):
        return Source(_filled(shape, [each.raw or 0 for each in named]))

    def fill(cells: Sequence[Cell]) -> Cell:
        if all(cell is None for cell in cells):
            return None
        return shape % tuple(map(text_of, cells))

    return Source(across(named, fill))


def _filled(shape: str, places: Sequence[int]) -> Column:
    """A shape with cells that are all text put in."""

    def read(batch: Batch) -> Sequence[Found]:
        texts = zip(*(map(_stripped, batch.cells(at)) for at in places), strict=True)
        return [shape % cells if any(cells) else None for cells in texts]

    return read


def _stripped(cell: Cell) -> str:
    """A text without the spaces around it."""
    return cell.strip() if isinstance(cell, str) else text_of(cell)


def _value(scope: Scope, value: Value, place: Place) -> Source:
    """A value with everything that is done to it, in the order the language promises."""
    found = _origin(scope, value, place)
    for clean in cleaning(value, place):
        found = then(found, clean)
    if value.map is not None:
        found = mapped(scope, value, found, place)
    elif value.otherwise is not None:
        place.at("otherwise").refuse(t("this goes with a map; a value for nothing is a default"))
    read = reading(scope, value, place)
    if read is not None:
        found = then(found, read)
    if value.days is not None:
        found = _later(scope, found, value.days, place.at("days"))
    if value.default is not None:
        found = _first([found, scope.source(value.default, place.at("default"))])
    return found


def _origin(scope: Scope, value: Value, place: Place) -> Source:
    """Where the value comes from; raises Refused unless exactly one place is named."""
    named = [key for key in _SOURCES if getattr(value, key) is not None]
    if len(named) != 1:
        place.refuse(t("a value has one of {sources}", sources=", ".join(_SOURCES)))
    if value.column is not None:
        return _column(scope, value.column, place.at("column"))
    if value.template is not None:
        return _template(scope, value.template, place.at("template"))
    if value.calc is not None:
        return _calc(scope, value.calc, value, place.at("calc"))
    if value.cases is not None:
        return _cases(scope, value.cases, place.at("cases"))
    several = value.join if value.join is not None else value.first or ()
    place = place.at(named[0])
    if not several:
        place.refuse(t("a value is missing"))
    sources = [scope.source(each, place.at(n)) for n, each in enumerate(several, 1)]
    if value.first is not None:
        return _first(sources)
    return Source(across(sources, partial(_joined, value.with_)))


def _later(scope: Scope, found: Source, days: Expr, place: Place) -> Source:
    """A date so many days on; nothing where the date or the number of days is empty."""
    mark = scope.formats.decimal

    def after(cells: Sequence[Cell]) -> Cell:
        moment, count = scope.dates(cells[0]), whole_of(cells[1], mark)
        if moment is None or count is None:
            return None
        try:
            return moment + dt.timedelta(days=count)
        except OverflowError:
            raise RowError(t("no calendar has a day {count} days on", count=count)) from None

    return Source(across([found, scope.source(days, place)], after))


def _column(scope: Scope, column: str | int | tuple[str | int, ...], place: Place) -> Source:
    """A column, or the first of several that the file has."""
    if not isinstance(column, tuple):
        return scope.name(column, place) if isinstance(column, str) else scope.column(column, place)
    if not column:
        place.refuse(t("a column is missing"))
    for each in column[:-1]:
        if isinstance(each, str) and scope.has(each):
            return scope.name(each, place)
    return _column(scope, column[-1], place)


def _calc(scope: Scope, text: str, value: Value, place: Place) -> Source:
    """A computed number."""
    mark = value.decimal or scope.formats.decimal
    names, compute = compile_calc(text, place)

    def exact(cells: Sequence[Cell]) -> Cell:
        numbers = [number_of(cell, mark) for cell in cells]
        exact = [Fraction(number) for number in numbers if number is not None]
        return compute(exact) if len(exact) == len(numbers) else None

    return Source(across([scope.name(name, place) for name in names], exact))


def _cases(scope: Scope, cases: Sequence[Case], place: Place) -> Source:
    """The value of the first case whose condition holds, nothing if none does."""
    tried = [
        (
            scope.test(case.when, place.at(n).at("when")) if case.when is not None else None,
            scope.source(case.value, place.at(n).at("value")).read,
        )
        for n, case in enumerate(cases, 1)
    ]

    def read(batch: Batch) -> Sequence[Found]:
        found: list[Found] = [None] * len(batch)
        undecided = list(range(len(batch)))
        for holds, value in tried:
            says = holds(batch) if holds is not None else [True] * len(batch)
            cells = value(batch)
            for at in undecided:
                said = says[at]
                if said is not False:
                    found[at] = said if isinstance(said, RowError) else cells[at]
            undecided = [at for at in undecided if says[at] is False]
        return found

    return Source(read)


def _joined(between: str, cells: Sequence[Cell]) -> Cell:
    """The texts that are there, with something between them."""
    return between.join(text for text in map(text_of, cells) if text) or None


def _first(sources: Sequence[Source]) -> Source:
    """The first value that is not empty."""

    def read(batch: Batch) -> Sequence[Found]:
        columns = [source.read(batch) for source in sources]
        return [
            next((cell for cell in cells if cell is not None), None)
            for cells in zip(*columns, strict=True)
        ]

    return Source(read)
