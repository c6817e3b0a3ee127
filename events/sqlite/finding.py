"""The events a trace speaks of, with whatever repaired them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from events.envelope import Event
from events.sqlite.engine import Connection, Value
from events.sqlite.repairs import gone, repairs_of
from events.sqlite.stored import COLUMNS, by_id, to_events
from events.trace import Trace
from events.vocabulary import EventCorrected, EventVoided
from events.vocabulary.repairs import Scalar

_MARGIN: Final = dt.timedelta(days=2)
"""More than two offsets can lie apart, so a date in any offset finds its day in any zone."""

_FIXES: Final = (
    f"SELECT {COLUMNS} FROM event"  # noqa: S608
    " WHERE kind = 'event_corrected' AND seq <= ? ORDER BY seq"
)


State: TypeAlias = dict[str, Scalar]
"""What a trace asks of an event: its keys, its moment, and the fields of its body asked for."""


def find(connection: Connection, trace: Trace, upto: int) -> list[Event]:
    """In order of their position: events that match as logged or as corrected up to then, and
    every repair of them.
    """
    found = {event.id: event for event in _as_logged(connection, trace, upto)}
    for event in _as_corrected(connection, trace, upto):
        found.setdefault(event.id, event)
    repairs = repairs_of(connection, found, upto)
    missing = [repair.id for repair in repairs if repair.id not in found]
    found.update((event.id, event) for event in by_id(connection, missing))
    events = sorted(found.values(), key=lambda event: event.seq)
    return _later(events, trace.after) if trace.after else events


def _later(events: list[Event], after: int) -> list[Event]:
    """What came after a position, and what a repair that came after it speaks of."""
    targets = {
        event.body.target
        for event in events
        if event.seq > after and isinstance(event.body, EventCorrected | EventVoided)
    }
    return [event for event in events if event.seq > after or event.id in targets]


def _as_logged(connection: Connection, trace: Trace, upto: int) -> list[Event]:
    keyed = trace.ids or trace.kinds or trace.clients or trace.deals
    clauses = ["+seq <= ?" if keyed else "seq <= ?"]
    parameters: list[Value] = [upto]
    for column, keys in (
        ("id", trace.ids),
        ("kind", trace.kinds),
        ("seller", trace.sellers),
        ("client", trace.clients),
        ("deal", trace.deals),
    ):
        if keys:
            nobody = f" OR {column} IS NULL" if column == "seller" and "" in keys else ""
            clauses.append(f"({column} IN ({', '.join('?' * len(keys))}){nobody})")
            parameters.extend(keys)
    if trace.first is not None:
        clauses.append("occurred_at >= ?")
        parameters.append((trace.first - _MARGIN).isoformat())
    if trace.last is not None:
        clauses.append("occurred_at < ?")
        parameters.append((trace.last + _MARGIN).isoformat())
    sql = f"SELECT {COLUMNS} FROM event WHERE {' AND '.join(clauses)} ORDER BY seq"  # noqa: S608
    events = to_events(connection.execute(sql, parameters).fetchall())
    zone = ZoneInfo(trace.zone)
    return [event for event in events if _matches(_state(event, trace), trace, zone)]


def _as_corrected(connection: Connection, trace: Trace, upto: int) -> Iterable[Event]:
    """Events that match by the corrections which hold, whatever they were logged as."""
    asked = {
        "seller": trace.sellers,
        "client": trace.clients,
        "deal": trace.deals,
        "occurred_at": trace.first or trace.last,
        **{name: True for name, _ in trace.fields},
    }
    names = {name for name, value in asked.items() if value}
    fixes = _fixes(connection, upto) if names else {}
    moved = [target for target, group in fixes.items() if any(names & {*f.fields} for f in group)]
    zone = ZoneInfo(trace.zone)
    return [
        event
        for event in by_id(connection, moved)
        if (not trace.kinds or event.kind in trace.kinds)
        and (not trace.ids or event.id in trace.ids)
        and _matches(_corrected(_state(event, trace), fixes[event.id]), trace, zone)
    ]


def _fixes(connection: Connection, upto: int) -> dict[str, list[EventCorrected]]:
    """The corrections that hold at a position, by the event they correct."""
    events = to_events(connection.execute(_FIXES, (upto,)).fetchall())
    withdrawn = gone(connection, upto) if events else set()
    fixes: dict[str, list[EventCorrected]] = {}
    for event in events:
        if isinstance(event.body, EventCorrected) and event.id not in withdrawn:
            fixes.setdefault(event.body.target, []).append(event.body)
    return fixes


def _state(event: Event, trace: Trace) -> State:
    """An event as logged; a field that its kind does not have, or nobody can read, is None."""
    state: State = {name: getattr(event.body, name, None) for name, _ in trace.fields}
    keys = {"seller": event.seller, "client": event.client, "deal": event.deal}
    return {**state, **keys, "occurred_at": event.occurred_at}


def _corrected(state: State, fixes: Iterable[EventCorrected]) -> State:
    for fix in fixes:
        state = {**state, **fix.fields}
    return state


def _matches(state: State, trace: Trace, zone: ZoneInfo) -> bool:
    return (
        (not trace.sellers or (state["seller"] or "") in trace.sellers)
        and (not trace.clients or state["client"] in trace.clients)
        and (not trace.deals or state["deal"] in trace.deals)
        and all(state[name] == value for name, value in trace.fields)
        and _in_days(str(state["occurred_at"]), trace, zone)
    )


def _in_days(occurred_at: str, trace: Trace, zone: ZoneInfo) -> bool:
    if trace.first is None and trace.last is None:
        return True
    day = dt.datetime.fromisoformat(occurred_at).astimezone(zone).date()
    return (trace.first is None or day >= trace.first) and (trace.last is None or day <= trace.last)
