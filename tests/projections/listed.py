"""A source over a list of facts, folded naively: no repairs, and books as the test says."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from events.vocabulary import (
    AbsenceSet,
    CalendarSet,
    KpiSet,
    NormSet,
    OteSet,
    PlanSet,
    ScaleSet,
)
from events.vocabulary.fact import Fact
from events.vocabulary.people import BRIEF
from projections.dials import seen_day
from projections.fold.deeds import DEEDS
from projections.fold.papers import PAPER_KINDS, papers
from projections.fold.things import deal_of
from projections.fold.turns import TURNS, turns
from projections.period import Period
from projections.question import Dials
from projections.source import Cell, Dimension, Paper, Turn, Version

ZONE = "Europe/Moscow"
_MEASURES = ("n", "amount", "cost", "direct", "seconds", "unmeasured", "brief", "reached", "told")
TIMELESS = (PlanSet, NormSet, CalendarSet, AbsenceSet, OteSet, ScaleSet, KpiSet)


class Noted(Version, frozen=True, kw_only=True, gc=False):
    """A fact with the moment it was written down."""

    recorded_at: str


def facts(*dated: tuple[dt.date, Fact]) -> list[Version]:
    """Facts at noon of their days, recorded at once, in the order given."""
    return [
        Noted(
            seq=seq,
            id=f"{seq:08}",
            day=day,
            occurred_at=f"{day}T12:00:00+03:00",
            recorded_at=f"{day}T09:00:00.000000Z",
            late=False,
            body=body,
        )
        for seq, (day, body) in enumerate(dated, 1)
    ]


class Listed:
    """Answers a report's questions by walking the list; deals are not looked up for calls."""

    def __init__(self, versions: Iterable[Version], books: Mapping[str, str] | None = None) -> None:
        """`books` gives the book of a client's events by the client's key."""
        self.versions = sorted(versions, key=lambda version: version.seq)
        self.books = dict(books or {})

    def cells(
        self,
        activities: Sequence[str],
        period: Period,
        dials: Dials,
        by: Sequence[Dimension],
        sellers: Sequence[str] = (),
    ) -> list[Cell]:
        """See `projections.source.Source`."""
        found: dict[tuple[dt.date | str | None, ...], list[int]] = {}
        for version in self._seen(dials):
            if not period.first <= version.day <= period.last:
                continue
            single = self._cell(version)
            if activities and single.activity not in activities:
                continue
            if sellers and single.seller not in sellers:
                continue
            key = tuple(getattr(single, dimension) for dimension in by)
            sums = found.setdefault(key, [0] * len(_MEASURES))
            values = (getattr(single, name) for name in _MEASURES)
            for place, value in enumerate(values):
                sums[place] += value
        return [
            msgspec.convert(dict(zip((*by, *_MEASURES), (*key, *sums), strict=True)), Cell)
            for key, sums in sorted(found.items(), key=_none_first)
            if any(sums)
        ]

    def facts(
        self,
        kinds: Sequence[type[Fact]],
        dials: Dials,
        period: Period | None = None,
        deals: Sequence[str] = (),
    ) -> list[Version]:
        """See `projections.source.Source`."""
        return [
            version
            for version in self._seen(dials)
            if isinstance(version.body, tuple(kinds))
            and (period is None or period.first <= version.day <= period.last)
            and (not deals or getattr(version.body, "deal", None) in deals)
        ]

    def turns(self, dials: Dials, period: Period | None = None) -> list[Turn]:
        """See `projections.source.Source`."""
        return turns(self.facts(tuple(TURNS), dials, period))

    def papers(self, dials: Dials) -> list[Paper]:
        """See `projections.source.Source`."""
        return papers(self.facts(PAPER_KINDS, dials))

    def counts(
        self, kinds: Sequence[type[Fact]], dials: Dials, deals: Sequence[str]
    ) -> Counter[str]:
        """See `projections.source.Source`."""
        found = self.facts(kinds, dials, None, deals) if deals else []
        return Counter(deal_of(version.body) for version in found)

    def first_days(
        self, kinds: Sequence[type[Fact]], dials: Dials, period: Period, deals: Sequence[str]
    ) -> dict[str, dt.date]:
        """See `projections.source.Source`."""
        found = self.facts(kinds, dials, period, deals) if deals else []
        days = sorted(((version.day, deal_of(version.body)) for version in found), reverse=True)
        return {deal: day for day, deal in days}

    def first_sales(self, dials: Dials) -> dict[str, tuple[dt.date, str | None]]:
        """Nobody has bought before."""
        return {}

    def _seen(self, dials: Dials) -> list[Version]:
        last = seen_day(dials, ZONE)
        return [
            version
            for version in self.versions
            if (version.day <= last or isinstance(version.body, TIMELESS))
            and (
                dials.known_at is None
                or not isinstance(version, Noted)
                or dt.datetime.fromisoformat(version.recorded_at) <= dials.known_at
            )
        ]

    def _cell(self, version: Version) -> Cell:
        book = self.books.get(getattr(version.body, "client", None) or "")
        key, *values = DEEDS[type(version.body)](version.body, book, BRIEF)
        names = ("activity", "seller", "book", "direction", "bucket", "channel", "segment",
                 "territory", "product", "group", "temperature")  # fmt: skip
        fields = dict(zip(names, key, strict=True))
        return msgspec.convert(
            {
                **fields,
                "day": version.day,
                "n": 1,
                **dict(zip(_MEASURES[1:], values, strict=True)),
            },
            Cell,
        )


def _none_first(
    item: tuple[tuple[dt.date | str | None, ...], list[int]],
) -> tuple[tuple[bool, str], ...]:
    return tuple((value is not None, str(value)) for value in item[0])
