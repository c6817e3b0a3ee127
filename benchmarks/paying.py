"""The payment plan of a day, over all the invoices a department ever issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from benchmarks.data import LAST_DAY, Plan
from benchmarks.measure import share, timed
from benchmarks.opening import model_of, warm_log
from benchmarks.table import Line, within
from events.sqlite import SqliteLog
from projections.desk import Desk
from projections.period import month_of
from projections.question import Dials, Question

LIMIT = 0.050
EVENTS = 1_000_000
DAYS = 20


def measure(plan: Plan) -> Iterator[Line]:
    """The first look, which reads every paper, and then one day after another."""
    path = warm_log(plan, EVENTS)
    days = [LAST_DAY - dt.timedelta(days=back) for back in range(DAYS, 0, -1)]
    with SqliteLog.open(path, writable=False) as log, Desk(log, model_of(path)) as desk:
        desk.catch_up()
        first, *steps = [timed(partial(desk.ask, "payments", _question(day)))() for day in days]
    size = f"{plan.size(EVENTS):,}"
    yield Line(
        what=f"payments of {size} events, first look, CPU", ours=f"{first * 1000:.0f} ms", peer=""
    )
    yield within(
        f"payments of {size} events, a day's step, CPU, p95", share(steps, 95), LIMIT, unit="s"
    )


def _question(day: dt.date) -> Question:
    return Question(period=month_of(day), dials=Dials(as_of=day))
