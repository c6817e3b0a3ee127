"""From a window to the rows of catching up (feature P3, requirement rows 21-24, 98)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction

from msgspec.structs import replace

from projections import catch_up as formulas
from projections.chain import Chain, Conversion, events_for
from projections.lags import median
from projections.linear import Part, shares
from projections.period import month_of
from projections.pipeline import Odds, Stake, credit, odds, stakes
from projections.question import Question
from projections.reports.catch_up.rows import (
    COLUMNS,
    GOALS,
    Basis,
    CatchUp,
    CatchUpRow,
    Goal,
    Means,
    NormMeans,
)
from projections.reports.plan_fact import PlanFact, PlanFactRow, plan_fact
from projections.state import Settings
from projections.windows.catch_up import CatchUpWindow
from projections.windows.chains import HISTORY


def catch_up(window: CatchUpWindow, question: Question, settings: Settings) -> CatchUp:
    """Every seller who has a plan and works on, the sale first and then back along the chain."""
    board = plan_fact(window.board, question, settings)
    found = odds(window.deals.values(), window.workdays, window.board.seen)
    lags = {name: lag for name, every in window.lags.items() if (lag := median(every)) is not None}
    unit = 10**settings.minor_digits
    means = {
        row.seller: _means(window, question, board, row, found)
        for row in board.rows
        if row.seller is not None and _works_on(row, window)
    }
    rows = tuple(
        row
        for seller, its in means.items()
        for row in _rows(window, question, seller, its, lags, unit)
    )
    return CatchUp(
        name="catch-up",
        question=replace(question, until=window.until),
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=rows,
        opens=window.opens,
        trust=board.trust,
        basis=Basis(
            zone=settings.zone,
            seen=window.board.seen,
            first=window.board.seen - HISTORY + dt.timedelta(days=1),
            board=board,
            means=means,
            lags=lags,
            ahead=window.board.calendars.working_dates(None, window.opens, question.period.last),
            norms={row.key: norm for row in rows if (norm := _derived(window, row)) is not None},
        ),
    )


def _derived(window: CatchUpWindow, row: CatchUpRow) -> NormMeans | None:
    """What the norm of a row is derived from, None where a hand has set it."""
    norm = window.norms.on(row.seller, window.opens, row.activity)
    month = month_of(window.opens)
    name = f"{month.first:%Y-%m}"
    plan = window.board.plans.seller(name, row.seller)
    if norm is None or not norm.derived or plan is None:
        return None
    days = window.board.calendars.working_days(row.seller, month.first, month.last)
    return NormMeans(plan, window.month_chains[name, row.seller], days)


def _works_on(row: PlanFactRow, window: CatchUpWindow) -> bool:
    """Whether a seller has a plan to reach and is not gone before the next day of work."""
    gone = row.left is not None and row.left < window.opens
    return row.plan is not None and row.seller in window.chains and not gone


def _means(
    window: CatchUpWindow,
    question: Question,
    board: PlanFact,
    row: PlanFactRow,
    chances: Mapping[str, Odds],
) -> Means:
    seller = row.seller or ""
    parts = board.basis.parts[row.key]
    own = [deal for deal in window.deals.values() if deal.seller == seller]

    def by(day: dt.date) -> tuple[Stake, ...]:
        left = window.workdays.count(window.opens, day)
        if not question.credit:
            return ()
        return stakes(own, chances, window.board.seen, left, window.worth)

    return Means(
        chain=window.chains[seller],
        line=row.line or Fraction(),
        line_until=_line(window, question, seller, parts),
        plan=row.plan or 0,
        fact=row.fact,
        days=window.board.calendars.working_days(seller, window.opens, window.until),
        stakes=by(window.until),
        stakes_month=by(question.period.last),
    )


def _line(
    window: CatchUpWindow, question: Question, seller: str, parts: tuple[Part, ...]
) -> Fraction:
    """L(X): where the line will be at the end of the target day."""
    plans = {part.share.month: part.plan for part in parts}
    spread = shares(window.board.calendars, question.period, window.until, seller)
    due = (Part(plans[share.month], share).due for share in spread if share.month in plans)
    return sum(due, Fraction())


def _rows(
    window: CatchUpWindow,
    question: Question,
    seller: str,
    means: Means,
    lags: Mapping[str, int],
    unit: int,
) -> Iterator[CatchUpRow]:
    sale = sale_row(seller, means, unit)
    deals = {goal: getattr(sale, goal) for goal in GOALS}
    for row in (sale, *step_rows(seller, means.chain, deals)):
        lag = lags.get(row.activity)
        last = None if lag is None else window.workdays.back(question.period.last, lag)
        norm = window.norms.on(seller, window.opens, row.activity)
        yield replace(
            row,
            per_day=formulas.per_day(row.now, means.days),
            norm=None if norm is None else norm.per_day,
            last_day=last,
            late=last is not None and last < window.opens,
            days=means.days,
        )


def sale_row(seller: str, means: Means, unit: int) -> CatchUpRow:
    """The money, and the three named numbers of deals."""
    check = means.chain.check
    by_day, by_month = credit(means.stakes), credit(means.stakes_month)
    now = formulas.deals(means.line - means.fact, by_day, check.value)
    return CatchUpRow(
        key=f"{seller}|{means.chain.sale}",
        seller=seller,
        activity=means.chain.sale,
        gap=means.line - means.fact,
        gap_until=means.line_until - means.fact,
        gap_month=Fraction(means.plan - means.fact),
        credit=by_day,
        credit_month=by_month,
        check=check.value,
        check_for_fewer=formulas.check_for_fewer(
            formulas.rest(means.line - means.fact, by_day), now, unit
        ),
        money_per_day=formulas.per_day(
            formulas.rest(means.line_until - means.fact, by_day), means.days
        ),
        source="mixed" if check.mixed else "own",
        reached=check.sales,
        now=now,
        until=formulas.deals(means.line_until - means.fact, by_day, check.value),
        month=formulas.deals(Fraction(means.plan - means.fact), by_month, check.value),
    )


def step_rows(seller: str, chain: Chain, deals: Mapping[Goal, int | None]) -> Iterator[CatchUpRow]:
    """The steps of the chain from the last before the sale to the first."""
    for step in reversed(chain.steps):
        yield _step(seller, chain, step, deals)


def _step(
    seller: str, chain: Chain, step: Conversion, deals: Mapping[Goal, int | None]
) -> CatchUpRow:
    needs = {
        goal: None if count is None else events_for(count, chain, step.step_from)
        for goal, count in deals.items()
    }
    return CatchUpRow(
        key=f"{seller}|{step.step_from}",
        seller=seller,
        activity=step.step_from,
        share=step.share,
        source="mixed" if step.mixed else "own",
        entered=step.entered,
        reached=step.reached,
        now=needs["now"],
        until=needs["until"],
        month=needs["month"],
    )
