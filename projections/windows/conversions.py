"""What the conversions report needs of a source."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from events.vocabulary import CallMade, DealLost, StageEntered
from events.vocabulary.fact import Fact
from projections.dials import seen_day
from projections.fold.books import First, book_of
from projections.fold.deeds import bucket
from projections.fold.sales import is_sale
from projections.period import Period, week_of
from projections.question import Question
from projections.report import Trust
from projections.source import Dimension, Source, Version
from projections.state import Settings
from projections.steps import Pair, kinds_of, step_of, usual_pairs
from projections.trust import trust

RECENT: Final = dt.timedelta(days=90)
"""A step done within so many days before the period is one of the usual steps."""

FirstSales = Mapping[str, tuple[dt.date, str | None]]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A deal's first entry into a step: when, whose, and the value it is cut by, "" for none."""

    day: dt.date
    seq: int
    seller: str | None
    cut: str


class ConversionsWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`counts` are the period's events by step and value of the cut.

    In the cohort reading `entries` has the first entries of every deal that was in a first step
    in the period, by step and deal, whenever they were; `named` counts the period's events by
    step that name a deal, and `lost` are the deals lost.
    """

    seen: dt.date
    pairs: tuple[Pair, ...]
    counts: Mapping[tuple[str, str], int]
    entries: Mapping[str, Mapping[str, Entry]]
    named: Mapping[str, int]
    lost: frozenset[str]
    trust: Trust


def load_conversions(source: Source, question: Question, settings: Settings) -> ConversionsWindow:
    """The window of the conversions report; raises KeyError for a step that is none."""
    dials, period = question.dials, question.period
    pairs = question.pairs or usual(source, question, settings)
    steps = sorted({step for pair in pairs for step in pair})
    kinds = _kinds(steps)
    entries: dict[str, dict[str, Entry]] = {}
    named: Counter[str] = Counter()
    lost: frozenset[str] = frozenset()
    if question.reading == "cohort" and kinds:
        firsts = {one for one, _ in pairs}
        inside = [
            version
            for version in source.facts(_kinds(sorted(firsts)), dials, period)
            if _deal(version) and step_of(version.body) in firsts
        ]
        named.update(step_of(version.body) for version in inside)
        deals = sorted({_deal(version) for version in inside})
        history = source.facts((*kinds, DealLost), dials, None, deals) if deals else []
        sold = source.first_sales(dials) if question.by == "book" else {}
        entries = _entries(history, question, settings, sold)
        lost = frozenset(_deal(v) for v in history if isinstance(v.body, DealLost))
    return ConversionsWindow(
        seen=seen_day(dials, settings.zone),
        pairs=pairs,
        counts=_counts(source, question, settings, steps),
        entries=entries,
        named=named,
        lost=lost,
        trust=trust(source, period, dials, settings.zone),
    )


def usual(source: Source, question: Question, settings: Settings) -> tuple[Pair, ...]:
    """The pairs of the steps done in the period or lately."""
    period = Period(question.period.first - RECENT, question.period.last)
    cells = source.cells((), period, question.dials, ("activity",))
    used = {cell.activity for cell in cells if cell.activity is not None}
    return usual_pairs(settings.recognition, used)


def _kinds(steps: Iterable[str]) -> tuple[type[Fact], ...]:
    return tuple(dict.fromkeys(kind for step in steps for kind in kinds_of(step)))


def _deal(version: Version) -> str:
    """The deal an event names, "" for none."""
    return getattr(version.body, "deal", None) or ""


def _entries(
    history: Iterable[Version], question: Question, settings: Settings, sold: FirstSales
) -> dict[str, dict[str, Entry]]:
    """Each deal's first entry into each step; coming back later makes no new one."""
    found: dict[str, dict[str, Entry]] = {}
    for version in sorted(history, key=lambda version: (version.day, version.seq)):
        entered = found.setdefault(step_of(version.body), {})
        deal = _deal(version)
        if deal not in entered:
            entered[deal] = Entry(
                day=version.day,
                seq=version.seq,
                seller=getattr(version.body, "seller", None),
                cut=_cut(version, question, settings, sold),
            )
    return found


def _cut(version: Version, question: Question, settings: Settings, sold: FirstSales) -> str:
    """The value of the cut an event has, "" for none; a week goes by its Monday."""
    body = version.body
    match question.by:
        case "book":
            return _book(version, settings, sold)
        case "week":
            return week_of(version.day).first.isoformat()
        case "bucket":
            return (bucket(body.seconds) if isinstance(body, CallMade) else None) or ""
    return getattr(body, question.by, None) or ""


def _book(version: Version, settings: Settings, sold: FirstSales) -> str:
    client = getattr(version.body, "client", None)
    if client is None:
        return ""
    first: First | None = None
    if client in sold:
        # On the day of the first sale another deal's sale is later, or it were the first itself.
        first = (sold[client][0].toordinal(), 0, sold[client][1])
    sale = is_sale(version.body, settings.recognition)
    return book_of(first, version.day.toordinal(), version.seq, _deal(version), sale)


def _counts(
    source: Source, question: Question, settings: Settings, steps: Iterable[str]
) -> Counter[tuple[str, str]]:
    """The period's events; stages are counted one by one, for no cell knows their names."""
    dials, period = question.dials, question.period
    found: Counter[tuple[str, str]] = Counter()
    wanted = sorted(steps)
    if not wanted:
        return found
    by: Dimension = "day" if question.by == "week" else question.by
    for cell in source.cells(wanted, period, dials, ("activity", by), question.sellers):
        value = week_of(cell.day).first.isoformat() if cell.day else getattr(cell, by)
        found[cell.activity or "", value or ""] += cell.n
    if any(step.startswith(":") for step in wanted):
        sold = source.first_sales(dials) if question.by == "book" else {}
        for version in source.facts((StageEntered,), dials, period):
            step = step_of(version.body)
            seller = getattr(version.body, "seller", None)
            if step in wanted and (not question.sellers or seller in question.sellers):
                found[step, _cut(version, question, settings, sold)] += 1
    return found
