"""A month seen from any of its moments: 250 events by 20 sellers on 22 days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from zoneinfo import ZoneInfo

from benchmarks.data import MONTH, Plan, log_of
from benchmarks.measure import share, timed
from benchmarks.opening import model_of
from benchmarks.table import Line, within
from cockpit.demo.dice import Dice
from events.sqlite import SqliteLog
from projections.desk import Desk
from projections.period import month_of
from projections.question import Dials, Question

LIMIT = 0.050
EVENTS = 110_000
REPORTS = ("plan-fact", "activity", "conversions", "course")


def measure(plan: Plan) -> Iterator[Line]:
    """Steps to moments drawn from the month, each both seen as of it and known at it."""
    path = log_of(plan, EVENTS, sellers=20, months=1)
    zone = ZoneInfo("Europe/London")
    moments = list(_moments(zone, 8 if plan.short else 100))
    with SqliteLog.open(path) as log, Desk(log, model_of(path)) as desk:
        for report in REPORTS:
            steps = [timed(partial(desk.ask, report, _question(at)))() for at in moments]
            yield within(
                f"any moment of a month of {plan.size(EVENTS):,} events, {report}, CPU, p95",
                share(steps, 95),
                LIMIT,
                unit="s",
            )


def _moments(zone: ZoneInfo, count: int) -> Iterator[dt.datetime]:
    dice = Dice("moments of the month")
    for _ in range(count):
        day = MONTH + dt.timedelta(days=dice.between(0, 29))
        minute = dice.between(8 * 60, 19 * 60)
        yield dt.datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)


def _question(at: dt.datetime) -> Question:
    return Question(period=month_of(at.date()), dials=Dials(as_of=at, known_at=at))
