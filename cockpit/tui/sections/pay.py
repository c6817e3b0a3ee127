"""The pay sheets of a month (feature P10): a line for each seller, the head's eyes only."""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace

from cockpit import formats, labels
from cockpit.render import notes, salary
from cockpit.render.lines import Line as Printed
from cockpit.render.lines import shown, spare, title
from cockpit.render.sheet import scales
from cockpit.render.sheet import sheet as printed
from cockpit.tui.sections.base import Drawn, Opening, Section, nobody
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.view import View, month
from cockpit.words import t
from projections.question import Question
from projections.report import Report
from projections.reports.pay import AFTER_CLOSE, PayReport, PayRow, whole


class PaySection(Section):
    """What each seller's month pays; a row opens into its parts, each of them into its events."""

    REPORT: ClassVar[str | None] = "pay"
    FIGURE: ClassVar[str | None] = "pay"

    def question(self, view: View) -> Question:
        """The month of the day seen."""
        return month(view)

    def opening(self, key: str) -> Opening | None:
        """The parts of a sheet, and what it has of earlier months."""
        report = self.given
        if not isinstance(report, PayReport) or self._given is None:
            return None
        row = next((row for row in (*report.rows, report.total) if row.key == key), None)
        if row is None:
            return None
        names = [column.key for column in (*report.columns, *AFTER_CLOSE)
                 if column.unit != "text" and getattr(row, column.key) is not None]  # fmt: skip
        earlier = [line for line in report.lines if _is_earlier(line, row)]
        return Opening(
            title=title(Printed(row, "rows"), self._given[1].names),
            report=report,
            figures=(*((key, name) for name in names), *((it.key, "carried") for it in earlier)),
            words=(
                *(labels.figure(name) for name in names),
                *(salary.carried(line, report) for line in earlier),
            ),
        )

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, PayReport):
            raise TypeError(report.name)
        return sheet(report, drawn)


def sheet(report: PayReport, drawn: Drawn) -> Sheet:
    """The sellers, and the department as the total; of a closed month also what came since."""
    found = whole(report)
    after = () if report.closing is None else AFTER_CLOSE
    found = replace(found, columns=(*found.columns, *after))
    scale = scales(found)[0]
    table = printed(found, drawn.names, found.columns, scale)
    ranks = {column.key: len(found.columns) - place for place, column in enumerate(spare(found))}
    lines = [
        Line(line.row.key, tuple(Cell(text) for text in cells))
        for line, cells in zip(shown(found), table.cells, strict=True)
    ]
    *sellers, total = lines
    closing = report.closing
    closed = "" if closing is None else t("closed on {day}", day=formats.date(closing.day))
    return Sheet(
        title=f"{labels.report('pay').capitalize()}, {formats.unit(report.currency, scale.power)}",
        aside=((closed, "muted"),) if closed else (),
        columns=tuple(
            Column(key=column.key, title=head, align="right" if right else "left",
                   rank=ranks.get(column.key, 0), elastic=not right)
            for column, head, right in zip(found.columns, table.heads, table.right, strict=True)
        ),
        lines=tuple(sellers),
        totals=(total,) if sellers else (),
        notes=tuple(((said, "muted"),) for said in notes.notes(report, drawn.names)),
        empty=nobody(drawn.view),
    )  # fmt: skip


def _is_earlier(line: PayRow, row: PayRow) -> bool:
    """Whether a line is of an earlier month in the sheet of a row; the department has them all."""
    return line.carried is not None and row.seller in (None, line.seller)
