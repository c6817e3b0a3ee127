"""How the day begins: what was agreed yesterday or is due, and what came of it (feature P8)."""

from __future__ import annotations

from cockpit.render.cells import clean
from cockpit.tui.sections.agreed import KEY, SPACE, AgreedSection, whose
from cockpit.tui.sections.base import WIDE, Drawn
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.words import n, t
from projections.report import Report
from projections.reports.corrections import CorrectionRow, Corrections


class RhythmSection(AgreedSection):
    """The board of yesterday's corrections."""

    def nothing_to_say(self, report: Report) -> str | None:
        """Where nothing waits for an answer the day begins with the figures."""
        if isinstance(report, Corrections) and not report.to_review:
            return t("no corrections of yesterday")
        return None

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, Corrections):
            raise TypeError(report.name)
        rows, wide = report.to_review, width >= WIDE
        effect = [Column(key="effect", title=t("effect so far"), align="left")] if wide else []
        waiting = sum(row.state in ("open", "overdue") for row in rows)
        said = n("{count} waits for an answer", "{count} wait for an answer", waiting)
        return Sheet(
            title=t("Yesterday's corrections"),
            aside=((said, "muted"),) if waiting else (),
            columns=(
                Column(key="seller", title=t("seller"), align="left", elastic=True),
                Column(key="what", title=t("agreed"), align="left", elastic=True),
                Column(key="state", title=t("state"), align="left"),
                *effect,
            ),
            lines=tuple(self._line(row, report, drawn, wide=wide) for row in rows),
            notes=(*SPACE, ((t("Enter: what came of it · t: the next correction"), "muted"),)),
            empty=t("Nothing was agreed in the last stand-up, and nothing is due."),
        )  # fmt: skip

    def _line(self, row: CorrectionRow, report: Corrections, drawn: Drawn, *, wide: bool) -> Line:
        return Line(
            f"{KEY}{row.key}",
            (
                Cell(clean(whose(row, drawn))),
                Cell(self.what(row)),
                self.state(row, wide=wide),
                *([self.effect(row, report)] if wide else []),
            ),
        )
