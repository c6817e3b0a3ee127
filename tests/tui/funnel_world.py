"""A department whose bridge and conversions are known: deals of two sellers from two channels.

March gives the conversions that April's plan was made with; the funnel of April is worse. Seen in
the morning of Monday, 15 April 2024.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from events.vocabulary import (
    CallMade,
    DealLost,
    InvoiceIssued,
    LeadReceived,
    MeetingHeld,
    PaymentReceived,
    PlanSet,
    ProposalSent,
)
from events.vocabulary.fact import Fact
from tests.projections.payment_days import Dated, K, on

CHECK: Final = 75 * K
MARCH: Final = dt.date(2024, 3, 12)

_STEPS: Final = ("calls", "meetings", "proposals", "invoices", "payments")


def funnel() -> list[Dated]:
    """What both sellers did, and the plans they did it for."""
    return [
        (on(1), PlanSet(month="2024-04", seller="ivanov", amount=3000 * K)),
        (on(1), PlanSet(month="2024-04", seller="petrova", amount=1000 * K)),
        *deals("ivanov", "web", MARCH, leads=40, numbers=(40, 30, 24, 18, 16)),
        *deals("petrova", "fair", MARCH, leads=40, numbers=(40, 30, 24, 18, 16)),
        *deals("ivanov", "web", on(9), leads=30, numbers=(30, 24, 20, 6, 4)),
        *deals("petrova", "fair", on(10), leads=20, numbers=(16, 12, 9, 8, 8)),
    ]


def deals(
    seller: str, channel: str, day: dt.date, *, leads: int, numbers: tuple[int, ...]
) -> list[Dated]:
    """Leads of a day, so many of which came as far as each step; the others were lost."""
    found: list[Dated] = []
    for place in range(leads):
        deal = f"{seller}-{day:%m%d}-{place}"
        reached = dict(zip(_STEPS, (place < number for number in numbers), strict=True))
        made: list[tuple[bool, Fact]] = [
            (True, LeadReceived(deal=deal, seller=seller, channel=channel)),
            (reached["calls"], CallMade(deal=deal, seller=seller, channel=channel, seconds=90)),
            (reached["meetings"], MeetingHeld(deal=deal, seller=seller, channel=channel)),
            (reached["proposals"], ProposalSent(deal=deal, seller=seller, channel=channel)),
            (reached["invoices"], InvoiceIssued(
                invoice=deal, deal=deal, seller=seller, channel=channel, amount=CHECK)),
            (reached["payments"], PaymentReceived(
                invoice=deal, deal=deal, seller=seller, channel=channel, amount=CHECK)),
            (not reached["payments"], DealLost(deal=deal, seller=seller, channel=channel)),
        ]  # fmt: skip
        found += [(day, body) for happened, body in made if happened]
    return found
