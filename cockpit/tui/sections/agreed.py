"""What the boards of corrections have in common: rows to answer for, their words, their effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from cockpit import formats
from cockpit.render import correcting
from cockpit.render.cells import clean, wrap
from cockpit.tui.frame import inner, seen_notes
from cockpit.tui.sections.base import WIDE, Drawn, Opening, Section, formula_of
from cockpit.tui.sheet import Cell, Piece, Tone
from cockpit.tui.view import View, month
from projections.question import Question
from projections.report import Report
from projections.reports.corrections import CorrectionRow, Corrections

KEY: Final = "correction:"
"""Goes before the key of a correction in the key of its row."""

_BLANK: Final[tuple[Piece, ...]] = ((" ", "plain"),)

_TONES: Final[Mapping[str, Tone]] = {"overdue": "bad", "not_done": "warn", "done": "good"}


class AgreedSection(Section):
    """A board of corrections, and what each of them says in words."""

    REPORT: ClassVar[str | None] = "corrections"

    def question(self, view: View) -> Question:
        """The month of today."""
        return month(view)

    def correction(self, key: str) -> CorrectionRow | None:
        """The correction a row is about."""
        return next((row for row in self.corrections if f"{KEY}{row.key}" == key), None)

    @property
    def corrections(self) -> tuple[CorrectionRow, ...]:
        """Every correction of the report that is drawn."""
        report = self.given
        return report.rows if isinstance(report, Corrections) else ()

    def subject(self, key: str) -> tuple[str, str | None] | None:
        """Whose a row is; on a correction the next one is about the same metric."""
        row = self.correction(key)
        return (row.seller, row.metric) if row is not None else super().subject(key)

    def opening(self, key: str) -> Opening | None:
        """A correction is answered for; nothing else is opened."""
        return None

    def explained(self) -> str:
        """The formula of the change that the correction under the cursor made."""
        row, report = self.correction(self.cursor or ""), self.given
        if row is None or report is None:
            return ""
        return formula_of(report, row.key, "change")

    def footnotes(self) -> tuple[tuple[Piece, ...], ...]:
        """The action in words and the effect of the correction under the cursor, always as many
        lines: above the board's own notes, or last where not all are seen, for what does not
        fit are the first ones.
        """
        row, report = self.correction(self.cursor or ""), self.given
        width = self.size.width
        room = len(space(width))
        own = self.sheet.notes[room:]
        if row is None or report is None:
            return (*[_BLANK] * room, *own)
        effect = wrap(correcting.effect(row, report.minor_digits), inner(width))
        said: list[tuple[Piece, ...]] = [
            ((line, "plain"),) for line in [self.words_of(row), *effect][:room]
        ]
        blanks = [_BLANK] * (room - len(said))
        if seen_notes(self.sheet, self.size.height) < len(self.sheet.notes):
            return (*blanks, *own, *said)
        return (*said, *blanks, *own)

    def words_of(self, row: CorrectionRow) -> str:
        """The action in words; nothing where it was erased."""
        said = self._given[1].said if self._given else {}
        return clean(said.get(row.event, {}).get("action", ""))

    def what(self, row: CorrectionRow) -> str:
        """`calls 50 → 70`."""
        return correcting.summary(row)

    def state(self, row: CorrectionRow, *, wide: bool) -> Cell:
        """Where it stands, with the day it is due; where there is little room, one of the two."""
        said = correcting.state(row)
        if row.state == "open" and not wide:
            said = f"{formats.weekday(row.until)} {formats.day(row.until)}"
        elif row.state in ("open", "overdue") and wide:
            said = f"{formats.weekday(row.until)} {formats.day(row.until)}, {said}"
        return Cell(said, _TONES.get(row.state, "plain"))

    def effect(self, row: CorrectionRow, report: Report) -> Cell:
        """What it changed so far."""
        tone: Tone = "good" if row.outcome == "moved" else "muted"
        return Cell(correcting.verdict(row, report.minor_digits), tone)


def space(width: int) -> tuple[tuple[Piece, ...], ...]:
    """The lines kept free below for the correction under the cursor: its effect takes two where
    there is little width.
    """
    return (_BLANK,) * (2 if width >= WIDE else 3)


def whose(row: CorrectionRow, drawn: Drawn) -> str:
    """The key of a seller as a name."""
    return drawn.names.get(row.seller, row.seller)
