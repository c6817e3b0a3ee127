"""What the events behind a figure add up to, counted anew from the events themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from events.envelope import Event, Unknown
from events.trace import Trace
from events.vocabulary import EventCorrected, EventVoided, name_of
from events.vocabulary.fact import Fact
from projections.fold.books import END
from projections.fold.clock import Clock
from projections.fold.deeds import is_brief
from projections.fold.repairs import Entry, entry_of, state_at
from projections.fold.sales import recognised
from projections.fold.things import TIMELESS
from projections.formula import EventsSum, Explanation
from projections.state import Settings


def recount(events: Sequence[Event], explanation: Explanation, settings: Settings) -> int | None:
    """The sum of an explanation's events with their repairs applied, in minor units or as a number.

    Only what still matches the trace counts: an event that a repair moved to another seller or
    day, or withdrew, is listed but adds nothing. None where the figure is not a sum of events.
    """
    adds = shares(events, explanation, settings)
    return None if adds is None else sum(adds.values())


def shares(
    events: Iterable[Event], explanation: Explanation, settings: Settings
) -> dict[str, int] | None:
    """What each of an explanation's events adds to its figure, by the event's id.

    Events that are withdrawn, moved away or of no effect are left out. None where the figure is
    not a sum of events.
    """
    if explanation.events_sum is None:
        return None
    found = _standing(events, explanation.trace)
    adds = {entry.id: _adds(body, explanation.events_sum, settings) for entry, _, body in found}
    return {event_id: share for event_id, share in adds.items() if share}


def behind(events: Sequence[Event], adds: Mapping[str, int]) -> list[Event]:
    """The events that made a figure: those that add to it, the repairs, and what they repaired."""
    targets = {
        event.body.target
        for event in events
        if isinstance(event.body, EventCorrected | EventVoided)
    }
    return [
        event
        for event in events
        if event.id in adds
        or event.id in targets
        or isinstance(event.body, EventCorrected | EventVoided)
    ]


def _adds(body: Fact, wanted: EventsSum, settings: Settings) -> int:
    """What one body adds to a sum: one for a count, minor units for money."""
    if wanted == "count":
        return 1
    if wanted == "talks":
        return int(not is_brief(body, settings.brief_seconds))
    amount, cost, direct = recognised(body, settings.recognition) or (0, 0, 0)
    match wanted:
        case "amount":
            return amount
        case "margin":
            return amount - cost
    return amount - cost - direct


def standing(events: Iterable[Event], trace: Trace) -> list[Fact]:
    """The bodies of the events of a trace as they stand, those that match it still."""
    return [body for _, _, body in _standing(events, trace)]


def late(events: Iterable[Event], trace: Trace) -> tuple[str, ...]:
    """The ids of the events of a trace that were recorded more than 24 hours after they happened.

    They are judged as they stand: what a correction moved, by the moment it was moved to.
    """
    return tuple(
        entry.id
        for entry, occurred_at, _ in _standing(events, trace)
        if Clock.late(occurred_at, entry.recorded_at)
    )


def later(events: Iterable[Event], trace: Trace, moment: dt.datetime) -> frozenset[str]:
    """The ids of the events of a trace that happened after a moment, as they stand.

    What holds whenever it was said is seen all the same.
    """
    return frozenset(
        entry.id
        for entry, occurred_at, body in _standing(events, trace)
        if type(body) not in TIMELESS and dt.datetime.fromisoformat(occurred_at) > moment
    )


def _standing(events: Iterable[Event], trace: Trace) -> Iterator[tuple[Entry, str, Fact]]:
    """Each event with when it happened and what it says, as it stands and still matches."""
    entries = [entry_of(event) for event in events]
    kids: dict[str, list[Entry]] = {}
    for entry in entries:
        if isinstance(entry.body, EventCorrected | EventVoided):
            kids.setdefault(entry.body.target, []).append(entry)
    zone = ZoneInfo(trace.zone)
    for entry in entries:
        state = state_at(entry, kids, END)
        if state is None or (trace.ids and entry.id not in trace.ids):
            continue
        occurred_at, body = state
        day = dt.datetime.fromisoformat(occurred_at).astimezone(zone).date()
        if not isinstance(body, Unknown) and matches(body, day, trace):
            yield entry, occurred_at, body


def matches(body: Fact, day: dt.date, trace: Trace) -> bool:
    """Whether an event of a business day is one a trace asks for."""
    keys = (
        ("seller", trace.sellers),
        ("client", trace.clients),
        ("deal", trace.deals),
    )
    return (
        (not trace.kinds or name_of(type(body)) in trace.kinds)
        and all(not own or (getattr(body, name, None) or "") in own for name, own in keys)
        and all(getattr(body, name, None) == value for name, value in trace.fields)
        and (trace.first is None or trace.first <= day)
        and (trace.last is None or day <= trace.last)
    )
