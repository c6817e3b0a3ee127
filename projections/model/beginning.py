"""The cells of the beginning of a page, up to a position inside it.

A beginning grows from a shorter one by the events between, as the model does in a catch-up, so
that stepping through a day folds each of its events once. Nothing recorded later changes it.
"""

from __future__ import annotations

from operator import add as plus
from typing import Final, TypeAlias

import msgspec

from events.log import Log
from events.sqlite.engine import Connection
from projections.fold.basis import Basis
from projections.fold.clock import Clock
from projections.fold.deeds import Key
from projections.fold.sums import Measures
from projections.model.bulk import Folder
from projections.model.cells import Numbers
from projections.model.ends import Ends, end_of, joined, put
from projections.model.gather import gather
from projections.model.pages import Page
from projections.model.past import Past
from projections.model.range import Range

STEP: Final = 128
"""The nearer to what is asked for, the closer beginnings lie, down to so many events: a step back
folds no more than that.
"""

Dated: TypeAlias = tuple[int, Key, Measures]
"""A cell with its business day."""

Cells: TypeAlias = dict[tuple[int, Key], Measures]
"""Sums by business day and what else."""


class Beginning(msgspec.Struct, frozen=True):
    """What the events of a page up to a position add to the pages before it."""

    cells: Cells
    ends: Ends


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
    ends = joined(known.ends, folded.ends)
    for repaired in gathered.touched:
        for span in repaired.spans:
            put(ends, clock.day(span.occurred_at), end_of(span.occurred_at))
    return Beginning(cells, ends)
