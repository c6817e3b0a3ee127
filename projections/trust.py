"""How far the data behind a report can be trusted (feature P1, the data trust line)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from projections.calendars import CALENDAR_KINDS, Calendars
from projections.dials import due_day, seen_day
from projections.period import Period
from projections.question import Dials
from projections.report import Silence, Trust
from projections.source import Cell, Source


def trust(
    source: Source,
    period: Period,
    dials: Dials,
    zone: str,
    calendar_missing: tuple[int, ...] = (),
    calendars: Calendars | None = None,
) -> Trust:
    """Counts of the period's events as seen through the dials; void events count no more.

    `zone` is the department's. `calendars` are those of the dials, looked up where the caller has
    none at hand.
    """
    cells = source.cells((), period, dials, ("activity",))
    unknown = [cell for cell in cells if (cell.activity or "").startswith("?")]
    return Trust(
        events=sum(cell.n for cell in cells),
        late=sum(cell.late for cell in cells),
        calls=sum(cell.n for cell in cells if cell.activity == "call_made"),
        unmeasured=sum(cell.unmeasured for cell in cells),
        unknown=sum(cell.n for cell in unknown),
        unknown_kinds=tuple(sorted({(cell.activity or "")[1:] for cell in unknown if cell.n})),
        period=period,
        calendar_missing=calendar_missing,
        silent=_silence(
            source.cells((), period, dials, ("day", "seller")),
            Period(period.first, min(period.last, due_day(seen_day(dials, zone), dials.mode))),
            calendars or Calendars(source.facts(CALENDAR_KINDS, dials)),
        ),
    )


def _silence(cells: Iterable[Cell], due: Period, calendars: Calendars) -> tuple[Silence, ...]:
    """The working days of those due on which nothing of a seller was logged."""
    told: dict[str | None, set[dt.date]] = {}
    for cell in cells:
        if cell.day is not None:
            told.setdefault(cell.seller, set()).add(cell.day)
    found = (
        _silent(seller, calendars.working_dates(seller, due.first, due.last), told.get(seller, ()))
        for seller in sorted(calendars.people)
    )
    return tuple(one for one in found if one.days)


def _silent(seller: str, worked: Sequence[dt.date], told: Collection[dt.date]) -> Silence:
    """The days of a seller without an event, with the stretches between their neighbours."""
    days = tuple(day for day in worked if day not in told)
    around: dict[tuple[dt.date | None, dt.date | None], tuple[dt.date, dt.date]] = {}
    logged = sorted(told) if days else []
    for day in days:
        place = bisect_left(logged, day)
        before = logged[place - 1] if place else None
        after = logged[place] if place < len(logged) else None
        first, _ = around.get((before, after), (before or day, day))
        around[before, after] = first, after or day
    return Silence(seller=seller, due=len(worked), days=days, around=tuple(around.values()))
