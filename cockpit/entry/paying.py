"""Facts of money: orders, invoices, promises, payments, credit notes, costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from cockpit.entry import moments
from cockpit.entry.scene import Scene
from cockpit.entry.whole import whole
from cockpit.errors import Refused
from cockpit.words import t
from events.vocabulary import (
    CostSet,
    CreditNoteIssued,
    Instalment,
    InvoiceIssued,
    InvoiceWrittenOff,
    OrderPlaced,
    PaymentPromised,
    PaymentReceived,
)
from events.vocabulary.fact import Fact
from projections.costs import share_of
from projections.state import InvoiceState

_LISTED = 6


def order(scene: Scene) -> OrderPlaced:
    """A client ordered."""
    fact = OrderPlaced(
        seller=scene.seller,
        client=scene.known_client,
        deal=scene.deal_key,
        amount=scene.amount,
        cost=scene.money(scene.extras.cost),
        direct=scene.money(scene.extras.direct),
        note=scene.note,
    )
    return scene.cut(fact, deal=scene.deal)


def invoice(scene: Scene) -> InvoiceIssued:
    """A request to pay, under the number said or the next one."""
    known = scene.invoices
    number = scene.typed.number or _next_number(known)
    if number in known:
        raise Refused(
            t("there is an invoice {number} already: give this one another number", number=number)
        )
    fact = InvoiceIssued(
        invoice=number,
        seller=scene.seller,
        client=scene.known_client,
        deal=scene.deal_key,
        amount=scene.amount,
        cost=scene.money(scene.extras.cost),
        direct=scene.money(scene.extras.direct),
        instalments=_instalments(scene),
        note=scene.note,
    )
    return scene.cut(fact, deal=scene.deal)


def promise(scene: Scene) -> PaymentPromised:
    """Somebody named a day; without an amount it is all that is open."""
    owed = _owed(scene)
    if scene.typed.moment is None:
        raise Refused(t("by when? Type the day: {example}", example=scene.example))
    return PaymentPromised(
        invoice=owed.invoice,
        amount=scene.typed.amount if scene.typed.amount is not None else owed.open,
        due=moments.ahead(scene.typed.moment, scene.now.date()),
        seller=scene.credited(owed),
        client=owed.client,
        deal=owed.deal,
        said_by=scene.extras.said_by,
        note=scene.note,
    )


def payment(scene: Scene) -> PaymentReceived:
    """Money came in for an invoice, with its share of the invoice's costs."""
    owed, amount = _owed(scene), scene.amount
    if amount > owed.open and not scene.extras.overpaid:
        raise Refused(
            t(
                "invoice {number} has {open} open, not {amount}: add --overpaid if the client "
                "did pay more",
                number=owed.invoice,
                open=scene.shown(owed.open),
                amount=scene.shown(amount),
            )
        )
    fact = PaymentReceived(
        invoice=owed.invoice,
        seller=scene.credited(owed),
        client=owed.client,
        deal=owed.deal,
        amount=amount,
        cost=share_of(owed.cost_left, amount, owed.open),
        direct=share_of(owed.direct_left, amount, owed.open),
        overpaid=amount > owed.open,
        note=scene.note,
    )
    return scene.cut(fact, invoice=owed)


def credit_note(scene: Scene) -> CreditNoteIssued:
    """Less is asked for, or money goes back."""
    owed = _owed(scene)
    fact = CreditNoteIssued(
        invoice=owed.invoice,
        seller=scene.credited(owed),
        client=owed.client,
        deal=owed.deal,
        amount=_within(scene, owed.paid if scene.extras.refund else owed.open, owed),
        cost=scene.money(scene.extras.cost),
        direct=scene.money(scene.extras.direct),
        refund=scene.extras.refund,
        note=scene.note,
    )
    return scene.cut(fact, invoice=owed)


def write_off(scene: Scene) -> InvoiceWrittenOff:
    """An open sum is given up."""
    owed = _owed(scene)
    return InvoiceWrittenOff(
        invoice=owed.invoice,
        amount=_within(scene, owed.open, owed),
        seller=scene.credited(owed),
        client=owed.client,
        deal=owed.deal,
        reason=scene.note,
    )


