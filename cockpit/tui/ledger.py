"""The events of a day in the order of a dial, read a page at a time by the worker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from textual.message import Message

from cockpit.render.chapters import Told
from cockpit.telling import told
from cockpit.tui.follow import answer
from cockpit.tui.jobs import Ask, Department
from cockpit.tui.listing import clients_of
from cockpit.tui.messages import Answered
from events.envelope import Event
from events.log import Log
from events.moments import in_utc
from events.trace import Trace
from events.vocabulary import EventCorrected, EventVoided
from projections.changes import Changes
from projections.closing import Closing
from projections.fold.books import END
from projections.fold.clock import Clock
from projections.fold.repairs import REPAIR_KINDS, REPAIRS, Entry, entry_of, state_at
from projections.period import Period, month_of
from projections.question import Dials, Question
from projections.reports.story import Story

PAGE: Final = 100
"""So many events are shown of a day, up to the one the replay stands at."""

_MARGIN: Final = dt.timedelta(days=2)


class Place(msgspec.Struct, frozen=True):
    """An event of a day: its position, and when it happened as known at the dials.

    `moved` is the position of the correction that said so, `gone` that of the event that withdrew
    it; None where there is no such event.
    """

    seq: int
    occurred: dt.datetime
    moved: int | None = None
    gone: int | None = None


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """The events of a day: by what happened on it, or by what was recorded on it, in order.

    `events` are those up to place `upto` of `places`, the latest first.
    """

    day: dt.date
    by_record: bool
    places: Sequence[Place]
    upto: int
    events: Sequence[Event]
    clients: Mapping[str, str]


class Ledgered(Message):
    """The events of a day."""

    def __init__(self, day: Day) -> None:
        """`day` replaces what was told before."""
        super().__init__()
        self.day = day


class Kept(Message):
    """A report of some moment, with the very question it was asked by."""

    def __init__(self, name: str, question: Question, answer: Answered) -> None:
        """The report may have narrowed the question for itself."""
        super().__init__()
        self.name = name
        self.question = question
        self.answer = answer


class Storied(Message):
    """The story of the month, as asked."""

    def __init__(self, question: Question, told: Told) -> None:
        """`told` has all its words need."""
        super().__init__()
        self.question = question
        self.told = told


class Compared(Message):
    """What lies between two moments."""

    def __init__(
        self, then: Dials, now: Dials, changes: Changes, clients: Mapping[str, str]
    ) -> None:
        """`then` is the earlier of the two."""
        super().__init__()
        self.then = then
        self.now = now
        self.changes = changes
        self.clients = clients


class Closed(Message):
    """When the month was closed; None where it was not."""

    def __init__(self, closing: Closing | None) -> None:
        """The first close of it."""
        super().__init__()
        self.closing = closing


class Begun(Message):
    """Whether anything at all had been recorded by a moment."""

    def __init__(self, *, known: bool) -> None:
        """Not known is what was brought in later."""
        super().__init__()
        self.known = known


class Ledger:
    """Knows the moments of a month once they were read; used by the worker's thread alone."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._days: dict[dt.date, list[Place]] = {}
        self._read: tuple[int, int | None, Period] | None = None
        self._repairs: tuple[int, list[Event]] = (-1, [])

    def day(
        self,
        department: Department,
        day: dt.date,
        dials: Dials,
        by_record: bool,
        upto: int | None,
    ) -> Ledgered:
        """The events of a day up to a place in it, all of them without one.

        By what happened they are those known at the dials, on the day that was known of them.
        """
        settings = department.desk.settings()
        zone = ZoneInfo(settings.zone if settings else "UTC")
        log = department.log
        known = department.desk.known_upto(dials)
        if by_record:
            moved = self._moved(log, known)
            places = [moved.get(place.seq, place) for place in _recorded(log, day, zone)]
        else:
            places = self._occurred(log, day, known, zone)
        last = len(places) - 1 if upto is None else min(upto, len(places) - 1)
        shown = [place.seq for place in places[max(0, last + 1 - PAGE) : last + 1]]
        ids = [id_ for chunk in log.pick(sorted(shown)) for id_ in chunk.ids]
        by_seq = {event.seq: event for event in log.get(ids).values()}
        events = [by_seq[seq] for seq in reversed(shown)]
        return Ledgered(
            Day(
                day=day,
                by_record=by_record,
                places=places,
                upto=last,
                events=events,
                clients=clients_of(log, events),
            )
        )

    def _occurred(self, log: Log, day: dt.date, known: int | None, zone: ZoneInfo) -> list[Place]:
        """What happened on a day, in the order it did."""
        asked = (log.head().seq, known, month_of(day))
        if asked != self._read:
            moved = self._moved(log, known)
            self._days = _by_day(log, month_of(day), known, zone, moved)
            self._read = asked
        return self._days.get(day, [])

    def _moved(self, log: Log, known: int | None) -> dict[int, Place]:
        """The events that a correction moved in time, as known up to a position."""
        head = log.head().seq
        if self._repairs[0] != head:
            self._repairs = head, list(log.find(Trace(kinds=REPAIR_KINDS)))
        upto = END if known is None else known
        repairs = [event for event in self._repairs[1] if event.seq <= upto]
        return _moved(log, repairs, upto)


