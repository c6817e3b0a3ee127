"""The definition of every figure: a fold straight over the log, nothing kept and nothing clever.

The read model has to answer exactly as this does; it is slow on purpose.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from events.envelope import Unknown
from events.log import Log
from events.vocabulary.fact import Fact
from projections.fold.basis import Basis
from projections.fold.books import First, book_of
from projections.fold.clock import Clock
from projections.fold.deeds import DEEDS, Text
from projections.fold.papers import PAPER_KINDS, papers
from projections.fold.repairs import REPAIRS, Entry, entry_of, state_at
from projections.fold.sales import is_sale
from projections.fold.sums import Group, Measures, add, cells_of, grouper
from projections.fold.things import TIMELESS, deal_of, is_thing
from projections.fold.turns import TURNS, turns
from projections.fold.view import View, view
from projections.period import Period
from projections.question import Dials
from projections.source import Cell, Dimension, Paper, Turn, Version


class Seen(msgspec.Struct, frozen=True):
    """An event as known at a position."""

    entry: Entry
    day: int
    occurred_at: str
    body: Fact | Unknown


class PlainSource:
    """`projections.source.Source` by folding the log anew for every question."""

    def __init__(self, log: Log, basis: Basis) -> None:
        """`basis` holds the department's rules of now."""
        self._log = log
        self._clock = Clock(basis.zone)
        self._basis = basis

    def cells(
        self,
        activities: Sequence[str],
        period: Period,
        dials: Dials,
        by: Sequence[Dimension],
        sellers: Sequence[str] = (),
    ) -> list[Cell]:
        """See `projections.source.Source`."""
        look = self._view(dials)
        known = list(self._known(look.upto))
        firsts = self._firsts(known)
        sums: dict[Group, Measures] = {}
        group = grouper(by)
        for seen in known:
            if not (_inside(seen, period) and look.sees(seen.day, seen.occurred_at)):
                continue
            tally = DEEDS[type(seen.body)](seen.body, self._book(seen, firsts), self._basis.brief)
            key, *values = tally
            if activities and key[0] not in activities:
                continue
            if sellers and key[1] not in sellers:
                continue
            late = self._clock.late(seen.occurred_at, seen.entry.recorded_at)
            add(sums, group(seen.day, key), (1, *values, int(late)))
        return cells_of(sums, by)

    def facts(
        self,
        kinds: Sequence[type[Fact]],
        dials: Dials,
        period: Period | None = None,
        deals: Sequence[str] = (),
    ) -> list[Version]:
        """See `projections.source.Source`."""
        look = self._view(dials)
        wanted = frozenset(deals)
        return [
            _version(seen, seen.body)
            for seen in self._known(look.upto)
            if type(seen.body) in kinds
            and not isinstance(seen.body, Unknown)
            and is_thing(seen.body)
            and (not wanted or getattr(seen.body, "deal", None) in wanted)
            and _inside(seen, period)
            and (type(seen.body) in TIMELESS or look.sees(seen.day, seen.occurred_at))
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
        found: dict[str, dt.date] = {}
        for version in self.facts(kinds, dials, period, deals) if deals else []:
            deal = deal_of(version.body)
            found[deal] = min(found.get(deal, version.day), version.day)
        return found

    def first_sales(self, dials: Dials) -> dict[str, tuple[dt.date, str | None]]:
        """See `projections.source.Source`."""
        look = self._view(dials)
        known = list(self._known(look.upto))
        occurred = {seen.entry.seq: seen.occurred_at for seen in known}
        return {
            client: (dt.date.fromordinal(day), deal)
            for client, (day, seq, deal) in sorted(self._firsts(known).items())
            if look.sees(day, occurred[seq])
        }

    def _view(self, dials: Dials) -> View:
        return view(dials, self._log, self._clock.zone, self._log.head().seq)

    def _known(self, upto: int) -> Iterator[Seen]:
        entries = [entry_of(event) for event in self._log.read(upto=upto)]
        kids: dict[str, list[Entry]] = {}
        for entry in entries:
            if isinstance(entry.body, REPAIRS):
                kids.setdefault(entry.body.target, []).append(entry)
        for entry in entries:
            state = state_at(entry, kids, upto)
            if state is not None:
                yield Seen(entry, self._clock.day(state[0]), *state)

    def _firsts(self, known: Sequence[Seen]) -> dict[str, First]:
        firsts: dict[str, First] = {}
        for seen in known:
            client = _client(seen)
            if client is None or not is_sale(seen.body, self._basis.recognition):
                continue
            sale = (seen.day, seen.entry.seq, getattr(seen.body, "deal", None))
            if client not in firsts or sale[:2] < firsts[client][:2]:
                firsts[client] = sale
        return firsts

    def _book(self, seen: Seen, firsts: dict[str, First]) -> Text:
        client = _client(seen)
        if client is None:
            return None
        sale = is_sale(seen.body, self._basis.recognition)
        deal = getattr(seen.body, "deal", None)
        return book_of(firsts.get(client), seen.day, seen.entry.seq, deal, sale)


def _inside(seen: Seen, period: Period | None) -> bool:
    return period is None or period.first.toordinal() <= seen.day <= period.last.toordinal()


def _client(seen: Seen) -> str | None:
    client: str | None = getattr(seen.body, "client", None)
    return client


def _version(seen: Seen, body: Fact) -> Version:
    return Version(
        seq=seen.entry.seq,
        id=seen.entry.id,
        day=dt.date.fromordinal(seen.day),
        occurred_at=seen.occurred_at,
        late=Clock.late(seen.occurred_at, seen.entry.recorded_at),
        body=body,
    )
