"""Units into the log: thousands in a transaction, and a refused one costs nobody else."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence, Set
from itertools import chain, compress, islice
from typing import Final

import msgspec

from cockpit.importing.sinks import Sink
from cockpit.importing.unit import Person, Unit
from cockpit.refusals import told
from events.errors import Conflict, Invalid, LogError
from events.sheaf import Sheaf

BATCH: Final = 4_096
"""How many rows go into the log in one transaction: other writers wait for it about 50 ms."""

_FIRST: Final = 1_024
"""The first transactions are shorter, so that whoever writes them soon has something to do, and
so are the last ones, so that nobody waits long for them when all rows are made.
"""

Refuse = Callable[[Unit, str], None]


class _Batch(msgspec.Struct, frozen=True):
    """What is handed over: units, their events, whom they are the first to name, all together."""

    units: Sequence[Unit]
    facts: Sheaf
    people: Sequence[Person]
    events: Sheaf


class Writer:
    """Collects units and hands them on in batches; some of them may be under way."""

    def __init__(
        self, sink: Sink, registered: Set[tuple[str, str]], refuse: Refuse, *, lines: int
    ) -> None:
        """`registered` are kinds and keys of people the log knows; refused units go to `refuse`.

        About so many `lines` will make units.
        """
        self._sink = sink
        self._left = lines
        self._before = frozenset(registered)
        self._registered = set(registered)
        self._recognised: set[tuple[str, str]] = set()
        self._refuse = refuse
        self._enough = min(_FIRST, BATCH)
        self._units: list[Unit] = []
        self._facts: list[Sheaf] = []
        self._handed: deque[_Batch] = deque()
        self._answered: list[tuple[_Batch, list[bool]]] = []
        self._known = 0
        self.appended: dict[str, int] = {}

    @property
    def known(self) -> int:
        """How many events the log had before; people count where their rows say nothing else."""
        return self._known + len(self._recognised)

    def add(self, units: Sequence[Unit]) -> None:
        """Take units; where there are enough of them they are handed on at once."""
        self._prepare(units)
        while len(self._units) >= self._enough:
            self._hand_first(self._enough)
            self._left -= self._enough
            first = min(_FIRST, BATCH)
            self._enough = max(first, min(2 * self._enough, BATCH, self._left // 2))

    def hand_on(self) -> None:
        """Hand on what has been collected."""
        if self._units:
            self._hand_first(len(self._units))

    def settle(self) -> None:
        """Wait until what was handed on is kept."""
        while self._handed:
            self._heard()
        self._count()

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
        self._units += units
        self._facts.append(Sheaf.of(prepared))

    def _hand_first(self, count: int) -> None:
        """Hand on the first units that are ready."""
        units, self._units = self._units[:count], self._units[count:]
        facts, cut = Sheaf.joined(self._facts), _events_of(units)
        self._facts = [facts[cut:]]
        self._hand(units, facts[:cut])

    def _hand(self, units: Sequence[Unit], facts: Sheaf) -> None:
        """Hand units over in their order, people before the first unit that names them.

        All is ready before the answer to a batch under way is there, so that whoever writes need
        not wait; only where that one was refused somebody may be missing whom it named.
        """
        batch = self._batch(units, facts)
        while len(self._handed) >= self._sink.depth:
            if not self._heard():
                batch = self._batch(units, facts)
        if isinstance(batch, Invalid):
            self._apart(units, facts, batch)
            return
        self._handed.append(batch)
        self._sink.hand(batch.events)
        self._count()

    def _heard(self) -> bool:
        """Hear what became of the first batch under way; whether all of it was taken.

        Where it was not, those behind it were not taken either, and are handed over again.
        """
        batch = self._handed.popleft()
        try:
            answers = self._sink.answer()
        except (Invalid, Conflict) as error:
            behind = [*self._handed]
            self._handed.clear()
            self._apart(batch.units, batch.facts, error)
            for each in behind:
                self._hand(each.units, each.facts)
            return False
        self._registered.update(person.who for person in batch.people)
        self._answered.append((batch, answers))
        return True

    def _count(self) -> None:
        """Count what was answered."""
        answered, self._answered = self._answered, []
        for batch, answers in answered:
            named = {who.who for unit in batch.units if not unit.facts for who in unit.people}
            self._recognised |= named & self._before
            for kind, count in Counter(compress(batch.events.kinds, answers)).items():
                self.appended[kind] = self.appended.get(kind, 0) + count
            self._known += answers.count(False)

    def _apart(self, units: Sequence[Unit], facts: Sheaf, error: LogError) -> None:
        """Try the halves of a batch that was refused one after the other."""
        if len(units) == 1:
            self._refuse(units[0], told(error))
            return
        half = len(units) // 2
        cut = _events_of(units[:half])
        for part, some in ((units[:half], facts[:cut]), (units[half:], facts[cut:])):
            self._hand(part, some)
            self.settle()

    def _batch(self, units: Sequence[Unit], facts: Sheaf) -> _Batch | Invalid:
        """Units with the people who become known by them, or why these cannot."""
        people = self._unregistered(units)
        if not people:
            return _Batch(units, facts, (), self._sink.ready(facts))
        persons = [person for some in people.values() for person in some]
        try:
            made = Sheaf.of(self._sink.prepare([person.draft for person in persons]))
        except Invalid as error:
            return error
        order: list[int] = []
        fact, person = iter(range(len(facts))), iter(range(len(facts), len(facts) + len(made)))
        for at, unit in enumerate(units):
            if at in people:
                order += islice(person, len(people[at]))
            order += islice(fact, len(unit.facts))
        whole = Sheaf.joined([facts, made]).picked(order)
        return _Batch(units, facts, persons, self._sink.ready(whole))

    def _unregistered(self, units: Sequence[Unit]) -> dict[int, list[Person]]:
        """The people each unit is the first to name, by the place of the unit."""
        named = set(chain.from_iterable([unit.people for unit in units]))
        met = set(self._registered)
        for batch in self._handed:
            met.update(person.who for person in batch.people)
        found: dict[int, list[Person]] = {}
        if met.issuperset(person.who for person in named):
            return found
        for at, unit in enumerate(units):
            for person in unit.people:
                if person.who not in met:
                    met.add(person.who)
                    found.setdefault(at, []).append(person)
        return found


def _events_of(units: Sequence[Unit]) -> int:
    """How many events some units make."""
    return sum(map(len, [unit.facts for unit in units]))
