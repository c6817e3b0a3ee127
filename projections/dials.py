"""The two dials as business days."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from projections.question import Dials, Mode


def seen_day(dials: Dials, zone: str) -> dt.date:
    """The last business day seen: `as_of` itself, or the date of that moment in the zone."""
    if isinstance(dials.as_of, dt.datetime):
        return dials.as_of.astimezone(ZoneInfo(zone)).date()
    return dials.as_of


def due_day(seen: dt.date, mode: Mode) -> dt.date:
    """The last day whose plan and norm are due: in the morning the day itself is not yet."""
    return seen if mode == "evening" else seen - dt.timedelta(days=1)
