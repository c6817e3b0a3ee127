"""An app in our own colours, whose style sheets are parsed once when it starts."""

from __future__ import annotations

from threading import Event

from textual.app import App
from textual.driver import Driver

from cockpit.tui.themes import DARK


class Dressed(App[None], inherit_bindings=False):
    """Knows its colours before a theme is chosen, and says when there is a screen to hear keys."""

    def __init__(self) -> None:
        """Nothing is on the screen yet."""
        super().__init__()
        self.hears = Event()

    def on_ready(self) -> None:
        """The first frame is there: a key pressed before it would have met no screen."""
        self.hears.set()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours, for the moment before a theme is chosen."""
        return DARK.variables

    def get_driver_class(self) -> type[Driver]:
        """On a terminal the keyboard is read by ourselves: no bytes of it end the screen."""
        found = super().get_driver_class()
        if found.__name__ != "LinuxDriver":
            return found
        from cockpit.tui.keyboard import Keyboard

        return Keyboard

    def refresh_css(self, animate: bool = True) -> None:
        """The colours anew. Those of the start come before there is a screen: the sheets are then
        parsed by their first use, for Textual would parse them here and there.
        """
        if self.screen_stack:
            super().refresh_css(animate=animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())
            self.stylesheet.update(self, animate=animate)
