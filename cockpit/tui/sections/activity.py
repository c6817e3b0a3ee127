"""The board of work (features P4, P12): done against due, where norms are from, how long calls are.

It has four faces, which keys turn up: activities, calls by length, sources of norms, growing norms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec.structs import replace

from cockpit import labels
from cockpit.render.cells import clean, fit
from cockpit.tui.frame import below, inner
from cockpit.tui.sections import calls, doing, norms
from cockpit.tui.sections.base import Drawn, Opening, Section
from cockpit.tui.sheet import Piece, Sheet
from cockpit.tui.view import View, month, stretch
from projections.question import Question
from projections.report import Report
from projections.reports.activity import Activity
from projections.reports.calls import CallsReport
from projections.reports.norms import NormsReport
from projections.reports.ramp import RampReport, RampRow

_ALL = "department"
_CALLS = ("calls", "minutes", "under_1_share", "under_3_share", "over_3_share", "reached_share")
_NORMS = ("norm", "plan", "best", "sector", "best_month", "mean_seconds")
_RAMP = ("next", "attained", "card_mean", "short_share")


class ActivitySection(Section):
    """The board of what sellers did against what was due."""

    REPORT: ClassVar[str | None] = "activity"
    ABOUT: ClassVar[str | None] = "count"

    def asks_for(self, view: View) -> str | None:
        """The report of the face that is turned up."""
        return view.work

    def question(self, view: View) -> Question:
        """The day, week or month chosen, judged by the source chosen; norms are of today."""
        if view.work in ("norms", "ramp"):
            return month(view)
        return replace(stretch(view), norm=view.norm if view.work == "activity" else None)

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        match report:
            case Activity():
                return doing.sheet(report, drawn, width)
            case CallsReport():
                return calls.sheet(report, drawn, width)
            case NormsReport():
                return norms.sheet(report, drawn)
            case RampReport():
                return norms.growing(report, drawn)
        raise TypeError(report.name)

    def opening(self, key: str) -> Opening | None:
        """The figures of the row, each of which leads on to its events."""
        if self._given is None:
            return None
        report, drawn = self._given
        match report:
            case Activity():
                return _opened(report, drawn, key, {
                    row.key: doing.figures(row)
                    for row in (report.department if key == _ALL else report.rows)
                    if row.is_whole and key in (_ALL, doing.key_of(row.seller))
                })  # fmt: skip
            case CallsReport():
                return _opened(report, drawn, key, {
                    row.key: tuple((name, labels.figure(name)) for name in _CALLS)
                    for row in (report.department if key == _ALL else report.rows)
                    if row.is_whole and key in (_ALL, doing.key_of(row.seller))
                })  # fmt: skip
            case NormsReport() | RampReport():
                figures = _NORMS if isinstance(report, NormsReport) else _RAMP
                named = tuple((name, labels.figure(name)) for name in figures)
                return _opened(report, drawn, key, {key: named})
        return None

    def footnotes(self) -> tuple[tuple[Piece, ...], ...]:
        """Below the legend what the row under the cursor is made of, always as many lines."""
        if self._given is None or not self.sheet.notes or self.cursor is None:
            return self.sheet.notes
        report, drawn = self._given
        width, most = inner(self.size.width), doing.foot_lines(self.size.width)
        match report:
            case Activity():
                said = doing.parts(report, self.cursor)
            case CallsReport():
                said = calls.parts(report, self.cursor)
            case RampReport():
                said, most = norms.verdict(report, self.cursor, drawn, width), norms.VERDICT_LINES
            case _:
                return self.sheet.notes
        lines = below(self.sheet, said, most, *self.size)
        return (*self.sheet.notes[:-most], *(((fit(line, width), "muted"),) for line in lines))

    def awaits(self, view: View) -> bool:
        """Whether the face that is turned up is still to come."""
        return self.given is None or self.given.name != self.asks_for(view)

    def growing(self) -> RampRow | None:
        """The growing norm under the cursor."""
        if self._given is None or not isinstance(self._given[0], RampReport):
            return None
        return next((row for row in self._given[0].rows if row.key == self.cursor), None)


def _opened(
    report: Report, drawn: Drawn, key: str, figures: Mapping[str, tuple[tuple[str, str], ...]]
) -> Opening | None:
    """The figures of some rows with their words; None where there are none."""
    named = [(row, figure, words) for row, some in figures.items() for figure, words in some]
    if not named:
        return None
    seller = key.removeprefix("seller:").partition("|")[0]
    who = clean(drawn.names.get(seller, "")) or labels.scope(seller or "unassigned")
    return Opening(
        title=who.upper() if key == _ALL else who,
        report=report,
        figures=tuple((row, figure) for row, figure, _ in named),
        words=tuple(words for _, _, words in named),
    )
