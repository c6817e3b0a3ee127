"""The cells of a business day that is seen in part: of the events up to a moment inside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from events.log import Log
from events.sqlite.engine import Connection
from projections.fold.basis import Basis
from projections.fold.clock import HOUR, Clock
from projections.fold.history import contribution
from projections.fold.view import View
from projections.model.beginning import Dated
from projections.model.bulk import Context, Folder
from projections.model.cells import Numbers, PageCells
from projections.model.pages import Page
from projections.model.past import Past
from projections.model.range import Range, client_of, clients_of

_SPANS: Final = """
SELECT p.first, p.last FROM span AS s JOIN page AS p ON p.page = s.page
WHERE s.day = ? AND p.first <= ? ORDER BY p.page
"""


class Edge:
    """The events of a business day as known at a position, for any moment inside the day."""

    def __init__(
        self,
        log: Log,
        connection: Connection,
        clock: Clock,
        basis: Basis,
        day: int,
        upto: int,
    ) -> None:
        """Reads the pages that hold events logged for the day."""
        self._log = log
        self._clock = clock
        self._basis = basis
        self._upto = upto
        past = Past(connection, upto)
        spans = connection.execute(_SPANS, (day, upto)).fetchall()
        ranges = [Range(log, first - 1, min(last, upto)) for first, last in spans]
        self._told = [
            event for event in past.told() if clock.day(event.spans[0].occurred_at) == day
        ]
        clients = clients_of(event.spans[0].body for event in self._told)
        clients.update(*(reach.clients or () for reach in ranges))
        self._firsts = past.firsts(clients)
        self._repaired = {seq for reach in ranges for seq in past.between(reach.after, reach.upto)}
        self._stretches = [stretch for reach in ranges for stretch in reach.stretches or ()]

    def cells(self, look: View) -> Iterator[Dated]:
        """What a view shows of the day."""
        page = Page(0, 0, 1, self._upto)
        context = Context(
            basis=self._basis,
            pages=[page],
            lines={client: ((0, first),) for client, first in self._firsts.items()},
            repaired={*self._repaired},
            changes={},
        )
        folder = Folder(self._log, context, Numbers(), cells_only=True)
        cells = folder.page(page, self._stretches, partial(_shown, look)).cells
        self._tell(look, cells)
        return cells.cells()

    def _tell(self, look: View, cells: PageCells) -> None:
        """Add the events that were ever repaired."""
        for event in self._told:
            span = event.spans[0]
            if look.sees(look.edge, span.occurred_at):
                first = self._firsts.get(client_of(span.body) or "")
                day, late, what = contribution(
                    event.seq, event.recorded_at, span, first, self._clock, self._basis
                )
                cells.tally(day, what, late)


def _shown(look: View, occurred: list[str], days: list[int], starts: list[int]) -> Iterator[bool]:
    """Which events are of the day and had occurred; only the last hour takes a closer look."""
    moment = int(look.moment.timestamp()) if look.moment is not None else 0
    return (
        day == look.edge and start <= moment and (start + HOUR <= moment or look.sees(day, at))
        for at, day, start in zip(occurred, days, starts, strict=True)
    )
