"""The rooms of the program; one is loaded when it is entered, so that nobody waits for the rest."""

from __future__ import annotations

from textual.screen import Screen

from cockpit.tui.setup import Setup


def first(setup: Setup) -> Screen[None]:
    """The room people come for."""
    match setup.room:
        case "desk":
            from cockpit.tui.screens.desk import DeskScreen

            return DeskScreen(setup)
        case "replay":
            from cockpit.tui.screens.replay import ReplayScreen

            return ReplayScreen(setup)
        case "standup":
            from cockpit.tui.screens.standup import StandupScreen

            return StandupScreen(setup)
