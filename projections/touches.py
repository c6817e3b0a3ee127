"""How many touches a sale takes: whether its payments need a plan at all (requirement row 19)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from events.vocabulary import (
    CallMade,
    DealWon,
    MeetingHeld,
    PaymentReceived,
    PresentationGiven,
    ProposalSent,
    StepCompleted,
    name_of,
)
from events.vocabulary.fact import Fact
from projections.period import Period
from projections.question import Dials
from projections.source import Source

TOUCHES: Final[tuple[type[Fact], ...]] = (
    CallMade,
    MeetingHeld,
    PresentationGiven,
    ProposalSent,
    StepCompleted,
)

_SOLD: Final = frozenset(map(name_of, (DealWon, PaymentReceived)))

RECENT: Final = dt.timedelta(days=90)
"""How far back sales are looked at."""


def touches(source: Source, dials: Dials, seen: dt.date) -> Fraction | None:
    """The median number of touches of the deals lately won or paid; None where there are none.

    Deals of which no touch was written down say nothing and are left out.
    """
    recent = Period(seen - RECENT, seen)
    sold = {turn.deal for turn in source.turns(dials, recent) if turn.said in _SOLD}
    counts = source.counts(TOUCHES, dials, sorted(sold))
    return _median(sorted(counts.values())) if counts else None


def _median(counts: Sequence[int]) -> Fraction:
    """The middle of some numbers in order, or half of the two in the middle."""
    place, last = divmod(len(counts) - 1, 2)
    return Fraction(counts[place] + counts[place + last], 2)
