"""The linear plan: how much of a plan is due by a day, and what follows from it (P2).

T is the plan, F the fact, W the working days of the period, w those passed, L the line. Money is
in minor units; what is computed is a `Fraction`, what cannot be known is None.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from fractions import Fraction

import msgspec

from projections.calendars import Calendars
from projections.period import Period, months_in


class Share(msgspec.Struct, frozen=True):
    """A month's working days: all of them, those inside the period, those of them passed."""

    month: str
    whole: int
    days: int
    done: int


class Part(msgspec.Struct, frozen=True):
    """A month's plan with the working days it is spread over."""

    plan: int
    share: Share

    @property
    def portion(self) -> Fraction:
        """What of the month's plan falls into the period: all of it where the month does."""
        return Fraction(self.plan * self.share.days, self.share.whole)

    @property
    def due(self) -> Fraction:
        """L = T×w÷W of one month (requirement row 21)."""
        return Fraction(self.plan * self.share.done, self.share.whole)


def due_dates(
    calendars: Calendars, month: Period, seller: str | None = None, *, team: str | None = None
) -> tuple[dt.date, ...]:
    """The days of a whole month that its plan is spread over: those that are worked.

    Who works on no day of a month, on leave or gone, still has a plan to be met by others: it
    is spread over the department's days, and where there are none it is due with the last day.
    """
    own = calendars.working_dates(seller, month.first, month.last, team=team)
    return own or calendars.working_dates(None, month.first, month.last) or (month.last,)


def shares(
    calendars: Calendars,
    period: Period,
    due: dt.date,
    seller: str | None = None,
    *,
    team: str | None = None,
) -> tuple[Share, ...]:
    """The `due_dates` of each month the period touches; `due` is the last day that counts."""
    found: list[Share] = []
    for month in months_in(period):
        days = due_dates(calendars, month, seller, team=team)
        before = bisect_left(days, period.first)
        inside = bisect_right(days, period.last) - before
        done = max(0, bisect_right(days, due) - before)
        found.append(Share(f"{month.first:%Y-%m}", len(days), inside, min(inside, done)))
    return tuple(found)


def total(values: Iterable[Fraction | int]) -> Fraction:
    """The exact sum; what has one denominator is added up as integers."""
    sums: dict[int, int] = {}
    for value in values:
        sums[value.denominator] = sums.get(value.denominator, 0) + value.numerator
    return sum((Fraction(part, whole) for whole, part in sums.items()), Fraction())


def ratio(part: Fraction | int | None, whole: Fraction | int | None) -> Fraction | None:
    """part ÷ whole; None where either is unknown or the whole is zero."""
    if part is None or not whole:
        return None
    return Fraction(part) / whole


def percent(part: Fraction | int | None, whole: Fraction | int | None) -> Fraction | None:
    """part ÷ whole × 100; None as for `ratio`."""
    if part is None or not whole:
        return None
    return Fraction(100 * part.numerator * whole.denominator, part.denominator * whole.numerator)


def required(plan: int | None, fact: int, days_left: int) -> Fraction | None:
    """(T-F)÷(W-w), what each remaining day must bring; 0 once the plan is reached."""
    if plan is None:
        return None
    if plan <= fact:
        return Fraction(0)
    return Fraction(plan - fact, days_left) if days_left > 0 else None


def pace(needed: Fraction | None, current: Fraction | None) -> Fraction | None:
    """Required ÷ current per day ("must sell ×1.55"); None where nothing has come in yet."""
    return ratio(needed, current) if current is not None and current > 0 else None
