"""What the desk check needs of a source."""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec.structs import replace

from projections.corrections import CORRECTION_KINDS, CorrectionState
from projections.fold.sales import SALE_ACTIVITIES
from projections.question import Question
from projections.reviewing import STANDUP_KINDS, reviewed
from projections.source import Cell, Source
from projections.state import Settings
from projections.windows.activity import ActivityWindow, load_activity
from projections.windows.bridge import BridgeWindow, load_bridge
from projections.windows.payments import PaymentsWindow, load_payments
from projections.windows.ramp import RampWindow, load_ramp


class DeskCheckWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The windows of the reports the lines come from.

    `steps` are the steps of the chain and `sales` the money of the period, by day and seller;
    `agreed` are the corrections that the stand-up of the day seen begins with, `ramps` the window
    of norms that grow.
    """

    bridge: BridgeWindow
    activity: ActivityWindow
    payments: PaymentsWindow
    steps: tuple[Cell, ...]
    sales: tuple[Cell, ...]
    agreed: tuple[CorrectionState, ...]
    ramps: RampWindow


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
        agreed=_agreed(source, question, bridge.board.seen),
        ramps=load_ramp(source, question, settings),
    )


def _agreed(source: Source, question: Question, seen: dt.date) -> tuple[CorrectionState, ...]:
    """What the stand-up of a day begins with, of the sellers asked for."""
    agreed = source.facts(CORRECTION_KINDS, question.dials)
    found = reviewed(agreed, source.facts(STANDUP_KINDS, question.dials), seen)
    return tuple(
        state for state in found if not question.sellers or state.seller in question.sellers
    )
