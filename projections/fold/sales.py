"""What counts as a sale under each recognition, in one place for the fold and the reports.

revenue = Σ amount, margin = revenue - Σ cost, profit = margin - Σ direct over these activities.
"""

from __future__ import annotations

from typing import Final

from events.vocabulary import (
    CostSet,
    CreditNoteIssued,
    DealWon,
    InvoiceIssued,
    OrderPlaced,
    PaymentReceived,
)
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition

REFUND: Final = "credit_note_issued:refund"
"""The activity of a credit note that returns money received; others are `credit_note_issued`."""

SALE_KIND: Final[dict[Recognition, type[Fact]]] = {
    "payment": PaymentReceived,
    "order": OrderPlaced,
    "invoice": InvoiceIssued,
    "won": DealWon,
}
"""The kind that makes a sale; a won deal only does with an amount."""

SALE_ACTIVITIES: Final[dict[Recognition, tuple[str, ...]]] = {
    "payment": ("payment_received", REFUND, "cost_set"),
    "order": ("order_placed", "cost_set"),
    "invoice": ("invoice_issued", "credit_note_issued", REFUND, "cost_set"),
    "won": ("deal_won", "cost_set"),
}
"""The activities whose cells sum to the money of a department; credit notes are negative there."""

SALE_KINDS: Final[dict[Recognition, tuple[str, ...]]] = {
    recognition: tuple(dict.fromkeys(name.partition(":")[0] for name in activities))
    for recognition, activities in SALE_ACTIVITIES.items()
}
"""The same as kinds of events, for traces; `recognised` tells the refunds apart."""


def is_sale(body: object, recognition: Recognition) -> bool:
    """Whether an event is a sale by itself, as a client's first one is."""
    if type(body) is not SALE_KIND[recognition]:
        return False
    return not isinstance(body, DealWon) or body.amount is not None


def recognised(body: object, recognition: Recognition) -> tuple[int, int, int] | None:
    """What one event adds to amount, cost and direct costs; None where it is no such event."""
    if isinstance(body, CostSet):
        return 0, body.cost, body.direct
    if isinstance(body, CreditNoteIssued):
        counts = recognition == "invoice" or (recognition == "payment" and body.refund)
        return (-body.amount, -body.cost, -body.direct) if counts else None
    if is_sale(body, recognition) and isinstance(
        body, PaymentReceived | OrderPlaced | InvoiceIssued | DealWon
    ):
        return body.amount or 0, body.cost, body.direct
    return None
