"""Sums over the cells of a read model, and over the few events that no whole page holds.

A day and a page are filters. A position inside a page is answered by folding what lies between
the page before and it; a moment inside a business day by folding the events of that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, TypeAlias

from events.log import Log
from events.sqlite.engine import Connection
from events.vocabulary.people import Recognition
from projections.fold.clock import HOUR, Clock
from projections.fold.deeds import Key, Text
from projections.fold.history import contribution
from projections.fold.repairs import Span
from projections.fold.sums import PLACES, Group, Measures, add, group_of
from projections.fold.view import View
from projections.model.bulk import Context, Folder
from projections.model.cells import Numbers, PageCells
from projections.model.gather import gather
from projections.model.pack import Cut, cut_of, unpacked
from projections.model.pages import Page
from projections.model.past import Past, array
from projections.model.range import Range, client_of, clients_of
from projections.period import Period
from projections.source import Dimension

_WHERE: Final = """
WHERE day BETWEEN ? AND ? AND page <= ?
  AND (?4 IS NULL OR activity IN (SELECT value FROM json_each(?4)))
"""
_SUMS: Final = f"""
SELECT day, activity, n, amount, cost, direct, seconds, unmeasured, brief, reached, late
FROM cell {_WHERE}
"""  # noqa: S608
_ROWS: Final = f"SELECT day, activity, body FROM cell {_WHERE}"  # noqa: S608
_BASE: Final = """
SELECT page, day, first, last FROM page WHERE last <= ? ORDER BY page DESC LIMIT 1
"""
_SPANS: Final = """
SELECT p.first, p.last FROM span AS s JOIN page AS p ON p.page = s.page
WHERE s.day = ? AND p.first <= ? ORDER BY p.page
"""
Where: TypeAlias = tuple[int, int, int, str | None]
"""First and last business day, last page, and the activities as a JSON array, None for all."""

Dated: TypeAlias = tuple[int, Key, Measures]
"""A cell with its business day."""


class Summing:
    """Sums of one model by any dimensions."""

    def __init__(
        self, connection: Connection, log: Log, clock: Clock, recognition: Recognition
    ) -> None:
        """The log gives the events of parts of pages and of days."""
        self._connection = connection
        self._log = log
        self._clock = clock
        self._recognition = recognition
        self._known: dict[str, dict[int, str]] = {}
        self._top: tuple[View | None, list[Dated]] = (None, [])
        self._edge: tuple[View | None, list[Dated]] = (None, [])
        self._last = Range(log, 0, 0)

    def sums(
        self,
        activities: Sequence[str],
        period: Period,
        look: View,
        by: Sequence[Dimension],
        sellers: Sequence[str],
    ) -> dict[Group, Measures]:
        """See `projections.source.Source.cells`."""
        first, last = period.first.toordinal(), min(period.last.toordinal(), look.last)
        base = self._base(look.upto)
        asked = array(activities) if activities else None
        where = (first, last, base.page, asked)
        sums: dict[Group, Measures] = {}
        if sellers or {*by} - {"day", "activity"}:
            self._by_cells(sums, where, by, sellers)
        else:
            self._by_rows(sums, where, by)
        rest = [cell for cell in self._on_top(base, look) if first <= cell[0] <= last]
        if look.edge and first <= look.edge <= period.last.toordinal():
            rest.extend(self._on_edge(look))
        for day, key, values in rest:
            if _asked(key, activities, sellers):
                add(sums, group_of(day, key, by), values)
        return sums

    def _base(self, upto: int) -> Page:
        """The last page that was known whole."""
        row = self._connection.execute(_BASE, (upto,)).fetchone()
        return Page(*row) if row is not None else Page(0, 0, 1, 0)

    def _by_rows(self, sums: dict[Group, Measures], where: Where, by: Sequence[Dimension]) -> None:
        for day, activity, *values in self._connection.execute(_SUMS, where).fetchall():
            add(sums, tuple(day if name == "day" else activity for name in by), values)

    def _by_cells(
        self,
        sums: dict[Group, Measures],
        where: Where,
        by: Sequence[Dimension],
        sellers: Sequence[str],
    ) -> None:
        names = self._texts("seller")
        wanted = {number for number, text in names.items() if text in sellers} if sellers else None
        cuts = _Cuts(self._texts("cut") if {*by} & {*PLACES[2:]} else {}, by)
        found: dict[tuple[int, str, int, int], Measures] = {}
        by_day, by_activity, by_seller = "day" in by, "activity" in by, "seller" in by
        for day, activity, body in self._connection.execute(_ROWS, where).fetchall():
            its_day, its_activity = day if by_day else 0, activity if by_activity else ""
            for (
                seller, cut, n, amount, cost, direct, seconds, unmeasured, brief, reached, late
            ) in unpacked(body):  # fmt: skip
                if wanted is not None and seller not in wanted:
                    continue
                key = (its_day, its_activity, seller if by_seller else 0, cuts.alike(cut))
                cell = found.get(key)
                if cell is None:
                    found[key] = [
                        n, amount, cost, direct, seconds, unmeasured, brief, reached, late
                    ]  # fmt: skip
                    continue
                cell[0] += n
                cell[1] += amount
                cell[2] += cost
                cell[3] += direct
                cell[4] += seconds
                cell[5] += unmeasured
                cell[6] += brief
                cell[7] += reached
                cell[8] += late
        for (day, activity, seller, cut), values in found.items():
            add(sums, group_of(day, (activity, names.get(seller), *cuts.values(cut)), by), values)

    def _on_top(self, base: Page, look: View) -> list[Dated]:
        """The cells of the events after a whole page, up to a position inside the next one; only
        for the days that are seen whole.
        """
        if base.last >= look.upto:
            return []
        if self._top[0] != look:
            page = Page(base.page + 1, 0, base.last + 1, look.upto)
            past, reach = Past(self._connection, base.last), self._range(base.last, look.upto)
            ready = gather(self._log, past, self._clock, self._recognition, [page], reach)
            folder = Folder(self._log, ready.context, Numbers())
            folded = folder.page(page, reach.stretches or (), partial(_whole_days, look.last))
            self._top = (look, list(folded.cells.cells()))
        return self._top[1]

    def _on_edge(self, look: View) -> list[Dated]:
        """The cells of the day that is seen in part, up to the moment."""
        if self._edge[0] != look:
            self._edge = (look, list(self._of_edge(look)))
        return self._edge[1]

    def _of_edge(self, look: View) -> Iterator[Dated]:
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
        yield from folder.page(page, stretches, partial(self._kept, look)).cells.cells()

    def _shows(self, look: View, span: Span) -> bool:
        day = self._clock.day(span.occurred_at)
        return day == look.edge and look.sees(day, span.occurred_at)

    def _kept(
        self, look: View, occurred: list[str], days: list[int], starts: list[int]
    ) -> list[bool]:
        """Which events are of the day and had occurred; only the last hour takes a closer look."""
        moment = int(look.moment.timestamp()) if look.moment is not None else 0
        return [
            day == look.edge and start <= moment and (start + HOUR <= moment or look.sees(day, at))
            for at, day, start in zip(occurred, days, starts, strict=True)
        ]

    def _range(self, after: int, upto: int) -> Range:
        """The last range is kept: the top and the edge of one moment are often the same events."""
        if (self._last.after, self._last.upto) != (after, upto):
            self._last = Range(self._log, after, upto)
        return self._last

    def _texts(self, table: str) -> dict[int, str]:
        known = self._known.get(table)
        if known is None:
            rows = self._connection.execute(f"SELECT id, text FROM {table}").fetchall()  # noqa: S608
            known = self._known[table] = dict(rows)
        return known


_UNASKED: Final[Cut] = (None, None, None, None, None, None, None, None, None)


def _whole_days(last: int, _moments: list[str], days: list[int], _hours: list[int]) -> list[bool]:
    return [day <= last for day in days]


class _Cuts:
    """Cuts told apart only as far as the asked dimensions do."""

    def __init__(self, texts: dict[int, str], by: Sequence[Dimension]) -> None:
        self._texts = texts
        self._places = [PLACES.index(name) - 2 for name in by if name in PLACES[2:]]
        self._alike: dict[int, int] = {}
        self._first: dict[tuple[Text, ...], int] = {}
        self._values: dict[int, Cut] = {}

    def alike(self, number: int) -> int:
        """One number for all cuts that agree in the asked dimensions."""
        if not self._places:
            return 0
        found = self._alike.get(number)
        if found is None:
            cut = cut_of(self._texts[number])
            values = tuple(cut[place] for place in self._places)
            found = self._alike[number] = self._first.setdefault(values, number)
            self._values[number] = cut
        return found

    def values(self, number: int) -> Cut:
        """The dimensions of a cut that `alike` gave; the asked ones hold for all of its kind."""
        if not self._places:
            return _UNASKED
        return self._values[number]


def _asked(key: Key, activities: Sequence[str], sellers: Sequence[str]) -> bool:
    return (not activities or key[0] in activities) and (not sellers or key[1] in sellers)
