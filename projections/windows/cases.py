"""What the library of hard cases needs of a source."""

from __future__ import annotations

import datetime as dt

import msgspec

from events.vocabulary import CaseDiscussed
from projections.dials import seen_day
from projections.period import Period
from projections.question import Question
from projections.source import Source, Version
from projections.state import Settings

YEAR = dt.timedelta(days=365)


class CasesWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`facts` are the cases of a year, in the order of the log."""

    seen: dt.date
    facts: tuple[Version, ...]


def load_cases(source: Source, question: Question, settings: Settings) -> CasesWindow:
    """The window of the cases."""
    seen = seen_day(question.dials, settings.zone)
    return CasesWindow(
        seen=seen,
        facts=tuple(source.facts((CaseDiscussed,), question.dials, Period(seen - YEAR, seen))),
    )
