"""The fields of an event from values of a mapping, each read by the type the vocabulary gives."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import repeat
from typing import Final, Generic, TypeVar

import msgspec
import msgspec.inspect as shapes

from cockpit.importing.batch import Batch, broken, each, gaps
from cockpit.importing.cells import Cell, all_text, text_of
from cockpit.importing.errors import RowError
from cockpit.importing.lengths import seconds_of
from cockpit.importing.load import build
from cockpit.importing.mapping import Expr, Value
from cockpit.importing.numbers import minor_of, minor_together, whole_of
from cockpit.importing.place import Place
from cockpit.importing.scope import Scope
from cockpit.importing.sources import Source, parsed
from cockpit.words import t

Build = Callable[[Batch], Sequence[object]]
"""The values of a field for every row, a RowError where there is none."""

S = TypeVar("S", bound=msgspec.Struct)

MONEY: Final = frozenset({"amount", "cost", "direct"})
_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_YES: Final = frozenset(("true", "yes", "y", "1", "да", "igen", "+"))
_NO: Final = frozenset(("false", "no", "n", "0", "нет", "не", "nem", "-"))


def fields_of(kind: type[msgspec.Struct]) -> dict[str, shapes.Field]:
    """The fields of a kind of event by name."""
    info = shapes.type_info(kind)
    if not isinstance(info, shapes.StructType):
        raise TypeError(kind)
    return {field.name: field for field in info.fields}


class Fields(msgspec.Struct, Generic[S], frozen=True):
    """The fields of a kind that are given, and those among them that may not be empty."""

    kind: type[S]
    names: tuple[str, ...]
    needed: frozenset[str]
    readers: Sequence[Build]
    make: Callable[[Iterable[tuple[object, ...]]], list[S]]

    def bodies(self, batch: Batch) -> Sequence[S | RowError]:
        """What the fields of every row make, or why they make nothing."""
        columns = [read(batch) for read in self.readers]
        torn = any(
            gaps(column) if name in self.needed else broken(column)
            for name, column in zip(self.names, columns, strict=True)
        )
        if torn:
            return [
                values if isinstance(values, RowError) else self.kind(**values)
                for values in self._rows(columns, batch)
            ]
        return self.make(_across(columns, batch))

    def entries(self, batch: Batch) -> Sequence[S | RowError | None]:
        """The same as an entry of a list, which is not there where all its fields are empty."""
        rows = _across([read(batch) for read in self.readers], batch)
        return [
            None if all(value is None for value in values) else body
            for values, body in zip(rows, self.bodies(batch), strict=True)
        ]

    def rows(self, batch: Batch) -> list[dict[str, object] | RowError]:
        """The fields of every row by their names."""
        return self._rows([read(batch) for read in self.readers], batch)

    def _rows(
        self, columns: Sequence[Sequence[object]], batch: Batch
    ) -> list[dict[str, object] | RowError]:
        return [_checked(self.names, values, self.needed) for values in _across(columns, batch)]


def builder(
    scope: Scope,
    kind: type[S],
    given: Mapping[str, object],
    digits: int,
    place: Place,
    *,
    besides: Sequence[str] = (),
) -> Fields[S]:
    """The fields of a kind out of every row, those that are empty left out or at their default.

    `digits` are the currency's decimals, `besides` fields that are filled elsewhere. Raises
    Refused for a field the kind has not, or one it must have and is not given.
    """
    known = fields_of(kind)
    for name in given:
        if name not in known:
            place.at(name).unknown(name, known, t("{kind} has no such field", kind=kind.__name__))
    needed = {name for name, field in known.items() if field.required and name not in besides}
    for name in needed:
        if name not in given:
            place.refuse(t("{kind} needs {field}", kind=kind.__name__, field=name))
    names = tuple(given)
    readers = [
        _field(scope, known[name], value, digits, place.at(name)) for name, value in given.items()
    ]

    return Fields(kind, names, frozenset(needed), readers, _maker(kind, names))


def _maker(
    kind: type[S], names: Sequence[str]
) -> Callable[[Iterable[tuple[object, ...]]], list[S]]:
    """Makes a kind of the values of many rows.

    A call with its keywords written out costs a quarter of one that gets them in a dictionary, so
    it is written here, out of names of the vocabulary alone.
    """
    places = "".join(f"v{at}, " for at in range(len(names)))
    given = ", ".join(f"{name}=v{at}" for at, name in enumerate(names))
    make: Callable[[type[S], Iterable[tuple[object, ...]]], list[S]] = eval(
        f"lambda kind, rows: [kind({given}) for ({places}) in rows]"
    )
    return partial(make, kind)


def _across(columns: Sequence[Sequence[object]], batch: Batch) -> Iterable[tuple[object, ...]]:
    """Columns as rows, also where there is no column."""
    return zip(*columns, strict=True) if columns else repeat((), len(batch))


def _checked(
    names: Sequence[str], values: Sequence[object], needed: Collection[str]
) -> dict[str, object] | RowError:
    """The fields of one row, or why they make no event."""
    for name, value in zip(names, values, strict=True):
        if isinstance(value, RowError):
            return RowError(f"{name}: {value}")
        if value is None and name in needed:
            return RowError(
                t(
                    "{field} is empty: give it a default, or leave such rows out with when",
                    field=name,
                )
            )
    return dict(zip(names, values, strict=True))


def _field(scope: Scope, field: shapes.Field, given: object, digits: int, place: Place) -> Build:
    """One field by its type, at its default where it is empty."""
    shape = _without_none(field.type)
    read = _of_shape(scope, field.name, shape, given, digits, place)
    default: object = field.default
    if field.required or default is None or default is msgspec.NODEFAULT:
        return read
    return lambda batch: [default if value is None else value for value in read(batch)]


def _without_none(shape: shapes.Type) -> shapes.Type:
    """The type of an optional field when it is there; scalars of any type are texts."""
    if not isinstance(shape, shapes.UnionType):
        return shape
    rest = [each for each in shape.types if not isinstance(each, shapes.NoneType)]
    return rest[0] if len(rest) == 1 else shapes.StrType()


def _of_shape(
    scope: Scope, name: str, shape: shapes.Type, given: object, digits: int, place: Place
) -> Build:
    """A value of a type: a list and a table of values where the type is one."""
    if isinstance(shape, shapes.VarTupleType):
        if not isinstance(given, list):
            place.refuse(t("a list of values is needed here, as in [..., ...]"))
        parts = [
            _of_shape(scope, name, shape.item_type, each, digits, place.at(number))
            for number, each in enumerate(given, 1)
        ]
        return _gathered(parts, lambda values: tuple(v for v in values if v is not None))
    if isinstance(shape, shapes.StructType) and isinstance(given, dict):
        return builder(scope, shape.cls, given, digits, place).entries
    if isinstance(shape, shapes.DictType) and isinstance(given, dict):
        inner = _without_none(shape.value_type)
        parts = [
            _of_shape(scope, key, inner, each, digits, place.at(key)) for key, each in given.items()
        ]
        return _gathered(parts, partial(_table, tuple(given)))
    return _scalar(scope, name, shape, _expr(given, place), digits, place)


def _gathered(parts: Sequence[Build], gather: Callable[[Sequence[object]], object]) -> Build:
    """Several values of a row as one; the first that is broken breaks it."""

    def read(batch: Batch) -> Sequence[object]:
        columns = [part(batch) for part in parts]
        rows = zip(*columns, strict=True) if columns else repeat((), len(batch))
        return [
            next(v for v in values if isinstance(v, RowError)) if broken(values) else gather(values)
            for values in rows
        ]

    return read


def _table(keys: Sequence[str], values: Sequence[object]) -> dict[str, object]:
    """Values by their keys, those that are empty left out."""
    return {key: value for key, value in zip(keys, values, strict=True) if value is not None}


def _expr(given: object, place: Place) -> Expr:
    """A value as it was written."""
    if isinstance(given, str | int | Value):
        return given
    if isinstance(given, dict):
        return build(given, Value, place)
    place.refuse(t("one value is needed here"))


def _scalar(
    scope: Scope, name: str, shape: shapes.Type, expr: Expr, digits: int, place: Place
) -> Build:
    """A single value, read by its type."""
    source = scope.source(expr, place)
    if name in scope.people:
        return _people(source, name, scope.people[name])
    if isinstance(shape, shapes.StrType) and name != "month":
        return _texts(source)
    if isinstance(shape, shapes.IntType) and name in MONEY:
        mark = scope.formats.decimal
        plain = minor_together(mark, digits)
        return parsed(source, lambda cell: minor_of(cell, mark, digits), plain)
    return parsed(source, _conversion(scope, name, shape, place))


def _conversion(
    scope: Scope, name: str, shape: shapes.Type, place: Place
) -> Callable[[Cell], object]:
    """How a cell becomes a value of a type."""
    mark = scope.formats.decimal
    if isinstance(shape, shapes.StrType):
        return lambda cell: _month(scope, cell)
    if isinstance(shape, shapes.IntType) and name == "seconds":
        return lambda cell: seconds_of(cell, scope.formats.length)
    if isinstance(shape, shapes.IntType):
        return lambda cell: whole_of(cell, mark)
    if isinstance(shape, shapes.BoolType):
        return _yes_or_no
    if isinstance(shape, shapes.DateType):
        return lambda cell: _date(scope, cell)
    if isinstance(shape, shapes.LiteralType):
        options = tuple(map(str, shape.values))
        return lambda cell: _one_of(cell, options)
    place.refuse(t("this field cannot be read from a file"))


def _people(source: Source, kind: str, keys: set[str]) -> Build:
    """The keys of sellers or clients who are known."""
    read, sweep = source.read, each(_somebody(kind, keys))

    def found(batch: Batch) -> Sequence[object]:
        cells = read(batch)
        return cells if all_text(cells) and keys.issuperset(cells) else sweep(cells)

    return found


def _somebody(kind: str, keys: set[str]) -> Callable[[Cell], str | None]:
    """The key of a seller or a client who is known."""

    def key(cell: Cell) -> str | None:
        text = text_of(cell)
        if text and text not in keys:
            raise RowError(
                t(
                    "nobody has registered {kind} {key}: say who that is in {section}",
                    kind=kind,
                    key=text,
                    section=f"[[{kind}]]",
                )
            )
        return text or None

    return key


def _texts(source: Source) -> Build:
    """Texts as they are, None where one is empty."""

    def read(batch: Batch) -> Sequence[object]:
        cells = source.read(batch)
        if all_text(cells):
            return cells
        return [
            cell if cell is None or isinstance(cell, str | RowError) else text_of(cell)
            for cell in cells
        ]

    return read


def _month(scope: Scope, cell: Cell) -> str | None:
    """A month as `2026-04`, from such a text or from any date in it."""
    text = text_of(cell)
    if _MONTH.fullmatch(text):
        return text
    moment = scope.dates(cell)
    return None if moment is None else f"{moment:%Y-%m}"


def _date(scope: Scope, cell: Cell) -> dt.date | None:
    """A day."""
    moment = scope.dates(cell)
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _yes_or_no(cell: Cell) -> bool | None:
    """Yes or no in the words of four languages."""
    word = text_of(cell).casefold()
    if not word:
        return None
    if word not in _YES | _NO:
        raise RowError(t("{text} is neither yes nor no", text=word))
    return word in _YES


def _one_of(cell: Cell, options: tuple[str, ...]) -> str | None:
    """A word of a closed list."""
    word = text_of(cell)
    if word and word not in options:
        raise RowError(
            t("{text} is none of {options}; give it a map", text=word, options=", ".join(options))
        )
    return word or None
