"""The chains of sellers' sales, from what happened lately (features P3 and P4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from projections.chain import Chain, History, chain
from projections.counts import counted
from projections.fold.sales import SALE_ACTIVITIES
from projections.measures import money
from projections.period import Period, months_in
from projections.plans import Plans
from projections.question import Question
from projections.source import Cell, Source
from projections.state import Settings

HISTORY: Final = dt.timedelta(days=90)
"""How far back a seller's conversions and average check are read (feature P3)."""


def month_chains(
    source: Source, question: Question, settings: Settings, stretch: Period, held: Plans
) -> dict[tuple[str, str], Chain]:
    """Each month's chains, from what happened in the days before it began.

    By month (`2026-04`) and the sellers with a plan in it. So a month keeps one norm from its
    first day to its last, and no later fact moves it.
    """
    found: dict[tuple[str, str], Chain] = {}
    for month in months_in(stretch):
        name = f"{month.first:%Y-%m}"
        sellers = held.sellers.get(name)
        if not sellers:
            continue
        before = Period(month.first - HISTORY, month.first - dt.timedelta(days=1))
        made = chains_of(source, question, settings, before, sellers)
        found.update({(name, seller): one for seller, one in made.items()})
    return found


def chains_of(
    source: Source, question: Question, settings: Settings, stretch: Period, sellers: Iterable[str]
) -> dict[str, Chain]:
    """The chain of each seller from what happened in a stretch, mixed where it was little."""
    cells = source.cells((), stretch, question.dials, ("seller", "activity"))
    department = history(cells, question, settings)
    own: dict[str | None, list[Cell]] = {}
    for cell in cells:
        own.setdefault(cell.seller, []).append(cell)
    return {
        seller: chain(
            settings.recognition, history(own.get(seller, ()), question, settings), department
        )
        for seller in sellers
    }


def history(cells: Iterable[Cell], question: Question, settings: Settings) -> History:
    """Events by activity and the money of the sales, of cells cut by activity."""
    sales = SALE_ACTIVITIES[settings.recognition]
    counts: dict[str, int] = {}
    earned = 0
    for cell in cells:
        if cell.activity is not None:
            counts[cell.activity] = counts.get(cell.activity, 0) + counted(cell)
        if cell.activity in sales:
            earned += money(cell, question.measure)
    return History(counts, earned)
