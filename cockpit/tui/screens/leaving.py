"""The question before a stand-up is closed while somebody lags without a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from cockpit.render.cells import clean
from cockpit.tui.actions import Room, bindings
from cockpit.tui.sections.close import behind, uncorrected
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.widgets.board import Board
from cockpit.words import t
from projections.reports.lagging import Lagging, LaggingRow

_STAY: Final = "stay"
_CLOSE: Final = "close"
_AROUND: Final = 5
"""The lines above and below the rows."""


class ChoiceBoard(Board, can_focus=True):
    """A board that hears the keys itself."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("row", "board")


class Leaving(ModalScreen[bool]):
    """Lies over the room. Whatever key led here, the same key again does not close: going back
    is under the cursor, closing is one row below it.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("leaving")

    def __init__(self, report: Lagging, names: Mapping[str, str]) -> None:
        """`report` says who lags; at least one of them has no correction."""
        super().__init__()
        self._sheet = sheet(report, names)

    def compose(self) -> ComposeResult:
        """One board."""
        yield ChoiceBoard(id="leaving")

    def on_mount(self) -> None:
        """Draw it."""
        board = self.query_one("#leaving", Board)
        board.styles.height = len(self._sheet.lines) + _AROUND
        board.draw(self._sheet)
        board.focus()

    def rooms(self) -> Sequence[Room]:
        """The rooms whose keys work now."""
        return ("leaving", "row", "board")

    def action_stay(self) -> None:
        """Back to the stand-up."""
        self.dismiss(False)

    @on(Board.Opened)
    def _choose(self, message: Board.Opened) -> None:
        """Close, or go back."""
        self.dismiss(message.key == _CLOSE)


def sheet(report: Lagging, names: Mapping[str, str]) -> Sheet:
    """Who leaves without a correction, then the two ways on."""
    rows = [row for row in report.rows if not row.corrected]
    return Sheet(
        title=t("Close the stand-up?"),
        aside=((t("Esc goes back"), "muted"),),
        intro=(((uncorrected(len(rows)), "bad"),),),
        columns=(
            Column(key="who", title="", align="left", elastic=True),
            Column(key="behind", title=""),
        ),
        lines=(
            *(_line(row, report, names) for row in rows),
            Line("", (Cell(""), Cell("")), opens=False),
            Line(_STAY, (Cell("› " + t("Go back and agree a correction"), "strong"),)),
            Line(_CLOSE, (Cell("› " + t("Close all the same; the minutes will say so")),)),
        ),
    )


def _line(row: LaggingRow, report: Lagging, names: Mapping[str, str]) -> Line:
    """A seller with what he or she is behind by."""
    name = Cell(clean(names.get(row.seller, row.seller)))
    return Line(row.key, (name, behind(row, report)), opens=False)
