"""What the events behind a figure add up to, counted anew from the events themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from events.envelope import Event, Unknown
from events.trace import Trace
from events.vocabulary import EventCorrected, EventVoided, name_of
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition
from projections.fold.books import END
from projections.fold.deeds import is_brief
from projections.fold.repairs import Entry, entry_of, state_at
from projections.fold.sales import recognised
from projections.formula import Explanation

LATE: Final = dt.timedelta(days=1)
"""Later than this after it happened, an event was recorded late."""


def recount(
    events: Sequence[Event], explanation: Explanation, recognition: Recognition
) -> int | None:
    """The sum of an explanation's events with their repairs applied, in minor units or as a number.

    Only what still matches the trace counts: an event that a repair moved to another seller or
    day, or withdrew, is listed but adds nothing. None where the figure is not a sum of events.
    """
    if explanation.events_sum is None:
        return None
    bodies = standing(events, explanation.trace)
    if explanation.events_sum == "count":
        return len(bodies)
    if explanation.events_sum == "talks":
        return sum(not is_brief(body) for body in bodies)
    sums = [0, 0, 0]
    for body in bodies:
        for place, value in enumerate(recognised(body, recognition) or ()):
            sums[place] += value
    amount, cost, direct = sums
    match explanation.events_sum:
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
        if dt.datetime.fromisoformat(entry.recorded_at) - dt.datetime.fromisoformat(occurred_at)
        > LATE
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
        if state is None:
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
