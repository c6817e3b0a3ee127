"""How the day begins: how often and how long the stand-ups were, and yesterday's corrections."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit import formats, labels
from cockpit.render import heading
from cockpit.render.cells import clean, wrap
from cockpit.render.meeting import rhythm_line
from cockpit.tui.actions import key_of
from cockpit.tui.frame import inner
from cockpit.tui.sections.agreed import KEY, AgreedSection, space, whose
from cockpit.tui.sections.base import WIDE, Drawn, Opening
from cockpit.tui.sheet import Cell, Column, Line, Piece, Sheet
from cockpit.tui.view import View, month
from cockpit.words import n, t
from projections.question import Question
from projections.report import Report
from projections.reports.corrections import CorrectionRow, Corrections
from projections.reports.rhythm import Rhythm, RhythmRow

_RHYTHM = "rhythm"
_DAY = ("seconds", "present", "uncorrected")


class RhythmSection(AgreedSection):
    """The board a meeting begins with: what was agreed last or is due (feature P8), below the
    rhythm in a line (feature P7); where nothing was agreed, the days of the month.
    """

    def beside(self, view: View) -> Mapping[str, tuple[str, Question]]:
        """The rhythm of the month."""
        return {_RHYTHM: (_RHYTHM, month(view))}

    def redraw(self) -> None:
        """Nothing before both reports are there: the line above would push the rows down."""
        if _RHYTHM in self._beside:
            super().redraw()

    def opening(self, key: str) -> Opening | None:
        """What a correction opens, or the figures of a day."""
        rhythm = self._beside.get(_RHYTHM)
        rows = rhythm.rows if isinstance(rhythm, Rhythm) else ()
        row = next((row for row in rows if row.key == key), None)
        if rhythm is None or row is None:
            return super().opening(key)
        figures = tuple(name for name in _DAY if getattr(row, name) is not None)
        return Opening(
            title=f"{formats.weekday(row.day)} {formats.day(row.day)}",
            report=rhythm,
            figures=tuple((key, name) for name in figures),
            words=tuple(labels.figure(name) for name in figures),
        )

    def compose_sheet(self, report: Report, drawn: Drawn, width: int) -> Sheet:
        """The report as a sheet; raises TypeError for another report."""
        if not isinstance(report, Corrections):
            raise TypeError(report.name)
        rhythm = self._beside.get(_RHYTHM)
        held = rhythm if isinstance(rhythm, Rhythm) else None
        if not report.to_review and held is not None:
            return days(held, width)
        return self._reviews(report, drawn, held, width)

    def _reviews(self, report: Corrections, drawn: Drawn, held: Rhythm | None, width: int) -> Sheet:
        """What waits for an answer, and what was answered today."""
        rows, wide = report.to_review, width >= WIDE
        waiting = sum(row.state in ("open", "overdue") for row in rows)
        said = n("{count} waits for an answer", "{count} wait for an answer", waiting)
        effect = [Column(key="effect", title=t("effect so far"), align="left")] if wide else []
        return Sheet(
            title=t("Yesterday's corrections"),
            aside=((said, "muted"),) if waiting else (),
            intro=() if held is None else _line_of(held, width),
            columns=(
                Column(key="seller", title=t("seller"), align="left", elastic=True),
                Column(key="what", title=t("agreed"), align="left", elastic=True),
                Column(key="state", title=t("state"), align="left"),
                *effect,
            ),
            lines=tuple(self._line(row, report, drawn, wide=wide) for row in rows),
            notes=(*space(width), ((_keys(drawn), "muted"),)),
            empty=t("Nothing was agreed in the last stand-up, and nothing is due."),
        )

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


def days(report: Rhythm, width: int) -> Sheet:
    """The days, the last one on top, below a line that sums them up."""
    period = heading.period(report.question.period)
    return Sheet(
        title=f"{labels.report('rhythm').capitalize()}, {period}",
        intro=_line_of(report, width),
        columns=(
            Column(key="day", title=t("day"), align="left"),
            Column(key="seconds", title=labels.header("seconds")),
            Column(key="item", title=labels.header("item"), align="left", elastic=True),
            Column(key="present", title=labels.header("present"), rank=1),
            Column(key="uncorrected", title=labels.header("uncorrected"), rank=2),
        ),
        lines=tuple(_day(row) for row in reversed(report.rows)),
        empty=t("no working day has passed yet"),
    )


def _day(row: RhythmRow) -> Line:
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
    )


def _keys(drawn: Drawn) -> str:
    """What the keys do on a correction."""
    return t("Enter: what came of it · {key}: the next correction",
             key=key_of("correction.agree", drawn.keymap))  # fmt: skip


def _line_of(report: Rhythm, width: int) -> tuple[tuple[Piece, ...], ...]:
    """The rhythm in as few lines as hold it."""
    return tuple(((line, "plain"),) for line in wrap(rhythm_line(report), inner(width)))
