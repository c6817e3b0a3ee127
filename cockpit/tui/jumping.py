"""Jump mode: everything on a screen that can be gone to has a label, and the label goes there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import Final, Protocol, runtime_checkable

from textual.dom import DOMNode
from textual.widget import Widget

from cockpit.tui.keys import latin, shown
from cockpit.words import language

_LETTERS: Final = "asdfghjklqwertyuiopzxcvbnm"
"""The letters labels are made of, those under the fingers first."""


@runtime_checkable
class Jumpable(Protocol):
    """A widget with places to jump to."""

    def spots(self) -> Mapping[str, Callable[[], object]]:
        """What is seen of it and can be gone to, by name and from the top; and how."""
        ...

    def label(self, labels: Mapping[str, str]) -> None:
        """Draw a label over each of these places; {} draws none any more."""
        ...


class Jump:
    """Labels that are drawn, and what has been typed of one."""

    def __init__(self, widgets: Iterable[Widget], without: Collection[str]) -> None:
        """`without` are letters that no label has."""
        self._found = [widget for widget in widgets if isinstance(widget, Jumpable)]
        places = [
            (widget, name, go) for widget in self._found for name, go in widget.spots().items()
        ]
        letters = [letter for letter in _LETTERS if letter not in without]
        self._places = dict(zip(labels(letters, len(places)), places, strict=False))
        self._typed = ""
        self._draw()

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that can still be typed, as the spoken language has them on the keyboard."""
        return tuple(_face(label) for label in self._left())

    def press(self, key: str) -> tuple[Widget, Callable[[], object]] | None:
        """Type a letter; a whole label says where it leads, and how to go there.

        With any other key, as with a whole label, nothing is left to be typed.
        """
        self._typed += latin(key)
        reached = self._places.get(self._typed)
        if reached is not None:
            self._places = {}
        self._draw()
        if reached is None:
            return None
        widget, _, go = reached
        assert isinstance(widget, Widget)
        return widget, go

    def leave(self) -> None:
        """Take the labels away."""
        self._places = {}
        self._draw()

    def _left(self) -> list[str]:
        """The labels that begin with what has been typed."""
        return [label for label in self._places if label.startswith(self._typed)]

    def _draw(self) -> None:
        """Draw the labels that can still be typed."""
        left = [(self._places[label], label) for label in self._left()]
        for widget in self._found:
            widget.label({name: _face(label) for (of, name, _), label in left if of is widget})


def labels(letters: Collection[str], count: int) -> list[str]:
    """As many labels as can be told apart, at most `count`: one letter each as long as it goes.

    Of more than there are letters the last ones get two, and no label is the beginning of another.
    """
    many = len(letters)
    doubled = next(
        (number for number in range(many) if many - number + number * many >= count), many
    )
    singles, firsts = list(letters)[: many - doubled], list(letters)[many - doubled :]
    pairs = (first + second for first, second in product(firsts, letters))
    return [*singles, *pairs][:count]


def seen(node: DOMNode) -> Iterator[Widget]:
    """The widgets below a node that are displayed, each before those within it."""
    for child in node.displayed_children:
        yield child
        yield from seen(child)


def _face(label: str) -> str:
    """A label as it is drawn."""
    return "".join(shown(letter, language()) for letter in label)
