"""The rhythm of the stand-ups (feature P7): held or missed, how long, who was there."""

from __future__ import annotations

from typing import ClassVar

from cockpit import formats, labels
from cockpit.render import heading
from cockpit.render.meeting import rhythm_line
from cockpit.tui.sections.base import Drawn, Section
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.view import View, month
from cockpit.words import t
from projections.question import Question
from projections.report import Report
from projections.reports.rhythm import Rhythm, RhythmRow


class RhythmSection(Section):
    """The board a meeting begins with."""

    REPORT: ClassVar[str | None] = "rhythm"

    def question(self, view: View) -> Question:
        """The month of today."""
        return month(view)

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, Rhythm):
            raise TypeError(report.name)
        return sheet(report)


def sheet(report: Rhythm) -> Sheet:
    """The days, the last one on top, below a line that sums them up."""
    period = heading.period(report.question.period)
    return Sheet(
        title=f"{labels.report('rhythm').capitalize()}, {period}",
        intro=tuple(((part, "plain"),) for part in rhythm_line(report).split(" · ")),
        columns=(
            Column(key="day", title=t("day"), align="left"),
            Column(key="seconds", title=labels.header("seconds")),
            Column(key="item", title=labels.header("item"), align="left", elastic=True),
            Column(key="present", title=labels.header("present"), rank=1),
            Column(key="uncorrected", title=labels.header("uncorrected"), rank=2),
        ),
        lines=tuple(_line(row) for row in reversed(report.rows)),
        empty=t("no working day has passed yet"),
    )


def _line(row: RhythmRow) -> Line:
    """A day; a missed one says so."""
    day = Cell(f"{formats.weekday(row.day)} {formats.day(row.day)}")
    if not row.held or row.seconds is None:
        blank = Cell("—", "muted")
        return Line(row.key, (day, blank, Cell(t("✗ not held"), "warn"), blank, blank), opens=False)
    left = row.uncorrected or 0
    return Line(
        row.key,
        (
            day,
            Cell(formats.face(row.seconds)),
            Cell(labels.value("item", row.item or "")),
            Cell(str(row.present)),
            Cell(str(left), "bad" if left else "plain"),
        ),
        opens=False,
    )
