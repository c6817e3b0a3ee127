"""Orders, invoices, promises and payments. Every amount is in minor units.

Whatever can be recognised as a sale carries its own cost of goods (`cost`) and attributed costs
(`direct`): revenue = amount, margin = amount - cost, profit = margin - direct.
"""

import datetime as dt
from typing import ClassVar

import msgspec

from events.vocabulary.fact import Cuts, Fact, Whole


class Instalment(msgspec.Struct, frozen=True, kw_only=True):
    """A part of an invoice and the day it is due."""

    due: dt.date
    amount: Whole


class OrderPlaced(Cuts, frozen=True, kw_only=True):
    """A client ordered, or one line of an order was written down."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    amount: Whole
    cost: Whole = 0
    direct: Whole = 0
    note: str | None = None


class InvoiceIssued(Cuts, frozen=True, kw_only=True):
    """A request to pay went out; the instalments sum to the amount."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    invoice: str
    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    amount: Whole
    cost: Whole = 0
    direct: Whole = 0
    instalments: tuple[Instalment, ...] = ()
    note: str | None = None


class PaymentPromised(Fact, frozen=True, kw_only=True):
    """Somebody at the client said when which sum comes."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("said_by", "note")

    invoice: str
    amount: Whole
    due: dt.date
    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    said_by: str | None = None
    note: str | None = None


class PaymentReceived(Cuts, frozen=True, kw_only=True):
    """Money came in. `cost` and `direct` are this payment's share of the invoice's costs.

    `allocation` names the instalments paid (by their place, from 0); empty means oldest first.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    invoice: str | None = None
    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    amount: Whole
    cost: Whole = 0
    direct: Whole = 0
    allocation: tuple[Whole, ...] = ()
    overpaid: bool = False
    note: str | None = None


class CreditNoteIssued(Cuts, frozen=True, kw_only=True):
    """Money goes back, or is no longer asked for; the amount is positive and counts against.

    `refund` says that money had been received and was returned.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    invoice: str
    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    amount: Whole
    cost: Whole = 0
    direct: Whole = 0
    refund: bool = False
    note: str | None = None


class InvoiceWrittenOff(Fact, frozen=True, kw_only=True):
    """An open sum is given up."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("reason",)

    invoice: str
    amount: Whole
    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    reason: str | None = None


class CostSet(Cuts, frozen=True, kw_only=True):
    """Costs that became known apart from the sale; they count on the day of this event."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("note",)

    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    invoice: str | None = None
    cost: Whole = 0
    direct: Whole = 0
    note: str | None = None
