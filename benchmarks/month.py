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
from events.moments import in_utc
from events.sqlite import SqliteLog
from projections.desk import Desk
from projections.period import month_of
from projections.question import Dials, Question

LIMIT = 0.050
_ZONE = ZoneInfo("Europe/London")
EVENTS = 110_000
LONG = 1_000_000
REPORTS = ("plan-fact", "activity", "conversions", "course")
STEP = ("plan-fact", "course")
"""What the board and the picture of a replay need for another day."""


def measure(plan: Plan) -> Iterator[Line]:
    """Steps to moments drawn from the month, each both seen as of it and known at it."""
    path = log_of(plan, EVENTS, sellers=20, months=1)
    moments = list(_moments(_ZONE, 8 if plan.short else 100))
    with SqliteLog.open(path) as log, Desk(log, model_of(path)) as desk:
        for report in REPORTS:
            steps = [timed(partial(desk.ask, report, _question(at)))() for at in moments]
            yield within(
                f"any moment of a month of {plan.size(EVENTS):,} events, {report}, CPU, p95",
                share(steps, 95),
                LIMIT,
                unit="s",
            )


def replay(plan: Plan) -> Iterator[Line]:
    """Steps of a replay, a day or an event on, in a busy month and in a long log."""
    for events, months, said in (
        (EVENTS, 1, f"a month of {plan.size(EVENTS):,} events"),
        (LONG, 12, f"a log of {plan.size(LONG):,} events"),
    ):
        path = log_of(plan, events, sellers=20, months=months)
        with SqliteLog.open(path) as log, Desk(log, model_of(path), private=True) as desk:
            desk.catch_up()
            for what, steps in (("a day", _days(plan)), ("an event", _events(log, plan))):
                took = [timed(partial(_step, desk, dials))() for dials in steps]
                yield within(
                    f"replay, {what} on, {said}, CPU, p95", share(took, 95), LIMIT, unit="s"
                )


def _step(desk: Desk, dials: Dials) -> None:
    """The board and the picture of another moment."""
    for report in STEP:
        desk.ask(report, Question(period=month_of(MONTH), dials=dials))


def _days(plan: Plan) -> Iterator[Dials]:
    """Evenings of the month as they were known then, three times over."""
    for _ in range(1 if plan.short else 3):
        for number in range(30):
            day = MONTH + dt.timedelta(days=number)
            known = dt.datetime.combine(day, dt.time.max, _ZONE)
            yield Dials(as_of=day, known_at=known, mode="evening")


def _events(log: SqliteLog, plan: Plan) -> Iterator[Dials]:
    """Neighbouring positions in the middle of the month."""
    day = MONTH + dt.timedelta(days=14)
    known = dt.datetime.combine(day, dt.time.max, _ZONE)
    last = log.known_upto(in_utc(known))
    for place in range(8 if plan.short else 100):
        yield Dials(as_of=day, known_at=known, position=last - place, mode="evening")


def _moments(zone: ZoneInfo, count: int) -> Iterator[dt.datetime]:
    dice = Dice("moments of the month")
    for _ in range(count):
        day = MONTH + dt.timedelta(days=dice.between(0, 29))
        minute = dice.between(8 * 60, 19 * 60)
        yield dt.datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)


def _question(at: dt.datetime) -> Question:
    return Question(period=month_of(at.date()), dials=Dials(as_of=at, known_at=at))
