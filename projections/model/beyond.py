"""The cells of the few events that no whole page holds.

A position inside a page is answered by folding what lies between the page before and it, a
moment inside a business day by folding the events of that day. Where all that is known of that
day lies after the last whole page, as it does for who looks at a moment from that very moment,
one fold answers both.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final, TypeAlias

from events.log import Log
from events.sqlite.engine import Connection
from events.vocabulary.people import Recognition
from projections.fold.clock import HOUR, Clock
from projections.fold.deeds import Key
from projections.fold.history import contribution
from projections.fold.repairs import Span
from projections.fold.sums import Measures
from projections.fold.view import View
from projections.model.bulk import Context, Folder
from projections.model.cells import Numbers, PageCells
from projections.model.columns import Keep
from projections.model.gather import Gathered, gather
from projections.model.pages import Page
from projections.model.past import Past
from projections.model.range import Range, client_of, clients_of

Dated: TypeAlias = tuple[int, Key, Measures]
"""A cell with its business day."""

_SPANS: Final = """
SELECT p.first, p.last FROM span AS s JOIN page AS p ON p.page = s.page
WHERE s.day = ? AND p.first <= ? ORDER BY p.page
"""
_HELD: Final = "SELECT 1 FROM cell WHERE day = ? AND page <= ? LIMIT 1"


class Beyond:
    """Folds what pages do not answer; the last answer is kept."""

    def __init__(
        self, connection: Connection, log: Log, clock: Clock, recognition: Recognition
    ) -> None:
        """The log gives the events of parts of pages and of days."""
        self._connection = connection
        self._log = log
        self._clock = clock
        self._recognition = recognition
        self._last = Range(log, 0, 0)
        self._told: tuple[View | None, list[Dated]] = (None, [])

    def cells(self, base: Page, look: View) -> list[Dated]:
        """The cells of all that a view shows and whole days of the pages up to `base` do not."""
        if self._told[0] != look:
            self._told = (look, list(self._cells(base, look)))
        return self._told[1]

    def _cells(self, base: Page, look: View) -> Iterator[Dated]:
        gathered = self._gathered(base, look.upto)
        apart = bool(look.edge) and self._apart(look.edge, base, gathered)
        if gathered is not None:
            last = look.last if apart else max(look.last, look.edge)
            kept = partial(_whole_days, look.last) if apart else partial(_shown, look)
            folded = self._folded(gathered, kept)
            yield from (cell for cell in folded.cells() if cell[0] <= last)
        if apart:
            yield from self._on_edge(look)

    def _apart(self, edge: int, base: Page, gathered: Gathered | None) -> bool:
        """Whether the day seen in part is known of from whole pages, or from more than the events
        that were logged for it.
        """
        if self._connection.execute(_HELD, (edge, base.page)).fetchone() is not None:
            return True
        changes = gathered.context.changes.values() if gathered is not None else ()
        return any(what[0] == edge for its in changes for _, _, what in its)

    def _gathered(self, base: Page, upto: int) -> Gathered | None:
        """What lies after a whole page, up to a position inside the next one."""
        if base.last >= upto:
            return None
        page = Page(base.page + 1, 0, base.last + 1, upto)
        past, reach = Past(self._connection, base.last), self._range(base.last, upto)
        return gather(self._log, past, self._clock, self._recognition, [page], reach)

    def _folded(self, gathered: Gathered, kept: Keep) -> PageCells:
        (page,) = gathered.context.pages
        folder = Folder(self._log, gathered.context, Numbers())
        return folder.page(page, self._last.stretches or (), kept).cells

    def _on_edge(self, look: View) -> Iterator[Dated]:
        """The cells of the day that is seen in part, up to the moment."""
        past = Past(self._connection, look.upto)
        spans = self._connection.execute(_SPANS, (look.edge, look.upto)).fetchall()
        ranges = [self._range(first - 1, min(last, look.upto)) for first, last in spans]
        told = [event for event in past.told() if self._shows(look, event.spans[0])]
        clients = clients_of(event.spans[0].body for event in told)
        clients.update(*(reach.clients or () for reach in ranges))
        firsts = past.firsts(clients)
        cells = PageCells(Numbers())
        for event in told:
            span, recorded_at = event.spans[0], event.recorded_at
            first = firsts.get(client_of(span.body) or "")
            day, late, what = contribution(
                event.seq, recorded_at, span, first, self._clock, self._recognition
            )
            cells.tally(day, what, late)
        yield from cells.cells()
        page = Page(0, 0, 1, look.upto)
        context = Context(
            zone=self._clock.zone,
            recognition=self._recognition,
            pages=[page],
            lines={client: ((0, first),) for client, first in firsts.items()},
            repaired={seq for reach in ranges for seq in past.between(reach.after, reach.upto)},
            changes={},
        )
        stretches = [stretch for reach in ranges for stretch in reach.stretches or ()]
        folder = Folder(self._log, context, Numbers())
        yield from folder.page(page, stretches, partial(_of_edge, look)).cells.cells()

    def _shows(self, look: View, span: Span) -> bool:
        day = self._clock.day(span.occurred_at)
        return day == look.edge and look.sees(day, span.occurred_at)

    def _range(self, after: int, upto: int) -> Range:
        """The last range is kept: a moment is often asked about the same events twice."""
        if (self._last.after, self._last.upto) != (after, upto):
            self._last = Range(self._log, after, upto)
        return self._last


def _whole_days(last: int, _moments: list[str], days: list[int], _hours: list[int]) -> list[bool]:
    return [day <= last for day in days]


def _shown(look: View, occurred: list[str], days: list[int], starts: list[int]) -> list[bool]:
    """Which events a view shows."""
    edge = _of_edge(look, occurred, days, starts)
    return [day <= look.last or seen for day, seen in zip(days, edge, strict=True)]


def _of_edge(look: View, occurred: list[str], days: list[int], starts: list[int]) -> list[bool]:
    """Which events are of the day and had occurred; only the last hour takes a closer look."""
    moment = int(look.moment.timestamp()) if look.moment is not None else 0
    return [
        day == look.edge and start <= moment and (start + HOUR <= moment or look.sees(day, at))
        for at, day, start in zip(occurred, days, starts, strict=True)
    ]
