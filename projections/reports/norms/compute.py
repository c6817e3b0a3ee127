"""From a window to the rows of the report of norms (feature P4, rows 8, 72, 113, 118, 131)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from events.vocabulary.plans import NormSource, Per
from projections.counts import EFFORTS, PARTS, WHOLE, Part, in_use
from projections.dials import due_day
from projections.offers import peers
from projections.period import Period, day_of, month_of, week_of
from projections.question import Question
from projections.reports.norms.rows import COLUMNS, Basis, NormRow, NormsReport, Rate, Warned
from projections.state import Settings
from projections.windows.norms import NormsWindow

HIGHEST: Final = Fraction(5, 4)
"""A norm above so many times the best own month is not believed."""

WORKING: Final = 8 * 3600
"""Seconds of a working day."""

SPEAKING: Final = Fraction(7, 10)
"""What of a working day one activity may take at most."""


def norms(window: NormsWindow, question: Question, settings: Settings) -> NormsReport:
    """What every source says for the day seen, for everybody who works here then."""
    people = window.calendars.people
    sellers = [
        seller
        for seller, person in sorted(people.items())
        if person.employed(window.seen) and (not question.sellers or seller in question.sellers)
    ]
    due = due_day(window.seen, question.dials.mode)
    stretches: dict[Per, Period] = {
        "day": day_of(window.seen),
        "week": week_of(window.seen),
        "month": month_of(window.seen),
    }
    return NormsReport(
        name="norms",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(row for seller in sellers for row in _rows(window, seller)),
        trust=window.trust,
        basis=Basis(
            zone=settings.zone,
            seen=window.seen,
            due=due,
            plans=window.plans,
            chains=window.chains,
            days={
                (seller, per): window.calendars.working_days(seller, days.first, days.last)
                for seller in sellers
                for per, days in stretches.items()
            },
            talks=window.talks,
            peers={seller: peers(window.calendars, seller, due) for seller in sellers},
        ),
    )


def warned(norm: Fraction, best: Fraction | None, seconds: Fraction | None) -> tuple[Warned, ...]:
    """Why a norm of a day is not to be believed.

    It is above 1.25 × the best own month's rate, or takes more than 70 % of eight hours.
    """
    found: list[Warned] = []
    if best and norm > HIGHEST * best:
        found.append("rate")
    if seconds and norm * seconds > SPEAKING * WORKING:
        found.append("hours")
    return tuple(found)


def _rows(window: NormsWindow, seller: str) -> Iterator[NormRow]:
    """The activities of a seller along the sale, each with those parts that have a norm."""
    done = {name for _, name in window.talks}
    for activity in in_use(window.sale, done, window.norms.activities()):
        for part in PARTS:
            row = _row(window, seller, activity, part)
            whole = part == WHOLE and (row.norm or row.best)
            if whole or row.hand or row.sector:
                yield row


def _row(window: NormsWindow, seller: str, activity: str, part: Part) -> NormRow:
    def offered(source: NormSource) -> Fraction | None:
        found = window.norms.offered(source, seller, window.seen, activity, part)
        return None if found is None else found.per_day

    holds = window.norms.on(seller, window.seen, activity, part)
    norm = None if holds is None else holds.per_day
    rate = _best_month(window, seller, activity) if part == WHOLE else None
    best = None if rate is None else Fraction(rate.done, rate.days)
    mean = _mean(window, seller, activity)
    benchmark = window.norms.benchmark(activity, part)
    return NormRow(
        key=f"{seller}|{activity}|{part[0] or '*'}|{part[1] or '*'}",
        seller=seller,
        activity=activity,
        book=part[0],
        direction=part[1],
        norm=norm,
        norm_source=holds.source if holds is not None and norm is not None else None,
        hand=offered("hand"),
        plan=offered("plan"),
        best=offered("best"),
        sector=offered("sector"),
        origin=None if benchmark is None else benchmark.origin,
        best_month=best,
        rate=rate,
        mean_seconds=mean,
        warned=_warned(activity, norm, best, mean),
    )


def _warned(
    activity: str, norm: Fraction | None, best: Fraction | None, seconds: Fraction | None
) -> tuple[Warned, ...]:
    """Of what comes of the work there is nothing to warn: nobody sets out to do more of it."""
    doing = activity in EFFORTS or activity.startswith(":")
    return warned(norm, best, seconds) if doing and norm is not None else ()


def _best_month(window: NormsWindow, seller: str, activity: str) -> Rate | None:
    """The month of the most per working day, of two alike the later one."""
    rates = [
        Rate(month.first, done.get((seller, activity), 0), days)
        for month, done in window.months
        if (days := window.calendars.working_days(seller, month.first, month.last))
    ]
    found = max(rates, key=lambda rate: (Fraction(rate.done, rate.days), rate.month), default=None)
    return found if found is not None and found.done else None


def _mean(window: NormsWindow, seller: str, activity: str) -> Fraction | None:
    """What one takes; the time of brief calls is spent on the way to those that count."""
    seconds, talked = window.talks.get((seller, activity), (0, 0))
    return Fraction(seconds, talked) if seconds and talked > 0 else None
