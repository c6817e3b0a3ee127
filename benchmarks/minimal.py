"""The least a Textual program can be: a header, a line of text, a footer."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, Header, Static

MARK = "NOTHING-BUT-THIS"


class Minimal(App[None]):
    """Says one thing and can be left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """Top, middle, bottom."""
        yield Header()
        yield Static(MARK)
        yield Footer()


if __name__ == "__main__":
    Minimal().run()
