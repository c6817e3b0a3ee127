"""The cells of the beginning of a page, up to a position inside it.

A beginning grows from a shorter one by the events between, as the model does in a catch-up, so
that stepping through a day folds each of its events once. Nothing recorded later changes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from operator import add as plus
from typing import Final, TypeAlias

import msgspec

from events.log import Log, Stretch
from events.sqlite.engine import Connection
from projections.fold.basis import Basis
from projections.fold.clock import HOUR, Clock
from projections.fold.deeds import Key
from projections.fold.sums import Measures
from projections.model.bulk import Folder
from projections.model.cells import Numbers
from projections.model.gather import Gathered, gather
from projections.model.pages import Page
from projections.model.past import Past
from projections.model.range import Range

GRID: Final = 4096
"""Beginnings of so many events and of its multiples are kept for steps back."""

STEP: Final = 128
"""The nearer to what is asked for, the closer beginnings lie, down to so many events: a step back
folds no more than that.
"""

Dated: TypeAlias = tuple[int, Key, Measures]
"""A cell with its business day."""

Cells: TypeAlias = dict[tuple[int, Key], Measures]
"""Sums by business day and what else."""

Latest: TypeAlias = dict[int, dt.datetime]
"""When the last event of each business day occurred, or ever was said to have occurred."""


class Beginning(msgspec.Struct, frozen=True):
    """What the events of a page up to a position add to the pages before it."""

    cells: Cells
    latest: Latest


NOTHING: Final = Beginning({}, {})


def grown(
    log: Log,
    connection: Connection,
    clock: Clock,
    basis: Basis,
    known: Beginning,
    page: Page,
) -> Beginning:
    """A beginning with the events of `page` added, which are the next ones of the log."""
    reach = Range(log, page.first - 1, page.last)
    past = Past(connection, reach.after)
    gathered = gather(log, past, clock, basis, [page], reach)
    stretches = list(log.stretches(reach.after, reach.upto)) if reach.stretches is None else (
        reach.stretches
    )  # fmt: skip
    folded = Folder(log, gathered.context, Numbers(), cells_only=True).page(page, stretches)
    cells = {**known.cells}
    for day, key, values in folded.cells.cells():
        before = cells.get((day, key))
        cells[day, key] = values if before is None else list(map(plus, before, values))
    return Beginning(cells, _later(known.latest, stretches, gathered, clock))


def _later(known: Latest, stretches: Iterable[Stretch], gathered: Gathered, clock: Clock) -> Latest:
    found = {**known}
    for stretch in stretches:
        days, starts = clock.columns(stretch.occurred)
        hours = dict(sorted({*zip(days, starts, strict=True)}))
        # Hours of different offsets may begin half an hour apart.
        for at, day, start in zip(stretch.occurred, days, starts, strict=True):
            if start > hours[day] - HOUR:
                _note(found, day, at)
    for repaired in gathered.touched:
        for span in repaired.spans:
            _note(found, clock.day(span.occurred_at), span.occurred_at)
    return found


def _note(found: Latest, day: int, at: str) -> None:
    moment = dt.datetime.fromisoformat(at)
    if day not in found or found[day] < moment:
        found[day] = moment
