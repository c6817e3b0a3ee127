"""What the activity report needs of a source."""

from __future__ import annotations

import datetime as dt

import msgspec

from events.vocabulary.plans import NormSet, PlanSet
from projections.calendars import CALENDAR_KINDS, Calendars
from projections.chain import CHAINS, Chain
from projections.dials import due_day, seen_day
from projections.norms import Norms
from projections.period import Period, day_of, months_in, week_of
from projections.plans import Plans, plans
from projections.question import Question
from projections.report import Trust
from projections.source import Cell, Source
from projections.state import Settings
from projections.trust import trust
from projections.windows.chains import month_chains


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


def load_activity(source: Source, question: Question, settings: Settings) -> ActivityWindow:
    """The window of the activity report."""
    dials = question.dials
    seen = seen_day(dials, settings.zone)
    calendars = Calendars(source.facts(CALENDAR_KINDS, dials))
    stretch = _stretch(question, seen, calendars)
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
                ("day", "seller", "activity", "book", "direction"),
                question.sellers,
            )
        ),
        norms=Norms(
            [body for body in by_hand if isinstance(body, NormSet)], calendars, held, chains
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
        trust=trust(source, stretch, dials, calendars.missing(stretch)),
    )


def _stretch(question: Question, seen: dt.date, calendars: Calendars) -> Period:
    """The whole period, or the week or day in it that was worked last."""
    period = question.period
    if question.per == "month":
        return period
    day = due_day(seen, question.dials.mode)
    worked = calendars.working_dates(None, period.first, min(period.last, day))
    last = worked[-1] if worked else period.first
    return week_of(last) if question.per == "week" else day_of(last)
