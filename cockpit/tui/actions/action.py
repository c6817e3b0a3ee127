"""What an action is: the way a person has of doing one thing on the screen.

An `id` is public: the user's keymap names it. `call` is the method that does it, on the screen, the
app or the focused widget as Textual writes it. `footer` is the place in the line of keys; an action
without one is in the help and in the palette.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from cockpit.words import mark

Room = Literal[
    "app",
    "desk",
    "standup",
    "figures",
    "stretch",
    "dials",
    "replay",
    "jump",
    "board",
    "row",
    "agree",
    "seller",
    "deeper",
    "help",
    "form",
    "pick",
    "leaving",
]

MEETING: Final = mark("Meeting")
FIGURES: Final = mark("Figures")
PAST: Final = mark("The past")
GETTING_ABOUT: Final = mark("Getting about")
FILLING_IN: Final = mark("Filling in")


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a person can do; `title`, `tooltip` and `label` are message ids, spoken when drawn.

    In the line of keys an action stands with the one that is its `other` half, under `label`.
    """

    id: str
    keys: str
    call: str
    room: Room
    title: str
    tooltip: str
    group: str
    footer: int | None = None
    other: str | None = None
    label: str | None = None
