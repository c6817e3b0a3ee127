"""What the desk check needs of a source."""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec.structs import replace

from projections.calendars import CALENDAR_KINDS, Calendars
from projections.corrections import CORRECTION_KINDS, CorrectionState
from projections.dials import seen_day
from projections.fold.sales import SALE_ACTIVITIES
from projections.question import Question
from projections.reports.activity import Activity, activity
from projections.reports.bridge import BridgeReport, bridge
from projections.reports.payments import Payments, payments
from projections.reports.ramp import RampReport, ramp
from projections.reviewing import STANDUP_KINDS, reviewed
from projections.source import Cell, Source
from projections.state import Settings
from projections.windows.activity import load_activity
from projections.windows.bridge import load_bridge
from projections.windows.payments import load_payments
from projections.windows.ramp import load_ramp


class DeskCheckWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The reports the lines come from, so that no two of their windows are there at a time.

    `steps` are the steps of the chain and `sales` the money of the period, by day and seller;
    `agreed` are the corrections that the stand-up of the day seen begins with, `ramps` the norms
    that grow.
    """

    seen: dt.date
    calendars: Calendars
    bridge: BridgeReport
    activity: Activity
    payments: Payments
    steps: tuple[Cell, ...]
    sales: tuple[Cell, ...]
    agreed: tuple[CorrectionState, ...]
    ramps: RampReport


def load_desk_check(source: Source, question: Question, settings: Settings) -> DeskCheckWindow:
    """The window of the desk check."""
    dials, period, sellers = question.dials, question.period, question.sellers
    seen = seen_day(dials, settings.zone)
    monthly = replace(question, per="month")
    bridged = bridge(load_bridge(source, question, settings), question, settings)
    sold = SALE_ACTIVITIES[settings.recognition]
    return DeskCheckWindow(
        seen=seen,
        calendars=Calendars(source.facts(CALENDAR_KINDS, dials)),
        bridge=bridged,
        activity=activity(load_activity(source, monthly, settings), monthly, settings),
        payments=payments(load_payments(source, question, settings), question, settings),
        steps=tuple(
            source.cells(bridged.basis.steps, period, dials, ("day", "seller", "activity"), sellers)
        ),
        sales=tuple(source.cells(sold, period, dials, ("day", "seller"), sellers)),
        agreed=_agreed(source, question, seen),
        ramps=ramp(load_ramp(source, question, settings), question, settings),
    )


def _agreed(source: Source, question: Question, seen: dt.date) -> tuple[CorrectionState, ...]:
    """What the stand-up of a day begins with, of the sellers asked for."""
    agreed = source.facts(CORRECTION_KINDS, question.dials)
    found = reviewed(agreed, source.facts(STANDUP_KINDS, question.dials), seen)
    return tuple(
        state for state in found if not question.sellers or state.seller in question.sellers
    )
