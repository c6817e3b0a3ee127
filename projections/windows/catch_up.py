"""What the catch-up report needs of a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

import msgspec

from events.vocabulary import CallMade, NormSet
from projections.calendars import Calendars
from projections.chain import CHAINS, Chain
from projections.deals import Deal, deals
from projections.dials import due_day
from projections.fold.sales import SALE_ACTIVITIES
from projections.lags import Workdays
from projections.measures import money
from projections.norms import Norms
from projections.period import Period, week_of
from projections.question import Question
from projections.source import Source
from projections.state import Settings
from projections.windows.chains import HISTORY, chains_of, month_chains
from projections.windows.plan_fact import PlanFactWindow, load_plan_fact

DEALS: Final = dt.timedelta(days=365)
"""How far back deals are looked at, the open ones and those whose chances are read."""


class CatchUpWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`board` is the window of plan-fact over the same question.

    `opens` is the first working day not yet due, `until` the target day X, both of the
    department. `chains` are those of the last days up to the day seen, by seller. `lags` are
    working days from the first deed of a deal to its sale, by activity, of every deal sold.
    `month_chains` are those of a whole month, by month (`2026-04`) and seller, for the norms.
    `worth` is what of an amount counts in the asked measure.
    """

    board: PlanFactWindow
    opens: dt.date
    until: dt.date
    workdays: Workdays
    chains: Mapping[str, Chain]
    norms: Norms
    month_chains: Mapping[tuple[str, str], Chain]
    deals: Mapping[str, Deal]
    lags: Mapping[str, tuple[int, ...]]
    worth: Fraction


def load_catch_up(source: Source, question: Question, settings: Settings) -> CatchUpWindow:
    """The window of the catch-up report; it sees no further than the dials do."""
    board = load_plan_fact(source, question, settings)
    seen, dials, period = board.seen, question.dials, question.period
    opens = _opens(question, board)
    past = Period(seen - DEALS, seen)
    workdays = Workdays(board.calendars.working_dates(None, past.first, max(period.last, opens)))
    made = deals(source.turns(dials, past), settings.recognition)
    sellers = {name for month in board.plans.sellers.values() for name in month}
    by_month = month_chains(source, question, settings, period, board.plans)
    by_hand = [version.body for version in source.facts((NormSet,), dials)]
    return CatchUpWindow(
        board=board,
        opens=opens,
        until=_until(question, opens, board.calendars),
        workdays=workdays,
        chains=chains_of(
            source,
            question,
            settings,
            Period(seen - HISTORY + dt.timedelta(days=1), seen),
            sorted(sellers),
        ),
        norms=Norms(
            [body for body in by_hand if isinstance(body, NormSet)],
            board.calendars,
            board.plans,
            by_month,
        ),
        month_chains=by_month,
        deals=made,
        lags=_lags(source, question, settings, past, made, workdays),
        worth=_worth(source, question, settings, past),
    )


def _opens(question: Question, board: PlanFactWindow) -> dt.date:
    """The first working day of the department after the last one due, from the period on."""
    due = due_day(board.seen, question.dials.mode)
    first = max(due + dt.timedelta(days=1), question.period.first)
    ahead = board.calendars.working_dates(None, first, first + dt.timedelta(days=31))
    return ahead[0] if ahead else first


def _until(question: Question, opens: dt.date, calendars: Calendars) -> dt.date:
    """The day asked for, else the last working day of the week; at most the period's end."""
    asked = question.until
    if asked is None:
        worked = calendars.working_dates(None, opens, week_of(opens).last)
        asked = worked[-1] if worked else opens
    return min(asked, question.period.last)


def _lags(
    source: Source,
    question: Question,
    settings: Settings,
    past: Period,
    made: Mapping[str, Deal],
    workdays: Workdays,
) -> dict[str, tuple[int, ...]]:
    """Working days from the first deed of each activity to the sale, of the deals sold."""
    sold = {name: deal.sold for name, deal in made.items() if deal.sold is not None}
    first_calls = source.first_days((CallMade,), question.dials, past, sorted(sold))
    found: dict[str, list[int]] = {}
    for name, day in sold.items():
        entries = dict(made[name].entries)
        if name in first_calls:
            entries["call_made"] = first_calls[name]
        for activity, entered in entries.items():
            if entered <= day:
                found.setdefault(activity, []).append(workdays.between(entered, day))
    found[CHAINS[settings.recognition][-1]] = [0] * len(sold)
    return {activity: tuple(lags) for activity, lags in found.items()}


def _worth(source: Source, question: Question, settings: Settings, past: Period) -> Fraction:
    """Margin or profit over revenue of the department's sales, 1 where revenue is asked for."""
    if question.measure == "revenue":
        return Fraction(1)
    cells = source.cells(SALE_ACTIVITIES[settings.recognition], past, question.dials, ())
    revenue = sum(cell.amount for cell in cells)
    earned = sum(money(cell, question.measure) for cell in cells)
    return Fraction(earned, revenue) if revenue > 0 else Fraction(1)
