"""What an import came to."""

from __future__ import annotations

import msgspec


class Reject(msgspec.Struct, frozen=True):
    """A row that was skipped: the line it begins on, and why."""

    line: int
    reason: str


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The counts at the end of an import.

    `read` counts rows. Of them `left_out` made no event because the mapping's conditions say so,
    and `skipped` were broken; `rejects` has the first of those. `appended` counts events by
    kind, registered sellers, clients and calendars among them; `known` counts events the log
    had before. `dry` says that nothing was appended, and the counts are what would have been.
    """

    file: str
    digest: str
    dry: bool
    read: int = 0
    left_out: int = 0
    skipped: int = 0
    known: int = 0
    appended: dict[str, int] = {}
    rejects: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()
