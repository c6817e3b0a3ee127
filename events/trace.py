"""A question to the log: exactly which events stand behind a figure."""

from __future__ import annotations

import datetime as dt

import msgspec


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """Every given condition must hold; an empty tuple or None asks nothing.

    `ids` are those of single events. An empty text among `sellers` stands for events that name
    none. `fields` are fields of the body and the values they must have, None where they must be
    left out.

    `first` and `last` are business days in `zone`, both included. `upto` is a position: later
    events are not seen. `after` is one too: of events up to it only those are listed that a later
    repair speaks of. Events that were voided by then, and the repairs of found events, are
    listed too, for they are part of how the figure came about.
    """

    ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sellers: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    deals: tuple[str, ...] = ()
    fields: tuple[tuple[str, str | None], ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    zone: str = "UTC"
    after: int = 0
    upto: int | None = None
