"""The log as everybody else sees it; one suite of tests holds every engine to this."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec

from events.envelope import Appended, Draft, Event, Head, Unknown
from events.prepare import Prepared
from events.trace import Trace
from events.vocabulary.fact import Fact


class Chunk(msgspec.Struct, frozen=True):
    """A run of events as parallel columns, for folds that read by the hundred thousand."""

    seqs: list[int]
    ids: list[str]
    occurred: list[str]
    recorded: list[str]
    bodies: list[Fact | Unknown]


class Stretch(msgspec.Struct, frozen=True):
    """A run of neighbours in the log, as little of them as a fold of the whole log needs.

    Positions have no gaps: the events are at `first`, `first` + 1 and so on. `recorded` are the
    moments of the first and the last of them.
    """

    first: int
    occurred: list[str]
    bodies: list[Fact | Unknown]
    recorded: tuple[str, str]


class Log(Protocol):
    """Append-only; what was appended survives a power cut, and nothing is ever edited."""

    def append(self, drafts: Sequence[Draft], *, expected: int | None = None) -> list[Appended]:
        """Append all drafts in one transaction, or none.

        With `expected` the head must still be at that position. Raises Invalid, Conflict, Busy,
        Unwritable.
        """
        ...

    def prepare(self, drafts: Sequence[Draft]) -> Sequence[Prepared]:
        """The first half of `append`, which no other writer has to wait for; raises Invalid."""
        ...

    def keep(self, batch: Sequence[Prepared], *, expected: int | None = None) -> list[Appended]:
        """The second half: all that was prepared in one transaction, or none; raises the same."""
        ...

    def read(self, after: int = 0, upto: int | None = None) -> Iterator[Event]:
        """Every event with `after` < seq <= `upto`, in order. Personal fields stay sealed."""
        ...

    def chunks(self, after: int = 0, upto: int | None = None, size: int = 4096) -> Iterator[Chunk]:
        """The same events as columns, `size` at a time."""
        ...

    def pick(self, seqs: Sequence[int]) -> Iterator[Chunk]:
        """The events at these positions as columns, in order; those past the head are absent."""
        ...

    def stretches(
        self, after: int = 0, upto: int | None = None, size: int = 2048
    ) -> Iterator[Stretch]:
        """The events with `after` < seq <= `upto`, read as fast as the engine can."""
        ...

    def positions(
        self,
        *,
        kinds: Sequence[str] = (),
        clients: Sequence[str] = (),
        deals: Sequence[str] = (),
        upto: int | None = None,
    ) -> list[int]:
        """Where events were logged with one of the kinds, for one of the clients and on one of
        the deals, in order; what is not given is not asked.
        """
        ...

    def moments(self, first: str, last: str, upto: int | None = None) -> list[tuple[int, str]]:
        """Position and `occurred_at` of every event whose `occurred_at`, taken as text, is at or
        after `first` and before `last`, in order of their position.
        """
        ...

    def find(self, trace: Trace) -> Iterator[Event]:
        """The events a trace speaks of, in order of their position."""
        ...

    def get(self, ids: Sequence[str]) -> dict[str, Event]:
        """Events by id; ids that are not there are absent."""
        ...

    def head(self) -> Head:
        """The last position and its link."""
        ...

    def known_upto(self, recorded_at: str) -> int:
        """The last position recorded at or before an ISO moment in UTC: "known at" is a prefix."""
        ...

    def reveal(self, events: Sequence[Event]) -> list[Event]:
        """The same events with personal fields in plain text, empty where they were erased."""
        ...

    def names(self, kind: str) -> dict[str, str]:
        """The latest `name` of every subject of a kind: `seller` or `client`, by its key."""
        ...
