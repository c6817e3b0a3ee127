"""How far the data behind a report can be trusted (feature P1, the data trust line)."""

from __future__ import annotations

from projections.period import Period
from projections.question import Dials
from projections.report import Trust
from projections.source import Source


def trust(
    source: Source, period: Period, dials: Dials, calendar_missing: tuple[int, ...] = ()
) -> Trust:
    """Counts of the period's events as seen through the dials; void events count no more."""
    cells = source.cells((), period, dials, ("activity",))
    return Trust(
        events=sum(cell.n for cell in cells),
        late=sum(cell.late for cell in cells),
        calls=sum(cell.n for cell in cells if cell.activity == "call_made"),
        unmeasured=sum(cell.unmeasured for cell in cells),
        unknown=sum(cell.n for cell in cells if (cell.activity or "").startswith("?")),
        calendar_missing=calendar_missing,
    )
