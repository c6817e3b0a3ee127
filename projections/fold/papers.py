"""What every kind of fact says about the invoice it names, no more than what is open of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from events.vocabulary import (
    CreditNoteIssued,
    InvoiceIssued,
    InvoiceWrittenOff,
    PaymentPromised,
    PaymentReceived,
)
from events.vocabulary.fact import Fact
from projections.source import Paper, Version

Reading: TypeAlias = Callable[..., Paper | None]
"""From a position, a business day and a body of the kind to what it says; None where that is
nothing of an invoice."""


def _issued(seq: int, day: int, body: InvoiceIssued) -> Paper:
    return Paper(
        seq,
        day,
        body.invoice,
        "issued",
        body.amount,
        tuple((part.due.toordinal(), part.amount) for part in body.instalments),
        seller=body.seller,
        client=body.client,
        deal=body.deal,
    )


def _promised(seq: int, day: int, body: PaymentPromised) -> Paper:
    dues = ((body.due.toordinal(), body.amount),)
    return Paper(seq, day, body.invoice, "promised", body.amount, dues)


def _paid(seq: int, day: int, body: PaymentReceived) -> Paper | None:
    if body.invoice is None:
        return None
    return Paper(seq, day, body.invoice, "paid", body.amount, places=body.allocation)


def _credited(seq: int, day: int, body: CreditNoteIssued) -> Paper | None:
    """Money that is refunded was paid, and is no longer asked for."""
    if body.refund:
        return None
    return Paper(seq, day, body.invoice, "credited", body.amount)


def _written_off(seq: int, day: int, body: InvoiceWrittenOff) -> Paper:
    return Paper(seq, day, body.invoice, "written_off", body.amount)


PAPERS: Final[dict[type[Fact], Reading]] = {
    InvoiceIssued: _issued,
    PaymentPromised: _promised,
    PaymentReceived: _paid,
    CreditNoteIssued: _credited,
    InvoiceWrittenOff: _written_off,
}
"""How the facts are read that tell what is open of an invoice, by kind."""

PAPER_KINDS: Final = tuple(PAPERS)


def papers(facts: Iterable[Version]) -> list[Paper]:
    """What facts of these kinds say of the invoices they name, by day and position."""
    found = [
        PAPERS[type(version.body)](version.seq, version.day.toordinal(), version.body)
        for version in facts
        if type(version.body) in PAPERS
    ]
    told = [paper for paper in found if paper is not None]
    return sorted(told, key=lambda paper: (paper.day, paper.seq))
