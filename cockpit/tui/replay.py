"""Where a replay stands: a day or an event of it, on one of the dials or on both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from cockpit.tui.dials import Dial
from cockpit.tui.ledger import Place
from cockpit.tui.view import View

_END = dt.time.max


def at_day(view: View, dial: Dial, day: dt.date, zone: ZoneInfo) -> View:
    """The view at the end of a day on the dial that moves; the other one stays."""
    end = dt.datetime.combine(day, _END, zone)
    known = None if day >= view.today else end
    match dial:
        case "as_of":
            return msgspec.structs.replace(view, as_of=day)
        case "known_at":
            return msgspec.structs.replace(view, known_at=known, position=None)
    return msgspec.structs.replace(view, as_of=day, known_at=known, position=None)


def at_event(view: View, dial: Dial, day: dt.date, place: Place, zone: ZoneInfo) -> View:
    """The view just after an event of a day.

    As things were recorded that is the event's position; as they happened it is the moment it
    happened, together with whatever else happened then.
    """
    match dial:
        case "as_of":
            return msgspec.structs.replace(view, as_of=place.occurred.astimezone(zone))
        case "known_at":
            end = dt.datetime.combine(day, _END, zone)
            return msgspec.structs.replace(view, known_at=end, position=place.seq)
    end = dt.datetime.combine(day, _END, zone)
    return msgspec.structs.replace(view, as_of=day, known_at=end, position=place.seq)


def neighbour(days: Sequence[dt.date], day: dt.date, step: int) -> dt.date:
    """The next of the days, or the one before; at either end the day itself."""
    if step > 0:
        return next((each for each in days if each > day), day)
    return next((each for each in reversed(days) if each < day), day)


def week(days: Sequence[dt.date], day: dt.date, step: int) -> dt.date:
    """The same day of the next week or the one before, or the nearest to it."""
    goal = day + dt.timedelta(weeks=step)
    if not days:
        return day
    return min(days, key=lambda each: (abs(each - goal), each))


def earlier_first(one: View, two: View) -> tuple[View, View]:
    """Two views in the order of time, by what they know and then by what they see."""
    return (one, two) if _order(one) <= _order(two) else (two, one)


def _order(view: View) -> tuple[float, dt.date, float, int]:
    known = view.known_at.timestamp() if view.known_at else float("inf")
    seen = view.as_of
    moment = seen.timestamp() if isinstance(seen, dt.datetime) else float("inf")
    return known, view.seen, moment, view.position or 1 << 62
