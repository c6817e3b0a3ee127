"""Sums over the cells of a read model: a day and a page are filters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Final, TypeAlias

import msgspec

from events.log import Log
from events.sqlite.engine import Connection
from projections.fold.basis import Basis
from projections.fold.clock import Clock
from projections.fold.deeds import Key
from projections.fold.sums import PLACES, Group, add, cells_of, grouper
from projections.fold.view import View
from projections.model.beginning import Dated
from projections.model.beyond import Beyond
from projections.model.memory import Asked, Cuts, Memory, Some, Stamp, Sums
from projections.model.pack import Packed, unpacked
from projections.model.pages import Page
from projections.model.past import array
from projections.period import Period
from projections.source import Cell, Dimension

_WHERE: Final = """
WHERE day BETWEEN ? AND ? AND page <= ?
  AND (?4 IS NULL OR activity IN (SELECT value FROM json_each(?4)))
"""
_SUMS: Final = f"""
SELECT activity, sum(n), sum(amount), sum(cost), sum(direct), sum(seconds), sum(unmeasured),
  sum(brief), sum(reached), sum(told), sum(late)
FROM cell {_WHERE} GROUP BY activity
"""  # noqa: S608
_ROWS: Final = """
SELECT day, activity, body FROM json_each(?1) AS asked CROSS JOIN cell
ON day = json_extract(asked.value, '$[0]') AND page > json_extract(asked.value, '$[1]')
  AND page <= ?2 AND (?3 IS NULL OR activity IN (SELECT value FROM json_each(?3)))
