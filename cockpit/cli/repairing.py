"""What a repair takes along: its envelope, and what follows from a payment's new amount."""

from __future__ import annotations

from cockpit import formats
from cockpit.department import Department
from cockpit.entry.deals import withdrawn
from cockpit.errors import Refused
from cockpit.words import t
from events.envelope import Draft, Event
from events.log import Log
from events.rules import corrected
from events.trace import Trace
from events.vocabulary import (
    DepartmentOpened,
    EventCorrected,
    EventVoided,
    PaymentReceived,
    name_of,
)
from events.vocabulary.fact import Fact
from events.vocabulary.repairs import Scalar
from projections.costs import share_of


def correction(
    department: Department, target: Event, fields: dict[str, Scalar], reason: str
) -> Draft:
    """The draft that corrects an event, under the keys of what it corrects."""
    body = EventCorrected(
        target=target.id,
        target_kind=target.kind,
        fields=fields | _costs_follow(department, target, fields),
        reason=reason,
        seller=target.seller,
        client=target.client,
        deal=target.deal,
    )
    return Draft(body=body, occurred_at=department.now(), actor=department.actor())


def withdrawal(department: Department, target: Event, reason: str) -> Draft:
    """The draft that withdraws an event, under the keys of what it withdraws.

    Raises Refused for the department itself, without which nothing else could be read.
    """
    if target.kind == name_of(DepartmentOpened):
        raise Refused(
            t(
                "the department itself cannot be withdrawn: correct it, as in cockpit fix "
                '{number} name=North "typo"',
                number=target.seq,
            )
        )
    body = EventVoided(
        target=target.id,
        target_kind=target.kind,
        reason=reason,
        seller=target.seller,
        client=target.client,
        deal=target.deal,
    )
    return Draft(body=body, occurred_at=department.now(), actor=department.actor())


def _costs_follow(
    department: Department, target: Event, fields: dict[str, Scalar]
) -> dict[str, Scalar]:
    """The costs a payment takes with another amount, where those are not corrected too.

    Raises Refused for an amount above what would be open without this payment.
    """
    amount = fields.get("amount")
    payment = _standing(department.log, target)
    if not isinstance(amount, int) or not isinstance(payment, PaymentReceived):
        return {}
    owed = department.desk.invoices(department.dials()).get(payment.invoice or "")
    if owed is None:
        return {}
    due = owed.open + payment.amount
    if amount > due and not (payment.overpaid or fields.get("overpaid")):
        settings = department.settings
        raise Refused(
            t(
                "invoice {number} has {open} open, not {amount}: add overpaid=yes if the client "
                "did pay more",
                number=owed.invoice,
                open=formats.money(due, settings.minor_digits, currency=settings.currency),
                amount=formats.money(amount, settings.minor_digits, currency=settings.currency),
            )
        )
    follow: dict[str, Scalar] = {
        "cost": share_of(owed.cost_left + payment.cost, amount, due),
        "direct": share_of(owed.direct_left + payment.direct, amount, due),
    }
    return {name: value for name, value in follow.items() if name not in fields}


def _standing(log: Log, event: Event) -> object:
    """The body of an event with the corrections that hold put in."""
    sellers = (event.seller,) if event.seller else ()
    clients = (event.client,) if event.client else ()
    found = list(log.find(Trace(kinds=(event.kind,), sellers=sellers, clients=clients)))
    gone = withdrawn(found)
    body = event.body
    for repair in found:
        said = repair.body
        if isinstance(said, EventCorrected) and said.target == event.id and repair.id not in gone:
            body = corrected(body, said.fields) if isinstance(body, Fact) else body
    return body
