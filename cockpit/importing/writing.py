"""Units into the log: thousands in a transaction, and a refused one costs nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set
from itertools import compress, islice
from typing import Final

import msgspec

from cockpit.importing.sinks import Sink
from cockpit.importing.unit import Person, Unit
from cockpit.refusals import told
from events.errors import Conflict, Invalid, LogError
from events.prepare import Prepared

BATCH: Final = 4_096
"""How many rows go into the log in one transaction: other writers wait for it about 50 ms."""

Refuse = Callable[[Unit, str], None]

_Ready = tuple[Unit, Sequence[Prepared]]
"""A unit with its events as they will be kept."""


class _Batch(msgspec.Struct, frozen=True):
    """What was handed over: the units, whom they are the first to name, and the kinds of events."""

    ready: Sequence[_Ready]
    people: Sequence[Person]
    kinds: Sequence[str]


class Writer:
    """Collects units and hands them on in batches; one of them may be under way."""

    def __init__(self, sink: Sink, registered: Set[tuple[str, str]], refuse: Refuse) -> None:
        """`registered` are kinds and keys of people the log knows; refused units go to `refuse`."""
        self._sink = sink
        self._before = frozenset(registered)
        self._registered = set(registered)
        self._recognised: set[tuple[str, str]] = set()
        self._refuse = refuse
        self._ready: list[_Ready] = []
        self._handed: _Batch | None = None
        self._known = 0
        self.appended: dict[str, int] = {}

    @property
    def known(self) -> int:
        """How many events the log had before; people count where their rows say nothing else."""
        return self._known + len(self._recognised)

    def add(self, units: Sequence[Unit]) -> None:
        """Take units; full batches are handed on at once."""
        self._prepare(units)
        while len(self._ready) >= BATCH:
            full, self._ready = self._ready[:BATCH], self._ready[BATCH:]
            self._hand(full)

    def flush(self) -> None:
        """Hand on what has been collected, and wait until all of it is kept."""
        if self._ready:
            self._hand(self._ready)
        self._ready = []
        self._settle()

    def _prepare(self, units: Sequence[Unit]) -> None:
        """Make units ready; where some cannot be events, their halves are tried apart."""
        try:
            prepared = self._sink.prepare([fact for unit in units for fact in unit.facts])
        except Invalid as error:
            if len(units) == 1:
                self._refuse(units[0], told(error))
                return
            half = len(units) // 2
            self._prepare(units[:half])
            self._prepare(units[half:])
            return
        events = iter(prepared)
        self._ready += [(unit, tuple(islice(events, len(unit.facts)))) for unit in units]

    def _hand(self, ready: Sequence[_Ready]) -> None:
        """Hand units over in their order, people before the first unit that names them."""
        self._settle()
        people = self._unregistered(ready)
        persons = [person for some in people.values() for person in some]
        try:
            known = iter(self._sink.prepare([person.draft for person in persons]))
        except Invalid as error:
            self._apart(ready, error)
            return
        batch: list[Prepared] = []
        for at, (_, events) in enumerate(ready):
            if at in people:
                batch += islice(known, len(people[at]))
            batch += events
        self._handed = _Batch(ready, persons, [prepared.columns[1] for prepared in batch])
        self._sink.hand(batch)

    def _settle(self) -> None:
        """Hear what became of the batch under way."""
        batch, self._handed = self._handed, None
        if batch is None:
            return
        try:
            answers = self._sink.answer()
        except (Invalid, Conflict) as error:
            self._apart(batch.ready, error)
            return
        self._registered.update(person.who for person in batch.people)
        named = {who.who for unit, _ in batch.ready if not unit.facts for who in unit.people}
        self._recognised |= named & self._before
        for kind, count in Counter(compress(batch.kinds, answers)).items():
            self.appended[kind] = self.appended.get(kind, 0) + count
        self._known += answers.count(False)

    def _apart(self, ready: Sequence[_Ready], error: LogError) -> None:
        """Try the halves of a batch that was refused one after the other."""
        if len(ready) == 1:
            self._refuse(ready[0][0], told(error))
            return
        half = len(ready) // 2
        for part in (ready[:half], ready[half:]):
            self._hand(part)
            self._settle()

    def _unregistered(self, ready: Sequence[_Ready]) -> dict[int, list[Person]]:
        """The people each unit is the first to name, by the place of the unit."""
        named = {id(who): who for unit, _ in ready for who in unit.people}.values()
        met = set(self._registered)
        found: dict[int, list[Person]] = {}
        if met.issuperset(person.who for person in named):
            return found
        for at, (unit, _) in enumerate(ready):
            for person in unit.people:
                if person.who not in met:
                    met.add(person.who)
                    found.setdefault(at, []).append(person)
        return found
