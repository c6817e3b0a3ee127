"""What is open of every invoice and of each of its instalments (feature P6, rows 16, 17).

open = amount - paid - credited - written off; money that was refunded was paid, and is no longer
asked for, so a refund leaves what is open as it was. Amounts are in minor units.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Final, Literal

import msgspec

from events.vocabulary import (
    CreditNoteIssued,
    InvoiceIssued,
    InvoiceWrittenOff,
    PaymentPromised,
    PaymentReceived,
)
from events.vocabulary.fact import Fact
from projections.source import Version

RECEIVABLE_KINDS: Final[tuple[type[Fact], ...]] = (
    InvoiceIssued,
    PaymentPromised,
    PaymentReceived,
    CreditNoteIssued,
    InvoiceWrittenOff,
)

Cause = Literal["paid", "credited", "written_off"]


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """An instalment, or the whole of an invoice without any; `due` is None where no day is agreed.

    Only the last instalment of an overpaid invoice is open with less than nothing.
    """

    key: str
    due: dt.date | None
    amount: int
    paid: int = 0
    credited: int = 0
    written_off: int = 0

    @property
    def open(self) -> int:
        """What is still to come."""
        return self.amount - self.paid - self.credited - self.written_off


class Move(msgspec.Struct, frozen=True):
    """Something that made an invoice less: when, why and by how much."""

    day: dt.date
    seq: int
    cause: Cause
    amount: int


class Bill(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice: its instalments, the oldest first, and what was paid and promised, in order."""

    invoice: str
    seller: str | None
    client: str | None
    deal: str | None
    amount: int
    issued: dt.date
    claims: tuple[Claim, ...]
    moves: tuple[Move, ...] = ()
    promised: tuple[Version, ...] = ()

    @property
    def open(self) -> int:
        """What is still to come of the whole invoice; below nothing where too much was paid."""
        return self.amount - sum(move.amount for move in self.moves)


def bills(facts: Iterable[Version]) -> dict[str, Bill]:
    """Every invoice by its number, from `RECEIVABLE_KINDS`; what names no known one is left out."""
    ordered = sorted(facts, key=attrgetter("day", "seq"))
    issued: dict[str, tuple[Version, InvoiceIssued]] = {}
    told: dict[str, list[Version]] = {}
    for version in ordered:
        if isinstance(version.body, InvoiceIssued):
            issued[version.body.invoice] = version, version.body
        else:
            number = getattr(version.body, "invoice", None)
            told.setdefault(number or "", []).append(version)
    return {
        number: _remembered(number, (version, *told.get(number, ())), body)
        for number, (version, body) in issued.items()
    }


_BILLS: Final[dict[str, tuple[tuple[Version, ...], Bill]]] = {}
"""The invoices folded last, with the facts each of them follows from."""

_MOST: Final = 16_384
"""How many are held."""


def _remembered(number: str, facts: tuple[Version, ...], body: InvoiceIssued) -> Bill:
    """An invoice, folded anew only where its facts are others than the last time.

    Most invoices are settled and stay as they are, whatever day they are looked at from.
    """
    known = _BILLS.get(number)
    if known is not None and known[0] == facts:
        return known[1]
    issued, *told = facts
    bill = _bill(issued.day, body, told)
    if len(_BILLS) >= _MOST:
        _BILLS.clear()
    _BILLS[number] = facts, bill
    return bill


def _bill(issued: dt.date, body: InvoiceIssued, told: Sequence[Version]) -> Bill:
    claims = _claims(body)
    moves: list[Move] = []
    for version in told:
        move = _move(version)
        if move is not None:
            moves.append(move)
            places = getattr(version.body, "allocation", ())
            claims = _lessened(claims, move, [place for place in places if place < len(claims)])
    return Bill(
        invoice=body.invoice,
        seller=body.seller,
        client=body.client,
        deal=body.deal,
        amount=body.amount,
        issued=issued,
        claims=tuple(sorted(claims, key=_age)),
        moves=tuple(moves),
        promised=tuple(v for v in told if isinstance(v.body, PaymentPromised)),
    )


def _claims(body: InvoiceIssued) -> list[Claim]:
    """The instalments in the order the invoice names them."""
    if len(body.instalments) < 2:
        due = body.instalments[0].due if body.instalments else None
        return [Claim(key=body.invoice, due=due, amount=body.amount)]
    return [
        Claim(key=f"{body.invoice}#{place}", due=part.due, amount=part.amount)
        for place, part in enumerate(body.instalments, 1)
    ]


def _move(version: Version) -> Move | None:
    body, at = version.body, (version.day, version.seq)
    if isinstance(body, PaymentReceived):
        return Move(*at, "paid", body.amount)
    if isinstance(body, CreditNoteIssued) and not body.refund:
        return Move(*at, "credited", body.amount)
    if isinstance(body, InvoiceWrittenOff):
        return Move(*at, "written_off", body.amount)
    return None


def _lessened(claims: Sequence[Claim], move: Move, named: Sequence[int]) -> list[Claim]:
    """The claims after a move: the named ones first, then the oldest, the last takes the rest."""
    found = list(claims)
    oldest = sorted(range(len(found)), key=lambda place: _age(found[place]))
    left = move.amount
    for place in (*named, *oldest):
        part = min(left, max(0, found[place].open))
        found[place] = _less(found[place], move.cause, part)
        left -= part
    found[oldest[-1]] = _less(found[oldest[-1]], move.cause, left)
    return found


def _less(claim: Claim, cause: Cause, amount: int) -> Claim:
    return msgspec.structs.replace(claim, **{cause: getattr(claim, cause) + amount})


def _age(claim: Claim) -> dt.date:
    return claim.due or dt.date.max
