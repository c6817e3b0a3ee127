"""What can be done on every screen, and in the help."""

from __future__ import annotations

from typing import Final

from cockpit.tui.actions.action import FIGURES, GETTING_ABOUT, PAST, Action
from cockpit.words import mark

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="app.palette", keys="g,ctrl+p", call="app.command_palette", room="app",
        title=mark("Go to"), tooltip=mark("Find any seller, item or action by name"),
        group=GETTING_ABOUT, footer=7,
    ),
    Action(
        id="jump.open", keys="j", call="screen.labels", room="jump",
        title=mark("Jump"),
        tooltip=mark("Label rows, items and days with letters; a letter goes there, Esc leaves"),
        group=GETTING_ABOUT,
    ),
    Action(
        id="jump.day", keys="y", call="screen.ask_day", room="jump",
        title=mark("Go to a day"), tooltip=mark("Type the day the figures are to be seen as of"),
        group=PAST,
    ),
    Action(
        id="trust.open", keys="i", call="screen.trust", room="jump",
        title=mark("How far to trust the data"),
        tooltip=mark("Open the line that says how much is late, unmeasured or missing"),
        group=FIGURES,
    ),
    Action(
        id="app.help", keys="?,f1", call="app.help", room="app",
        title=mark("Help"), tooltip=mark("What this screen shows, and every key"),
        group=GETTING_ABOUT, footer=8,
    ),
    Action(
        id="app.theme", keys="f3", call="app.next_theme", room="app",
        title=mark("Colours"),
        tooltip=mark("Other colours: dark, light, high contrast, safe for the colour-blind"),
        group=GETTING_ABOUT,
    ),
    Action(
        id="help.back", keys="escape,?,f1", call="screen.dismiss", room="help",
        title=mark("Back"), tooltip=mark("Close the help"), group=GETTING_ABOUT, footer=0,
    ),
)  # fmt: skip
