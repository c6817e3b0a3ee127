"""What the minutes of a stand-up need of a source: the meeting, and the figures of its moments."""

from __future__ import annotations

import datetime as dt

import msgspec

from events.vocabulary import CaseDiscussed, MicroTrainingHeld
from projections.corrections import CORRECTION_KINDS, CorrectionState, corrections
from projections.meeting import STEPS, Meeting
from projections.period import Period, day_of, month_of
from projections.question import Dials, Question
from projections.reports.payments import Payments, payments
from projections.reports.plan_fact import PlanFact, plan_fact
from projections.source import Source, Version
from projections.state import Settings
from projections.windows.payments import load_payments
from projections.windows.plan_fact import load_plan_fact
from projections.windows.rhythm import held_by_day


class MinutesWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The last stand-up of the period asked for, None where there was none.

    `plan_fact` and `payments` are as known when their item got the floor; payments only where
    they did. `corrections`, `trainings` and `cases` are those of the day as they are known now,
    so that what was taken back is not among them.
    """

    day: dt.date
    meeting: Meeting | None
    plan_fact: PlanFact | None = None
    payments: Payments | None = None
    corrections: tuple[CorrectionState, ...] = ()
    trainings: tuple[Version, ...] = ()
    cases: tuple[Version, ...] = ()


def load_minutes(source: Source, question: Question, settings: Settings) -> MinutesWindow:
    """The window of the minutes."""
    dials = question.dials
    held = held_by_day(source.facts(STEPS, dials, question.period))
    if not held:
        return MinutesWindow(day=question.period.last, meeting=None)
    day = max(held)
    meeting, whole = held[day][-1], day_of(day)
    states = corrections(source.facts(CORRECTION_KINDS, dials)).values()
    return MinutesWindow(
        day=day,
        meeting=meeting,
        plan_fact=_plan_fact(source, question, settings, meeting, day),
        payments=_payments(source, question, settings, meeting, day),
        corrections=tuple(states),
        trainings=_of(source, MicroTrainingHeld, dials, whole, meeting),
        cases=_of(source, CaseDiscussed, dials, whole, meeting),
    )


def _then(question: Question, day: dt.date, moment: dt.datetime) -> Question:
    """The question as the screen asked it in the morning of the day, known at a moment."""
    dials = Dials(as_of=day, known_at=moment)
    return msgspec.structs.replace(question, period=month_of(day), dials=dials)


def _plan_fact(
    source: Source, question: Question, settings: Settings, meeting: Meeting, day: dt.date
) -> PlanFact:
    asked = _then(question, day, meeting.reached.get("plan_fact", meeting.started))
    return plan_fact(load_plan_fact(source, asked, settings), asked, settings)


def _payments(
    source: Source, question: Question, settings: Settings, meeting: Meeting, day: dt.date
) -> Payments | None:
    if "payments" not in meeting.reached:
        return None
    asked = _then(question, day, meeting.reached["payments"])
    return payments(load_payments(source, asked, settings), asked, settings)


def _of(
    source: Source,
    kind: type[CaseDiscussed | MicroTrainingHeld],
    dials: Dials,
    day: Period,
    meeting: Meeting,
) -> tuple[Version, ...]:
    """The facts of a kind that belong to the stand-up, or to none and to its day."""
    return tuple(
        version
        for version in source.facts((kind,), dials, day)
        if isinstance(version.body, kind) and version.body.standup in (None, meeting.standup)
    )
