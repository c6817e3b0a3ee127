"""A fact of the story with the two moments it has: when it happened, when it was written down."""

from __future__ import annotations

import datetime as dt

import msgspec

from events.vocabulary import Fact


class Entry(msgspec.Struct, frozen=True):
    """`occurred` carries the department's offset, `recorded` never lies before it.

    `id` is set where another entry names this one.
    """

    recorded: dt.datetime
    occurred: dt.datetime
    actor: str
    body: Fact
    id: str | None = None


def soon(occurred: dt.datetime, actor: str, body: Fact, seconds: int = 20) -> Entry:
    """Something written down while it happens."""
    return Entry(occurred + dt.timedelta(seconds=seconds), occurred, actor, body)
