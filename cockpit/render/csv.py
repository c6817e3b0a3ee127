"""A report as CSV (RFC 4180), under the keys of the JSON.

Amounts are in the currency itself with a decimal point, exact to its minor unit: 1050000.00.
Per cent, ratios and counts are the JSON's numbers; unknown is an empty cell. Lists have no
place in a cell and are left out. The lines that sum up others follow the rows and tell
themselves by `key`. A text that a spreadsheet would run as a formula gets a leading apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal

from cockpit.render.lines import lines, unit_of
from cockpit.render.plain import record
from projections.report import Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: Report, *, names: Mapping[str, str]) -> str:
    """A line of keys, then a line for each row and sum, with CRLF ends."""
    figures = (*report.columns, *report.aside)
    rows = [line.row for line in lines(report)]
    records = [record(row, report, names) for row in rows]
    keys = _flat_keys(records) or [column.key for column in report.columns]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*keys, "currency"])
    for row, values in zip(rows, records, strict=True):
        money = {column.key for column in figures if unit_of(column, row) == "money"}
        cells = [_cell(values[key], report.minor_digits if key in money else None) for key in keys]
        writer.writerow([*cells, report.currency])
    return out.getvalue()


def _flat_keys(records: list[dict[str, object]]) -> list[str]:
    """The keys whose values fit into a cell, in their order."""
    if not records:
        return []
    nested = {key for values in records for key, value in values.items() if _is_nested(value)}
    return [key for key in records[0] if key not in nested]


def _is_nested(value: object) -> bool:
    """Whether a value is made of values."""
    return isinstance(value, list | dict)


def _cell(value: object, minor_digits: int | None) -> str:
    """A value as it stands in a cell; `minor_digits` is given for amounts."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and minor_digits is not None:
        return f"{Decimal(value).scaleb(-minor_digits):f}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
