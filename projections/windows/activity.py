"""What the activity report needs of a source."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from events.vocabulary.plans import BenchmarkEntered, NormSet, PlanSet
from projections.calendars import CALENDAR_KINDS, Calendars
from projections.chain import CHAINS, Chain
from projections.counts import counts
from projections.dials import due_day, seen_day
from projections.norms import Judged, Norms
from projections.offers import Benchmarks, Bests, before, bests
from projections.period import Period, day_of, months_in, week_of
from projections.plans import Plans, plans
from projections.question import Question
from projections.ramps import RAMP_KINDS, Ramp, ramps
from projections.report import Trust
from projections.source import Cell, Dimension, Source
from projections.state import Settings
from projections.trust import trust
from projections.windows.chains import month_chains

_BY: Final[tuple[Dimension, ...]] = ("day", "seller", "activity", "book", "direction")


class ActivityWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`cells` are the stretch's by day, seller, activity, book and direction.

    `stretch` is what of the period the report is about, `sale` the activity that is a sale.
    `chains` and `working_days` are by month (`2026-04`) and by the sellers with a plan in it.
    """

    seen: dt.date
    stretch: Period
    calendars: Calendars
    cells: tuple[Cell, ...]
    norms: Norms
    plans: Plans
    sale: str
    chains: dict[tuple[str, str], Chain]
    working_days: dict[tuple[str, str], int]
    trust: Trust
    ramps: tuple[Ramp, ...] = ()


def load_activity(source: Source, question: Question, settings: Settings) -> ActivityWindow:
    """The window of the activity report."""
    dials = question.dials
    seen = seen_day(dials, settings.zone)
    calendars = Calendars(source.facts(CALENDAR_KINDS, dials))
    stretch = stretch_of(question, seen, calendars)
    held = plans(source.facts((PlanSet,), dials), question.measure)
    chains = month_chains(source, question, settings, stretch, held)
    by_hand = [version.body for version in source.facts((NormSet,), dials)]
    return ActivityWindow(
        seen=seen,
        stretch=stretch,
        calendars=calendars,
        cells=tuple(
            source.cells(
                (),
                stretch,
                dials,
                _BY,
                question.sellers,
            )
        ),
        norms=Norms(
            [body for body in by_hand if isinstance(body, NormSet)],
            calendars,
            held,
            chains,
            judged(source, question, calendars, due_day(seen, dials.mode)),
        ),
        plans=held,
        sale=CHAINS[settings.recognition][-1],
        chains=chains,
        working_days={
            (f"{month.first:%Y-%m}", seller): calendars.working_days(
                seller, month.first, month.last
            )
            for month in months_in(stretch)
            for seller in held.sellers.get(f"{month.first:%Y-%m}", ())
        },
        trust=trust(source, stretch, dials, settings.zone, calendars.missing(stretch), calendars),
        ramps=ramps(source.facts(RAMP_KINDS, dials), calendars.people),
    )


def judged(source: Source, question: Question, calendars: Calendars, due: dt.date) -> Judged:
    """The source that alone judges; only its own figures are read."""
    match question.norm:
        case "best":
            return Judged("best", team_bests(source, question, calendars, due))
        case "sector":
            return Judged("sector", sector=benchmarks(source, question))
    return Judged(question.norm)


def team_bests(source: Source, question: Question, calendars: Calendars, due: dt.date) -> Bests:
    """The best days of each seller's team over the twelve weeks up to the last day due."""
    weeks = before(due)
    done = counts(source.cells((), weeks, question.dials, _BY), brief=question.brief)
    return bests(done, calendars.people, calendars, weeks)


def benchmarks(source: Source, question: Question) -> Benchmarks:
    """The benchmarks entered."""
    return Benchmarks(source.facts((BenchmarkEntered,), question.dials))


def stretch_of(question: Question, seen: dt.date, calendars: Calendars) -> Period:
    """The whole period, or the week or day in it that was worked last."""
    period = question.period
    if question.per == "month":
        return period
    day = due_day(seen, question.dials.mode)
    worked = calendars.working_dates(None, period.first, min(period.last, day))
    last = worked[-1] if worked else period.first
    return week_of(last) if question.per == "week" else day_of(last)
