"""What is decided of a growing norm, as a fact for the log."""

from __future__ import annotations

import datetime as dt

from events.vocabulary import NormSet, RampHeld
from projections.reports.ramp import RampRow


def decision(row: RampRow, day: dt.date) -> NormSet | RampHeld | None:
    """The step of this week, from `day` on, or the week held; None where there is none to take.

    After two weeks held in a row it is not for the program to decide.
    """
    if row.ramp_state == "grows" and row.next is not None:
        return NormSet(activity=row.activity, count=row.next, since=day, seller=row.seller)
    if row.ramp_state == "holds" and row.because is not None:
        return RampHeld(activity=row.activity, seller=row.seller, because=row.because)
    return None
