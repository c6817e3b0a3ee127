"""The cells of the few events that no whole page holds.

A position inside a page is answered by folding the beginning of that page, a moment inside a
business day by folding the events of that day. Where all that is known of that day had occurred by
the moment, as for who looks at a moment from that very moment, whole pages and the beginning
answer that as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from events.log import Log
from events.sqlite.engine import Connection
from projections.fold.basis import Basis
from projections.fold.clock import Clock
from projections.fold.view import View
from projections.model.beginning import NOTHING, STEP, Beginning, Dated, grown
from projections.model.ends import end_of, microseconds
from projections.model.memory import Memory, Rest
from projections.model.pages import Page

_UNTIL: Final = "SELECT max(until) FROM span WHERE day = ? AND page <= ?"
_TOLD: Final = "SELECT occurred_at FROM version WHERE day = ? AND since <= ?"


class Beyond:
    """Folds what pages do not answer; what was folded is kept."""

    def __init__(
        self,
        connection: Connection,
        log: Log,
        clock: Clock,
        basis: Basis,
        memory: Memory,
    ) -> None:
        """The log gives the events of parts of pages and of days."""
        self._connection = connection
        self._log = log
        self._clock = clock
        self._basis = basis
        self._memory = memory

    def rest(self, base: Page, look: View) -> Rest:
        """All that a view shows and whole days of the pages up to `base` do not."""
        asked = (base.last, look)
        told = self._memory.beyond.get(asked)
        if told is None:
            told = self._rest(base, look)
            self._memory.beyond.put(asked, told)
        return told

    def _rest(self, base: Page, look: View) -> Rest:
        beginning = self._beginning(base, look.upto)
        apart = bool(look.edge) and self._apart(base, beginning, look)
        last = look.last if apart or not look.edge else look.edge
        found = [
            (day, key, values) for (day, key), values in beginning.cells.items() if day <= last
        ]
        if apart:
            found.extend(self._on_edge(look))
        return Rest(last, found)

    def _apart(self, base: Page, beginning: Beginning, look: View) -> bool:
        """Whether what is known of the day seen in part goes on after the moment."""
        if look.moment is None:
            return False
        moment, day = microseconds(look.moment), look.edge
        (until,) = self._connection.execute(_UNTIL, (day, base.page)).fetchone() or (None,)
        if max(beginning.ends.get(day, moment), moment if until is None else until) > moment:
            return True
        told = self._connection.execute(_TOLD, (day, base.last)).fetchall()
        return any(end_of(at) > moment for (at,) in told)

    def _beginning(self, base: Page, upto: int) -> Beginning:
        """What lies after a whole page, up to a position inside the next one."""
        reached, found = self._held(base, upto)
        while reached < upto:
            half = reached + max(STEP, (upto - reached) // 2)
            after, reached = reached, min(half, upto)
            page = Page(base.page + 1, 0, after + 1, reached)
            found = grown(self._log, self._connection, self._clock, self._basis, found, page)
            self._memory.steps.put((base.last, reached), found)
        self._memory.near.put(base.last, (upto, found))
        return found

    def _held(self, base: Page, upto: int) -> tuple[int, Beginning]:
        """The longest beginning known that is not beyond a position."""
        near = self._memory.near.get(base.last)
        if near is not None and near[0] == upto:
            return near
        held = [(base.last, NOTHING), *([near] if near is not None else [])]
        known = self._memory.steps.items()
        held.extend((at, found) for (last, at), found in known if last == base.last)
        return max((each for each in held if each[0] <= upto), key=itemgetter(0))

    def _on_edge(self, look: View) -> Iterator[Dated]:
        """The cells of the day that is seen in part, up to the moment."""
        asked = (look.edge, look.upto)
        edge = self._memory.edges.get(asked)
        if edge is None:
            from projections.model.edge import Edge

            edge = Edge(self._log, self._connection, self._clock, self._basis, *asked)
            self._memory.edges.put(asked, edge)
        return edge.cells(look)