def kept(department: Department, name: str, question: Question) -> Kept:
    """A report."""
    return Kept(name, question, answer(Ask("replay", name, question), department))


def storied(department: Department, question: Question) -> Storied:
    """The story; raises events.errors.Missing while the department is not opened."""
    settings = department.desk.settings()
    report = department.desk.ask("story", question)
    if settings is None or not isinstance(report, Story):
        raise TypeError(report.name)
    names = department.log.names("seller")
    return Storied(question, told(department.log, report, settings, names))


def compared(department: Department, question: Question, then: Dials, now: Dials) -> Compared:
    """What moved plan-fact from one moment to another."""
    found = department.desk.compare(question, then, now)
    ids = [change.id for change in found.events]
    clients = clients_of(department.log, list(department.log.get(ids).values()))
    return Compared(then, now, found, clients)


def _by_day(
    log: Log, month: Period, known: int | None, zone: ZoneInfo, moved: Mapping[int, Place]
) -> dict[dt.date, list[Place]]:
    """The moments of a month by their business day."""
    clock = Clock(zone.key)
    found: dict[dt.date, list[Place]] = {}
    first, last = month.first - _MARGIN, month.last + _MARGIN
    for seq, occurred in log.moments(first.isoformat(), last.isoformat(), known):
        if seq not in moved:
            day = dt.date.fromordinal(clock.day(occurred))
            found.setdefault(day, []).append(Place(seq, dt.datetime.fromisoformat(occurred)))
    for place in moved.values():
        found.setdefault(place.occurred.astimezone(zone).date(), []).append(place)
    for places in found.values():
        places.sort(key=lambda place: (place.occurred, place.seq))
    return found


def _moved(log: Log, repairs: Sequence[Event], known: int) -> dict[int, Place]:
    """The events that a correction moved in time, or that were withdrawn, by their positions."""
    entries = [entry_of(event) for event in repairs]
    kids: dict[str, list[Entry]] = {}
    for entry in entries:
        if isinstance(entry.body, REPAIRS):
            kids.setdefault(entry.body.target, []).append(entry)
    by = {
        target: entry.seq
        for entry in entries
        if (target := _displaced(entry.body)) and state_at(entry, kids, known) is not None
    }
    found: dict[int, Place] = {}
    for event in log.get(list(by)).values():
        state, repaired = state_at(entry_of(event), kids, known), by[event.id]
        if state is None:
            found[event.seq] = Place(event.seq, event.occurred, gone=repaired)
        elif state[0] != event.occurred_at:
            moment = dt.datetime.fromisoformat(state[0])
            found[event.seq] = Place(event.seq, moment, moved=repaired)
    return found


def _displaced(repair: object) -> str | None:
    """The event that a repair moves in time or withdraws."""
    if isinstance(repair, EventCorrected):
        return repair.target if "occurred_at" in repair.fields else None
    return repair.target if isinstance(repair, EventVoided) else None


def _recorded(log: Log, day: dt.date, zone: ZoneInfo) -> list[Place]:
    """What was recorded on a day, in the order of the log."""
    start = dt.datetime.combine(day, dt.time(), zone)
    end = start + dt.timedelta(days=1)
    tick = dt.timedelta(microseconds=1)
    after, upto = log.known_upto(in_utc(start - tick)), log.known_upto(in_utc(end - tick))
    return [
        Place(seq, dt.datetime.fromisoformat(occurred))
        for chunk in log.chunks(after, upto)
        for seq, occurred in zip(chunk.seqs, chunk.occurred, strict=True)
    ]
