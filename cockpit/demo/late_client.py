"""A client who breaks promises and pays a part."""

from __future__ import annotations

from cockpit.demo.clients import Client
from cockpit.demo.deal import Deal
from cockpit.demo.keys import Keys
from cockpit.demo.money import shares
from cockpit.demo.setting import Setting
from cockpit.demo.steps import Step
from events.vocabulary import (
    Instalment,
    InvoiceIssued,
    PaymentPromised,
    PaymentReceived,
)

LATE_SINCE = 17
"""Working days since the late client was invoiced."""


def late_deal(setting: Setting, client: Client) -> Deal:
    """A good-sized sale that was invoiced weeks ago."""
    invoiced = setting.worked[max(0, len(setting.worked) - LATE_SINCE)]
    amount = setting.nation.plan_unit // 8 // setting.nation.step * setting.nation.step
    return Deal(
        seller=client.seller,
        client=client,
        fresh=True,
        repeat=True,
        product=setting.nation.products[0][0],
        temperature="hot",
        opened=invoiced,
        amount=amount,
        cost=amount * 58 // 100,
        direct=amount // 20,
    )


def late_money(setting: Setting, deal: Deal, keys: Keys, number: str, contact: str) -> list[Step]:
    """Two promises broken, a part paid, and a promise for today."""
    today, invoiced = setting.spec.today, deal.opened
    part = deal.amount * 2 // 5
    first, second, paid = (setting.step(invoiced, count) for count in (5, 9, 11))
    due = Instalment(due=first, amount=deal.amount)
    invoice = InvoiceIssued(
        invoice=number,
        amount=deal.amount,
        cost=deal.cost,
        direct=deal.direct,
        instalments=(due,),
        **keys.who,
        **keys.cuts,
    )
    payment = PaymentReceived(
        invoice=number,
        amount=part,
        cost=shares(deal.cost, (part,), deal.amount)[0],
        direct=shares(deal.direct, (part,), deal.amount)[0],
        **keys.who,
        **keys.cuts,
    )
    promises = [
        (invoiced, deal.amount, first),
        (setting.step(first, 1), deal.amount, second),
        (setting.step(paid, 1), deal.amount - part, today),
    ]
    steps = [
        Step(
            day,
            PaymentPromised(invoice=number, amount=amount, due=due_on, said_by=contact, **keys.who),
        )
        for day, amount, due_on in promises
    ]
    return [Step(invoiced, invoice), *steps, Step(paid, payment)]
