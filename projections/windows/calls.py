"""What the report of calls needs of a source."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from projections.calendars import CALENDAR_KINDS, Calendars
from projections.dials import seen_day
from projections.period import Period
from projections.question import Question
from projections.report import Trust
from projections.source import Cell, Dimension, Source
from projections.state import Settings
from projections.trust import trust
from projections.windows.activity import stretch_of

_BY: Final[tuple[Dimension, ...]] = ("seller", "book", "direction", "bucket")


class CallsWindow(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody's calls of the stretch of the report, by seller, book, direction and length."""

    seen: dt.date
    stretch: Period
    cells: tuple[Cell, ...]
    trust: Trust


def load_calls(source: Source, question: Question, settings: Settings) -> CallsWindow:
    """The window of the report of calls."""
    seen = seen_day(question.dials, settings.zone)
    calendars = Calendars(source.facts(CALENDAR_KINDS, question.dials))
    stretch = stretch_of(question, seen, calendars)
    cells = source.cells(("call_made",), stretch, question.dials, _BY)
    return CallsWindow(
        seen=seen,
        stretch=stretch,
        cells=tuple(cells),
        trust=trust(
            source, stretch, question.dials, settings.zone, calendars.missing(stretch), calendars
        ),
    )
