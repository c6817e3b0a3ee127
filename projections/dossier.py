"""One event whole: as logged and as it stands, its neighbours in the chain, what repaired it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from events.envelope import Event, Unknown
from events.log import Log
from events.trace import Trace
from events.vocabulary import EventCorrected, EventVoided
from events.vocabulary.fact import Fact
from projections.fold.books import END
from projections.fold.repairs import Entry, State, entry_of, state_at


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """An event with personal fields in plain text, as far as they were not erased.

    `before` and `after` are its neighbours in the chain. `repairs` are the corrections and voids
    of it, and those of these. `target` is what it repairs itself, None for any other event.
    `occurred_at` and `body` are what it says once its repairs are applied, None while it is void.
    """

    event: Event
    before: Event | None
    after: Event | None
    repairs: tuple[Event, ...]
    target: Event | None
    occurred_at: str | None
    body: Fact | Unknown | None

    @property
    def void(self) -> bool:
        """Whether it was withdrawn."""
        return self.body is None

    @property
    def delay(self) -> dt.timedelta:
        """How long after it happened it was recorded."""
        return self.event.recorded - self.event.occurred

    @property
    def changed(self) -> dict[str, object]:
        """The fields that say something else now than when it was logged."""
        if self.body is None or self.occurred_at is None:
            return {}
        found: dict[str, object] = {}
        if self.occurred_at != self.event.occurred_at:
            found["occurred_at"] = self.occurred_at
        if isinstance(self.body, Fact) and type(self.body) is type(self.event.body):
            for name in self.body.__struct_fields__:
                value = getattr(self.body, name)
                if value != getattr(self.event.body, name):
                    found[name] = value
        return found


def dossier(log: Log, event: Event) -> Dossier:
    """All that the log has about an event, read anew."""
    near = log.read(max(0, event.seq - 2), event.seq + 1)
    around = {found.seq: found for found in near}
    family = [found for found in log.find(Trace(ids=(event.id,))) if found.id != event.id]
    target = _target(log, event)
    shown = log.reveal([around.get(event.seq, event), *family])
    state = _standing(shown[0], shown[1:])
    return Dossier(
        event=shown[0],
        before=around.get(event.seq - 1),
        after=around.get(event.seq + 1),
        repairs=tuple(shown[1:]),
        target=target,
        occurred_at=state[0] if state else None,
        body=state[1] if state else None,
    )


def _standing(event: Event, repairs: Sequence[Event]) -> State | None:
    """What the event says with its repairs applied; None where it is void."""
    kids: dict[str, list[Entry]] = {}
    for repair in repairs:
        if isinstance(repair.body, EventCorrected | EventVoided):
            kids.setdefault(repair.body.target, []).append(entry_of(repair))
    return state_at(entry_of(event), kids, END)


def _target(log: Log, event: Event) -> Event | None:
    """What a repair repairs."""
    if not isinstance(event.body, EventCorrected | EventVoided):
        return None
    return log.get([event.body.target]).get(event.body.target)