"""
_STAMPS: Final = """
SELECT day, max(page) FROM cell WHERE day BETWEEN ? AND ? AND page <= ? GROUP BY day
"""
_BASE: Final = """
SELECT page, day, first, last FROM page WHERE last <= ? ORDER BY page DESC LIMIT 1
"""
_SELLERS: Final = "SELECT id, text FROM seller WHERE id > ?"
_CUTS: Final = "SELECT id, text FROM cut WHERE id IN (SELECT value FROM json_each(?))"
_LAST: Final = "SELECT coalesce(max(page), 0) FROM page"

_NONE: Final = Page(0, 0, 1, 0)

NEAR: Final = 16
"""For so many pages back it is looked whether the sums of a day up to one of them are known."""

ANSWERS: Final = 32
"""How many answers are kept at a position of the model."""

Where: TypeAlias = tuple[int, int, int, str | None]
"""First and last business day, last page, and the activities as a JSON array, None for all."""


class Summing:
    """Sums of one model, at one position of it, by any dimensions."""

    def __init__(
        self,
        connection: Connection,
        log: Log,
        clock: Clock,
        basis: Basis,
        memory: Memory,
        position: int,
    ) -> None:
        """The log gives the events of parts of pages and of days."""
        self._connection = connection
        self._memory = memory
        self._position = position
        self._beyond = Beyond(connection, log, clock, basis, memory)
        self._answers: Some[tuple[Asked, Period, View], list[Cell]] = Some(ANSWERS)
        self._last_page = (connection.execute(_LAST).fetchone() or (0,))[0]

    def cells(
        self,
        activities: Sequence[str],
        period: Period,
        look: View,
        by: Sequence[Dimension],
        sellers: Sequence[str],
    ) -> list[Cell]:
        """See `projections.source.Source.cells`; what was answered last is kept.

        The reports of one moment ask for much the same.
        """
        asked = Asked(tuple(activities), tuple(by), tuple(sellers))
        question = asked, period, look
        known = self._answers.get(question)
        if known is None:
            known = self._cells(asked, period, look)
            self._answers.put(question, known)
        return [*known]

    def _cells(self, asked: Asked, period: Period, look: View) -> list[Cell]:
        activities, by, sellers = asked.activities, asked.by, asked.sellers
        first, last = period.first.toordinal(), period.last.toordinal()
        row = self._connection.execute(_BASE, (look.upto,)).fetchone()
        base = Page(*row) if row is not None else _NONE
        beyond = self._beyond.rest(base, look)
        rest = [
            cell
            for cell in beyond.cells
            if first <= cell[0] <= last and _asked(cell[1], activities, sellers)
        ]
        where = (
            first, min(last, beyond.last), base.page, array(activities) if activities else None
        )  # fmt: skip
        if not sellers and not {*by} - {"activity"}:
            rows = self._connection.execute(_SUMS, where).fetchall()
            return _added({}, [((name,) if by else (), values) for name, *values in rows], rest, by)
        if _dated(asked):
            return list(self._day_by_day(asked, where, rest))
        return self._whole(asked, where, rest)

    def _whole(self, asked: Asked, where: Where, rest: Sequence[Dated]) -> list[Cell]:
        """The cells of all days together; those of whole pages alone are kept."""
        stamps = self._stamps(where)
        key = (asked, tuple(stamps.items()))
        known = self._memory.periods.get(key) if not rest else None
        if known is None:
            sums: Sums = {}
            for day, body in self._by_day(asked, where, stamps).items():
                for group, values in self._unpacked(asked, day, body).items():
                    add(sums, group, values)
            known = _added(sums, (), rest, asked.by)
            if not rest:
                self._memory.periods.put(key, known)
        return [*known]

    def _day_by_day(self, asked: Asked, where: Where, rest: Sequence[Dated]) -> Iterator[Cell]:
        """The cells of every day by themselves: most days are as they were the last time."""
        beyond: dict[int, list[Dated]] = {}
        for cell in rest:
            beyond.setdefault(cell[0], []).append(cell)
        stamps = self._stamps(where)
        held = self._by_day(asked, where, stamps)
        for day in sorted({*held, *beyond}):
            if day in beyond:
                sums = self._unpacked(asked, day, held[day]) if day in held else {}
                yield from _added(sums, (), beyond[day], asked.by)
                continue
            known = self._memory.cells.get((asked, day, stamps[day]))
            if known is None:
                known = cells_of(self._unpacked(asked, day, held[day]), asked.by)
                self._memory.cells.put((asked, day, stamps[day]), known)
            yield from known

    def _by_day(self, asked: Asked, where: Where, stamps: Mapping[int, Stamp]) -> dict[int, bytes]:
        """The sums, packed, of every day that whole pages hold anything of."""
        held = {day: self._memory.sums.get((asked, day, stamp)) for day, stamp in stamps.items()}
        missing = [day for day, known in held.items() if known is None]
        for day, sums in self._summed(asked, where, {day: stamps[day][0] for day in missing}):
            held[day] = packed = self._memory.packing.packed(sums, _dated(asked))
            self._memory.sums.put((asked, day, stamps[day]), packed)
        return {day: body for day, body in held.items() if body is not None}

    def _unpacked(self, asked: Asked, day: int, body: bytes) -> Sums:
        return self._memory.packing.of(body, day if _dated(asked) else None)

    def _stamps(self, where: Where) -> dict[int, Stamp]:
        """For every day the last page that holds anything of it."""
        rows = self._connection.execute(_STAMPS, where[:3]).fetchall()
        return {day: (page, self._position if page == self._last_page else 0) for day, page in rows}

    def _before(self, asked: Asked, day: int, page: int) -> tuple[int, Sums]:
        """The sums of a day up to an earlier page, where they are known, and which page that is."""
        for earlier in range(page - 1, max(page - NEAR, 0), -1):
            known = self._memory.sums.get((asked, day, (earlier, 0)))
            if known is not None:
                return earlier, self._unpacked(asked, day, known)
        return 0, {}

    def _summed(
        self, asked: Asked, where: Where, days: Mapping[int, int]
    ) -> Iterator[tuple[int, Sums]]:
        """The sums of some days, each up to a page, from what is known of them and their rows.

        A day after the other: those of a quarter would be megabytes that nobody needs at once.
        """
        if not days:
            return
        known = {day: self._before(asked, day, page) for day, page in days.items()}
        after = msgspec.json.encode([(day, page) for day, (page, _) in known.items()]).decode()
        names = self._sellers()
        wanted = {number for number, text in names.items() if text in asked.sellers}
        cuts = self._cuts(asked.by)
        by_seller = "seller" in asked.by
        group = grouper(asked.by)
        read = self._connection.execute(_ROWS, (after, *where[2:]))
        for day, rows in groupby(read, itemgetter(0)):
            sums = known.pop(day)[1]
            for _, activity, body in rows:
                cells = unpacked(body)
                if asked.sellers:
                    cells = [cell for cell in cells if cell[0] in wanted]
                for (seller, number), its in self._alike(cells, cuts, by_seller).items():
                    whose = (activity, names.get(seller), *cuts.values_of(number))
                    add(sums, group(day, whose), _total(its))
            yield day, sums
        for day, (_, sums) in known.items():
            yield day, sums

    def _cuts(self, by: Sequence[Dimension]) -> Cuts:
        """What cuts are alike."""
        places = tuple(PLACES.index(name) - 2 for name in by if name in PLACES[2:])
        return self._memory.alike.setdefault(places, Cuts(places))

    def _alike(
        self, cells: list[Packed], cuts: Cuts, by_seller: bool
    ) -> Mapping[tuple[int, int], list[Packed]]:
        """The cells that agree in what is asked for; only texts of cuts that are new are read."""
        try:
            return _alike(cells, cuts, by_seller)
        except KeyError:
            missing = {cell[1] for cell in cells} - cuts.keys()
            for number, text in self._connection.execute(_CUTS, (array(missing),)).fetchall():
                cuts.learn(number, text)
        return _alike(cells, cuts, by_seller)

    def _sellers(self) -> dict[int, str]:
        """The sellers by number; only those that are new are read."""
        known = self._memory.sellers
        known.update(self._connection.execute(_SELLERS, (max(known, default=0),)).fetchall())
        return known


def _dated(asked: Asked) -> bool:
    """Whether what is summed under begins with the day."""
    return asked.by[:1] == ("day",)


def _alike(
    cells: list[Packed], cuts: Cuts, by_seller: bool
) -> Mapping[tuple[int, int], list[Packed]]:
    """The cells that agree in what is asked for, by seller, or 0, and cut."""
    found: defaultdict[tuple[int, int], list[Packed]] = defaultdict(list)
    if cuts.asked:
        for cell in cells:
            found[cell[0] if by_seller else 0, cuts[cell[1]]].append(cell)
        return found
    if not by_seller:
        return {(0, 0): cells} if cells else {}
    sellers: defaultdict[int, list[Packed]] = defaultdict(list)
    for cell in cells:
        sellers[cell[0]].append(cell)
    return {(seller, 0): its for seller, its in sellers.items()}


def _total(cells: list[Packed]) -> Iterable[int]:
    """The measures of some cells summed, column by column."""
    if len(cells) == 1:
        return cells[0][2:]
    return tuple(map(sum, islice(zip(*cells, strict=True), 2, None)))


def _added(
    sums: Sums,
    more: Iterable[tuple[Group, Iterable[int]]],
    rest: Iterable[Dated],
    by: Sequence[Dimension],
) -> list[Cell]:
    """Cells of sums with others added to them."""
    for group, values in more:
        add(sums, group, values)
    if rest:
        grouped = grouper(by)
        for day, key, values in rest:
            add(sums, grouped(day, key), values)
    return cells_of(sums, by)


def _asked(key: Key, activities: Sequence[str], sellers: Sequence[str]) -> bool:
    return (not activities or key[0] in activities) and (not sellers or key[1] in sellers)
