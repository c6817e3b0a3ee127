"""Money that comes by itself: service contracts, a leaver's last invoice, sums without a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from cockpit.demo.cast import Person
from cockpit.demo.clients import Client, Portfolio
from cockpit.demo.deal import Deal, Paid
from cockpit.demo.entry import Entry, soon
from cockpit.demo.keys import keys_for
from cockpit.demo.setting import HEAD, Setting
from events.vocabulary import (
    Instalment,
    InvoiceIssued,
    PaymentReceived,
)

SERVED = ("star", "solid", "ordinary")
"""Characters who sold a service contract once and live on it still."""


def paid_after_leaving(setting: Setting, client: Client, left: dt.date) -> Deal:
    """The last invoice of whoever left is paid weeks later; the credit stays with the leaver."""
    amount = setting.nation.plan_unit // 16 // setting.nation.step * setting.nation.step
    invoiced = setting.step(left, -1)
    return Deal(
        seller=client.seller,
        client=client,
        fresh=True,
        repeat=True,
        product=setting.nation.products[1][0],
        temperature="warm",
        opened=invoiced,
        invoiced=invoiced,
        amount=amount,
        cost=amount * 6 // 10,
        direct=amount // 20,
        payments=(Paid(max(setting.step(left, 5), setting.worked[-2]), amount),),
        late=True,
    )


def service_contracts(
    setting: Setting, people: Sequence[tuple[Person, Portfolio]]
) -> Iterator[Entry]:
    """A client of some sellers pays for service on the first working morning of each month."""
    for person, portfolio in people:
        if person.character.name not in SERVED:
            continue
        client = portfolio.clients[0]
        for month in setting.months:
            day = setting.days_of(month)[0]
            number = f"S{month[2:4]}{month[5:]}-{person.key}"
            yield from _served(setting, person, client, day, number)


def _served(
    setting: Setting, person: Person, client: Client, day: dt.date, number: str
) -> Iterator[Entry]:
    nation = setting.nation
    amount = nation.plan_unit // 40 // nation.step * nation.step
    keys = keys_for(client, number, person.key, nation.products[-1][0], "hot")
    invoice = InvoiceIssued(
        invoice=number,
        amount=amount,
        cost=amount // 2,
        instalments=(Instalment(due=day, amount=amount),),
        **keys.who,
        **keys.cuts,
    )
    payment = PaymentReceived(
        invoice=number, amount=amount, cost=amount // 2, **keys.who, **keys.cuts
    )
    eve = setting.at(setting.step(day, -1), 16 * 60 + 40)
    yield soon(eve, HEAD, invoice, seconds=90)
    yield soon(setting.at(day, 8 * 60 + 10), HEAD, payment, seconds=300)


def unclaimed(setting: Setting) -> Iterator[Entry]:
    """Once a month money comes that nobody knows the client of."""
    for month in setting.months:
        day = setting.days_of(month)[0]
        amount = setting.nation.plan_unit // 80 // setting.nation.step * setting.nation.step
        body = PaymentReceived(amount=amount)
        yield soon(setting.at(day, 8 * 60 + 12), HEAD, body, seconds=600)
