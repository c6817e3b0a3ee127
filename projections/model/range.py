"""A range of the log, looked through for what concerns more than the event itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from events.log import Log
from events.vocabulary import BY_NAME
from projections.fold.repairs import Entry, entries

FEW: Final = 8192
"""Up to so many events a range is read whole; of a longer one only what is looked for."""


class Range:
    """The events with `after` < seq <= `upto`; `stretches` holds them where they are few."""

    def __init__(self, log: Log, after: int, upto: int) -> None:
        """Reads a short range at once."""
        self.log = log
        self.after = after
        self.upto = upto
        few = upto - after <= FEW
        self.stretches = list(log.stretches(after, upto, FEW)) if few else None

    def new(self, *kinds: str) -> Iterator[Entry]:
        """The events of the range that were logged with one of the kinds."""
        if self.stretches is None:
            seqs = self.log.positions(kinds=kinds, upto=self.upto)
            return picked(self.log, [seq for seq in seqs if seq > self.after])
        types = {BY_NAME[kind] for kind in kinds}
        return picked(
            self.log,
            [
                seq
                for stretch in self.stretches
                for seq, kind in enumerate(map(type, stretch.bodies), stretch.first)
                if kind in types
            ],
        )

    @cached_property
    def clients(self) -> frozenset[str] | None:
        """The clients the events of the range are about; None where they were not all read."""
        if self.stretches is None:
            return None
        return frozenset(clients_of(body for s in self.stretches for body in s.bodies))


def picked(log: Log, seqs: Sequence[int]) -> Iterator[Entry]:
    """The events at some positions."""
    return (entry for chunk in log.pick(seqs) for entry in entries(chunk))


def client_of(body: object) -> str | None:
    """Whom an event is about."""
    client: str | None = getattr(body, "client", None)
    return client


def clients_of(bodies: Iterable[object]) -> set[str]:
    """Whom events are about."""
    found: set[str | None] = {getattr(body, "client", None) for body in bodies}
    return {client for client in found if client is not None}
