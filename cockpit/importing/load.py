"""A mapping file from the disk, checked key by key."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import msgspec.inspect as shapes

from cockpit.errors import Refused
from cockpit.importing.mapping import Mapping
from cockpit.importing.place import Place
from cockpit.words import t

S = TypeVar("S", bound=msgspec.Struct)

_ENTRY: Final = re.compile(r"\[(\d+)\]")

_TOP: Final = frozenset(("source", "id", "at", "when", "sort"))
"""Keys of no section, which a line too far down belong to the one above them."""


def load(path: Path) -> Mapping:
    """Read a mapping; raises Refused that names the file, the key and the nearest known key."""
    place = Place(path.name)
    if path.exists() and not path.is_file():
        place.refuse(t("{file} is no file; save what it brings as one first", file=str(path)))
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"), parse_float=str)
    except OSError as error:
        raise Refused(
            t("cannot read {file}: {problem}", file=str(path), problem=error.strerror)
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place.refuse(t("this is no TOML: {problem}", problem=str(error)))
    return build(data, Mapping, place)


def build(data: object, shape: type[S], place: Place) -> S:
    """TOML data as a section of the mapping; raises Refused where it does not fit."""
    plain = _plain(data)
    _known(plain, shapes.type_info(shape), place)
    try:
        return msgspec.convert(plain, shape)
    except msgspec.ValidationError as error:
        problem, _, path = str(error).partition(" - at `$")
        counted = _ENTRY.sub(lambda entry: f"[{int(entry[1]) + 1}]", path.rstrip("`"))
        Place(place.file, (place.key + counted).lstrip(".")).refuse(problem)


def _plain(data: object) -> object:
    """TOML's own dates and times as ISO text, for a value is written as text."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    if isinstance(data, dt.date | dt.time):
        return data.isoformat()
    return data


def _known(data: object, shape: shapes.Type, place: Place) -> None:
    """Refuse the first key that no section knows, and what is no value for its key."""
    options = shape.types if isinstance(shape, shapes.UnionType) else (shape,)
    _fits(data, [each for each in options if not isinstance(each, shapes.NoneType)], place)
    for option in options:
        if isinstance(option, shapes.StructType) and isinstance(data, dict):
            fields = {field.encode_name: field.type for field in option.fields}
            for key, value in data.items():
                if key not in fields and place.key and key in _TOP:
                    place.at(key).refuse(
                        t("no such key here; it stands at the top, before the first [section]")
                    )
                if key not in fields:
                    place.at(key).unknown(key, fields, t("no such key"))
                _known(value, fields[key], place.at(key))
            for field in option.fields:
                if field.required and field.encode_name not in data:
                    place.refuse(t("{key} is missing here", key=field.encode_name))
        elif isinstance(option, shapes.DictType) and isinstance(data, dict):
            for key, value in data.items():
                _known(value, option.value_type, place.at(key))
        elif isinstance(option, shapes.VarTupleType) and isinstance(data, list):
            for number, value in enumerate(data, 1):
                _known(value, option.item_type, place.at(number))


def _fits(data: object, options: Sequence[shapes.Type], place: Place) -> None:
    """Refuse a word that is none of a closed list, and one sort of value in place of another."""
    if data is None:
        return
    match options:
        case [shapes.LiteralType(values=values)] if data not in values:
            words = ", ".join(f'"{each}"' for each in values)
            place.refuse(t("{text} is none of {options}", text=str(data), options=words))
        case [shapes.BoolType()] if not isinstance(data, bool):
            place.refuse(t("write true or false here"))
        case [shapes.IntType()] if not isinstance(data, int) or isinstance(data, bool):
            place.refuse(t("a whole number is needed here, without quotes"))
        case [shapes.StrType()] if not isinstance(data, str):
            place.refuse(t("a text is needed here, in quotes"))
        case [shapes.VarTupleType(item_type=shapes.StructType())] if isinstance(data, dict):
            place.refuse(t("there may be several: write {key}", key=f"[[{place.key}]]"))
        case [shapes.VarTupleType()] if not isinstance(data, list | tuple):
            place.refuse(t("a list is needed here, as in {example}", example='["{Date}"]'))
        case [shapes.StructType() | shapes.DictType()] if not isinstance(data, dict):
            example = '{ column = "Status", equals = "Won" }'
            place.refuse(t("a table is needed here, as in {example}", example=example))
