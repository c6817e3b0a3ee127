"""Deals on their way through two steps of a sale, in a stretch of days (features P5 and P8).

A conversion of a stretch is read by cohort where its events allow it: of the deals that first
entered the first step in the stretch, those that reached the second one in it too. So the same
deals are above and below the line, and nothing that happens after the stretch changes it. Where
too many events name no deal, or the sale takes longer than the stretch, the events of the two
steps are counted, which is the reading for the period.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from fractions import Fraction
from operator import attrgetter
from typing import Final

import msgspec

from events.vocabulary import name_of
from events.vocabulary.fact import Fact
from projections.fold.turns import TURNS
from projections.period import Period
from projections.question import Dials, Reading
from projections.source import Source
from projections.steps import Pair, kinds_of, step_of

NAMED: Final = Fraction(9, 10)
"""So large a part of the first step's events must name their deal."""

WITHIN: Final = Fraction(1, 2)
"""So large a part of the deals that reached the second step must have entered in the stretch."""

Entry = tuple[dt.date, str | None]
"""The day a deal first entered a step, and whose it was."""


class Passages(msgspec.Struct, frozen=True, kw_only=True):
    """`first` has the first entries by step and deal, whenever they were, of the deals that some
    days touched; `named` the days of the events of those days that name a deal, by seller and
    step.
    """

    first: Mapping[str, Mapping[str, Entry]]
    named: Mapping[tuple[str, str], tuple[dt.date, ...]]


NONE: Final = Passages(first={}, named={})

Counts = Mapping[tuple[str, str], Sequence[tuple[dt.date, int]]]
"""How often what was done on which day, by seller and activity."""


class Touched(msgspec.Struct, frozen=True, kw_only=True):
    """The events of some days that are one of some steps and name their deal, as known at some
    dials.
    """

    dials: Dials
    steps: frozenset[str]
    events: tuple[tuple[dt.date, str, str, str], ...]
    """The day, the seller, the step and the deal of each; "" for no seller."""

    def deals_of(self, sellers: Container[str]) -> set[str]:
        """The deals that events of some sellers name."""
        return {deal for _, seller, _, deal in self.events if seller in sellers}


def load_passages(
    source: Source, pairs: Iterable[Pair], dials: Dials, span: Period, sellers: Container[str]
) -> Passages:
    """The passages of the deals on which one of the sellers was in one of the pairs' steps in the
    span.
    """
    found = touched(source, pairs, dials, span)
    return entered(source, found, found.deals_of(sellers), kinds_in(found.steps))


def kinds_in(steps: Iterable[str]) -> tuple[type[Fact], ...]:
    """The kinds of events that can be one of some steps."""
    return tuple(dict.fromkeys(kind for step in sorted(steps) for kind in kinds_of(step)))


def touched(source: Source, pairs: Iterable[Pair], dials: Dials, span: Period) -> Touched:
    """What was in one of the pairs' steps in the span."""
    steps = frozenset(step for pair in pairs for step in pair)
    kinds = set(kinds_in(steps))
    turns = source.turns(dials, span) if kinds & TURNS.keys() else ()
    events = [
        (dt.date.fromordinal(turn.day), turn.seller or "", turn.said, turn.deal)
        for turn in turns
        if turn.said in steps and turn.deal
    ]
    others = sorted(kinds - TURNS.keys(), key=name_of)
    for version in source.facts(others, dials, span) if others else ():
        if deal := getattr(version.body, "deal", None):
            seller = getattr(version.body, "seller", None) or ""
            events.append((version.day, seller, step_of(version.body), deal))
    return Touched(dials=dials, steps=steps, events=tuple(events))


def entered(
    source: Source, found: Touched, wanted: Collection[str], kinds: Sequence[type[Fact]]
) -> Passages:
    """The passages of those of the deals touched that are wanted.

    `kinds` are at least those of the steps; a source answers the same ones faster again.
    """
    named: dict[tuple[str, str], list[dt.date]] = {}
    for day, seller, step, _ in found.events:
        named.setdefault((seller, step), []).append(day)
    deals = sorted({deal for *_, deal in found.events if deal in wanted})
    history = source.facts(kinds, found.dials, None, deals) if deals else []
    first: dict[str, dict[str, Entry]] = {step: {} for step in sorted(found.steps)}
    for version in sorted(history, key=attrgetter("day", "seq")):
        entries = first.get(step_of(version.body), {})
        deal = getattr(version.body, "deal", None) or ""
        if deal not in entries:
            entries[deal] = (version.day, getattr(version.body, "seller", None))
    return Passages(first=first, named={key: tuple(days) for key, days in named.items()})


def reading_of(
    passages: Passages, counts: Counts, seller: str, pair: Pair, stretches: Sequence[Period]
) -> Reading:
    """How a seller's conversion is read over some stretches, of which `counts` has every event."""
    one, two = pair
    done = counts.get((seller, one), ())
    entered = sum(n for day, n in done for stretch in stretches if _inside(day, stretch))
    days = passages.named.get((seller, one), ())
    named = sum(_inside(day, stretch) for day in days for stretch in stretches)
    if not entered or named < NAMED * entered:
        return "period"
    arrived, begun = 0, 0
    for stretch in stretches:
        for deal, (day, whose) in passages.first.get(two, {}).items():
            if whose == seller and _inside(day, stretch):
                start = passages.first.get(one, {}).get(deal)
                arrived += 1
                begun += start is not None and _inside(start[0], stretch)
    return "cohort" if begun >= WITHIN * arrived else "period"


def cohort(
    passages: Passages, seller: str, pair: Pair, stretch: Period
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The seller's deals that first entered the first step in a stretch, and those of them that
    reached the second one in it.
    """
    one, two = pair
    entered = {
        deal: day
        for deal, (day, whose) in passages.first.get(one, {}).items()
        if whose == seller and _inside(day, stretch)
    }
    ends = passages.first.get(two, {})
    reached = [
        deal
        for deal, day in entered.items()
        if deal in ends and day <= ends[deal][0] <= stretch.last
    ]
    return tuple(sorted(entered)), tuple(sorted(reached))


def turned(
    now: Passages, then: Passages, seller: str, pair: Pair, stretches: Sequence[Period]
) -> tuple[tuple[str, str], ...]:
    """The first entries, by deal and step, of which two moments know different things, as far as
    they concern the deals that either of them counts in one of the stretches.
    """
    last = max(stretch.last for stretch in stretches)
    deals = {
        deal
        for known in (now, then)
        for stretch in stretches
        for deal in cohort(known, seller, pair, stretch)[0]
    }
    return tuple(
        (deal, step)
        for deal in sorted(deals)
        for step in pair
        if _entry(now, step, deal, last) != _entry(then, step, deal, last)
    )


def _entry(known: Passages, step: str, deal: str, last: dt.date) -> Entry | None:
    found = known.first.get(step, {}).get(deal)
    return found if found is not None and found[0] <= last else None


def _inside(day: dt.date, stretch: Period) -> bool:
    return stretch.first <= day <= stretch.last
