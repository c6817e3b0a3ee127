"""What the bridge needs of a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from projections.chain import CHAINS, Chain
from projections.counts import counted
from projections.deals import Lead, leads
from projections.period import Period
from projections.question import Question
from projections.source import Source
from projections.state import Settings
from projections.windows.catch_up import DEALS
from projections.windows.chains import month_chains
from projections.windows.plan_fact import PlanFactWindow, load_plan_fact


class BridgeWindow(msgspec.Struct, frozen=True, kw_only=True):
    """`board` is the window of plan-fact over the same question.

    `steps` is the chain with the sale last, `counts` the events of the period by seller and
    step, `chains` the month's by month (`2026-04`) and seller: what the plan was made of.
    `leads` is how the deals of the last days up to the day seen began and ended.
    """

    board: PlanFactWindow
    steps: tuple[str, ...]
    counts: Mapping[tuple[str | None, str], int]
    chains: Mapping[tuple[str, str], Chain]
    leads: Mapping[str, Lead]


def load_bridge(source: Source, question: Question, settings: Settings) -> BridgeWindow:
    """The window of the bridge."""
    board = load_plan_fact(source, question, settings)
    steps = CHAINS[settings.recognition]
    cells = source.cells(
        steps, question.period, question.dials, ("seller", "activity"), question.sellers
    )
    past = Period(min(board.seen - DEALS, question.period.first), _last(board.seen, question))
    return BridgeWindow(
        board=board,
        steps=steps,
        counts={(cell.seller, cell.activity or ""): counted(cell) for cell in cells},
        chains=month_chains(source, question, settings, question.period, board.plans),
        leads=leads(source.turns(question.dials, past), settings.recognition),
    )


def _last(seen: dt.date, question: Question) -> dt.date:
    """Deals are known as of the day seen, be it after the period."""
    return max(seen, question.period.first)
