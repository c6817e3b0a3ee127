"""What the minutes of a stand-up need of a source: the meeting, and the figures of its moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec.structs import replace

from events.vocabulary import CaseDiscussed, MicroTrainingHeld
from projections.catalogue import REPORTS
from projections.corrections import CORRECTION_KINDS, CorrectionState, corrections
from projections.meeting import STEPS, Meeting
from projections.period import Period, day_of, month_of
from projections.question import Dials, Question
from projections.report import Report
from projections.source import Source, Version
from projections.state import Settings
from projections.windows.rhythm import held_by_day

BOARDS: Final[Mapping[str, tuple[str, ...]]] = {
    "rhythm": ("rhythm", "corrections"),
    "plan_fact": ("plan-fact",),
    "activity": ("activity",),
    "conversions": ("conversions", "bridge"),
    "quality": ("quality",),
    "payments": ("payments",),
}
"""The reports an item of the agenda goes through."""


class MinutesWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The last stand-up of the period asked for, None where there was none.

    `boards` are the reports of the items that got the floor, by name, each as known when its item
    did. `corrections`, `trainings` and `cases` are those of the day as known when the stand-up
    ended, so that nothing that was logged or taken back since changes them.
    """

    day: dt.date
    meeting: Meeting | None
    boards: Mapping[str, Report] = msgspec.field(default_factory=dict)
    corrections: tuple[CorrectionState, ...] = ()
    trainings: tuple[Version, ...] = ()
    cases: tuple[Version, ...] = ()


def load_minutes(source: Source, question: Question, settings: Settings) -> MinutesWindow:
    """The window of the minutes."""
    held = held_by_day(source.facts(STEPS, question.dials, question.period))
    if not held:
        return MinutesWindow(day=question.period.last, meeting=None)
    day = max(held)
    meeting, whole = held[day][-1], day_of(day)
    dials = replace(question.dials, known_at=meeting.ended or question.dials.known_at)
    states = corrections(source.facts(CORRECTION_KINDS, dials)).values()
    return MinutesWindow(
        day=day,
        meeting=meeting,
        boards={
            name: REPORTS[name](source, _asked(name, question, day, moment), settings)
            for item, moment in meeting.reached.items()
            for name in BOARDS.get(item, ())
        },
        corrections=tuple(states),
        trainings=_of(source, MicroTrainingHeld, dials, whole, meeting),
        cases=_of(source, CaseDiscussed, dials, whole, meeting),
    )


def _asked(report: str, question: Question, day: dt.date, moment: dt.datetime) -> Question:
    """The question as the screen asked it in the morning of the day, known at a moment.

    Activities are those of the day that was worked last, which may lie in the month before.
    """
    month = month_of(day)
    asked = replace(question, period=month, dials=Dials(as_of=day, known_at=moment))
    if report != "activity":
        return asked
    before = month_of(month.first - dt.timedelta(days=1))
    return replace(asked, period=Period(before.first, month.last), per="day")


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
