"""What the screen is started with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from cockpit.config import Config, Turns
from cockpit.topics import Topic, own_topics
from cockpit.tui.agenda import DEFAULT, Item
from cockpit.tui.follow import Opener
from projections.question import Dials


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """Where the log is, whose hand is at the keyboard, and how the screen should look.

    `opener` opens the department in the thread that calls it. `now` gives moments with an offset.
    `today` is the business day to look at, None follows the clock; `over` says that it has gone by
    and `now` goes on that day, see `on_its_day`. `room` is the one to open on,
    `start` the day a replay begins at, `past` where the dials of another room stand when it opens,
    None for "now".
    `keymap` replaces keys by the id of their action. `turns` are the boxes of items that go
    seller by seller. `share` begins with what others may see, `plain_signs` draws nothing but
    letters and the signs of a typewriter. `topics` are the department's own, `pairs`
    the steps it counts conversions between.
    """

    opener: Opener
    now: Callable[[], dt.datetime]
    actor: str
    today: dt.date | None = None
    over: bool = False
    agenda: tuple[Item, ...] = DEFAULT
    turns: Turns = Turns()
    room: Literal["desk", "standup", "replay"] = "standup"
    start: dt.date | None = None
    past: Dials | None = None
    theme: str | None = None
    share: bool = False
    plain_signs: bool = False
    keymap: Mapping[str, str] = msgspec.field(default_factory=dict)
    topics: tuple[Topic, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


def setup_of(
    opener: Opener,
    config: Config | None,
    *,
    actor: str,
    now: Callable[[], dt.datetime],
    today: dt.date | None,
    room: Literal["desk", "standup", "replay"],
    start: dt.date | None = None,
    past: Dials | None = None,
) -> Setup:
    """The set-up a configuration asks for. Raises Refused for a file of topics that is none."""
    chosen = config or Config()
    asked = Setup(
        opener=opener,
        now=now,
        actor=actor,
        today=today,
        room=room,
        start=start,
        past=past,
        agenda=chosen.items(),
        turns=chosen.turns,
        theme=chosen.theme,
        share=chosen.share,
        plain_signs=chosen.plain_signs,
        keymap=chosen.keys,
        topics=own_topics(chosen),
        pairs=chosen.pairs(),
    )
    return on_its_day(asked)


def on_its_day(setup: Setup) -> Setup:
    """The same with the clock on the day looked at, where that has gone by.

    Who catches up on the meeting of a past day writes down what happened on that day, at the time
    of day it is now. When it was written down the log's own clock says, which nothing moves.
    """
    clock, day = setup.now, setup.today
    gone = clock().date() - day if day is not None else dt.timedelta()
    if gone <= dt.timedelta():
        return setup
    return msgspec.structs.replace(setup, now=lambda: clock() - gone, over=True)
