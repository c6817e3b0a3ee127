"""The screen: one App, a screen per room of the work, widgets that draw what they are given."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cockpit.tui.follow import Opener


def run(
    opener: Opener,
    *,
    actor: str,
    now: Callable[[], dt.datetime],
    today: dt.date | None = None,
    theme: str | None = None,
    room: Literal["desk", "standup"] = "standup",
    keymap: Mapping[str, str] | None = None,
) -> int:
    """Open a room and stay until it is left; returns the exit code.

    `opener` opens the department and is called in another thread than this one. `now` gives
    moments with an offset; `today` is the business day looked at, None follows the clock.
    `theme` is `dark`, `light` or `high-contrast`; `keymap` gives keys by the id of their action
    (docs/keys.md).
    """
    # What is made until the first board is seen is no garbage; looking for some only delays it.
    gc.disable()
    from cockpit.tui.app import Cockpit
    from cockpit.tui.setup import Setup

    setup = Setup(
        opener=opener,
        now=now,
        actor=actor,
        today=today,
        room=room,
        theme=theme,
        keymap=dict(keymap or {}),
    )
    app = Cockpit(setup)
    try:
        app.run()
    finally:
        gc.enable()
    return app.return_code or 0
