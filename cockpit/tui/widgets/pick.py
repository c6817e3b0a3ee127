"""A field whose value is one of a few: ← and → walk them, a letter finds the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from cockpit.render.cells import fit
from cockpit.tui.actions import bindings
from cockpit.tui.keys import latin, twin
from cockpit.tui.sheet import Piece
from cockpit.tui.widgets.paint import Painted


class Pick(Painted, can_focus=True):
    """One line: the value between two arrows, as far as there is something on that side."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("pick")

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, pick: Pick) -> None:
            """`pick` holds the value."""
            super().__init__()
            self.pick = pick

        @property
        def control(self) -> Pick:
            """Where it was chosen."""
            return self.pick

    def __init__(
        self,
        choices: Sequence[str],
        words: Mapping[str, str],
        value: str,
        *,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
    ) -> None:
        """`words` say what a choice is called; a value that is no choice stands before them."""
        super().__init__(id=id)
        self.choices = tuple(choices) if value in choices else (value, *choices)
        self._words = words
        self._value = value

    @property
    def value(self) -> str:
        """What is chosen."""
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        if value in self.choices and value != self._value:
            self._value = value
            self.refresh()
            self.post_message(self.Changed(self))

    def action_walk(self, step: int) -> None:
        """The choice so many places on; the walk ends at both ends."""
        place = self.choices.index(self._value) + step
        self.value = self.choices[max(0, min(len(self.choices) - 1, place))]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """What can be typed belongs to the field, not to what lies below the form."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Go to the next choice that begins with the letter, or with the one the same physical
        key sends in the other layout, or to the one at a place.
        """
        if event.character is None or not event.character.isprintable():
            return
        event.stop()
        letter = event.character.casefold()
        for begins in (letter, latin(letter), twin(letter)):
            found = self._next(begins) if begins else None
            if found is not None:
                self.value = found
                return
        if event.character.isdigit() and 0 < int(event.character) <= len(self.choices):
            self.value = self.choices[int(event.character) - 1]

    def _next(self, begins: str) -> str | None:
        """The next choice, around the end, whose name begins so; the one there is, if it is all."""
        here = self.choices.index(self._value)
        around = (*self.choices[here + 1 :], *self.choices[: here + 1])
        return next((it for it in around if self._called(it).casefold().startswith(begins)), None)

    def on_click(self, event: events.Click) -> None:
        """The arrows can be clicked; the last cells of the line are the one to the right."""
        self.action_walk(-1 if event.x < self.size.width // 2 else 1)

    def render_line(self, y: int) -> Strip:
        """`‹ calls made ›`."""
        here = self.choices.index(self._value)
        text = fit(self._called(self._value), self.size.width - 4)
        line: list[Piece] = [
            ("‹ " if here else "  ", "muted"),
            (text, "plain"),
            (" ›" if here < len(self.choices) - 1 else "  ", "muted"),
        ]
        return self.strip(line, "cursor" if self.has_focus else "")

    def on_focus(self) -> None:
        """Show that the keys are here."""
        self.refresh()

    def on_blur(self) -> None:
        """They no longer are."""
        self.refresh()

    def _called(self, choice: str) -> str:
        """What a choice is called."""
        return self._words.get(choice, choice)
