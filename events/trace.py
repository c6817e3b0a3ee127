"""A question to the log: exactly which events stand behind a figure."""

from __future__ import annotations

import datetime as dt

import msgspec


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """Every given condition must hold; an empty tuple or None asks nothing.

    `first` and `last` are business days in `zone`, both included. `upto` is a position: later
    events are not seen. Events that were voided by then, and the repairs of found events, are
    listed too, for they are part of how the figure came about.
    """

    kinds: tuple[str, ...] = ()
    sellers: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    deals: tuple[str, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    zone: str = "UTC"
    upto: int | None = None
