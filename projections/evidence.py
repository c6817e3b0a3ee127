"""What stands in the log behind an explanation, as known at the dials of its report."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from msgspec.structs import replace

from events.moments import in_utc
from events.trace import Trace
from projections.recount import late, later

if TYPE_CHECKING:
    from events.log import Log
    from projections.formula import Explanation
    from projections.question import Dials


def known_upto(log: Log, dials: Dials) -> int | None:
    """The last position known at the dials; None is the whole log."""
    if dials.known_at is None:
        return dials.position
    upto = log.known_upto(in_utc(dials.known_at))
    return upto if dials.position is None else min(upto, dials.position)


def narrowed(log: Log, found: Explanation, dials: Dials) -> Explanation:
    """An explanation whose trace ends where both dials do, and holds all that is behind the figure
    and nothing else.
    """
    if found.recorded_after is not None:
        after = log.known_upto(in_utc(found.recorded_after))
        found = replace(found, trace=replace(found.trace, after=after))
    ends = [found.trace.upto, known_upto(log, dials)]
    if found.recorded_until is not None:
        ends.append(log.known_upto(in_utc(found.recorded_until)))
    known = [end for end in ends if end is not None]
    found = _grounded(log, found, min(known) if known else None)
    if isinstance(dials.as_of, dt.datetime) and found.trace.last is not None:
        found = _by(log, found, dials.as_of)
    if not found.recorded_late:
        return found
    return _of(found, late(log.find(found.trace), found.trace))


def _grounded(log: Log, found: Explanation, upto: int | None) -> Explanation:
    """The same with everything that stands behind it, as known at a position, in its trace."""
    traces = [_upto(trace, upto) for trace in (found.trace, *found.also)]
    if found.also:
        ids = {event.id for trace in traces for event in log.find(trace)}
        whole = Trace(ids=tuple(sorted(ids)) or ("",), zone=found.trace.zone, upto=traces[0].upto)
        return replace(found, trace=whole)
    if found.otherwise is None or any(True for _ in log.find(traces[0])):
        return replace(found, trace=traces[0])
    return replace(found, trace=_upto(found.otherwise, upto))


def _by(log: Log, found: Explanation, moment: dt.datetime) -> Explanation:
    """The same without what happened later than a moment of the last day."""
    events = list(log.find(found.trace))
    unseen = later(events, found.trace, moment)
    if not unseen:
        return found
    return _of(found, tuple(event.id for event in events if event.id not in unseen))


def _of(found: Explanation, ids: tuple[str, ...]) -> Explanation:
    """The same with the trace narrowed to these very events."""
    return replace(found, trace=replace(found.trace, ids=ids or ("",)))


def _upto(trace: Trace, upto: int | None) -> Trace:
    """What of a trace is known at a position; None is all of it."""
    ends = [end for end in (trace.upto, upto) if end is not None]
    return replace(trace, upto=min(ends)) if ends else trace
