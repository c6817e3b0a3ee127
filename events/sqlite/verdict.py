"""What `verify` says of a log."""

from __future__ import annotations

from pathlib import Path

import msgspec

from events.envelope import Head
from events.errors import Damaged, LogError


class Flaw(msgspec.Struct, frozen=True):
    """Something wrong: at an event, or with the file as a whole where `seq` is None."""

    seq: int | None
    event_id: str | None
    found: LogError

    @property
    def what(self) -> str:
        """What is wrong, in English."""
        return str(self.found)

    @property
    def said(self) -> LogError:
        """The same with the event it is about."""
        if self.seq is None:
            return self.found
        if self.event_id is None:
            return Damaged("event {seq}: {what}", seq=self.seq, what=self.found)
        return Damaged(
            "event {seq} ({id}): {what}", seq=self.seq, id=self.event_id, what=self.found
        )

    def __str__(self) -> str:
        """One line for people."""
        return str(self.said)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What `verify` found. `erased` counts personal fields that are gone because someone was
    forgotten, `unknown` counts events of kinds this program does not know.
    """

    path: Path
    head: Head
    flaws: tuple[Flaw, ...]
    erased: int
    unknown: int

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.flaws
