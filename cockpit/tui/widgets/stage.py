"""The middle of a room: sections to switch between, and the way deeper into one and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import ContentSwitcher

from cockpit.tui.actions import bindings
from cockpit.tui.widgets.board import Board

Makers = Mapping[str, Callable[[str], Board]]
"""What makes the board of a name, which is also its id."""


class Stage(ContentSwitcher, can_focus=True):
    """Shows one board at a time, hears the keys for it, remembers which boards lie above it.

    Only the first board is there from the start; the others are made when they are needed, or
    one by one as soon as the first has been seen.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("row", "agree", "board", "seller", "deeper")

    def __init__(self, makers: Makers, *, initial: str, id: str | None = None) -> None:  # noqa: A002
        """`initial` is the name of the board shown first."""
        first = makers[initial](initial)
        super().__init__(first, initial=initial, id=id)
        self._makers = makers
        self._made = {initial: first}
        self.trail: list[str] = [initial]

    def holds(self, name: str) -> bool:
        """Whether there is a board of this name, made or not."""
        return name in self._makers

    @property
    def board(self) -> Board:
        """The board that is seen."""
        return self.of(self.trail[-1])

    @property
    def boards(self) -> tuple[Board, ...]:
        """The boards that have been made."""
        return tuple(self._made.values())

    def of(self, name: str) -> Board:
        """The board of a name, made if need be."""
        if name not in self._made:
            board = self._made[name] = self._makers[name](name)
            board.display = False
            self.mount(board)
        return self._made[name]

    def furnish(self) -> bool:
        """Make the next board that is not there yet; whether there was one."""
        missing = next((name for name in self._makers if name not in self._made), None)
        if missing is not None:
            self.of(missing)
        return missing is not None

    def turn(self, name: str) -> None:
        """Show a section; whatever was opened from another one is left."""
        self._show([name])

    def enter(self, name: str) -> None:
        """Show a board one level deeper."""
        if name != self.trail[-1]:
            self._show([*self.trail, name])

    def back(self) -> None:
        """Show the board one level up; at the top nothing happens."""
        if len(self.trail) > 1:
            self._show(self.trail[:-1])

    def _show(self, trail: list[str]) -> None:
        """Switch to the end of a trail."""
        self.trail = trail
        self.of(trail[-1])
        self.current = trail[-1]

    def action_cursor(self, step: int) -> None:
        """Move the cursor of the board that is seen."""
        self.board.action_cursor(step)

    def action_page(self, step: int) -> None:
        """Move it by as many rows as are seen."""
        self.board.action_page(step)

    def action_open(self) -> None:
        """Open the row it is on."""
        self.board.action_open()
