"""What the rule of closing a stand-up needs of a source."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import msgspec

from events.vocabulary import StandupStarted
from events.vocabulary.plans import Measure
from projections.corrections import CORRECTION_KINDS, CorrectionState, corrections
from projections.dials import seen_day
from projections.period import month_of
from projections.question import Question
from projections.source import Source
from projections.state import Settings
from projections.windows.activity import ActivityWindow, load_activity
from projections.windows.plan_fact import PlanFactWindow, load_plan_fact


class LaggingWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`month` is in the `measure` that has plans, `work` only where somebody has none.

    `held` counts the stand-ups that began before the day seen.
    """

    seen: dt.date
    measure: Measure
    month: PlanFactWindow
    work: ActivityWindow | None
    corrections: tuple[CorrectionState, ...]
    held: int


def load_lagging(source: Source, question: Question, settings: Settings) -> LaggingWindow:
    """The window, of the month of the day seen."""
    seen = seen_day(question.dials, settings.zone)
    asked = msgspec.structs.replace(question, period=month_of(seen), per="month")
    measure, month = _planned(source, asked, settings)
    planned = month.plans.sellers.get(f"{seen:%Y-%m}", {})
    here = {seller for seller, person in month.calendars.people.items() if person.employed(seen)}
    began = source.facts((StandupStarted,), question.dials)
    return LaggingWindow(
        seen=seen,
        measure=measure,
        month=month,
        work=None if here <= planned.keys() else load_activity(source, asked, settings),
        corrections=tuple(corrections(source.facts(CORRECTION_KINDS, question.dials)).values()),
        held=sum(version.day < seen for version in began),
    )


def _planned(
    source: Source, question: Question, settings: Settings
) -> tuple[Measure, PlanFactWindow]:
    """The month in the asked measure, or where sellers have no plans in it, in one they have."""
    month = f"{question.period.first:%Y-%m}"
    first = load_plan_fact(source, question, settings)
    if first.plans.sellers.get(month):
        return question.measure, first
    for measure in get_args(Measure):
        asked = msgspec.structs.replace(question, measure=measure)
        found = load_plan_fact(source, asked, settings)
        if found.plans.sellers.get(month):
            return measure, found
    return question.measure, first
