"""Sellers, clients and invoices as the facts about them leave them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from events.vocabulary import (
    ClientForgotten,
    ClientRegistered,
    CreditNoteIssued,
    HandedOver,
    InvoiceIssued,
    InvoiceWrittenOff,
    PaymentReceived,
)
from events.vocabulary.fact import Fact
from projections.people import people
from projections.source import Version
from projections.state import ClientState, InvoiceState, SellerState

CLIENT_KINDS: Final[tuple[type[Fact], ...]] = (ClientRegistered, HandedOver, ClientForgotten)
INVOICE_KINDS: Final[tuple[type[Fact], ...]] = (
    InvoiceIssued,
    PaymentReceived,
    CreditNoteIssued,
    InvoiceWrittenOff,
)


def sellers(facts: Iterable[Version]) -> dict[str, SellerState]:
    """Everybody ever hired, by key, from `projections.people.PEOPLE_KINDS`."""
    return {
        key: SellerState(
            seller=key,
            team=person.teams[-1][1] if person.teams else None,
            role=person.roles[-1][1] if person.roles else None,
            hired=person.spells[-1].first,
            left=person.spells[-1].last,
        )
        for key, person in people(facts).items()
    }


def clients(facts: Iterable[Version]) -> dict[str, ClientState]:
    """Every registered client by key, from `CLIENT_KINDS`; a later registration replaces all."""
    found: dict[str, ClientState] = {}
    for version in _by_day(facts):
        body = version.body
        if isinstance(body, ClientRegistered):
            found[body.client] = ClientState(
                client=body.client,
                seller=body.seller,
                channel=body.channel,
                segment=body.segment,
                territory=body.territory,
                group=body.group,
            )
        elif isinstance(body, HandedOver) and body.client in found:
            found[body.client] = msgspec.structs.replace(found[body.client], seller=body.to)
        elif isinstance(body, ClientForgotten) and body.client in found:
            found[body.client] = msgspec.structs.replace(found[body.client], forgotten=True)
    return found


class _Paper(msgspec.Struct):
    """What happened to one invoice so far; a refund takes back what was paid."""

    issued: dt.date
    body: InvoiceIssued
    paid: int = 0
    settled: int = 0
    cost: int = 0
    direct: int = 0


def invoices(facts: Iterable[Version]) -> dict[str, InvoiceState]:
    """Every invoice by its number, from `INVOICE_KINDS`.

    open = amount - credited - written off - paid, where money that was refunded is not paid any
    more. What a payment took of the costs, and what was credited of them, is not left.
    """
    papers: dict[str, _Paper] = {}
    rest: list[Fact] = []
    for version in _by_day(facts):
        body = version.body
        if isinstance(body, InvoiceIssued):
            papers[body.invoice] = _Paper(version.day, body)
        else:
            rest.append(body)
    for body in rest:
        number: str | None = getattr(body, "invoice", None)
        if number is not None and number in papers:
            _note(papers[number], body)
    return {number: _state(paper) for number, paper in papers.items()}


def lessened(body: Fact) -> int:
    """What an event takes off what is open of its invoice: a refund gives back what it credits."""
    if isinstance(body, PaymentReceived | InvoiceWrittenOff):
        return body.amount
    return body.amount if isinstance(body, CreditNoteIssued) and not body.refund else 0


def _note(paper: _Paper, body: Fact) -> None:
    paper.settled += lessened(body)
    if isinstance(body, PaymentReceived):
        paper.paid += body.amount
        paper.cost += body.cost
        paper.direct += body.direct
    elif isinstance(body, CreditNoteIssued):
        if body.refund:
            paper.paid -= body.amount
        else:
            paper.cost += body.cost
            paper.direct += body.direct


def _state(paper: _Paper) -> InvoiceState:
    body = paper.body
    return InvoiceState(
        invoice=body.invoice,
        seller=body.seller,
        client=body.client,
        deal=body.deal,
        amount=body.amount,
        paid=paper.paid,
        open=body.amount - paper.settled,
        cost_left=body.cost - paper.cost,
        direct_left=body.direct - paper.direct,
        issued=paper.issued,
    )


def _by_day(facts: Iterable[Version]) -> Sequence[Version]:
    return sorted(facts, key=lambda version: (version.day, version.seq))
