"""The common shape of every report, so that one renderer serves each format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from projections.period import Period
from projections.question import Question

if TYPE_CHECKING:
    from projections.formula import Unit


class Column(msgspec.Struct, frozen=True):
    """A figure of a report: the attribute of its rows, and how it is printed."""

    key: str
    unit: Unit


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a report. `key` names it for good: cursor, explain and export all use it."""

    key: str


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of a report that have columns of their own and are explained under `name:key`."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def key(self, row: Row) -> str:
        """What the whole report knows a row of the part by."""
        return f"{self.name}:{row.key}"


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """The `days` of a seller's `due` working days on which nothing of theirs happened.

    `around` are the stretches from the last day with an event before such days to the first one
    after them; where there is none, the silent day itself is the end.
    """

    seller: str
    due: int
    days: tuple[dt.date, ...]
    around: tuple[tuple[dt.date, dt.date], ...]


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """How far the data behind a report can be trusted.

    `events` is the number of events seen in the `period`, which is the report's unless it looks
    further back, `late` of them were recorded more than
    24 hours after they occurred, `unmeasured` are calls without a length, `unknown` are events
    of kinds this program does not know, `unknown_kinds`, `calendar_missing` are years without a
    calendar, `silent` are the working days that passed without any event of a seller's.
    """

    events: int = 0
    late: int = 0
    calls: int = 0
    unmeasured: int = 0
    unknown: int = 0
    calendar_missing: tuple[int, ...] = ()
    silent: tuple[Silence, ...] = ()
    unknown_kinds: tuple[str, ...] = ()
    period: Period | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Typed rows with what is needed to print and to open them; subclasses narrow `rows`.

    `aside` are figures of the total that stand in no column, and can be explained all the same.
    `basis` is what the report's own `explain` needs besides its rows; it is never printed.
    """

    name: str
    question: Question
    currency: str
    minor_digits: int
    columns: tuple[Column, ...]
    aside: tuple[Column, ...] = ()
    rows: tuple[Row, ...]
    total: Row | None = None
    trust: Trust = Trust()
    basis: msgspec.Struct | None = None

    def clients(self) -> set[str]:
        """The keys of the clients the report speaks of."""
        return clients_of(self.rows)

    def signed(self) -> tuple[str, ...]:
        """The ids of events of which it is told who logged them."""
        return ()

    def listed(self) -> frozenset[str] | None:
        """The clients on today's list of payments; None where the report has no such list."""
        return None


def clients_of(rows: Iterable[Row]) -> set[str]:
    """The keys of the clients that rows speak of."""
    named = (getattr(row, "client", None) for row in rows)
    return {client for client in named if isinstance(client, str)}
