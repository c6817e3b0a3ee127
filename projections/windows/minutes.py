"""What the minutes of a stand-up need of a source: the meeting, and the figures of its moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
from msgspec.structs import replace

from events.vocabulary import CaseDiscussed, ItemStarted, MicroTrainingHeld, StandupClosed
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

    `floor` are the positions in the log at which its items first got the floor, and `boards` their
    reports by name, each as known there. `corrections`, `trainings` and `cases` are those of the
    day as known when the stand-up ended, so that nothing that was logged or taken back since
    changes them.
    """

    day: dt.date
    meeting: Meeting | None
    floor: Mapping[str, int] = msgspec.field(default_factory=dict)
    boards: Mapping[str, Report] = msgspec.field(default_factory=dict)
    corrections: tuple[CorrectionState, ...] = ()
    trainings: tuple[Version, ...] = ()
    cases: tuple[Version, ...] = ()


def load_minutes(source: Source, question: Question, settings: Settings) -> MinutesWindow:
    """The window of the minutes."""
    steps = source.facts(STEPS, question.dials, question.period)
    held = held_by_day(steps)
    if not held:
        return MinutesWindow(day=question.period.last, meeting=None)
    day = max(held)
    meeting, whole = held[day][-1], day_of(day)
    floor, end = _positions(steps, meeting.standup)
    dials = replace(question.dials, position=end or question.dials.position)
    states = corrections(source.facts(CORRECTION_KINDS, dials)).values()
    return MinutesWindow(
        day=day,
        meeting=meeting,
        floor=floor,
        boards={
            name: REPORTS[name](source, _asked(name, question, day, position), settings)
            for item, position in floor.items()
            for name in BOARDS.get(item, ())
        },
        corrections=tuple(states),
        trainings=_of(source, MicroTrainingHeld, dials, whole, meeting),
        cases=_of(source, CaseDiscussed, dials, whole, meeting),
    )


def _positions(steps: Iterable[Version], standup: str) -> tuple[dict[str, int], int | None]:
    """Where in the log each item of a stand-up first got the floor, and where it ended."""
    floor: dict[str, int] = {}
    end: int | None = None
    for step in steps:
        match step.body:
            case ItemStarted(standup=of, item=item) if of == standup:
                floor.setdefault(item, step.seq)
            case StandupClosed(standup=of) if of == standup:
                end = step.seq
    return floor, end


def _asked(report: str, question: Question, day: dt.date, position: int) -> Question:
    """The question as the screen asked it in the morning of the day, known up to a position.

    Activities are those of the day that was worked last, which may lie in the month before.
    """
    month = month_of(day)
    asked = replace(question, period=month, dials=Dials(as_of=day, position=position))
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
