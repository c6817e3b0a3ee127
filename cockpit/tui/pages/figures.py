"""The figures of a row, a line each: value and formula; Enter opens the events behind one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from cockpit.render import explain
from cockpit.render.cells import wrap
from cockpit.tui.actions import Room
from cockpit.tui.frame import inner
from cockpit.tui.pages.figure import Behind
from cockpit.tui.sections.base import Opening
from cockpit.tui.sheet import Cell, Column, Line, Piece, Sheet
from cockpit.tui.widgets.board import Board
from cockpit.words import t
from projections.formula import Explanation

FORMULA_LINES: Final = 2


class FiguresPage(Board):
    """What a row that stands for several figures opens."""

    ROOMS: ClassVar[tuple[Room, ...]] = ("deeper", "row", "board")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """`id` is the name stylesheets and queries know the widget by."""
        super().__init__(id=id)
        self._opening: Opening | None = None
        self._why: Mapping[tuple[str, str], Explanation] = {}

    @property
    def title(self) -> str:
        """Whose figures they are."""
        return self._opening.title if self._opening else ""

    def turn_to(self, opening: Opening) -> None:
        """Begin the page of a row; its formulas come later."""
        self._opening, self._why = opening, {}
        self.redraw()

    def follow(self, opening: Opening) -> None:
        """The same figures of another moment; those of before stand until they come."""
        self._opening = opening

    def show(self, opening: Opening, why: Mapping[tuple[str, str], Explanation]) -> None:
        """Draw the figures, unless another row has been opened since."""
        if opening is self._opening:
            self._why = why
            self.redraw()

    def behind(self, key: str) -> Behind | None:
        """What explains the figure of a line; None where nothing does."""
        row, _, figure = key.rpartition("/")
        why = self._why.get((row, figure))
        return Behind(self._opening.report, row, why) if self._opening and why else None

    def words(self, key: str) -> str:
        """What the figure of a line is; "" for one that is not here."""
        opening = self._opening
        if opening is None:
            return ""
        named = zip(opening.figures, opening.words, strict=True)
        return next((said for (row, figure), said in named if f"{row}/{figure}" == key), "")

    def explained(self) -> str:
        """The formula of the figure under the cursor."""
        found = self.behind(self.cursor) if self.cursor else None
        return explain.formula(found.explanation, found.report) if found else ""

    def footnotes(self) -> tuple[tuple[Piece, ...], ...]:
        """The formula under the cursor, always as many lines."""
        if not self.sheet.lines:
            return ()
        return footed(self.explained(), inner(self.size.width))

    def on_resize(self) -> None:
        """Draw the page for the new width."""
        self.redraw()

    def redraw(self) -> None:
        """The sheet anew."""
        if self._opening is not None and self.size.width:
            self.draw(sheet(self._opening, self._why))


def footed(text: str, width: int) -> tuple[tuple[Piece, ...], ...]:
    """A formula below a board, always as many lines."""
    lines = [*wrap(text, width), *[""] * FORMULA_LINES][:FORMULA_LINES]
    return tuple(((line, "muted"),) for line in lines)


def sheet(opening: Opening, why: Mapping[tuple[str, str], Explanation]) -> Sheet:
    """A line for each figure that can account for itself."""
    lines = [
        Line(f"{row}/{figure}", (Cell(words), *_said(why[row, figure], opening)))
        for (row, figure), words in zip(opening.figures, opening.words, strict=True)
        if (row, figure) in why
    ]
    return Sheet(
        title=opening.title,
        columns=(
            Column(key="figure", title="", align="left", width=16, elastic=True),
            Column(key="value", title=""),
            Column(key="formula", title="", align="left", elastic=True),
        ),
        lines=tuple(lines),
        notes=(((" ", "muted"),),) * FORMULA_LINES if lines else (),
        empty=t("Nothing to explain here") if why else t("One moment …"),
    )


def _said(why: Explanation, opening: Opening) -> tuple[Cell, Cell]:
    """The value, and the formula without it."""
    value = explain.shown(why.value, why.unit, opening.report)
    formula = explain.with_numbers(why, opening.report) if why.expression else ""
    return Cell(value), Cell(formula, "muted")
