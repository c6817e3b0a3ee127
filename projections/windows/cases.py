"""What the library of hard cases needs of a source."""

from __future__ import annotations

import datetime as dt

import msgspec

from events.vocabulary import CaseDiscussed
from projections.dials import seen_day
from projections.question import Question
from projections.source import Source, Version
from projections.state import Settings


class CasesWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`facts` are the cases in the order of the log."""

    seen: dt.date
    facts: tuple[Version, ...]


def load_cases(source: Source, question: Question, settings: Settings) -> CasesWindow:
    """The window of the cases."""
    return CasesWindow(
        seen=seen_day(question.dials, settings.zone),
        facts=tuple(source.facts((CaseDiscussed,), question.dials)),
    )
