"""From a window to the forecast ledger."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction

from projections.evenness import distance, last_third, mean, variation
from projections.linear import percent
from projections.pipeline import Stake, credit, odds, stakes
from projections.question import Question
from projections.reports.forecast.rows import (
    COLUMNS,
    Basis,
    BreakEven,
    Evenness,
    Forecast,
    ForecastRow,
    Said,
)
from projections.reports.plan_fact.rows import PlanFactRow
from projections.state import Settings
from projections.windows.forecast import ForecastWindow, Past


def forecast(window: ForecastWindow, question: Question, settings: Settings) -> Forecast:
    """Sellers with a plan or money first, the department last; a row for each evening looked at."""
    sellers = [row.seller for row in window.board.rows if row.seller is not None]
    sold = {seller: _sold(window, seller) for seller in (*sellers, None)}
    said = {past.before_end: _said(window, past, (*sellers, None)) for past in window.past}
    return Forecast(
        name="forecast",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        rows=tuple(
            row for seller in (*sellers, None) for row in _rows(window, question, said, seller)
        ),
        trust=window.board.trust,
        evenness=tuple(_evenness(window, seller, sold[seller]) for seller in sold),
        break_even=_break_even(window),
        slips=window.book.slips,
        basis=Basis(
            board=window.board,
            said=said,
            months=window.months,
            sold=sold,
            margin=window.margin.total.fact,
        ),
    )


def _said(window: ForecastWindow, past: Past, sellers: Sequence[str | None]) -> Said:
    """The deals behind the forecasts of an evening."""
    last = window.board.question.period.last
    return Said(
        known=past.known,
        board=past.board,
        stakes={seller: _stakes(window, past, seller) for seller in sellers},
        promised={seller: _promised(past, last, seller) for seller in sellers},
    )


def _rows(
    window: ForecastWindow, question: Question, said: dict[int, Said], seller: str | None
) -> Iterator[ForecastRow]:
    """What was forecast for one seller, or for all of them together."""
    over = window.seen >= question.period.last
    now = _row(window.board.rows, seller) if seller else window.board.total
    fact = now.fact if now is not None and over else None
    for past in window.past:
        then = _row(past.board.rows, seller) if seller else past.board.total
        sold = then.fact if then is not None else 0
        run_rate = then.forecast if then is not None else None
        behind = said[past.before_end]
        pipeline = sold + credit(behind.stakes[seller])
        word = sold + sum(amount for _, amount in behind.promised[seller])
        yield ForecastRow(
            key=f"{seller or 'department'}|{past.before_end}",
            seller=seller,
            scope="seller" if seller else "department",
            day=past.day,
            before_end=past.before_end,
            run_rate=run_rate,
            pipeline=pipeline,
            word=word,
            fact=fact,
            run_rate_error=_error(run_rate, fact),
            pipeline_error=_error(pipeline, fact),
            word_error=_error(Fraction(word), fact),
        )


def _row(rows: tuple[PlanFactRow, ...], seller: str | None) -> PlanFactRow | None:
    return next((row for row in rows if row.seller == seller), None)


def _error(said: Fraction | None, fact: int | None) -> Fraction | None:
    """How far a forecast was off, in per cent of what came."""
    return percent(said - fact, fact) if said is not None and fact else None


def _stakes(window: ForecastWindow, past: Past, seller: str | None) -> tuple[Stake, ...]:
    """The open deals by stage, with the chances as they were known that evening."""
    chances = odds(past.deals.values(), window.workdays, past.day)
    own = [deal for deal in past.deals.values() if seller is None or deal.seller == seller]
    return stakes(own, chances, past.day, past.before_end, Fraction(1))


def _promised(past: Past, last: dt.date, seller: str | None) -> tuple[tuple[str, int], ...]:
    """The open deals that were said to close by the end of the month."""
    return tuple(
        (deal.deal, deal.open)
        for deal in past.deals.values()
        if deal.open
        and (seller is None or deal.seller == seller)
        and deal.deal in past.dated
        and past.day < past.dated[deal.deal] <= last
    )


def _sold(window: ForecastWindow, seller: str | None) -> tuple[tuple[dt.date, int], ...]:
    """What was sold by each working day as far as the month is seen since the one before it; what
    comes on days off after the last of them is that one's.
    """
    days = [day for day in window.working if day <= window.seen]
    sums = dict.fromkeys(days, 0)
    for (on, whose), amount in window.sold.items():
        if days and (seller is None or whose == seller):
            sums[days[min(bisect_left(days, on), len(days) - 1)]] += amount
    return tuple(sums.items())


def _evenness(
    window: ForecastWindow, seller: str | None, sold: Sequence[tuple[dt.date, int]]
) -> Evenness:
    """Across the last months, and inside this one as far as it is seen."""
    reached: list[Fraction] = []
    for month in window.months:
        row = _row(month.rows, seller) if seller else month.total
        if row is not None and row.plan:
            reached.append(Fraction(row.fact, row.plan))
    days = [amount for _, amount in sold]
    return Evenness(
        seller=seller,
        attainment=tuple(reached),
        hits=sum(share >= 1 for share in reached),
        mean=mean(reached),
        cv=variation(reached),
        distance=distance(days),
        last_third=last_third(days),
    )


def _break_even(window: ForecastWindow) -> BreakEven | None:
    """Where the plus begins; None without fixed costs or without any margin yet."""
    margin, total = window.margin.total.fact, window.board.total
    if window.costs is None or margin <= 0 or total.fact <= 0:
        return None
    revenue = Fraction(window.costs * total.fact, margin)
    pace = Fraction(total.fact, total.days_done) if total.days_done else None
    place = -(-revenue // pace) if pace else None
    reached = place is not None and 0 < place <= len(window.working)
    return BreakEven(
        costs=window.costs,
        revenue=revenue,
        day=window.working[place - 1] if reached and place is not None else None,
    )
