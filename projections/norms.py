"""Norms of activities by the day (feature P4, requirement rows 8, 72, 118).

A norm set by hand holds from its day on until the next one of its scope, so every past day keeps
the norm it had. Where none was set, the norm follows from the plan of the month.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from fractions import Fraction

import msgspec

from events.vocabulary.plans import NormSet, NormSource
from projections.calendars import Calendars
from projections.chain import Chain, base_norm
from projections.counts import WHOLE, Part
from projections.latest import Latest
from projections.offers import Benchmark, Benchmarks, Bests, spread
from projections.people import Person
from projections.period import Period, month_of
from projections.plans import Plans

_NOBODY = Person()
_Place = tuple[int, int, str | None, str | None]
_Alike = tuple[str, str, Part, int, _Place]
_Derived = dict[tuple[str, int, int, str], "Norm | None"]


class Norm(msgspec.Struct, frozen=True):
    """What one working day must bring; `per_day` is None where the norm was taken away."""

    per_day: Fraction | None
    source: NormSource
    derived: bool = False


class Judged(msgspec.Struct, frozen=True):
    """Which source alone is to judge, and what it says; without a source the norms that hold."""

    source: NormSource | None = None
    bests: Bests = msgspec.field(default_factory=dict)
    sector: Benchmarks | None = None


class _Held(msgspec.Struct):
    """What was worked out so far from some norms by hand.

    `places` are the week, month, role and team of a seller's day: on days that agree in them, and
    between which no norm was set, a seller has the same norm.
    """

    places: dict[tuple[str, dt.date], _Place]
    alike: dict[_Alike, Norm | None]


@Latest
def _held(_by_hand: tuple[NormSet, ...], _calendars: Calendars) -> _Held:
    return _Held({}, {})


@Latest
def _derived(
    _plans: Plans, _chains: Mapping[tuple[str, str], Chain], _calendars: Calendars
) -> _Derived:
    """What was worked out so far from some plans."""
    return {}


class Norms:
    """Which norm holds for whom on which day."""

    def __init__(
        self,
        by_hand: Iterable[NormSet],
        calendars: Calendars,
        plans: Plans,
        chains: Mapping[tuple[str, str], Chain],
        judged: Judged | None = None,
    ) -> None:
        """`by_hand` in the order of the log; `chains` by month (`2026-04`) and seller."""
        self.judged = judged or Judged()
        self._calendars = calendars
        self._plans = plans
        self._chains = chains
        self._by_part: dict[str, dict[Part, list[NormSet]]] = {}
        self.by_hand = tuple(by_hand)
        self._held = _held(self.by_hand, calendars)
        self._derived = _derived(plans, chains, calendars)
        for norm in self.by_hand:
            parts = self._by_part.setdefault(norm.activity, {})
            parts.setdefault((norm.book, norm.direction), []).append(norm)
        self._since = {
            activity: sorted({norm.since for norms in parts.values() for norm in norms})
            for activity, parts in self._by_part.items()
        }

    def activities(self) -> set[str]:
        """The activities that have a norm by hand, of anybody and at any time, or a benchmark."""
        sector = self.judged.sector
        return set(self._by_part) | (sector.activities() if sector else set())

    def parts(self, activity: str) -> set[Part]:
        """The parts of an activity that have a norm by hand, or a part of theirs has."""
        wider: set[Part] = set()
        for book, direction in self._by_part.get(activity, ()):
            wider |= {(book, None), (None, direction), (book, direction)}
        return wider - {WHOLE}

    def judges(self, activity: str, part: Part) -> bool:
        """Whether an activity, or a part of one, can have a norm at all on any day."""
        source = self.judged.source
        if source in (None, "plan", "hand"):
            return activity in self._by_part or (part == WHOLE and source != "hand")
        return True

    def on(self, seller: str, day: dt.date, activity: str, part: Part = WHOLE) -> Norm | None:
        """The norm of a working day: by hand, else for a whole activity from the plan.

        Where one source alone is to judge, what that one says.
        """
        source = self.judged.source
        if source in (None, "hand"):
            by_hand = self._remembered(seller, day, activity, part)
            if source == "hand" or by_hand is not None or part != WHOLE:
                return by_hand
        return self.offered(source or "plan", seller, day, activity, part)

    def offered(
        self, source: NormSource, seller: str, day: dt.date, activity: str, part: Part = WHOLE
    ) -> Norm | None:
        """What one source says of a day, whether it holds or not."""
        match source:
            case "hand":
                return self._remembered(seller, day, activity, part)
            case "plan":
                return self._from_plan(seller, day, activity) if part == WHOLE else None
            case "best":
                per_day = self.judged.bests.get((seller, activity, part))
            case "sector":
                sector = self.judged.sector
                if sector is None:
                    return None
                per_day = sector.per_day(self._calendars, seller, day, activity, part)
        return None if per_day is None else Norm(per_day, source)

    def benchmark(self, activity: str, part: Part) -> Benchmark | None:
        """What the sector does, and where that is from."""
        sector = self.judged.sector
        return None if sector is None else sector.of(activity, part)

    def _remembered(self, seller: str, day: dt.date, activity: str, part: Part) -> Norm | None:
        """The norm by hand, worked out once for all days on which nothing can change it, and for
        all who ask from the same facts.
        """
        since = self._since.get(activity)
        if since is None:
            return None
        place = self._held.places.get((seller, day))
        if place is None:
            place = self._held.places[seller, day] = self._place(seller, day)
        key = (seller, activity, part, bisect_right(since, day), place)
        alike = self._held.alike
        if key not in alike:
            alike[key] = self._hand(seller, day, activity, part)
        return alike[key]

    def _place(self, seller: str, day: dt.date) -> _Place:
        person = self._calendars.people.get(seller, _NOBODY)
        week = day.toordinal() - day.weekday()
        return week, day.month, person.role(day), person.team(day)

    def _from_plan(self, seller: str, day: dt.date, activity: str) -> Norm | None:
        """T ÷ A ÷ Πc(k→paid) ÷ W of the day's month."""
        key = (seller, day.year, day.month, activity)
        if key not in self._derived:
            month = month_of(day)
            self._derived[key] = self._derive(f"{day:%Y-%m}", seller, activity, month)
        return self._derived[key]

    def _derive(self, name: str, seller: str, activity: str, month: Period) -> Norm | None:
        plan, chain = self._plans.seller(name, seller), self._chains.get((name, seller))
        if plan is None or chain is None:
            return None
        days = self._calendars.working_days(seller, month.first, month.last)
        norm = base_norm(plan, chain, activity, days)
        return None if norm is None else Norm(norm, "plan", derived=True)

    def _hand(self, seller: str, day: dt.date, activity: str, part: Part) -> Norm | None:
        """The norm set for exactly this part, or else what its own parts add up to.

        Where both the directions and the books have norms, the greater sum holds, for the
        other is a share of it.
        """
        parts = self._by_part.get(activity)
        if not parts:
            return None
        if part in parts:
            exact = self._holding(seller, day, parts[part])
            if exact is not None:
                return exact
        book, direction = part
        splits: list[tuple[Part, Part]] = []
        if direction is None:
            splits.append(((book, "in"), (book, "out")))
        if book is None:
            splits.append((("new", direction), ("existing", direction)))
        sums = [self._sum(seller, day, activity, split) for split in splits]
        return max(
            (norm for norm in sums if norm is not None),
            key=lambda norm: norm.per_day or Fraction(),
            default=None,
        )

    def _sum(
        self, seller: str, day: dt.date, activity: str, split: tuple[Part, Part]
    ) -> Norm | None:
        found = [self._hand(seller, day, activity, part) for part in split]
        known = [norm for norm in found if norm is not None and norm.per_day is not None]
        if not known:
            return None
        total = sum((norm.per_day or Fraction() for norm in known), Fraction())
        return Norm(total, known[0].source)

    def _holding(self, seller: str, day: dt.date, norms: list[NormSet]) -> Norm | None:
        """The latest norm of the narrowest scope: seller, role, team, department."""
        person = self._calendars.people.get(seller, _NOBODY)
        role, team = person.role(day), person.team(day)
        found: dict[int, NormSet] = {}
        for norm in norms:
            scope = _scope(norm, seller, role, team)
            if scope is None or norm.since > day:
                continue
            if scope not in found or found[scope].since <= norm.since:
                found[scope] = norm
        if not found:
            return None
        norm = found[min(found)]
        return Norm(self._per_day(norm, seller, day), norm.norm_source)

    def _per_day(self, norm: NormSet, seller: str, day: dt.date) -> Fraction | None:
        """A norm of a week or month is spread over the seller's working days in it."""
        return spread(norm.count, norm.per, self._calendars, seller, day)


def _scope(norm: NormSet, seller: str, role: str | None, team: str | None) -> int | None:
    """How wide the scope is through which a norm concerns a seller, from 0; None if it does not."""
    if norm.seller is not None:
        return 0 if norm.seller == seller else None
    if norm.role is not None:
        return 1 if norm.role == role and norm.team in (None, team) else None
    if norm.team is not None:
        return 2 if norm.team == team else None
    return 3
