"""Invoices, promises and payments of a sale in the demo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from cockpit.demo.deal import Deal
from cockpit.demo.dice import Dice
from cockpit.demo.keys import Keys
from cockpit.demo.steps import Step
from events.vocabulary import (
    CostSet,
    CreditNoteIssued,
    DealWon,
    Instalment,
    InvoiceIssued,
    InvoiceWrittenOff,
    PaymentPromised,
    PaymentReceived,
)
from projections.costs import share_of

TERM = dt.timedelta(days=14)
"""How long after the invoice money is due where nothing else is agreed."""


def shares(cost: int, payments: Sequence[int], amount: int) -> list[int]:
    """What each payment of an invoice of `amount` takes of its cost, in minor units."""
    taken: list[int] = []
    paid = 0
    for payment in payments:
        taken.append(share_of(cost - sum(taken), payment, amount - paid))
        paid += payment
    return taken


def invoice_of(deal: Deal, keys: Keys, number: str) -> Step:
    """The request to pay; where a client is late its due days lie before the payments."""
    assert deal.invoiced is not None
    slip = dt.timedelta(days=6 if deal.late else 0)
    if deal.split:
        instalments = tuple(
            Instalment(due=max(deal.invoiced, paid.day - slip), amount=paid.amount)
            for paid in deal.payments
        )
    else:
        instalments = (Instalment(due=deal.invoiced + TERM - slip, amount=deal.amount),)
    body = InvoiceIssued(
        invoice=number,
        **keys.who,
        amount=deal.amount,
        cost=deal.cost,
        direct=deal.direct,
        instalments=instalments,
        **keys.cuts,
    )
    return Step(deal.invoiced, body)


def money_of(deal: Deal, keys: Keys, number: str, contact: str, dice: Dice) -> Iterator[Step]:
    """What comes after the invoice: promises kept and broken, payments, the sale that is won."""
    sums = tuple(paid.amount for paid in deal.payments)
    costs = shares(deal.cost, sums, deal.amount)
    directs = shares(deal.direct, sums, deal.amount)
    for place, paid in enumerate(deal.payments):
        if place == 0 or not deal.split:
            yield from _promises(deal, keys, number, paid.day, paid.amount, contact, dice)
        payment = PaymentReceived(
            invoice=number,
            **keys.who,
            amount=paid.amount,
            cost=costs[place],
            direct=directs[place],
            **keys.cuts,
        )
        yield Step(paid.day, payment)
        if place == 0:
            yield Step(
                paid.day,
                DealWon(
                    **keys.who,
                    amount=deal.amount,
                    cost=deal.cost,
                    direct=deal.direct,
                    **keys.cuts,
                ),
                next_to=True,
            )
    if deal.payments and sum(sums) == deal.amount:
        yield from _afterwards(deal, keys, number, dice)


def _promises(
    deal: Deal, keys: Keys, number: str, day: dt.date, amount: int, contact: str, dice: Dice
) -> Iterator[Step]:
    """A promise for the day the money came; a late client had named an earlier day before."""
    assert deal.invoiced is not None
    if not (deal.late or dice.chance(45)) or day <= deal.invoiced:
        return
    first = deal.invoiced
    if deal.late and (day - first).days >= 4:
        broken = day - dt.timedelta(days=dice.between(1, (day - first).days - 2))
        yield Step(first, _promise(deal, keys, number, amount, broken, contact))
        first = max(first, broken - dt.timedelta(days=max(0, broken.weekday() - 4)))
    yield Step(first, _promise(deal, keys, number, amount, day, contact))


def _promise(
    deal: Deal, keys: Keys, number: str, amount: int, due: dt.date, contact: str
) -> PaymentPromised:
    return PaymentPromised(
        invoice=number,
        amount=amount,
        due=due,
        **keys.who,
        said_by=contact,
    )


def _afterwards(deal: Deal, keys: Keys, number: str, dice: Dice) -> Iterator[Step]:
    """Freight that cost more than planned, and goods that came back, each now and then."""
    later = deal.payments[-1].day + dt.timedelta(days=7)
    if dice.chance(7):
        extra = CostSet(
            **keys.who,
            invoice=number,
            direct=max(1, deal.amount // 100),
            **keys.cuts,
        )
        yield Step(later, extra)
    elif dice.chance(2):
        back = CreditNoteIssued(
            invoice=number,
            **keys.who,
            amount=deal.amount // 20,
            cost=deal.cost // 20,
            refund=True,
            **keys.cuts,
        )
        yield Step(later, back)


def given_up(deal: Deal, keys: Keys, number: str, reason: str, dice: Dice) -> Iterator[Step]:
    """An invoice of a lost sale is taken back, or written off."""
    assert deal.lost is not None
    if dice.chance(50):
        note = CreditNoteIssued(
            invoice=number,
            **keys.who,
            amount=deal.amount,
            cost=deal.cost,
            direct=deal.direct,
            **keys.cuts,
        )
        yield Step(deal.lost, note)
    else:
        written = InvoiceWrittenOff(
            invoice=number,
            amount=deal.amount,
            **keys.who,
            reason=reason,
        )
        yield Step(deal.lost, written)
