"""What the rhythm of the stand-ups needs of a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from projections.calendars import CALENDAR_KINDS, Calendars
from projections.dials import due_day, seen_day
from projections.meeting import STEPS, Meeting, Step, meetings
from projections.question import Question
from projections.report import Trust
from projections.source import Source, Version
from projections.state import Settings
from projections.trust import trust


class RhythmWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`meetings` are the stand-ups of the period by the day they began.

    `working` are the working days that are due: today only once its stand-up was held.
    """

    seen: dt.date
    working: tuple[dt.date, ...]
    meetings: Mapping[dt.date, tuple[Meeting, ...]]
    trust: Trust = Trust()


def load_rhythm(source: Source, question: Question, settings: Settings) -> RhythmWindow:
    """The window of the rhythm."""
    dials, period = question.dials, question.period
    seen = seen_day(dials, settings.zone)
    held = held_by_day(source.facts(STEPS, dials, period))
    calendars = Calendars(source.facts(CALENDAR_KINDS, dials))
    last = min(period.last, due_day(seen, dials.mode))
    if any(meeting.closed for meeting in held.get(seen, ())):
        last = min(period.last, seen)
    return RhythmWindow(
        seen=seen,
        working=calendars.working_dates(None, period.first, last),
        meetings=held,
        trust=trust(source, period, dials, settings.zone, calendars.missing(period), calendars),
    )


def held_by_day(facts: Iterable[Version]) -> dict[dt.date, tuple[Meeting, ...]]:
    """Stand-ups from the facts of their steps, by the day they began."""
    steps: list[tuple[Step, dt.datetime]] = []
    days: dict[str, dt.date] = {}
    for version in facts:
        if isinstance(version.body, STEPS):
            steps.append((version.body, dt.datetime.fromisoformat(version.occurred_at)))
            days.setdefault(version.body.standup, version.day)
    held: dict[dt.date, tuple[Meeting, ...]] = {}
    for name, meeting in meetings(steps).items():
        held[days[name]] = (*held.get(days[name], ()), meeting)
    return held
