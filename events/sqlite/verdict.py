"""What `verify` says of a log."""

from __future__ import annotations

from pathlib import Path

import msgspec

from events.envelope import Head


class Flaw(msgspec.Struct, frozen=True):
    """Something wrong: at an event, or with the file as a whole where `seq` is None."""

    seq: int | None
    event_id: str | None
    what: str

    def __str__(self) -> str:
        """One line for people."""
        if self.seq is None:
            return self.what
        known = f" ({self.event_id})" if self.event_id is not None else ""
        return f"event {self.seq}{known}: {self.what}"


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
