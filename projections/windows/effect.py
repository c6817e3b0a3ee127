"""What the effect of one more fact needs of a source: one seller's day and month, and no more."""

from __future__ import annotations

import datetime as dt

import msgspec

from events.vocabulary.plans import NormSet, PlanSet
from projections.calendars import CALENDAR_KINDS, Calendars
from projections.chain import CHAINS, Check, chain
from projections.dials import seen_day
from projections.fold.sales import SALE_ACTIVITIES, SALE_KINDS
from projections.measures import money
from projections.norms import Norms
from projections.period import Period, month_of
from projections.plans import Plans, plans
from projections.question import Question
from projections.report import Trust
from projections.source import Dimension, Source
from projections.state import Settings
from projections.windows.activity import ActivityWindow
from projections.windows.chains import HISTORY, history
from projections.windows.plan_fact import PlanFactWindow


class EffectWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The windows of the two reports, and the average check as catching up has it (P3)."""

    day: ActivityWindow
    month: PlanFactWindow
    check: Check


def load_effect(source: Source, question: Question, settings: Settings) -> EffectWindow:
    """The window of the effect; `question` names one seller, and the day as its period.

    Norms that follow from the plan are left out: they need the history of everybody.
    """
    dials = question.dials
    calendars = Calendars(source.facts(CALENDAR_KINDS, dials))
    held = plans(source.facts((PlanSet,), dials), question.measure)
    return EffectWindow(
        day=_day(source, question, settings, calendars, held),
        month=_month(source, question, settings, calendars, held),
        check=_check(source, question, settings),
    )


def _day(
    source: Source, question: Question, settings: Settings, calendars: Calendars, held: Plans
) -> ActivityWindow:
    """The seller's work of the day against the norms set by hand."""
    dials = question.dials
    by_hand = [version.body for version in source.facts((NormSet,), dials)]
    norms = [body for body in by_hand if isinstance(body, NormSet)]
    by: tuple[Dimension, ...] = ("day", "seller", "activity", "book", "direction")
    return ActivityWindow(
        seen=question.period.last,
        stretch=question.period,
        calendars=calendars,
        cells=tuple(source.cells((), question.period, dials, by, question.sellers)),
        norms=Norms(norms, calendars, held, {}),
        plans=held,
        sale=CHAINS[settings.recognition][-1],
        chains={},
        working_days={},
        trust=Trust(),
    )


def _month(
    source: Source, question: Question, settings: Settings, calendars: Calendars, held: Plans
) -> PlanFactWindow:
    """The seller's month against the line."""
    seen = seen_day(question.dials, settings.zone)
    activities = SALE_ACTIVITIES[settings.recognition]
    sold = source.cells(activities, month_of(seen), question.dials, ("seller",), question.sellers)
    return PlanFactWindow(
        seen=seen,
        calendars=calendars,
        plans=held,
        sales={cell.seller: money(cell, question.measure) for cell in sold},
        kinds=SALE_KINDS[settings.recognition],
        trust=Trust(),
    )


def _check(source: Source, question: Question, settings: Settings) -> Check:
    """The seller's average check, mixed with the department's where there were few sales."""
    seen = seen_day(question.dials, settings.zone)
    lately = Period(seen - HISTORY + dt.timedelta(days=1), seen)
    activities = SALE_ACTIVITIES[settings.recognition]
    by: tuple[Dimension, ...] = ("activity",)
    own = source.cells(activities, lately, question.dials, by, question.sellers)
    everybody = source.cells(activities, lately, question.dials, by)
    return chain(
        settings.recognition,
        history(own, question, settings),
        history(everybody, question, settings),
    ).check
