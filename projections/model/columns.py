"""Thousands of events at once: neighbours of one kind as columns, and loops Python runs inside.

It counts what `projections.fold.deeds` says of a single event; a test holds the two together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import compress, repeat
from operator import add as plus
from typing import Final, Protocol, TypeAlias, cast

import msgspec

from events.envelope import Unknown
from events.log import Stretch
from events.vocabulary import BY_NAME
from events.vocabulary.people import Recognition
from projections.fold.books import EXISTING, NEW, UNSETTLED, Line, settled
from projections.fold.deeds import DEEDS, SHAPES, Money, Shape, Text, bucket
from projections.fold.papers import PAPERS
from projections.fold.sales import SALE_KIND, is_sale
from projections.fold.sums import Measures
from projections.fold.things import ONLY_WITH_DEAL
from projections.fold.turns import TURNS
from projections.model.cells import DAY_BITS, Numbers, PageCells
from projections.model.past import UNREAD
from projections.source import Paper, Turn

Marks: TypeAlias = dict[tuple[str, int], list[int]]
"""The positions of things of one page by kind and day."""

Turns: TypeAlias = dict[int, list[Turn]]
"""What the events of one page say of deals, by day."""

Papers: TypeAlias = dict[int, list[Paper]]
"""What they say of invoices, by day."""

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

# Where in an integer it stands what an event counts, from its count of one on. Seconds come last,
# for nothing limits them; of the others a stretch holds less than a million.
_UNMEASURED, _BRIEF, _REACHED, _TOLD, _LATE, _SECONDS = 20, 40, 60, 80, 100, 120
_COUNT: Final = (1 << _UNMEASURED) - 1


class _Talks(dict[tuple[int | None, bool | None], int]):
    """What a call of some length counts, with who decides or not."""

    def __init__(self, brief: int) -> None:
        """Calls of less than `brief` seconds are brief."""
        super().__init__()
        self._brief = brief

    def __missing__(self, talk: tuple[int | None, bool | None]) -> int:
        seconds, reached = talk
        unmeasured, brief = seconds is None, seconds is not None and seconds < self._brief
        flags = unmeasured << _UNMEASURED | brief << _BRIEF
        flags |= (reached is True) << _REACHED | (reached is not None) << _TOLD
        found = self[talk] = ((seconds or 0) << _SECONDS) + flags + 1
        return found


_talks: Final = cache(_Talks)


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


def columns(
    stretch: Stretch, days: list[int], starts: list[int], keep: Keep | None = None
) -> Iterator[Column]:
    """A stretch by kinds; its days and when its hours began are those of `Clock.columns`."""
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


def turn(turns: Turns, column: Column) -> None:
    """Note what the events of a column say of deals."""
    read = TURNS.get(column.kind)
    if read is None:
        return
    last, its = 0, list[Turn]()
    for seq, day, body in zip(column.seqs, column.days, column.bodies, strict=True):
        said = read(seq, day, body)
        if said.deal:
            if day != last:
                last, its = day, turns.setdefault(day, [])
            its.append(said)


def paper(papers: Papers, column: Column) -> None:
    """Note what the events of a column say of invoices."""
    read = PAPERS.get(column.kind)
    if read is None:
        return
    for seq, day, body in zip(column.seqs, column.days, column.bodies, strict=True):
        said = read(seq, day, body)
        if said is not None:
            papers.setdefault(day, []).append(said)


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


def summed(column: Column, books: list[Text], late_upto: int, cells: PageCells, brief: int) -> None:
    """Count a column in.

    Events are late whose hours began up to `late_upto`, and calls brief below so many seconds.
    """
    shape = SHAPES[column.kind]
    if shape is not None:
        shaped = _by_shape(shape, column, books, late_upto, cells.numbers, _talks(brief))
        cells.put(shape.activity, shaped)
        return
    deed = DEEDS[column.kind]
    for body, book, day, start in zip(
        column.bodies, books, column.days, column.starts, strict=True
    ):
        cells.tally(day, deed(body, book, brief), start <= late_upto)


def _by_shape(
    shape: Shape,
    column: Column,
    books: list[Text],
    late_upto: int,
    numbers: Numbers,
    talks: _Talks,
) -> Iterator[tuple[int, Measures]]:
    bodies = column.bodies
    directions: Iterable[Text] = repeat(None)
    buckets: Iterable[Text] = repeat(None)
    seconds = [body.seconds for body in bodies] if shape.timed else []
    if shape.call:
        directions = [body.direction for body in bodies]
        buckets = map(_BUCKETS.__getitem__, seconds)
    places = map(numbers.places.__getitem__, map(shape.dims, bodies))
    ways = zip(books, directions, buckets, places, strict=False)
    codes = [
        number << DAY_BITS | day
        for number, day in zip(map(numbers.__getitem__, ways), column.days, strict=True)
    ]
    money = _money(codes, map(shape.money, bodies)) if shape.money is not None else {}
    nothing = (0, 0, 0)
    for code, total in _totals(codes, _amounts(shape, column, seconds, late_upto, talks)).items():
        yield code, [
            total & _COUNT, *(money[code] if money else nothing), total >> _SECONDS,
            total >> _UNMEASURED & _COUNT, total >> _BRIEF & _COUNT, total >> _REACHED & _COUNT,
            total >> _TOLD & _COUNT, total >> _LATE & _COUNT,
        ]  # fmt: skip


def _amounts(
    shape: Shape, column: Column, seconds: list[int | None], late_upto: int, talks: _Talks
) -> Iterable[int] | None:
    """What every event counts but its money, all in one integer; None where each counts 1."""
    amounts: Iterable[int] | None = None
    if shape.call:
        reached = [body.reached for body in column.bodies]
        amounts = map(talks.__getitem__, zip(seconds, reached, strict=True))
    elif shape.timed:
        amounts = [((spent or 0) << _SECONDS) + 1 for spent in seconds]
    if min(column.starts, default=late_upto + 1) > late_upto:
        return amounts
    late = [(start <= late_upto) << _LATE for start in column.starts]
    return map(plus, amounts if amounts is not None else repeat(1), late)


def _totals(codes: list[int], amounts: Iterable[int] | None) -> Mapping[int, int]:
    """The amounts summed by code; one addition sums all that an integer holds."""
    if amounts is None:
        return Counter(codes)
    found: defaultdict[int, int] = defaultdict(int)
    for code, amount in zip(codes, amounts, strict=True):
        found[code] += amount
    return found


def _money(codes: list[int], sums: Iterable[Money]) -> dict[int, Money]:
    found: dict[int, Money] = {}
    for code, (amount, cost, direct) in zip(codes, sums, strict=True):
        before = found.get(code)
        if before is not None:
            amount, cost, direct = before[0] + amount, before[1] + cost, before[2] + direct
        found[code] = (amount, cost, direct)
    return found
