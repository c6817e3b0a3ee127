"""What the report of growing norms needs of a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction

import msgspec
from msgspec.structs import replace

from events.vocabulary.plans import NormSet, PlanSet
from projections.calendars import CALENDAR_KINDS, Calendars
from projections.cards import CARD_KINDS, TEMPLATE_KINDS, Card, cards, mean, templates
from projections.counts import counted
from projections.dials import seen_day
from projections.norms import Norms
from projections.period import Period, day_of, week_of
from projections.plans import plans
from projections.question import Question
from projections.ramps import RAMP_KINDS, Ramp, Signs, ramps
from projections.report import Trust
from projections.source import Source
from projections.state import Settings
from projections.trust import trust
from projections.windows.activity import ActivityWindow, load_activity
from projections.windows.chains import month_chains

FORTNIGHT = dt.timedelta(weeks=2)


class RampWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The ramps with the norm each has on the day seen; `done` is the work of the last two weeks.

    `signs` are by seller and activity, their attainment still unknown. Where no norm grows `done`
    is None.
    """

    seen: dt.date
    weeks: Period
    ramps: tuple[tuple[Ramp, Fraction | None], ...]
    done: tuple[ActivityWindow, Question] | None
    signs: Mapping[tuple[str, str], Signs]
    trust: Trust


def load_ramp(source: Source, question: Question, settings: Settings) -> RampWindow:
    """The window of the report of growing norms; without ramps nothing else is read."""
    dials = question.dials
    seen = seen_day(dials, settings.zone)
    monday = week_of(seen).first
    weeks = Period(monday - FORTNIGHT, monday - dt.timedelta(days=1))
    calendars = Calendars(source.facts(CALENDAR_KINDS, dials))
    working = [seller for seller, one in calendars.people.items() if one.employed(seen)]
    facts = source.facts(RAMP_KINDS, dials)
    found = [
        ramp
        for ramp in ramps(facts, working)
        if ramp.seller in working and ramp.seller in (question.sellers or working)
    ]
    past = _past(question, weeks, found) if found else None
    norms = _norms(source, question, settings, calendars) if found else None
    return RampWindow(
        seen=seen,
        weeks=weeks,
        ramps=tuple((ramp, _now(norms, ramp, seen)) for ramp in found),
        done=None if past is None else (load_activity(source, past, settings), past),
        signs=_signs(source, question, calendars, weeks, found),
        trust=trust(source, weeks, dials, settings.zone, calendars.missing(weeks), calendars),
    )


def _past(question: Question, weeks: Period, found: Iterable[Ramp]) -> Question:
    """The two weeks before this one, seen from their end."""
    dials = replace(question.dials, as_of=weeks.last, mode="evening")
    return Question(
        period=weeks,
        dials=dials,
        measure=question.measure,
        sellers=tuple({ramp.seller: None for ramp in found}),
    )


def _norms(source: Source, question: Question, settings: Settings, calendars: Calendars) -> Norms:
    seen = seen_day(question.dials, settings.zone)
    held = plans(source.facts((PlanSet,), question.dials), question.measure)
    by_hand = [version.body for version in source.facts((NormSet,), question.dials)]
    return Norms(
        [body for body in by_hand if isinstance(body, NormSet)],
        calendars,
        held,
        month_chains(source, question, settings, day_of(seen), held),
    )


def _now(norms: Norms | None, ramp: Ramp, seen: dt.date) -> Fraction | None:
    norm = None if norms is None else norms.on(ramp.seller, seen, ramp.activity)
    return None if norm is None else norm.per_day


def _signs(
    source: Source,
    question: Question,
    calendars: Calendars,
    weeks: Period,
    found: Iterable[Ramp],
) -> dict[tuple[str, str], Signs]:
    """How well people talk now, and how they did in the two weeks before their ramp began."""
    known = templates(source.facts(TEMPLATE_KINDS, question.dials))
    filled: dict[Period, tuple[Card, ...]] = {}
    done: dict[Period, dict[tuple[str | None, str | None], int]] = {}
    short: dict[Period, dict[str | None, Fraction]] = {}

    def rate(ramp: Ramp, stretch: Period) -> Fraction | None:
        days = calendars.working_days(ramp.seller, stretch.first, stretch.last)
        if stretch not in done:
            cells = source.cells((), stretch, question.dials, ("seller", "activity"))
            done[stretch] = {(cell.seller, cell.activity): counted(cell) for cell in cells}
        count = done[stretch].get((ramp.seller, ramp.activity), 0)
        return Fraction(count, days) if count and days else None

    def of(ramp: Ramp, stretch: Period) -> tuple[Fraction | None, Fraction | None]:
        if stretch not in filled:
            facts = source.facts(CARD_KINDS, question.dials, stretch)
            filled[stretch] = cards(facts, known)
            short[stretch] = _short(source, question, stretch)
        own = [card for card in filled[stretch] if card.seller == ramp.seller]
        return mean(own), short[stretch].get(ramp.seller)

    signs: dict[tuple[str, str], Signs] = {}
    for ramp in found:
        began = week_of(ramp.began).first
        before = Period(began - FORTNIGHT, began - dt.timedelta(days=1))
        cards_before, short_before = of(ramp, before)
        cards_now, short_now = of(ramp, weeks)
        signs[ramp.seller, ramp.activity] = Signs(
            rate_before=rate(ramp, before),
            rate=rate(ramp, weeks),
            cards_before=cards_before,
            cards=cards_now,
            short_before=short_before,
            short=short_now,
        )
    return signs


def _short(source: Source, question: Question, stretch: Period) -> dict[str | None, Fraction]:
    """The share of calls under a minute among those with a length, by seller."""
    counts: dict[str | None, tuple[int, int]] = {}
    for cell in source.cells(("call_made",), stretch, question.dials, ("seller", "bucket")):
        short, measured = counts.get(cell.seller, (0, 0))
        if cell.bucket == "short":
            short += cell.n
        counts[cell.seller] = short, measured + cell.n - cell.unmeasured
    return {seller: Fraction(short, whole) for seller, (short, whole) in counts.items() if whole}
