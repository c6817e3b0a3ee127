"""An event with everything that is known about it, before and after the log took it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Final

import msgspec

from events.vocabulary.fact import Fact

_COUNTED: Final = 3
"""So many of the random digits of an id are counted up where many are made at once."""


class Unknown(msgspec.Struct, frozen=True):
    """A body this program has no word for, kept as it is: a newer program wrote it."""

    kind: str
    version: int
    raw: str


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What a writer hands to the log.

    `occurred_at` carries an offset. `id` is made by the writer, so sending a draft again adds
    nothing; `source` with `external_id` does the same for facts that come from elsewhere.
    Personal fields are plain text here; the log seals them.
    """

    body: Fact
    occurred_at: dt.datetime
    actor: str
    id: str = msgspec.field(default_factory=lambda: new_id())
    source: str = "cockpit"
    external_id: str | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What the log keeps. Times are ISO 8601 text: `occurred_at` with the writer's offset,
    `recorded_at` in UTC with microseconds and a `Z`, so that it sorts as text.
    """

    seq: int
    id: str
    kind: str
    version: int
    occurred_at: str
    recorded_at: str
    actor: str
    source: str
    external_id: str | None
    seller: str | None
    client: str | None
    deal: str | None
    body: Fact | Unknown
    digest: str
    link: str

    @property
    def occurred(self) -> dt.datetime:
        """The moment it happened, with the writer's offset."""
        return dt.datetime.fromisoformat(self.occurred_at)

    @property
    def recorded(self) -> dt.datetime:
        """The moment the log took it, in UTC."""
        return dt.datetime.fromisoformat(self.recorded_at)


class Appended(msgspec.Struct, frozen=True, gc=False):
    """The answer to one draft: its position, and whether this very call put it there."""

    seq: int
    id: str
    new: bool


class Head(msgspec.Struct, frozen=True, gc=False):
    """The end of the log: the position and link of its last event; 0 and zeros when empty."""

    seq: int
    link: str


def new_id() -> str:
    """A UUIDv7: unique without asking anybody, and sorted by the moment it was made."""
    # Who only reads a log does without it: half a megabyte.
    import uuid_utils

    return str(uuid_utils.uuid7())


def new_ids(count: int) -> list[str]:
    """Many of them at a tenth of the work: their last digits are counted up (RFC 9562, 6.2)."""
    found: list[str] = []
    while len(found) < count:
        first = new_id()[:-_COUNTED]
        found += [first + tail for tail in _tails()[: count - len(found)]]
    return found


@cache
def _tails() -> list[str]:
    return [f"{number:0{_COUNTED}x}" for number in range(16**_COUNTED)]
