"""What every kind of fact says about the deal it names, as little of it as a deal is read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from events.vocabulary import (
    AmountSet,
    CreditNoteIssued,
    DealLost,
    DealOpened,
    DealWon,
    HandedOver,
    InvoiceIssued,
    InvoiceWrittenOff,
    LeadQualified,
    LeadReceived,
    MeetingHeld,
    OrderPlaced,
    PaymentReceived,
    PresentationGiven,
    ProposalSent,
    StageEntered,
    StepCompleted,
    name_of,
)
from events.vocabulary.fact import Fact
from projections.fold.states import lessened
from projections.source import Turn, Version
from projections.steps import step_of

Turning: TypeAlias = Callable[..., Turn]
"""From a position, a business day and a body of the kind to what it says; where it names no deal,
that of ""."""


def _named(kind: type[Fact]) -> Turning:
    name = name_of(kind)

    def turn(seq: int, day: int, body: MeetingHeld) -> Turn:
        return Turn(seq, day, body.deal or "", name, body.seller, client=body.client)

    return turn


def _priced(kind: type[Fact]) -> Turning:
    name = name_of(kind)

    def turn(seq: int, day: int, body: OrderPlaced) -> Turn:
        return Turn(seq, day, body.deal or "", name, body.seller, body.amount, client=body.client)

    return turn


def _settled(kind: type[Fact]) -> Turning:
    name = name_of(kind)

    def turn(
        seq: int, day: int, body: PaymentReceived | CreditNoteIssued | InvoiceWrittenOff
    ) -> Turn:
        deal, seller = body.deal or "", body.seller
        return Turn(seq, day, deal, name, seller, lessened(body), body.invoice, body.client)

    return turn


def _step(seq: int, day: int, body: StepCompleted | StageEntered) -> Turn:
    return Turn(seq, day, body.deal or "", step_of(body), body.seller, client=body.client)


def _invoice(seq: int, day: int, body: InvoiceIssued) -> Turn:
    deal, seller = body.deal or "", body.seller
    return Turn(seq, day, deal, "invoice_issued", seller, body.amount, body.invoice, body.client)


def _handed(seq: int, day: int, body: HandedOver) -> Turn:
    return Turn(seq, day, body.deal or "", "handed_over", body.to, client=body.client)


TURNS: Final[dict[type[Fact], Turning]] = {
    **{
        kind: _named(kind)
        for kind in (LeadReceived, LeadQualified, MeetingHeld, PresentationGiven, DealLost)
    },
    **{kind: _priced(kind) for kind in (DealOpened, AmountSet, ProposalSent, OrderPlaced, DealWon)},
    **{kind: _settled(kind) for kind in (PaymentReceived, CreditNoteIssued, InvoiceWrittenOff)},
    StageEntered: _step,
    StepCompleted: _step,
    InvoiceIssued: _invoice,
    HandedOver: _handed,
}
"""How the facts are read that a deal is made of, by kind."""


def turns(facts: Iterable[Version]) -> list[Turn]:
    """What facts of these kinds say of the deals they name, by day and position."""
    found = [
        TURNS[type(version.body)](version.seq, version.day.toordinal(), version.body)
        for version in facts
        if type(version.body) in TURNS
    ]
    return sorted((turn for turn in found if turn.deal), key=lambda turn: (turn.day, turn.seq))
