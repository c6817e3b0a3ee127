"""Where the events of a file go: into the log, there by a process of its own, or nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Protocol

from events.envelope import Draft
from events.log import Log
from events.prepare import Prepared, prepare
from events.sqlite import SqliteLog
from events.sqlite.clerk import Clerk, clerk
from events.trace import Trace

LARGE: Final = 20_000
"""Lines of a file from which on a second process is worth its start."""


class Sink(Protocol):
    """Takes batches one at a time: the answer to one is asked for before the next is handed."""

    def prepare(self, drafts: Sequence[Draft]) -> list[Prepared]:
        """Drafts as they will be kept; raises Invalid."""
        ...

    def hand(self, batch: Sequence[Prepared]) -> None:
        """Begin to keep all of a batch, or none of it."""
        ...

    def answer(self) -> list[bool]:
        """Of each event of the batch whether it is new; raises Invalid, Conflict."""
        ...


@contextmanager
def sink_of(log: Log, now: dt.datetime, lines: int, *, dry: bool) -> Iterator[Sink]:
    """Where a file of about so many lines goes."""
    if dry:
        yield _Dry(log, now)
    elif lines < LARGE or not isinstance(log, SqliteLog):
        yield _Here(log)
    else:
        with clerk(log.path) as helper:
            yield _Here(log) if helper is None else _There(log, helper)


class _Here:
    """Into the log when the answer is asked for."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._batch: Sequence[Prepared] = ()

    def prepare(self, drafts: Sequence[Draft]) -> list[Prepared]:
        return self._log.prepare(drafts)

    def hand(self, batch: Sequence[Prepared]) -> None:
        self._batch = batch

    def answer(self) -> list[bool]:
        return [answer.new for answer in self._log.keep(self._batch)]


class _There:
    """Into the log while the next batch is made."""

    def __init__(self, log: Log, helper: Clerk) -> None:
        self.prepare = log.prepare
        self.hand = helper.hand
        self.answer = helper.answer


class _Dry:
    """Nowhere, but with the answers the log would give about what is new and what cannot be."""

    def __init__(self, log: Log, now: dt.datetime) -> None:
        self._log = log
        self._now = now
        self._seen: set[tuple[str, str | None]] = set()
        self._looked: set[str] = set()
        self._batch: Sequence[Prepared] = ()

    def prepare(self, drafts: Sequence[Draft]) -> list[Prepared]:
        return prepare(drafts, [self._now] * len(drafts))

    def hand(self, batch: Sequence[Prepared]) -> None:
        self._batch = batch

    def answer(self) -> list[bool]:
        for kind in {prepared.columns[1] for prepared in self._batch} - self._looked:
            self._looked.add(kind)
            for event in self._log.find(Trace(kinds=(kind,))):
                self._seen.add((event.source, event.external_id))
        answers: list[bool] = []
        for prepared in self._batch:
            source, external = prepared.columns[5:7]
            answers.append(external is None or (source, external) not in self._seen)
            self._seen.add((source, external))
        return answers
