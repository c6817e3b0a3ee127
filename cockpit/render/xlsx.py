"""Reports as a workbook, one sheet each, with numbers as numbers and days as days.

Amounts are in currency units, per cent and shares are Excel's own (0.35 shown as 35.00%), all
rounded as in the JSON. Texts are never formulas. The same reports give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cockpit.render.heading import heading
from cockpit.render.lines import Line, leading, lines, unit_of, word
from cockpit.render.plain import plain
from cockpit.render.sheet import full
from projections.report import Column, Report

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_HEAD: Final = 2
_WIDTHS: Final = {"text": 22, "money": 16}
_WIDTH: Final = 12


def render(reports: Sequence[Report], *, names: Mapping[str, str], department: str = "") -> bytes:
    """The workbook's bytes; `names` are the sellers' names by their keys."""
    from xlsxwriter.workbook import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    for report in reports:
        book.set_properties({"created": _seen(report)})
        sheet = book.add_worksheet(report.name)
        sheet.write_string(0, 0, " · ".join(heading(report, department, 0)))
        sheet.freeze_panes(_HEAD + 1, 1)
        for place, column in enumerate(leading(report)):
            sheet.set_column(place, place, _WIDTHS.get(column.unit, _WIDTH))
            sheet.write_string(_HEAD, place, full(column), book.add_format(_BOLD))
            _fill(book, sheet, report, names, place, column)
    book.close()
    return out.getvalue()


_DAY: Final = {"num_format": "yyyy-mm-dd", "align": "left"}
_BOLD: Final = {"bold": True, "text_wrap": True, "valign": "top"}


def _fill(
    book: Workbook,
    sheet: Worksheet,
    report: Report,
    names: Mapping[str, str],
    place: int,
    column: Column,
) -> None:
    """One column of every line; the lines that sum up are bold."""
    pattern = _pattern(column, report.minor_digits)
    usual: Format = book.add_format({"num_format": pattern})
    bold: Format = book.add_format({"num_format": pattern, "bold": True})
    for number, line in enumerate(lines(report), _HEAD + 1):
        form = bold if line.sums_up else usual
        value = _value(line, column, report, names)
        if value is None:
            sheet.write_blank(number, place, None, form)
        elif isinstance(value, dt.date):
            sheet.write_datetime(number, place, value, book.add_format(_DAY))
        elif isinstance(value, str):
            sheet.write_string(number, place, value, form)
        else:
            sheet.write_number(number, place, value, form)


def _value(
    line: Line, column: Column, report: Report, names: Mapping[str, str]
) -> Decimal | int | str | dt.date | None:
    """What stands in a cell."""
    if column.unit == "text":
        return word(line, column.key, report, names)
    unit, figure = unit_of(column, line.row), getattr(line.row, column.key)
    if type(figure) is dt.date:
        return figure
    value = plain(figure, unit)
    if isinstance(value, int) and unit == "money":
        return Decimal(value).scaleb(-report.minor_digits)
    if isinstance(value, Decimal) and column.unit == "percent":
        return value.scaleb(-2)
    return value


def _pattern(column: Column, minor_digits: int) -> str:
    """How Excel shows a column's numbers."""
    match column.unit:
        case "money":
            return "#,##0" + ("." + "0" * minor_digits if minor_digits else "")
        case "percent" | "share":
            return "0.00%"
        case "ratio":
            return "0.00"
        case "score":
            return "0.0"
        case "text":
            return "@"
    return "General"


def _seen(report: Report) -> dt.datetime:
    """The day the report speaks of, in place of the clock."""
    seen = report.question.dials.as_of
    return dt.datetime(seen.year, seen.month, seen.day)  # noqa: DTZ001