def cost(scene: Scene) -> CostSet:
    """What a sale cost became known apart from it: of an invoice, or of a client's deal."""
    owed = _owed(scene) if scene.typed.invoice is not None else None
    if scene.typed.amount is None and scene.extras.direct is None:
        raise Refused(t("how much? Type the amount: {example}", example=scene.example))
    fact = CostSet(
        seller=scene.credited(owed),
        client=owed.client if owed else scene.known_client,
        deal=owed.deal if owed else scene.deal_key,
        invoice=owed.invoice if owed else None,
        cost=scene.typed.amount or 0,
        direct=scene.money(scene.extras.direct),
        note=scene.note,
    )
    return scene.cut(fact, deal=scene.deal, invoice=owed)


def _owed(scene: Scene) -> InvoiceState:
    """The invoice named by number, else the only open one of the client named.

    Raises Refused with the open ones.
    """
    known, number = scene.invoices, scene.typed.invoice
    if number is not None:
        if number not in known:
            raise Refused(
                t(
                    "there is no invoice {number}; open are: {open}",
                    number=number,
                    open=_listed(scene, list(known.values())),
                )
            )
        return known[number]
    client = scene.client
    open_ones = [i for i in known.values() if i.open > 0 and client in (None, i.client)]
    if client is not None and len(open_ones) == 1:
        return open_ones[0]
    listed = _listed(scene, open_ones)
    if scene.typed.amount is None:
        raise Refused(t("which invoice? Type its number; open are: {open}", open=listed))
    raise Refused(
        t(
            "which invoice is {amount} for? Type its number; open are: {open}",
            amount=scene.shown(scene.amount),
            open=listed,
        )
    )


def _within(scene: Scene, most: int, owed: InvoiceState) -> int:
    """The amount typed, which may not be above what there is of the invoice."""
    if scene.amount > most:
        raise Refused(
            t(
                "invoice {number} has only {most} to take from, not {amount}",
                number=owed.invoice,
                most=scene.shown(most),
                amount=scene.shown(scene.amount),
            )
        )
    return scene.amount


def _listed(scene: Scene, invoices: list[InvoiceState]) -> str:
    """Open invoices with client and sum, the newest first."""
    open_ones = sorted((i for i in invoices if i.open > 0), key=lambda i: i.issued, reverse=True)
    names = scene.department.client_names
    lines = [
        " ".join((i.invoice, names.get(i.client or "", i.client or ""), scene.shown(i.open)))
        for i in open_ones[:_LISTED]
    ]
    return "; ".join(lines) + (" …" if len(open_ones) > _LISTED else "") if lines else t("none")


def _next_number(known: dict[str, InvoiceState]) -> str:
    """The number after the highest that is a plain one."""
    plain = (whole(number) for number in known)
    return str(max((number for number in plain if number is not None), default=0) + 1)


def _instalments(scene: Scene) -> tuple[Instalment, ...]:
    """The days agreed, each as `DAY=AMOUNT`, or one day for the whole sum."""
    parts = [text.partition("=") for text in scene.extras.due]
    if len(parts) == 1 and not parts[0][1]:
        return (Instalment(due=_due(parts[0][0], scene.now), amount=scene.amount),)
    instalments = tuple(
        Instalment(due=_due(day, scene.now), amount=scene.money(amount)) for day, _, amount in parts
    )
    total = sum(part.amount for part in instalments)
    if instalments and total != scene.amount:
        raise Refused(
            t(
                "the instalments sum to {total}, the invoice to {amount}",
                total=scene.shown(total),
                amount=scene.shown(scene.amount),
            )
        )
    return instalments


def _due(text: str, now: dt.datetime) -> dt.date:
    """The day an instalment is due; an invoice logged late may have one that has gone by."""
    return moments.parse_day(text, now.date())


MAKERS: Final[Mapping[str, Callable[[Scene], Fact]]] = {
    "order": order,
    "invoice": invoice,
    "promise": promise,
    "payment": payment,
    "credit-note": credit_note,
    "write-off": write_off,
    "cost": cost,
}
