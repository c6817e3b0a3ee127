"""The screen: one App, a screen per room of the work, widgets that draw what they are given."""

from __future__ import annotations

import datetime as dt
import gc
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal, cast

if TYPE_CHECKING:
    from types import ModuleType

    from cockpit.config import Config
    from cockpit.tui.follow import Opener
    from projections.question import Dials


_OWN_HASHES: Final = ("_sha2", "_sha256")
"""What Python hashes with where it has no OpenSSL, from 3.12 on and before."""


def run(
    opener: Opener,
    *,
    actor: str,
    now: Callable[[], dt.datetime],
    today: dt.date | None = None,
    room: Literal["desk", "standup", "replay"] = "standup",
    start: dt.date | None = None,
    past: Dials | None = None,
    config: Config | None = None,
) -> int:
    """Open a room and stay until it is left; returns the exit code.

    `opener` opens the department and is called in another thread than this one. `now` gives
    moments with an offset; `today` is the business day looked at, None follows the clock.
    `start` is the day a replay begins at, `past` where the dials of another room stand, None for
    "now". `config` is how this department wants it.
    """
    # What is made until the first board is seen is no garbage; looking for some only delays it.
    gc.disable()
    _forgo_openssl()
    from cockpit.tui import line
    from cockpit.tui.app import Cockpit
    from cockpit.tui.setup import setup_of

    app = Cockpit(
        setup_of(
            opener, config, actor=actor, now=now, today=today, room=room, start=start, past=past
        )
    )
    line.watch()
    try:
        app.run(mouse=config is None or config.mouse)
    finally:
        gc.enable()
    return app.return_code or 0


def _forgo_openssl() -> None:
    """Keep OpenSSL out of memory, where nothing has loaded it yet: 5 MB.

    The screen speaks to no network, but asyncio loads TLS wherever it finds it. And of the few
    events that are written here Python's own hash functions make the digests, where it has them.
    """
    loaded = cast("dict[str, ModuleType | None]", sys.modules)
    loaded.setdefault("ssl", None)
    if any(map(find_spec, _OWN_HASHES)):
        loaded.setdefault("_hashlib", None)
