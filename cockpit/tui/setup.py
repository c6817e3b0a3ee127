"""What the screen is started with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from cockpit.tui.agenda import DEFAULT, Item
from cockpit.tui.follow import Opener


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """Where the log is, whose hand is at the keyboard, and how the screen should look.

    `opener` opens the department in the thread that calls it. `now` gives moments with an offset.
    `today` is the business day to look at, None follows the clock. `room` is the one to open on.
    `keymap` replaces keys by the id of their action.
    """

    opener: Opener
    now: Callable[[], dt.datetime]
    actor: str
    today: dt.date | None = None
    agenda: tuple[Item, ...] = DEFAULT
    room: Literal["desk", "standup"] = "standup"
    theme: str | None = None
    keymap: Mapping[str, str] = msgspec.field(default_factory=dict)
