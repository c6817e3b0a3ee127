"""Cells and positions as compact bytes, with texts that repeat kept once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Final, TypeAlias, TypeVar

import msgspec

from projections.fold.deeds import Text
from projections.fold.sums import MEASURES, Group, Measures
from projections.model.bulk import Folded
from projections.model.cells import Numbers
from projections.source import Paper, Turn

Packed: TypeAlias = tuple[int, int, int, int, int, int, int, int, int, int, int, int]
"""A cell inside its row: seller and cut, then the measures of `projections.fold.sums`."""

Cut: TypeAlias = tuple[Text, Text, Text, Text, Text, Text, Text, Text, Text]
"""Book, direction, bucket, channel, segment, territory, product, group, temperature."""

CellRow: TypeAlias = tuple[int, int, str, int, int, int, int, int, int, int, int, int, int, bytes]
"""A row of the table `cell`."""

MarkRow: TypeAlias = tuple[str, int, int, bytes]
"""A row of the table `mark`."""

SaidRow: TypeAlias = tuple[int, int, bytes]
"""A row of the table `turn` or `paper`."""

SpanRow: TypeAlias = tuple[int, int, int]
"""A row of the table `span`."""

_ENCODE: Final = msgspec.msgpack.Encoder().encode
_CELLS: Final = msgspec.msgpack.Decoder(list[Packed])
_TURNS: Final = msgspec.msgpack.Decoder(list[Turn])
_PAPERS: Final = msgspec.msgpack.Decoder(list[Paper])
_SUMS: Final = msgspec.msgpack.Decoder(list[tuple[int, Measures]])
_SEQS: Final = msgspec.msgpack.Decoder(list[int])
_CUT: Final[msgspec.json.Decoder[Cut]] = msgspec.json.Decoder(Cut)

Said = TypeVar("Said", Turn, Paper)
"""What a fact says about the thing it names."""


class Packing:
    """Sums of single days as they are kept: what is summed under is named once for all of them."""

    def __init__(self) -> None:
        """Nothing is named yet."""
        self._numbers: dict[Group, int] = {}
        self._groups: list[Group] = []

    def packed(self, sums: Mapping[Group, Measures], dated: bool) -> bytes:
        """Sums of a day; where they are `dated` every group begins with it."""
        return _ENCODE(
            [
                (self._number(group[1:] if dated else group), values)
                for group, values in sums.items()
            ]
        )

    def of(self, body: bytes, day: int | None) -> dict[Group, Measures]:
        """The sums that were packed, each group with the day before it, without it for None."""
        groups, found = self._groups, _SUMS.decode(body)
        if day is None:
            return {groups[number]: values for number, values in found}
        return {(day, *groups[number]): values for number, values in found}

    def _number(self, group: Group) -> int:
        found = self._numbers.get(group)
        if found is None:
            found = self._numbers[group] = len(self._groups)
            self._groups.append(group)
        return found


class Interner:
    """Numbers for texts, handed out in the order they are met."""

    def __init__(self, start: int = 1, step: int = 1) -> None:
        """Several interners with one step and different starts never give the same number."""
        self._next = start
        self._step = step
        self._known: dict[object, int] = {}
        self.fresh: list[tuple[int, str]] = []

    def number(self, value: object, text: Callable[[object], str]) -> int:
        """The number of a value; `text` writes it where it is met for the first time."""
        found = self._known.get(value)
        if found is None:
            found = self._known[value] = self._find(text(value))
        return found

    def _find(self, text: str) -> int:
        number = self._next
        self._next += self._step
        self.fresh.append((number, text))
        return number


class PageRows(msgspec.Struct, frozen=True):
    """A page as rows of `cell`, `mark`, `turn`, `paper` and `span`."""

    page: int
    cells: list[CellRow]
    marks: list[MarkRow]
    turns: list[SaidRow]
    papers: list[SaidRow]
    spans: list[SpanRow]


class Pairs:
    """The numbers of seller and cut, as they are stored, for the numbers of a fold."""

    def __init__(self, numbers: Numbers, sellers: Interner, cuts: Interner) -> None:
        """Numbers that are new to the interners get their place there."""
        self._numbers = numbers
        self._sellers = sellers
        self._cuts = cuts
        self._pairs: list[tuple[int, int]] = []

    def upto_date(self) -> list[tuple[int, int]]:
        """Seller and cut of every number so far; number 1 is the first."""
        for book, direction, bucket, (seller, *rest) in self._numbers.ways[len(self._pairs) :]:
            whose = 0 if seller is None else self._sellers.number(seller, str)
            cut = self._cuts.number((book, direction, bucket, *rest), _text)
            self._pairs.append((whose, cut))
        return self._pairs


def page_rows(folded: Folded, pairs: Pairs) -> PageRows:
    """Pack a folded page."""
    page, places = folded.page, pairs.upto_date()
    return PageRows(
        page,
        [
            row(
                day,
                page,
                activity,
                [_packed(places[number - 1], values) for number, values in group],
            )
            for day, activity, group in folded.cells.groups()
        ],
        [(kind, day, page, _ENCODE(seqs)) for (kind, day), seqs in sorted(folded.marks.items())],
        _said_rows(page, folded.turns),
        _said_rows(page, folded.papers),
        [(day, page, end) for day, end in sorted(folded.ends.items())],
    )


def _said_rows(page: int, said: Mapping[int, list[Said]]) -> list[SaidRow]:
    return [
        (day, page, _ENCODE(sorted(each, key=attrgetter("seq"))))
        for day, each in sorted(said.items())
    ]


def _packed(place: tuple[int, int], values: Measures) -> Packed:
    n, amount, cost, direct, seconds, unmeasured, brief, reached, told, late = values
    return (*place, n, amount, cost, direct, seconds, unmeasured, brief, reached, told, late)


def row(day: int, page: int, activity: str, group: list[Packed]) -> CellRow:
    """A row of `cell` with the sums of its cells."""
    totals = map(sum, zip(*group, strict=True))
    _, _, n, amount, cost, direct, seconds, unmeasured, brief, reached, told, late = totals
    sums = (n, amount, cost, direct, seconds, unmeasured, brief, reached, told, late)
    return (day, page, activity, *sums, _ENCODE(group))


def unpacked(body: bytes) -> list[Packed]:
    """The cells of a row."""
    return _CELLS.decode(body)


def cut_of(text: str) -> Cut:
    """The dimensions of a cut from its text."""
    return _CUT.decode(text)


def positions(bodies: Iterable[bytes]) -> list[int]:
    """All positions of some rows of `mark`."""
    return [seq for body in bodies for seq in _SEQS.decode(body)]


def merged_cells(day: int, page: int, activity: str, bodies: Iterable[bytes]) -> CellRow | None:
    """One row of several for the same day, page and activity; None where nothing is left."""
    sums: dict[tuple[int, int], list[int]] = {}
    for body in bodies:
        for seller, cut, *values in unpacked(body):
            found = sums.setdefault((seller, cut), [0] * MEASURES)
            for place, value in enumerate(values):
                found[place] += value
    group = [_packed(place, values) for place, values in sums.items() if any(values)]
    return row(day, page, activity, group) if group else None


def merged_marks(kind: str, day: int, page: int, bodies: Iterable[bytes]) -> MarkRow:
    """One row of several for the same kind, day and page."""
    return kind, day, page, _ENCODE(positions(bodies))


def turns_of(body: bytes) -> list[Turn]:
    """What a row of `turn` says, in the order of the log."""
    return _TURNS.decode(body)


def papers_of(body: bytes) -> list[Paper]:
    """What a row of `paper` says, in the order of the log."""
    return _PAPERS.decode(body)


def merged_said(
    day: int, page: int, bodies: Iterable[bytes], read: Callable[[bytes], list[Said]]
) -> SaidRow:
    """One row of several for the same day and page, the earlier positions first."""
    return day, page, _ENCODE([said for body in bodies for said in read(body)])


def _text(cut: object) -> str:
    return msgspec.json.encode(cut).decode()
