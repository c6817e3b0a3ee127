"""Values for machines: the same numbers in JSON, CSV and XLSX, in no language.

Money is a whole number of minor units, per cent keeps two decimals, ratios and shares keep
four; all are rounded half up from the exact value. What is unknown is None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

import msgspec

from cockpit.render.lines import client_of, leading, seller_of, unit_of
from projections.formula import Unit
from projections.report import Report, Row
from projections.rounding import half_up

Plain = int | Decimal | str | None

_DECIMALS: Final[Mapping[Unit, int]] = {"percent": 2, "ratio": 4, "share": 4}
_OTHER_DECIMALS: Final = 2


def decimal(value: int | Fraction, digits: int) -> Decimal:
    """A number with exactly so many decimals."""
    return Decimal(half_up(value * 10**digits)).scaleb(-digits)


def plain(value: object, unit: Unit) -> Plain:
    """A figure in its unit; raises TypeError for what is no figure."""
    match value:
        case None | str():
            return value
        case dt.date():
            return value.isoformat()
        case int() | Fraction() if unit == "money":
            return half_up(value)
        case int() if unit not in _DECIMALS:
            return value
        case int() | Fraction():
            return decimal(value, _DECIMALS.get(unit, _OTHER_DECIMALS))
    raise TypeError(f"no figure: {value!r}")


def record(row: Row, report: Report, names: Mapping[str, str]) -> dict[str, object]:
    """A row under its keys: the columns, then `key`, `scope`, `name` and whatever else it has."""
    units = {column.key: unit_of(column, row) for column in leading(report)}
    found: dict[str, object] = {key: plain(getattr(row, key), unit) for key, unit in units.items()}
    found["key"] = row.key
    if hasattr(row, "scope"):
        found["scope"] = row.scope
    seller = seller_of(row, report)
    found["name"] = None if seller is None else names.get(seller, seller)
    if hasattr(row, "client"):
        found["client_name"] = client_of(row, names)
    aside = {column.key: column.unit for column in report.aside}
    for field in row.__struct_fields__:
        if field not in found:
            value = getattr(row, field)
            found[field] = plain(value, aside[field]) if field in aside else tree(value)
    return found


def tree(value: object) -> object:
    """Anything a report holds besides figures, as lists, mappings, numbers and text."""
    match value:
        case dt.date():
            return value.isoformat()
        case Fraction():
            return decimal(value, _OTHER_DECIMALS)
        case tuple() | list():
            return [tree(part) for part in value]
        case msgspec.Struct():
            return {key: tree(part) for key, part in msgspec.structs.asdict(value).items()}
    return value
