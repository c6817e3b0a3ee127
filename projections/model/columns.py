"""Thousands of events at once: neighbours of one kind as columns, and loops Python runs inside.

It counts what `projections.fold.deeds` says of a single event; a test holds the two together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress, repeat
from typing import Final, Protocol, TypeAlias, cast

import msgspec

from events.envelope import Unknown
from events.log import Stretch
from events.vocabulary import BY_NAME
from events.vocabulary.people import Recognition
from projections.fold.books import EXISTING, NEW, UNSETTLED, Line, settled
from projections.fold.clock import Clock
from projections.fold.deeds import BRIEF, DEEDS, SHAPES, Money, Shape, Text, bucket
from projections.fold.sales import SALE_KIND, is_sale
from projections.fold.sums import Measures
from projections.fold.things import ONLY_WITH_DEAL
from projections.model.cells import DAY_BITS, Numbers, PageCells
from projections.model.past import UNREAD

Marks: TypeAlias = dict[tuple[str, int], list[int]]
"""The positions of things of one page by kind and day."""

_HAS_CLIENT: Final[frozenset[type]] = frozenset(
    kind for kind in BY_NAME.values() if "client" in kind.__struct_fields__
)
_NAMES: Final[dict[type, str]] = {
    **{kind: name for name, kind in BY_NAME.items()},
    Unknown: UNREAD,
}
_NOBODY: Final = -1
_OPEN: Final = 0


class _Buckets(dict[int | None, Text]):
    """The bucket of every length met so far."""

    def __missing__(self, seconds: int | None) -> Text:
        found = self[seconds] = bucket(seconds)
        return found


_BUCKETS: Final = _Buckets()

_Talks: TypeAlias = tuple[Mapping[int, int], Mapping[int, int], Mapping[int, int]]

_NO_TALKS: Final[_Talks] = ({}, {}, {})


class _Told(Protocol):
    """A body, of a kind that is known to have these where they are looked at."""

    client: str | None
    deal: str | None
    direction: str
    seconds: int | None
    reached: bool | None


class Column(msgspec.Struct):
    """Events of one kind in order: their positions, bodies, days, and when their hours began."""

    kind: type
    seqs: list[int]
    bodies: list[_Told]
    days: list[int]
    starts: list[int]

    def at(self, places: Sequence[int]) -> Column:
        """Some of them."""
        return Column(
            self.kind,
            [self.seqs[place] for place in places],
            [self.bodies[place] for place in places],
            [self.days[place] for place in places],
            [self.starts[place] for place in places],
        )


Keep: TypeAlias = Callable[[list[str], list[int], list[int]], Iterable[bool]]
"""Which events of a stretch are looked at: from their moments, days and hours."""


def columns(stretch: Stretch, clock: Clock, keep: Keep | None = None) -> Iterator[Column]:
    """A stretch by kinds."""
    days, starts = clock.columns(stretch.occurred)
    kinds: Iterable[tuple[int, type]] = enumerate(map(type, stretch.bodies))
    if keep is not None:
        kinds = compress(kinds, keep(stretch.occurred, days, starts))
    places: defaultdict[type, list[int]] = defaultdict(list)
    for place, kind in kinds:
        places[kind].append(place)
    seqs = list(range(stretch.first, stretch.first + len(stretch.bodies)))
    whole = Column(object, seqs, cast("list[_Told]", stretch.bodies), days, starts)
    for kind, its in places.items():
        column = whole.at(its)
        column.kind = kind
        yield column


def mark(marks: Marks, column: Column) -> None:
    """Note where the things of a column are."""
    name = _NAMES[column.kind]
    seqs, days = column.seqs, column.days
    if column.kind in ONLY_WITH_DEAL:
        moved = [body.deal is not None for body in column.bodies]
        seqs, days = list(compress(seqs, moved)), list(compress(days, moved))
    by_day: dict[int, list[int]] = {}
    for seq, day in zip(seqs, days, strict=True):
        by_day.setdefault(day, []).append(seq)
    for day, found in by_day.items():
        marks.setdefault((name, day), []).extend(found)


class Books:
    """The books of columns of events, page by page."""

    def __init__(self, lines: dict[str, Line], recognition: Recognition) -> None:
        """`lines` are those of every client that has one."""
        self._lines = lines
        self._recognition = recognition
        self._sale_kind = SALE_KIND[recognition]
        self._sold: dict[str | None, int] = {**dict.fromkeys(lines, _OPEN), None: _NOBODY}
        self._ahead = sorted(lines, key=lambda client: lines[client][-1][0], reverse=True)

    def turn_to(self, seq: int) -> None:
        """Go on to a position: lines that end before it say the same from here on."""
        while self._ahead and self._lines[self._ahead[-1]][-1][0] < seq:
            client = self._ahead.pop()
            _, first = self._lines[client][-1]
            if first is None:
                del self._sold[client]
            else:
                self._sold[client] = first[0]

    def of(self, column: Column) -> list[Text]:
        """None for an event without a client, UNSETTLED where the book may yet change."""
        if column.kind not in _HAS_CLIENT:
            return [None] * len(column.seqs)
        clients = [body.client for body in column.bodies]
        books: list[Text] = [
            NEW
            if sold is None
            else EXISTING
            if _OPEN < sold < day
            else NEW
            if sold > day
            else None
            if sold == _NOBODY
            else UNSETTLED
            for sold, day in zip(map(self._sold.get, clients), column.days, strict=True)
        ]
        if UNSETTLED in books:
            for place, book in enumerate(books):
                client = clients[place]
                if book is UNSETTLED and client is not None:
                    books[place] = self._closer(column, place, self._lines[client])
        return books

    def _closer(self, column: Column, place: int, line: Line) -> str:
        body = column.bodies[place]
        sale = column.kind is self._sale_kind and is_sale(body, self._recognition)
        deal: str | None = getattr(body, "deal", None)
        return settled(line, column.days[place], column.seqs[place], deal, sale)


def summed(column: Column, books: list[Text], late_upto: int, cells: PageCells) -> None:
    """Count a column in; events are late whose hours began up to `late_upto`."""
    shape = SHAPES[column.kind]
    if shape is not None:
        cells.put(shape.activity, _by_shape(shape, column, books, late_upto, cells.numbers))
        return
    deed = DEEDS[column.kind]
    for body, book, day, start in zip(
        column.bodies, books, column.days, column.starts, strict=True
    ):
        cells.tally(day, deed(body, book), start <= late_upto)


def _by_shape(
    shape: Shape, column: Column, books: list[Text], late_upto: int, numbers: Numbers
) -> Iterator[tuple[int, Measures]]:
    bodies = column.bodies
    directions: Iterable[Text] = repeat(None)
    buckets: Iterable[Text] = repeat(None)
    seconds = [body.seconds for body in bodies] if shape.timed else []
    if shape.call:
        directions = [body.direction for body in bodies]
        buckets = map(_BUCKETS.__getitem__, seconds)
    ways = zip(books, directions, buckets, map(shape.dims, bodies), strict=False)
    known, of = numbers.known.get, numbers.of
    codes = [
        (known(way) or of(way)) << DAY_BITS | day
        for way, day in zip(ways, column.days, strict=True)
    ]
    money = _money(codes, map(shape.money, bodies)) if shape.money is not None else {}
    times = _spent(codes, seconds) if shape.timed else {}
    unknown, brief, reached = _talks(codes, bodies) if shape.call else _NO_TALKS
    late: Mapping[int, int] = {}
    if min(column.starts, default=late_upto + 1) <= late_upto:
        late = Counter(compress(codes, [start <= late_upto for start in column.starts]))
    nothing = (0, 0, 0)
    for code, n in Counter(codes).items():
        amount, cost, direct = money.get(code, nothing)
        yield code, [
            n, amount, cost, direct, times.get(code, 0), unknown.get(code, 0),
            brief.get(code, 0), reached.get(code, 0), late.get(code, 0),
        ]  # fmt: skip


def _talks(codes: list[int], bodies: list[_Told]) -> _Talks:
    """How many calls are unmeasured, brief, and with who decides, by code."""
    seconds = [body.seconds for body in bodies]
    unknown: Mapping[int, int] = {}
    if None in seconds:
        unknown = Counter(compress(codes, [spent is None for spent in seconds]))
    brief = Counter(compress(codes, [spent is not None and spent < BRIEF for spent in seconds]))
    return unknown, brief, Counter(compress(codes, [body.reached is True for body in bodies]))


def _money(codes: list[int], sums: Iterable[Money]) -> dict[int, Money]:
    found: dict[int, Money] = {}
    for code, (amount, cost, direct) in zip(codes, sums, strict=True):
        before = found.get(code)
        if before is not None:
            amount, cost, direct = before[0] + amount, before[1] + cost, before[2] + direct
        found[code] = (amount, cost, direct)
    return found


def _spent(codes: list[int], seconds: list[int | None]) -> dict[int, int]:
    found: defaultdict[int, int] = defaultdict(int)
    for code, spent in zip(codes, seconds, strict=True):
        if spent:
            found[code] += spent
    return found
