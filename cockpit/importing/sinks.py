"""Where the events of a file go: into the log, there by a process of its own, or nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Protocol

import msgspec

from cockpit.entry.deals import withdrawn
from events.envelope import Draft, Event, Unknown
from events.errors import Conflict
from events.log import Log
from events.prepare import Prepared, body_of, prepare
from events.rules import mended
from events.seal import personal_fields, value_of, with_values
from events.sheaf import Sheaf
from events.sqlite import SqliteLog
from events.sqlite.clerk import Clerk, clerk
from events.sqlite.known import already
from events.trace import Trace
from events.vocabulary import EventCorrected
from events.vocabulary.fact import Fact

LARGE: Final = 20_000
"""Lines of a file from which on a second process is worth its start."""


class Sink(Protocol):
    """Takes batches; `depth` of them may lie there before the answer to the first is asked for."""

    depth: int

    def prepare(self, drafts: Sequence[Draft]) -> Sequence[Prepared]:
        """Drafts as they will be kept; raises Invalid."""
        ...

    def ready(self, batch: Sheaf) -> Sheaf:
        """A batch with all done to it that need not wait for its turn."""
        ...

    def hand(self, batch: Sequence[Prepared]) -> None:
        """Begin to keep all of a batch, or none of it."""
        ...

    def answer(self) -> list[bool]:
        """Of each event of the first batch whether it is new; raises Invalid, Conflict.

        What was handed behind a batch that is refused counts as not handed.
        """
        ...


@contextmanager
def sink_of(log: Log, now: dt.datetime, lines: int, *, dry: bool) -> Iterator[Sink]:
    """Where a file of about so many lines goes."""
    if dry:
        yield _Dry(log, now)
    elif lines < LARGE or not isinstance(log, SqliteLog):
        yield _Here(log)
    else:
        with clerk(log.path, log.head()) as helper:
            yield _Here(log) if helper is None else _There(log, helper)


class _Here:
    """Into the log when the answer is asked for."""

    depth = 1

    def __init__(self, log: Log) -> None:
        self._log = log
        self._batch: Sequence[Prepared] = ()

    def prepare(self, drafts: Sequence[Draft]) -> Sequence[Prepared]:
        return self._log.prepare(drafts)

    def ready(self, batch: Sheaf) -> Sheaf:
        return batch

    def hand(self, batch: Sequence[Prepared]) -> None:
        self._batch = batch

    def answer(self) -> list[bool]:
        return [answer.new for answer in self._log.keep(self._batch)]


class _There:
    """Into the log while the next batches are made."""

    depth = 2

    def __init__(self, log: Log, helper: Clerk) -> None:
        self.prepare = log.prepare
        self.ready = helper.ready
        self.hand = helper.hand
        self.answer = helper.answer


class _Said(msgspec.Struct, frozen=True):
    """What an event says, when it happened, and its number where the log has it.

    `now` is the same as it was corrected.
    """

    body: Fact
    at: dt.datetime
    seq: int = 0
    now: _Said | None = None


class _Dry:
    """Nowhere, but with the answers the log would give about what is new and what cannot be."""

    depth = 1

    def __init__(self, log: Log, now: dt.datetime) -> None:
        self._log = log
        self._now = now
        self._known: dict[tuple[str, str], _Said] = {}
        self._looked: set[str] = set()
        self._batch: Sequence[Prepared] = ()

    def prepare(self, drafts: Sequence[Draft]) -> Sequence[Prepared]:
        return prepare(drafts, [self._now] * len(drafts))

    def ready(self, batch: Sheaf) -> Sheaf:
        return batch

    def hand(self, batch: Sequence[Prepared]) -> None:
        self._batch = batch

    def answer(self) -> list[bool]:
        for kind in {prepared.columns[1] for prepared in self._batch} - self._looked:
            self._looked.add(kind)
            self._known.update(_standing(self._log, kind))
        fresh: dict[tuple[str, str], _Said] = {}
        answers: list[bool] = []
        for prepared in self._batch:
            event_id, _, _, moment, _, source, external, *_ = prepared.columns
            said = _Said(body_of(prepared), dt.datetime.fromisoformat(moment))
            origin = (source, external or event_id)
            before = fresh.get(origin) or self._known.get(origin)
            if before is not None and not _says_the_same(said, before):
                raise _conflict(source, external, before.seq)
            answers.append(before is None)
            fresh.setdefault(origin, said)
        self._known.update(fresh)
        return answers


def _standing(log: Log, kind: str) -> Iterator[tuple[tuple[str, str], _Said]]:
    """What the log has of a kind by its origin."""
    found = log.reveal(list(log.find(Trace(kinds=(kind,)))))
    gone = withdrawn(found)
    fixes: dict[str, list[EventCorrected]] = {}
    for event in found:
        if isinstance(event.body, EventCorrected) and event.id not in gone:
            fixes.setdefault(event.body.target, []).append(event.body)
    for event in found:
        if event.external_id is not None and not isinstance(event.body, Unknown):
            now = _as_corrected(event, event.body, fixes.get(event.id, ()))
            said = _Said(event.body, event.occurred, event.seq, now)
            yield (event.source, event.external_id), said


def _as_corrected(event: Event, body: Fact, fixes: Sequence[EventCorrected]) -> _Said:
    """What an event says by now."""
    now, moment = mended(body, event.occurred_at, fixes)
    return _Said(now, dt.datetime.fromisoformat(moment))


def _says_the_same(one: _Said, before: _Said) -> bool:
    """Same content at the same moment; what was erased of the earlier may have been anything."""
    if before.now is not None and _says_the_same(one, before.now):
        return True
    body = before.body
    if type(one.body) is not type(body) or one.at != before.at:
        return False
    erased = {field: "" for field in personal_fields(body) if value_of(body, field) == ""}
    given = {field: "" for field in erased if isinstance(value_of(one.body, field), str)}
    return (with_values(one.body, given) if given else one.body) == body


def _conflict(source: str, external: str | None, seq: int) -> Conflict:
    """As the log says it; what is only in this file has no number yet."""
    if seq:
        return already(source, external, seq)
    return Conflict(
        "{source} {number} is there already and says something else",
        source=source,
        number=external,
        seq=0,
    )
