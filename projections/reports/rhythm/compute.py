"""From a window to the rhythm of the stand-ups (feature P7, requirement row 1)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from projections.meeting import Meeting
from projections.question import Question
from projections.reports.rhythm.rows import COLUMNS, Basis, Rhythm, RhythmRow, RhythmTotal
from projections.state import Settings
from projections.windows.rhythm import RhythmWindow

_SECOND = dt.timedelta(seconds=1)


def rhythm(window: RhythmWindow, question: Question, settings: Settings) -> Rhythm:
    """Every day on which a stand-up was due or held; a stand-up on a day off is extra."""
    held = {day: found for day, found in window.meetings.items() if day <= window.seen}
    days = sorted({*window.working, *held})
    rows = tuple(_row(day, held.get(day, ())) for day in days)
    talked = sum(row.seconds or 0 for row in rows)
    return Rhythm(
        name="rhythm",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=rows,
        total=_total(rows, held, window.working),
        trust=window.trust,
        basis=Basis(zone=settings.zone, last=max(days, default=window.seen), talked=talked),
    )


def spoken(meeting: Meeting) -> int:
    """The whole seconds of talk that the steps of a stand-up tell of, up to its last step."""
    return meeting.whole(meeting.counted) // _SECOND


def by_item(meeting: Meeting) -> dict[str, int]:
    """The whole seconds of each item, up to the last step, in the order they had the floor."""
    return {item: meeting.on(item, meeting.counted) // _SECOND for item in meeting.reached}


def _row(day: dt.date, meetings: Sequence[Meeting]) -> RhythmRow:
    """A day with its stand-ups together; mostly there is one."""
    if not meetings:
        return RhythmRow(key=f"day:{day}", day=day, held=0)
    items: Counter[str] = Counter()
    for meeting in meetings:
        items.update(by_item(meeting))
    sellers = {seller for meeting in meetings for seller in meeting.present}
    return RhythmRow(
        key=f"day:{day}",
        day=day,
        held=1,
        seconds=sum(map(spoken, meetings)),
        item=max(items, key=lambda item: items[item], default=None),
        present=len(sellers),
        uncorrected=len(meetings[-1].uncorrected),
        sellers=tuple(sorted(sellers)),
    )


def _total(
    rows: Sequence[RhythmRow],
    held: Mapping[dt.date, Sequence[Meeting]],
    working: Sequence[dt.date],
) -> RhythmTotal:
    """What the days come to; a working day counts once however often people met."""
    met = [row for row in rows if row.held]
    spent: Counter[str] = Counter()
    for meetings in held.values():
        for meeting in meetings:
            spent.update(by_item(meeting))
    item = max(spent, key=lambda each: spent[each], default=None)
    count = len(met)
    return RhythmTotal(
        key="department",
        held=sum(day in held for day in working),
        days=len(working),
        streak=_streak(working, held),
        seconds=Fraction(sum(row.seconds or 0 for row in met), count) if met else None,
        item=item,
        longest=Fraction(spent[item], count) if item else None,
        present=Fraction(sum(row.present or 0 for row in met), count) if met else None,
        uncorrected=sum(row.uncorrected or 0 for row in met),
        missed=tuple(day for day in working if day not in held),
    )


def _streak(working: Sequence[dt.date], held: Mapping[dt.date, Sequence[Meeting]]) -> int:
    """Working days in a row with a stand-up, counted back from the last."""
    count = 0
    for day in reversed(working):
        if day not in held:
            break
        count += 1
    return count
