"""What the desk check needs of a source."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from projections.fold.sales import SALE_ACTIVITIES
from projections.question import Question
from projections.source import Cell, Source
from projections.state import Settings
from projections.windows.activity import ActivityWindow, load_activity
from projections.windows.bridge import BridgeWindow, load_bridge
from projections.windows.payments import PaymentsWindow, load_payments


class DeskCheckWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The windows of the reports the lines come from.

    `steps` are the steps of the chain and `sales` the money of the period, by day and seller.
    """

    bridge: BridgeWindow
    activity: ActivityWindow
    payments: PaymentsWindow
    steps: tuple[Cell, ...]
    sales: tuple[Cell, ...]


def load_desk_check(source: Source, question: Question, settings: Settings) -> DeskCheckWindow:
    """The window of the desk check."""
    bridge = load_bridge(source, question, settings)
    dials, period, sellers = question.dials, question.period, question.sellers
    sold = SALE_ACTIVITIES[settings.recognition]
    return DeskCheckWindow(
        bridge=bridge,
        activity=load_activity(source, replace(question, per="month"), settings),
        payments=load_payments(source, question, settings),
        steps=tuple(
            source.cells(bridge.steps, period, dials, ("day", "seller", "activity"), sellers)
        ),
        sales=tuple(source.cells(sold, period, dials, ("day", "seller"), sellers)),
    )
