"""The forecast ledger (feature P15): what was forecast on past days, what came, how evenly."""

from __future__ import annotations

from typing import ClassVar, Final

from cockpit import formats, labels
from cockpit.render import forecasting, notes, parted
from cockpit.render.cells import wrap
from cockpit.render.lines import Line as Printed
from cockpit.render.lines import title
from cockpit.render.sheet import Scale
from cockpit.tui.frame import inner
from cockpit.tui.sections.base import Drawn, Opening, Section, nobody, opened
from cockpit.tui.sections.plan_fact import scale_of
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.view import View, month
from projections import trust_why
from projections.question import Question
from projections.report import Column as Figure
from projections.report import Report
from projections.reports.forecast import Forecast, ForecastRow

_WIDE: Final = 100
"""From so many cells on the days stand beside how many were left."""


class ForecastSection(Section):
    """A line for each seller and evening; below it what is said of them, to be read on."""

    REPORT: ClassVar[str | None] = "forecast"
    FIGURE: ClassVar[str | None] = "pipeline"

    def question(self, view: View) -> Question:
        """The month of the day seen."""
        return month(view)

    def opening(self, key: str) -> Opening | None:
        """What each way of forecasting said of a seller that evening, and how far it was off."""
        report = self.given
        if not isinstance(report, Forecast) or self._given is None:
            return None
        names = self._given[1].names
        if (part := parted.found(report, key)) is not None:
            return opened(report, part, names)
        row = next((row for row in report.rows if row.key == key), None)
        if row is None:
            return None
        figures = tuple(column.key for column in report.columns
                        if column.unit in ("money", "percent")
                        and getattr(row, column.key) is not None)  # fmt: skip
        who = title(Printed(row, "rows"), names)
        return Opening(
            title=f"{who}, {formats.day(row.day)}",
            report=report,
            figures=tuple((key, figure) for figure in figures),
            words=tuple(labels.figure(figure) for figure in figures),
        )

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, Forecast):
            raise TypeError(report.name)
        return sheet(report, drawn, width)


def sheet(report: Forecast, drawn: Drawn, width: int) -> Sheet:
    """The rows below their heads and the remarks below them, all as lines to walk through."""
    wide = width >= _WIDE
    scale = scale_of(report, wide=wide)
    columns = [column for column in report.columns if wide or column.unit != "date"]
    lines = [
        Line(row.key, tuple(
            Cell(_cell(row, column, report, drawn, scale), "plain" if row.seller else "strong")
            for column in columns
        ))
        for row in report.rows
    ]  # fmt: skip
    named = labels.report("forecast").capitalize()
    return Sheet(
        title=f"{named}, {formats.unit(report.currency, scale.power)}",
        columns=tuple(_column(column, wide=wide) for column in columns),
        lines=(*lines, *_said(report, drawn, inner(width))) if lines else (),
        empty=nobody(drawn.view),
    )


def _column(column: Figure, *, wide: bool) -> Column:
    """A column of the rows; where there is little room its head stands in two lines."""
    head = labels.header(column.key)
    is_text = column.unit in ("text", "date")
    return Column(
        key=column.key,
        title=head if wide else head.replace(" ", "\n", 1),
        align="left" if is_text else "right",
        rank=1 if column.unit == "percent" else 0,
        elastic=column.unit == "text",
    )


def _said(report: Forecast, drawn: Drawn, width: int) -> list[Line]:
    """What is said below the rows; the first line of what opens is the one to press Enter on."""
    lines: list[Line] = []
    taken = {row.key for row in report.rows}
    remarks = forecasting.said(report, drawn.names)
    for text, opens in (*remarks, (notes.trust(report.trust, drawn.names), trust_why.NAME)):
        key = None if opens in taken else opens
        for part in wrap(text, width):
            lines.append(Line(key or f"said/{len(lines)}", (Cell(part, "muted"),)))
            key = None
    return lines


def _cell(row: ForecastRow, column: Figure, report: Forecast, drawn: Drawn, scale: Scale) -> str:
    """A figure of a row in words."""
    value = getattr(row, column.key)
    match column.unit:
        case "text":
            return title(Printed(row, "rows"), drawn.names)
        case "date":
            return formats.day(row.day)
        case "money":
            amount = None if value is None else formats.major(value, report.minor_digits,
                                                              scale.power)  # fmt: skip
            return formats.number(amount, scale.digits)
        case "percent":
            return formats.number(value, signed=True)
    return formats.number(value)
