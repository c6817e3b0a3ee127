"""How far the data behind a report can be trusted (feature P1, the data trust line)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.calendars import CALENDAR_KINDS, Calendars
from projections.dials import due_day, seen_day
from projections.period import Period
from projections.question import Dials
from projections.report import Trust
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
    return Trust(
        events=sum(cell.n for cell in cells),
        late=sum(cell.late for cell in cells),
        calls=sum(cell.n for cell in cells if cell.activity == "call_made"),
        unmeasured=sum(cell.unmeasured for cell in cells),
        unknown=sum(cell.n for cell in cells if (cell.activity or "").startswith("?")),
        calendar_missing=calendar_missing,
        silent=_silent(
            source.cells((), period, dials, ("day", "seller")),
            Period(period.first, min(period.last, due_day(seen_day(dials, zone), dials.mode))),
            calendars or Calendars(source.facts(CALENDAR_KINDS, dials)),
        ),
    )


def _silent(
    cells: Iterable[Cell], due: Period, calendars: Calendars
) -> tuple[tuple[str, int], ...]:
    """The working days of those due on which nothing of a seller was logged."""
    told = {(cell.seller, cell.day) for cell in cells}
    counts = (
        (seller, sum((seller, day) not in told
                     for day in calendars.working_dates(seller, due.first, due.last)))
        for seller in sorted(calendars.people)
    )  # fmt: skip
    return tuple((seller, days) for seller, days in counts if days)
