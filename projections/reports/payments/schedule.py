"""The open money by the day it is agreed to come (feature P6, requirement row 16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from projections.promises import Piece
from projections.reports.payments.rows import Day, Schedule


def overdue(pieces: Sequence[Piece], seen: dt.date) -> list[Piece]:
    """What was agreed for a day that has passed."""
    return [piece for piece in pieces if piece.day is not None and piece.day < seen]


def today(pieces: Sequence[Piece], seen: dt.date, *, promised: bool) -> list[Piece]:
    """What is promised for the day itself, or due on it without a promise."""
    return [piece for piece in pieces if piece.day == seen and piece.promised == promised]


def schedule(pieces: Sequence[Piece], seen: dt.date, last: dt.date) -> Schedule:
    """Day by day from the day seen to the last of the period, with what lies before and after."""
    end = max(last, seen)
    by_day: dict[dt.date, list[Piece]] = {}
    later = 0
    for piece in pieces:
        if piece.day is not None and seen <= piece.day <= end:
            by_day.setdefault(piece.day, []).append(piece)
        elif piece.day is not None and piece.day > end:
            later += piece.amount
    return Schedule(
        before=sum(piece.amount for piece in overdue(pieces, seen)),
        days=tuple(_day(day, by_day[day]) for day in sorted(by_day)),
        later=later,
        undated=sum(piece.amount for piece in pieces if piece.day is None),
    )


def _day(day: dt.date, pieces: Sequence[Piece]) -> Day:
    return Day(
        day,
        sum(piece.amount for piece in pieces),
        sum(piece.amount for piece in pieces if piece.promised),
    )
