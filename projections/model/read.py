"""Answers from a read model: `projections.source.Source` over its tables."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from heapq import merge
from itertools import groupby
from operator import attrgetter, itemgetter
from sys import intern
from typing import Final

from msgspec.structs import force_setattr

from events.envelope import Unknown
from events.log import Log
from events.sqlite.engine import Connection
from events.vocabulary import name_of
from events.vocabulary.fact import Cuts, Fact
from projections.fold.basis import Basis
from projections.fold.clock import Clock
from projections.fold.papers import PAPER_KINDS, papers
from projections.fold.things import TIMELESS, deal_of, is_thing
from projections.fold.turns import TURNS, turns
from projections.fold.view import View, view
from projections.model.fill import position_of
from projections.model.memory import Deed, Memory
from projections.model.pack import Said, papers_of, positions, turns_of
from projections.model.past import Past
from projections.model.range import picked
from projections.model.summing import Summing
from projections.period import Period, date_of
from projections.question import Dials
from projections.source import Cell, Dimension, Paper, Turn, Version

_MARKS: Final = """
SELECT body FROM mark WHERE kind = ? AND day BETWEEN ? AND ?
  AND page <= (SELECT max(page) FROM page WHERE first <= ?)
"""
_SAID: Final = """
WHERE day BETWEEN ? AND ? AND page <= (SELECT max(page) FROM page WHERE first <= ?)
ORDER BY day, page
"""
_TURNS: Final = f"SELECT day, body FROM turn {_SAID}"  # noqa: S608
_PAPERS: Final = f"SELECT day, body FROM paper {_SAID}"  # noqa: S608
_LAST_DAY: Final = dt.date.max.toordinal()
_FEW: Final = frozenset((*Cuts.__struct_fields__, "seller"))
_SELLERS: Final = frozenset(("present", "uncorrected", "sellers"))
_MANY: Final = frozenset(("client", "deal"))


class ModelSource:
    """`projections.source.Source` from a read model, all answers as of one position of it.

    The caller holds a transaction for as long as several answers have to agree.
    """

    def __init__(
        self, connection: Connection, log: Log, basis: Basis, memory: Memory | None = None
    ) -> None:
        """The log is asked for single events and for what no page of the model ends with.

        `memory` is of this very file, by this very basis.
        """
        self._connection = connection
        self._log = log
        self._clock = Clock(basis.zone)
        self.position = position_of(connection)
        self._memory = memory if memory is not None else Memory()
        self._sums = Summing(connection, log, self._clock, basis, self._memory, self.position)
        self._views: dict[Dials, View] = {}
        self._by_deal: dict[tuple[str, ...], dict[str, list[int]]] = {}

    def cells(
        self,
        activities: Sequence[str],
        period: Period,
        dials: Dials,
        by: Sequence[Dimension],
        sellers: Sequence[str] = (),
    ) -> list[Cell]:
        """See `projections.source.Source`."""
        return self._sums.cells(activities, period, self._view(dials), by, sellers)

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
        seqs = (
            self._of_deals(kinds, deals, self._named)
            if deals
            else [seq for kind in kinds for seq in self._marked(kind, look, period)]
        )
        found = self._as_logged([seq for seq in seqs if seq <= look.upto])
        found.extend(self._as_repaired(kinds, look.upto))
        found.sort(key=attrgetter("seq"))
        whole = dt.date.fromordinal(max(look.last, 1))
        shown = [
            version
            for version in found
            if version.day <= whole
            or type(version.body) in TIMELESS
            or look.sees(version.day.toordinal(), version.occurred_at)
        ]
        if period is not None:
            shown = [one for one in shown if period.first <= one.day <= period.last]
        if wanted:
            shown = [one for one in shown if getattr(one.body, "deal", None) in wanted]
        return shown

    def turns(self, dials: Dials, period: Period | None = None) -> Iterator[Turn]:
        """See `projections.source.Source`."""
        return self._said(dials, period, _TURNS, turns_of, tuple(TURNS), turns)

    def papers(self, dials: Dials) -> Iterator[Paper]:
        """See `projections.source.Source`."""
        return self._said(dials, None, _PAPERS, papers_of, PAPER_KINDS, papers)

    def _said(
        self,
        dials: Dials,
        period: Period | None,
        rows: str,
        unpack: Callable[[bytes], list[Said]],
        kinds: Sequence[type[Fact]],
        read: Callable[[Iterable[Version]], list[Said]],
    ) -> Iterator[Said]:
        """What `rows` hold packed; of events ever repaired it is read from their facts."""
        look = self._view(dials)
        first = period.first.toordinal() if period is not None else 1
        last = min(period.last.toordinal() if period is not None else _LAST_DAY,
                   max(look.last, look.edge))  # fmt: skip
        told: dict[int, list[Said]] = {}
        for version in self._as_repaired(kinds, look.upto):
            day = version.day.toordinal()
            if first <= day <= last and look.sees(day, version.occurred_at):
                told.setdefault(day, []).extend(read([version]))
        # A day after the other: the rows of a year are megabytes that nobody needs at once.
        logged = self._connection.execute(rows, (first, last, look.upto))
        repaired = ((day, b"") for day in sorted(told))
        for day, those in groupby(merge(logged, repaired, key=itemgetter(0)), itemgetter(0)):
            unpacked = [said for _, body in those if body for said in unpack(body)]
            known = self._known(unpacked, day, look)
            if day in told:
                known.extend(told[day])
                known.sort(key=attrgetter("seq"))
            yield from known

    def _known(self, said: Iterable[Said], day: int, look: View) -> list[Said]:
        """What of a day is known, had occurred and was never repaired."""
        gone, upto = self._repaired, look.upto
        known = [each for each in said if each.seq <= upto and each.seq not in gone]
        if day != look.edge or not known:
            return known
        seen = self._seen_on_edge([each.seq for each in known], look)
        return [each for each in known if each.seq in seen]

    def counts(
        self, kinds: Sequence[type[Fact]], dials: Dials, deals: Sequence[str]
    ) -> Counter[str]:
        """See `projections.source.Source`."""
        return Counter(deal for deal, _ in self._happened(kinds, dials, deals))

    def first_days(
        self, kinds: Sequence[type[Fact]], dials: Dials, period: Period, deals: Sequence[str]
    ) -> dict[str, dt.date]:
        """See `projections.source.Source`."""
        first, last = period.first.toordinal(), period.last.toordinal()
        found: dict[str, int] = {}
        for deal, day in self._happened(kinds, dials, deals):
            if first <= day <= last:
                found[deal] = min(found.get(deal, day), day)
        return {deal: date_of(day) for deal, day in found.items()}

    def _happened(
        self, kinds: Sequence[type[Fact]], dials: Dials, deals: Sequence[str]
    ) -> Iterator[tuple[str, int]]:
        """The deal and the day of every fact of these kinds on these deals."""
        look = self._view(dials)
        found = self._deeds(self._of_deals(kinds, deals, self._counted))
        on_edge = [seq for seq, deed in found.items() if deed.day == look.edge]
        seen = self._seen_on_edge(on_edge, look) if on_edge else set()
        for seq, deed in found.items():
            if seq <= look.upto and (deed.day <= look.last or seq in seen):
                yield deed.deal, deed.day
        wanted = frozenset(deals)
        for version in self._as_repaired(kinds, look.upto):
            deal, day = deal_of(version.body), version.day.toordinal()
            if deal in wanted and look.sees(day, version.occurred_at):
                yield deal, day

    def first_sales(self, dials: Dials) -> dict[str, tuple[dt.date, str | None]]:
        """See `projections.source.Source`."""
        look = self._view(dials)
        firsts = sorted(Past(self._connection, look.upto).firsts(None).items())
        seen = self._seen_on_edge([seq for _, (day, seq, _) in firsts if day == look.edge], look)
        return {
            client: (dt.date.fromordinal(day), deal)
            for client, (day, seq, deal) in firsts
            if day <= look.last or seq in seen
        }

    def _seen_on_edge(self, seqs: Sequence[int], look: View) -> set[int]:
        """Those of some events of the day seen in part that had occurred by the moment."""
        repaired = Past(self._connection, look.upto).which(seqs)
        told = Past(self._connection, look.upto).told()
        at = [(e.seq, e.spans[0].occurred_at) for e in told if e.seq in seqs]
        fresh = [seq for seq in seqs if seq not in repaired]
        at.extend((entry.seq, entry.occurred_at) for entry in picked(self._log, fresh))
        return {seq for seq, occurred in at if look.sees(look.edge, occurred)}

    def _view(self, dials: Dials) -> View:
        found = self._views.get(dials)
        if found is None:
            found = self._views[dials] = view(dials, self._log, self._clock.zone, self.position)
        return found

    def _marked(self, kind: type[Fact], look: View, period: Period | None) -> list[int]:
        first = period.first.toordinal() if period is not None else 1
        last = period.last.toordinal() if period is not None else _LAST_DAY
        if kind not in TIMELESS:
            last = min(last, max(look.last, look.edge))
        asked = (name_of(kind), first, last, look.upto)
        return positions(row[0] for row in self._connection.execute(_MARKS, asked).fetchall())

    def _of_deals(
        self,
        kinds: Sequence[type[Fact]],
        deals: Sequence[str],
        read: Callable[[Sequence[int]], Iterable[tuple[int, str]]],
    ) -> list[int]:
        """Where events of these kinds were logged on these deals; what was found is kept.

        `read` says of positions which deal each is of.
        """
        names = tuple(name_of(kind) for kind in kinds)
        held = self._by_deal.setdefault(names, {})
        missing = [deal for deal in deals if deal not in held]
        if missing:
            held.update({deal: [] for deal in missing})
            seqs = self._log.positions(kinds=names, deals=missing, upto=self.position)
            for seq, deal in read(seqs):
                held[deal].append(seq)
        return [seq for deal in deals for seq in held[deal]]

    def _named(self, seqs: Sequence[int]) -> Iterator[tuple[int, str]]:
        return ((version.seq, deal_of(version.body)) for version in self._as_logged(seqs))

    def _counted(self, seqs: Sequence[int]) -> Iterator[tuple[int, str]]:
        return ((seq, deed.deal) for seq, deed in self._deeds(seqs).items())

    def _deeds(self, seqs: Sequence[int]) -> dict[int, Deed]:
        """Days and deals of the facts at these positions that nobody ever repaired."""
        wanted = set(seqs) - self._repaired
        known = self._memory.deeds
        found = known.those(wanted)
        names: dict[str, str] = {}
        for version in self._picked(wanted - found.keys()):
            deal = deal_of(version.body)
            deed = Deed(version.day.toordinal(), names.setdefault(deal, deal))
            known.put(version.seq, deed)
            found[version.seq] = deed
        return found

    def _as_logged(self, seqs: Sequence[int]) -> list[Version]:
        """The facts at these positions that nobody ever repaired."""
        wanted = set(seqs) - self._repaired
        known = self._memory.facts
        found = known.those(wanted)
        names: dict[str, str] = {}
        for version in self._picked(wanted - found.keys()):
            _share(version.body, names)
            known.put(version.seq, version)
            found[version.seq] = version
        return list(found.values())

    def _picked(self, seqs: Collection[int]) -> Iterator[Version]:
        """The facts at some positions, from the log."""
        for chunk in self._log.pick(sorted(seqs)):
            days, _ = self._clock.columns(chunk.occurred)
            rows = zip(chunk.seqs, chunk.ids, days, chunk.occurred, chunk.recorded, chunk.bodies,
                       strict=True)  # fmt: skip
            for row in rows:
                version = _version(*row)
                if version is not None:
                    yield version

    @cached_property
    def _repaired(self) -> set[int]:
        """Where events lie that were ever repaired."""
        return Past(self._connection, self.position).between(0, self.position)

    def _as_repaired(self, kinds: Sequence[type[Fact]], upto: int) -> Iterator[Version]:
        names = [name_of(kind) for kind in kinds]
        for event in Past(self._connection, upto).told(names):
            span = event.spans[0]
            day = self._clock.day(span.occurred_at)
            version = _version(
                event.seq, event.id, day, span.occurred_at, event.recorded_at, span.body
            )
            if version is not None:
                yield version


def _share(body: Fact, names: dict[str, str]) -> None:
    """Of what thousands of kept facts say in the same words, one copy is enough.

    `names` are those of the clients and deals of the facts read with this one.
    """
    few, many, lists = _shared(type(body))
    for field in lists:
        force_setattr(body, field, tuple(map(intern, getattr(body, field))))
    for field in few:
        said = getattr(body, field)
        if said is not None:
            force_setattr(body, field, intern(said))
    for field in many:
        said = getattr(body, field)
        if said is not None:
            force_setattr(body, field, names.setdefault(said, said))


@cache
def _shared(kind: type[Fact]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The texts of a kind that have few values in a department, those that many facts name, and
    its lists of sellers.
    """
    fields = kind.__struct_fields__
    return (
        tuple(name for name in fields if name in _FEW),
        tuple(name for name in fields if name in _MANY),
        tuple(name for name in fields if name in _SELLERS),
    )


def _version(
    seq: int, id_: str, day: int, occurred_at: str, recorded_at: str, body: Fact | Unknown
) -> Version | None:
    """What an event says as a fact of a thing; None where it is none."""
    if isinstance(body, Unknown) or not is_thing(body):
        return None
    return Version(
        seq=seq,
        id=id_,
        day=date_of(day),
        occurred_at=occurred_at,
        late=Clock.late(occurred_at, recorded_at),
        body=body,
    )
