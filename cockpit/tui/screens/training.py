"""Two minutes on one topic, to be read aloud and tried out, and logged when they were held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.screen import ModalScreen

from cockpit.render.cells import clean, wrap
from cockpit.topics import Topic
from cockpit.tui.actions import Room, bindings
from cockpit.tui.frame import inner
from cockpit.tui.screens.leaving import ChoiceBoard
from cockpit.tui.sheet import Cell, Column, Line, Piece, Sheet
from cockpit.tui.widgets.board import Board
from cockpit.words import n, t

With = Literal["all", "one"]

_ALL: Final = "all"
_ONE: Final = "one"
_BACK: Final = "back"
_AROUND: Final = 4
"""The lines above and below the text and the rows."""


class TrainingScreen(ModalScreen[With | None]):
    """Shows the text of a topic; answers with whom it was held, None where it was only read."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("leaving")

    def __init__(self, topic: Topic, name: str, present: int) -> None:
        """`name` is the seller the topic is of, `present` how many are in the meeting."""
        super().__init__()
        self._topic = topic
        self._seller = name
        self._present = present

    def compose(self) -> ComposeResult:
        """One board."""
        yield ChoiceBoard(id="training")

    def on_mount(self) -> None:
        """The cursor is on the first choice."""
        self.query_one("#training", Board).focus()

    def on_resize(self, event: Resize) -> None:
        """Wrap the text to the width there is."""
        board = self.query_one("#training", Board)
        width = min(72, event.size.width * 9 // 10)
        sheet = training_sheet(self._topic, self._seller, self._present, inner(width))
        board.styles.height = len(sheet.intro) + len(sheet.lines) + _AROUND
        board.draw(sheet)

    def rooms(self) -> Sequence[Room]:
        """The rooms whose keys work now."""
        return ("leaving", "row", "board")

    def action_stay(self) -> None:
        """Back to the stand-up without a word in the log."""
        self.dismiss(None)

    @on(Board.Opened)
    def _choose(self, message: Board.Opened) -> None:
        """Whom it was held with, if with anybody."""
        if message.key == _ALL:
            self.dismiss("all")
        elif message.key == _ONE:
            self.dismiss("one")
        else:
            self.dismiss(None)


def training_sheet(topic: Topic, name: str, present: int, width: int) -> Sheet:
    """The sentence, the text, and with whom it was held."""
    intro: list[tuple[Piece, ...]] = [
        ((line, "strong"),) for line in wrap(clean(topic.sentence), width)
    ]
    for paragraph in topic.text.splitlines():
        intro += [((line, "plain"),) for line in wrap(clean(paragraph), width)]
    everybody = n(
        "Held with the {count} seller present: log it",
        "Held with all {count} sellers present: log it",
        present,
    )
    return Sheet(
        title=clean(topic.name),
        aside=((t("two minutes"), "muted"),),
        intro=tuple(intro),
        columns=(Column(key="what", title="", align="left", elastic=True),),
        lines=(
            Line(_ALL, (Cell(f"› {everybody}", "strong"),)),
            Line(_ONE, (Cell("› " + t("Held with {name} alone: log it", name=name)),)),
            Line(_BACK, (Cell("› " + t("Only read: back to the board")),)),
        ),
    )
