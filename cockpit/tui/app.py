"""The App: themes, keymap and the first room; everything else is in screens and widgets."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.filter import LineFilter
from textual.screen import Screen

from cockpit.tui.actions import bindings, complaints, key_of, keymap
from cockpit.tui.dressed import Dressed
from cockpit.tui.keys import keys
from cockpit.tui.providers import Commands
from cockpit.tui.rooms import first
from cockpit.tui.setup import Setup
from cockpit.tui.sharing import SHARED
from cockpit.tui.themes import NAMES, THEMES, choose, following
from cockpit.words import t

_STYLES: list[str | PurePath] = [
    f"styles/{name}.tcss"
    for name in ("cockpit", "standup", "desk", "replay", "help", "form", "leaving")
]


class Cockpit(Dressed, inherit_bindings=False):
    """Opens the desk check or the stand-up."""

    TITLE = "cockpit"
    CSS_PATH = _STYLES
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - read only
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app"),
        Binding(keys("ctrl+c"), "hint", show=False, system=True),
    ]

    def __init__(self, setup: Setup) -> None:
        """`setup` says where the log is and how the screen should look."""
        super().__init__()
        self.setup = setup
        for theme in THEMES:
            self.register_theme(theme)
        few = self.console.color_system == "standard"
        self.theme = choose(setup.theme, colourless=self.no_color, few=few)
        self.set_keymap(keymap(setup.keymap))
        self.set_class(setup.share, SHARED)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What changes the look of all that is drawn."""
        found = super().get_line_filters()
        if not self.setup.plain_signs:
            return found
        from cockpit.tui.typewriter import Typewriter

        return [*found, Typewriter()]

    def get_default_screen(self) -> Screen[None]:
        """The room people come for."""
        return first(self.setup)

    def on_mount(self) -> None:
        """Say what is wrong with the keymap; hear of the terminal's loss before it ends all."""
        for words in complaints(self.setup.keymap):
            self.notify(words, severity="warning", markup=False)
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, self._hang_up, signal.SIGHUP)
        loop.add_signal_handler(signal.SIGTERM, self._hang_up, signal.SIGTERM)

    def on_unmount(self) -> None:
        """Leave the signals as they were."""
        loop = asyncio.get_running_loop()
        loop.remove_signal_handler(signal.SIGHUP)
        loop.remove_signal_handler(signal.SIGTERM)

    def action_command_palette(self) -> None:
        """Find anything by its name."""
        self.push_screen(CommandPalette(placeholder=t("A seller, an item, an action …")))

    def action_help(self) -> None:
        """What is on the screen, and its keys."""
        from cockpit.tui.screens.help import Explained, HelpScreen, Reckoned

        if isinstance(self.screen, Explained):
            said = self.screen.explained() if isinstance(self.screen, Reckoned) else ""
            self.push_screen(HelpScreen(self.screen.rooms(), self.setup.keymap, said))

    def action_next_theme(self) -> None:
        """Other colours, until the program is left; the configuration keeps them."""
        self.theme = following(self.theme)
        self.notify(t("Colours: {theme}", theme=t(NAMES[self.theme])), markup=False)

    def action_hint(self) -> None:
        """Ctrl+C is no way to end a meeting."""
        key = key_of("standup.leave", self.setup.keymap)
        self.notify(t("{key} closes the stand-up and leaves", key=key), markup=False)

    def _hang_up(self, number: signal.Signals) -> None:
        """Write what is to be written, then go: at once without a terminal, else cleaning up."""
        from cockpit.tui.screens.asking import AskingScreen

        for screen in self.screen_stack:
            if isinstance(screen, AskingScreen):
                screen.hang_up()
        if number is signal.SIGTERM:
            self.exit(return_code=128 + number)
            return
        asyncio.get_running_loop().remove_signal_handler(number)
        os.kill(os.getpid(), number)
