"""Units into the log: thousands in a transaction, and a refused one costs nobody else."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from itertools import compress
from typing import Final, Protocol

from cockpit.importing.unit import Person, Unit
from events.envelope import Draft, Unknown
from events.errors import Conflict, Invalid
from events.log import Log
from events.prepare import prepare
from events.trace import Trace
from events.vocabulary import name_of

BATCH: Final = 65_536
"""About how many rows go into the log in one transaction, which takes half a second."""

Refuse = Callable[[Unit, str], None]


class Sink(Protocol):
    """Where drafts go: for each whether it is new. Raises Invalid, Conflict."""

    def __call__(self, drafts: Sequence[Draft]) -> list[bool]:
        """All of them, or none."""
        ...


class Writer:
    """Collects units and hands them on in batches."""

    def __init__(self, sink: Sink, registered: Set[tuple[str, str]], refuse: Refuse) -> None:
        """`registered` are kinds and keys of people the log knows; refused units go to `refuse`."""
        self._sink = sink
        self._before = frozenset(registered)
        self._registered = set(registered)
        self._recognised: set[tuple[str, str]] = set()
        self._refuse = refuse
        self._units: list[Unit] = []
        self._known = 0
        self.appended: dict[str, int] = {}

    @property
    def known(self) -> int:
        """How many events the log had before; people count where their rows say nothing else."""
        return self._known + len(self._recognised)

    def add(self, units: Sequence[Unit]) -> None:
        """Take units; full batches are written at once."""
        self._units.extend(units)
        while len(self._units) >= BATCH:
            full, self._units = self._units[:BATCH], self._units[BATCH:]
            self._write(full)

    def flush(self) -> None:
        """Write what has been collected."""
        if self._units:
            self._write(self._units)
        self._units = []

    def _write(self, units: Sequence[Unit]) -> None:
        """Write units in their order; where a batch is refused, its halves are tried apart."""
        people = self._unregistered(units)
        drafts: list[Draft] = []
        done = 0
        for at, persons in people.items():
            drafts.extend(fact for unit in units[done:at] for fact in unit.facts)
            drafts.extend(person.draft for person in persons)
            done = at
        drafts.extend(fact for unit in units[done:] for fact in unit.facts)
        try:
            answers = self._sink(drafts) if drafts else []
        except (Invalid, Conflict) as error:
            if len(units) == 1:
                self._refuse(units[0], str(error))
                return
            half = len(units) // 2
            self._write(units[:half])
            self._write(units[half:])
            return
        self._registered.update(person.who for some in people.values() for person in some)
        named = {person.who for unit in units if not unit.facts for person in unit.people}
        self._recognised |= named & self._before
        self._count(drafts, answers)

    def _unregistered(self, units: Sequence[Unit]) -> dict[int, list[Person]]:
        """The people each unit is the first to name, by the place of the unit."""
        found: dict[int, list[Person]] = {}
        met = set(self._registered)
        for at, unit in enumerate(units):
            for person in unit.people:
                if person.who not in met:
                    met.add(person.who)
                    found.setdefault(at, []).append(person)
        return found

    def _count(self, drafts: Sequence[Draft], answers: Sequence[bool]) -> None:
        """Add to the counts."""
        kinds = [type(draft.body) for draft in drafts]
        for kind, count in Counter(compress(kinds, answers)).items():
            self.appended[name_of(kind)] = self.appended.get(name_of(kind), 0) + count
        self._known += answers.count(False)


def live(log: Log) -> Sink:
    """Into the log."""
    return lambda drafts: [answer.new for answer in log.append(drafts)]


def dry(log: Log, now: dt.datetime) -> Sink:
    """Nowhere, but with the answers the log would give about what is new and what cannot be."""
    known: dict[tuple[str, str], Draft] = {}
    looked: set[str] = set()

    def sink(drafts: Sequence[Draft]) -> list[bool]:
        prepare(drafts, [now] * len(drafts))
        for kind in {name_of(type(draft.body)) for draft in drafts} - looked:
            looked.add(kind)
            known.update(_standing(log, kind))
        fresh: dict[tuple[str, str], Draft] = {}
        answers: list[bool] = []
        for draft in drafts:
            origin = (draft.source, draft.external_id or draft.id)
            before = fresh.get(origin) or known.get(origin)
            if before is not None and not _says_the_same(draft, before):
                raise Conflict(
                    f"{draft.source} {draft.external_id} is there already and says something else",
                    seq=0,
                )
            answers.append(before is None)
            fresh.setdefault(origin, draft)
        known.update(fresh)
        return answers

    return sink


def _standing(log: Log, kind: str) -> Iterator[tuple[tuple[str, str], Draft]]:
    """What the log has of a kind by its origin."""
    for event in log.find(Trace(kinds=(kind,))):
        if event.external_id is not None and not isinstance(event.body, Unknown):
            moment = dt.datetime.fromisoformat(event.occurred_at)
            draft = Draft(body=event.body, occurred_at=moment, actor=event.actor)
            yield (event.source, event.external_id), draft


def _says_the_same(one: Draft, other: Draft) -> bool:
    """Same content at the same moment; what is personal is sealed in the log, and passed over."""
    kind = type(one.body)
    fields = (name for name in kind.__struct_fields__ if name not in kind.PERSONAL)
    return (
        type(other.body) is kind
        and one.occurred_at == other.occurred_at
        and all(getattr(one.body, name) == getattr(other.body, name) for name in fields)
    )
