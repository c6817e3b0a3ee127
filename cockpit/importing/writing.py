"""Units into the log: thousands in a transaction, and a refused one costs nobody else."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from cockpit.importing.unit import Person, Unit
from events.envelope import Draft
from events.errors import Conflict, Invalid
from events.log import Log
from events.prepare import prepare
from events.trace import Trace
from events.vocabulary import name_of

BATCH: Final = 8192
"""About how many events go into the log in one transaction."""

Refuse = Callable[[Unit, str], None]


class Sink(Protocol):
    """Where drafts go: for each whether it is new. Raises Invalid, Conflict."""

    def __call__(self, drafts: Sequence[Draft]) -> list[bool]:
        """All of them, or none."""
        ...


class Writer:
    """Collects units and hands them on in batches."""

    def __init__(self, sink: Sink, registered: set[tuple[str, str]], refuse: Refuse) -> None:
        """`registered` are kinds and keys of people the log knows; refused units go to `refuse`."""
        self._sink = sink
        self._registered = registered
        self._refuse = refuse
        self._units: list[Unit] = []
        self._size = 0
        self.known = 0
        self.appended: dict[str, int] = {}

    def add(self, unit: Unit) -> None:
        """Take a unit; a full batch is written at once."""
        self._units.append(unit)
        self._size += len(unit.facts)
        if self._size >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what has been collected."""
        units, self._units, self._size = self._units, [], 0
        if units:
            self._write(units)

    def _write(self, units: Sequence[Unit]) -> None:
        """Write units in their order; where a batch is refused, its halves are tried apart."""
        people = self._unregistered(units)
        drafts: list[Draft] = []
        for at, unit in enumerate(units):
            drafts.extend(person.draft for person in people.get(at, ()))
            drafts.extend(unit.facts)
        try:
            answers = self._sink(drafts)
        except (Invalid, Conflict) as error:
            if len(units) == 1:
                self._refuse(units[0], str(error))
                return
            half = len(units) // 2
            self._write(units[:half])
            self._write(units[half:])
            return
        self._registered.update((p.kind, p.key) for some in people.values() for p in some)
        self._count(drafts, answers)

    def _unregistered(self, units: Sequence[Unit]) -> dict[int, list[Person]]:
        """The people each unit is the first to name."""
        found: dict[int, list[Person]] = {}
        met: set[tuple[str, str]] = set()
        for at, unit in enumerate(units):
            for person in unit.people:
                who = (person.kind, person.key)
                if who in self._registered:
                    self.known += not unit.facts
                elif who not in met:
                    met.add(who)
                    found.setdefault(at, []).append(person)
        return found

    def _count(self, drafts: Sequence[Draft], answers: Sequence[bool]) -> None:
        """Add to the counts."""
        added = Counter(type(d.body) for d, new in zip(drafts, answers, strict=True) if new)
        for kind, count in added.items():
            self.appended[name_of(kind)] = self.appended.get(name_of(kind), 0) + count
        self.known += len(answers) - sum(answers)


def live(log: Log) -> Sink:
    """Into the log."""
    return lambda drafts: [answer.new for answer in log.append(drafts)]


def dry(log: Log, now: dt.datetime) -> Sink:
    """Nowhere, but with the answers the log would give about what is new and what cannot be."""
    seen: set[tuple[str, str | None]] = set()
    looked: set[str] = set()

    def sink(drafts: Sequence[Draft]) -> list[bool]:
        prepare(drafts, [now] * len(drafts))
        for kind in {name_of(type(draft.body)) for draft in drafts} - looked:
            looked.add(kind)
            for event in log.find(Trace(kinds=(kind,))):
                seen.add((event.source, event.external_id))
        answers: list[bool] = []
        for draft in drafts:
            origin = (draft.source, draft.external_id)
            answers.append(draft.external_id is None or origin not in seen)
            seen.add(origin)
        return answers

    return sink
