"""The linear plan: how much of a plan is due by a day, and what follows from it (P2).

T is the plan, F the fact, W the working days of the period, w those passed, L the line. Money is
in minor units; what is computed is a `Fraction`, what cannot be known is None.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import partial

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


def shares(
    calendars: Calendars,
    period: Period,
    due: dt.date,
    seller: str | None = None,
    *,
    team: str | None = None,
) -> tuple[Share, ...]:
    """The working days of each month the period touches; `due` is the last day that counts.

    Who works on no day of a month, on leave or gone, still has a plan to be met by others: it
    is spread over the department's days, and where there are none it is due with the last day.
    """
    found: list[Share] = []
    for month in months_in(period):
        inside = Period(max(month.first, period.first), min(month.last, period.last))
        share = _share(calendars, month, inside, due, seller, team)
        if not share.whole:
            share = _share(calendars, month, inside, due, None, None)
        if not share.whole:
            ends = inside.last == month.last
            share = Share(share.month, 1, int(ends), int(ends and inside.last <= due))
        found.append(share)
    return tuple(found)


def _share(
    calendars: Calendars,
    month: Period,
    inside: Period,
    due: dt.date,
    seller: str | None,
    team: str | None,
) -> Share:
    count = partial(calendars.working_days, seller, team=team)
    return Share(
        f"{month.first:%Y-%m}",
        count(month.first, month.last),
        count(inside.first, inside.last),
        count(inside.first, min(inside.last, due)),
    )


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
