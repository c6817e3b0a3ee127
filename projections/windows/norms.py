"""What the report of norms needs of a source: every source of a norm, and what was done before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import msgspec

from events.vocabulary.plans import NormSet, PlanSet
from projections.calendars import CALENDAR_KINDS, Calendars
from projections.chain import CHAINS, Chain
from projections.counts import counted, counts
from projections.dials import due_day, seen_day
from projections.norms import Judged, Norms
from projections.offers import before, bests
from projections.period import Period, day_of, month_of
from projections.plans import Plans, plans
from projections.question import Question
from projections.report import Trust
from projections.source import Dimension, Source
from projections.state import Settings
from projections.trust import trust
from projections.windows.activity import benchmarks
from projections.windows.chains import month_chains

MONTHS: Final = 12
"""How many whole months back a seller's best one is looked for."""

_BY: Final[tuple[Dimension, ...]] = ("day", "seller", "activity", "book", "direction")

Talks = Mapping[tuple[str | None, str], tuple[int, int]]
"""By seller and activity: seconds, and how many events they are of."""


class NormsWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`norms` knows what every source says, `sale` is the activity that is a sale.

    `months` are the whole ones of before, newest last, with what was done in each by seller and
    activity; `talks` is of the last twelve weeks.
    """

    seen: dt.date
    calendars: Calendars
    norms: Norms
    plans: Plans
    chains: Mapping[tuple[str, str], Chain]
    sale: str
    talks: Talks
    months: tuple[tuple[Period, Mapping[tuple[str | None, str], int]], ...]
    trust: Trust


def load_norms(source: Source, question: Question, settings: Settings) -> NormsWindow:
    """The window of the report of norms."""
    dials = question.dials
    seen = seen_day(dials, settings.zone)
    calendars = Calendars(source.facts(CALENDAR_KINDS, dials))
    held = plans(source.facts((PlanSet,), dials), question.measure)
    chains = month_chains(source, question, settings, day_of(seen), held)
    weeks = before(due_day(seen, dials.mode))
    cells = source.cells((), weeks, dials, _BY)
    talks: dict[tuple[str | None, str], tuple[int, int]] = {}
    for cell in cells:
        seconds, talked = talks.get((cell.seller, cell.activity or ""), (0, 0))
        talked += cell.n - cell.unmeasured - cell.brief
        talks[cell.seller, cell.activity or ""] = seconds + cell.seconds, talked
    by_hand = [version.body for version in source.facts((NormSet,), dials)]
    return NormsWindow(
        seen=seen,
        calendars=calendars,
        norms=Norms(
            [body for body in by_hand if isinstance(body, NormSet)],
            calendars,
            held,
            chains,
            Judged(
                None,
                bests(counts(cells), calendars.people, calendars, weeks),
                benchmarks(source, question),
            ),
        ),
        plans=held,
        chains=chains,
        sale=CHAINS[settings.recognition][-1],
        talks=talks,
        months=tuple(_months(source, question, seen)),
        trust=trust(source, weeks, dials, settings.zone, calendars.missing(weeks), calendars),
    )


def _months(
    source: Source, question: Question, seen: dt.date
) -> list[tuple[Period, dict[tuple[str | None, str], int]]]:
    found = []
    month = month_of(seen)
    for _ in range(MONTHS):
        month = month_of(month.first - dt.timedelta(days=1))
        cells = source.cells((), month, question.dials, ("seller", "activity"), question.sellers)
        if not cells:
            break
        done = {(cell.seller, cell.activity or ""): counted(cell) for cell in cells}
        found.append((month, done))
    return found[::-1]
