"""What corrections and withdrawals make of an event, position by position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import msgspec

from events.envelope import Event, Unknown
from events.errors import Invalid
from events.log import Chunk
from events.rules import corrected
from events.vocabulary import EventCorrected, EventVoided, name_of
from events.vocabulary.fact import Fact
from projections.fold.books import END

REPAIRS: Final = (EventCorrected, EventVoided)
REPAIR_KINDS: Final = tuple(name_of(kind) for kind in REPAIRS)


class Entry(msgspec.Struct, frozen=True):
    """An event as logged, as far as the fold needs it."""

    seq: int
    id: str
    occurred_at: str
    recorded_at: str
    body: Fact | Unknown


class Span(msgspec.Struct, frozen=True):
    """What an event says as known from position `since` up to, not including, `until`."""

    since: int
    until: int
    occurred_at: str
    body: Fact | Unknown


State: TypeAlias = tuple[str, Fact | Unknown]
"""When an event occurred and what it says."""

Kids: TypeAlias = Mapping[str, Sequence[Entry]]
"""The repairs of an event by its id, in order."""


def entries(chunk: Chunk) -> Iterator[Entry]:
    """The events of a chunk one by one."""
    columns = (chunk.seqs, chunk.ids, chunk.occurred, chunk.recorded, chunk.bodies)
    for row in zip(*columns, strict=True):
        yield Entry(*row)


def entry_of(event: Event) -> Entry:
    """The same of a whole event."""
    return Entry(event.seq, event.id, event.occurred_at, event.recorded_at, event.body)


def whole(entry: Entry) -> list[Span]:
    """The one span of an event that nobody repaired."""
    return [Span(entry.seq, END, entry.occurred_at, entry.body)]


def spans(entry: Entry, kids: Kids) -> list[Span]:
    """All that an event ever said, in order; while it is void there is no span."""
    moments = sorted({entry.seq, *_moments(entry, kids)})
    found: list[Span] = []
    last: State | None = None
    for position in moments:
        state = state_at(entry, kids, position)
        if state == last:
            continue
        if last is not None:
            found[-1] = msgspec.structs.replace(found[-1], until=position)
        if state is not None:
            found.append(Span(position, END, *state))
        last = state
    return found


def state_at(entry: Entry, kids: Kids, position: int) -> State | None:
    """An event as known after a position, None where it is void.

    A correction that is itself void does not count, nor does one that the event cannot hold.
    """
    state = (entry.occurred_at, entry.body)
    for kid in kids.get(entry.id, ()):
        if not entry.seq < kid.seq <= position:
            continue
        repair = state_at(kid, kids, position)
        if repair is None:
            continue
        if isinstance(repair[1], EventVoided):
            return None
        if isinstance(repair[1], EventCorrected):
            state = _fixed(state, repair[1])
    return state


def _fixed(state: State, repair: EventCorrected) -> State:
    occurred_at, body = state
    if isinstance(body, Unknown):
        return state
    moved = repair.fields.get("occurred_at", occurred_at)
    try:
        return str(moved), corrected(body, repair.fields)
    except Invalid:
        return state


def _moments(entry: Entry, kids: Kids) -> Iterator[int]:
    for kid in kids.get(entry.id, ()):
        if kid.seq > entry.seq:
            yield kid.seq
            yield from _moments(kid, kids)
