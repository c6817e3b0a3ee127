"""A row for every claim that is open: its client's word, what to expect of it, what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from projections.promises import ENOUGH, Piece, Promise, Word, broken, chance, reliability
from projections.receivables import Bill
from projections.reports.payments.rows import Basis, PaymentRow, Step, When


def rows_of(
    bills: Mapping[str, Bill],
    basis: Basis,
    told: Mapping[str, Sequence[Promise]],
    owners: Mapping[str, str | None],
) -> list[PaymentRow]:
    """The rows of all open claims of some invoices, none of them in control yet."""
    pieces: dict[str, list[Piece]] = {}
    for piece in basis.pieces:
        pieces.setdefault(piece.key, []).append(piece)
    return [
        row
        for number, bill in bills.items()
        for row in _rows(bill, told[number], owners[number], pieces, basis)
    ]


def _rows(
    bill: Bill,
    told: Sequence[Promise],
    owner: str | None,
    pieces: Mapping[str, Sequence[Piece]],
    basis: Basis,
) -> list[PaymentRow]:
    owed = [claim for claim in bill.claims if claim.key in pieces]
    if not owed:
        return []
    word = basis.words.get(bill.client or "", Word())
    reliable = reliability(word, basis.everyone)
    found: list[PaymentRow] = []
    for claim in owed:
        day = _promised(told, pieces[claim.key])
        when = _when(pieces[claim.key], basis.seen)
        found.append(
            PaymentRow(
                key=claim.key,
                client=bill.client,
                seller=owner,
                invoice=bill.invoice,
                open=claim.open,
                due=claim.due,
                promised=day,
                broken=broken(told),
                reliability=reliable,
                expected=claim.open * chance(reliable, told),
                step=_step(told, when),
                when=when,
                mixed=word.judged < ENOUGH,
                issued=bill.issued,
                promises=tuple(told),
            )
        )
    return found


def _promised(told: Sequence[Promise], pieces: Sequence[Piece]) -> dt.date | None:
    """The day of the pending promise, or else the one last broken."""
    pending = next((piece.day for piece in pieces if piece.promised), None)
    return pending or max((p.due for p in told if p.outcome == "broken"), default=None)


def _when(pieces: Sequence[Piece], seen: dt.date) -> When:
    """The earliest day any of it is agreed for."""
    first = min((piece.day for piece in pieces if piece.day is not None), default=None)
    if first is None:
        return "open"
    if first < seen:
        return "overdue"
    return "today" if first == seen else "later"


def _step(told: Sequence[Promise], when: When) -> Step:
    """Call about a broken word; get a day where none stands; else wait or ask for an earlier."""
    if broken(told):
        return "call"
    if when in ("open", "overdue"):
        return "date"
    return "await" if when == "today" else "sooner"
