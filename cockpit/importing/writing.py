"""Units into the log: thousands in a transaction, and a refused one costs nobody else."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

from cockpit.importing.unit import Unit
from events.envelope import Draft
from events.errors import Conflict, Invalid
from events.log import Log
from events.prepare import prepare
from events.trace import Trace
from events.vocabulary import name_of

Refuse = Callable[[Unit, str], None]


class Sink(Protocol):
    """Where drafts go: for each whether it is new. Raises Invalid, Conflict."""

    def __call__(self, drafts: Sequence[Draft]) -> list[bool]:
        """All of them, or none."""
        ...


class Writer:
    """Hands units on, all of a call in one transaction."""

    def __init__(self, sink: Sink, registered: set[tuple[str, str]], refuse: Refuse) -> None:
        """`registered` are kinds and keys of people the log knows; refused units go to `refuse`."""
        self._sink = sink
        self._registered = registered
        self._refuse = refuse
        self.known = 0
        self.appended: dict[str, int] = {}

    def write(self, units: Sequence[Unit]) -> None:
        """Write units in their order; where a batch is refused, its halves are tried apart."""
        drafts, strangers = self._drafts(units)
        try:
            answers = self._sink(drafts)
        except (Invalid, Conflict) as error:
            if len(units) == 1:
                self._refuse(units[0], str(error))
                return
            half = len(units) // 2
            self.write(units[:half])
            self.write(units[half:])
            return
        alone = {(p.kind, p.key) for unit in units if not unit.facts for p in unit.people}
        self.known += len(alone & self._registered)
        self._registered |= strangers
        self._count(drafts, answers)

    def _drafts(self, units: Sequence[Unit]) -> tuple[list[Draft], set[tuple[str, str]]]:
        """The events of units, before them those that make people known, and who these are."""
        drafts: list[Draft] = []
        strangers: set[tuple[str, str]] = set()
        seen: set[int] = set()
        for unit in units:
            for person in unit.people:
                if id(person) in seen:
                    continue
                seen.add(id(person))
                who = (person.kind, person.key)
                if who not in self._registered and who not in strangers:
                    strangers.add(who)
                    drafts.append(person.draft)
            drafts += unit.facts
        return drafts, strangers

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
