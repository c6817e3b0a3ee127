"""What is open of every invoice and of each of its instalments (feature P6, rows 16, 17).

open = amount - paid - credited - written off; money that was refunded was paid, and is no longer
asked for, so a refund leaves what is open as it was. Amounts are in minor units.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from sys import intern
from typing import Literal

import msgspec

from projections.period import date_of
from projections.source import Paper

Cause = Literal["paid", "credited", "written_off"]


class Claim(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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


class Move(msgspec.Struct, frozen=True, gc=False):
    """Something that made an invoice less: when, why and by how much."""

    day: dt.date
    seq: int
    cause: Cause
    amount: int


class Pledge(msgspec.Struct, frozen=True, gc=False):
    """A promise as it was made: when, by which day, and how much."""

    day: dt.date
    seq: int
    due: dt.date
    amount: int


class Bill(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An invoice: its instalments, the oldest first, and what was paid and promised, in order."""

    invoice: str
    seller: str | None
    client: str | None
    deal: str | None
    amount: int
    issued: dt.date
    claims: tuple[Claim, ...]
    moves: tuple[Move, ...] = ()
    promised: tuple[Pledge, ...] = ()

    @property
    def open(self) -> int:
        """What is still to come of the whole invoice; below nothing where too much was paid."""
        return self.amount - sum(move.amount for move in self.moves)


def bills(papers: Iterable[Paper]) -> dict[str, Bill]:
    """Every invoice by its number; what names no known one is left out.

    The papers come by day and position.
    """
    issued: dict[str, Paper] = {}
    told: dict[str, list[Paper]] = {}
    for paper in papers:
        if paper.said == "issued":
            issued[paper.invoice] = paper
        else:
            told.setdefault(paper.invoice, []).append(paper)
    return {number: _bill(paper, told.get(number, ())) for number, paper in issued.items()}


def added(claims: Sequence[Claim]) -> Claim:
    """What claims come to together."""
    return Claim(
        key="",
        due=None,
        amount=sum(claim.amount for claim in claims),
        paid=sum(claim.paid for claim in claims),
        credited=sum(claim.credited for claim in claims),
        written_off=sum(claim.written_off for claim in claims),
    )


def _bill(issued: Paper, told: Iterable[Paper]) -> Bill:
    moves: list[Move] = []
    named: list[tuple[int, ...]] = []
    promised: list[Pledge] = []
    for paper in told:
        day = date_of(paper.day)
        if paper.said == "promised":
            ((due, amount),) = paper.dues
            promised.append(Pledge(day, paper.seq, date_of(due), amount))
        elif paper.said != "issued":
            moves.append(Move(day, paper.seq, paper.said, paper.amount))
            named.append(paper.places)
    return Bill(
        invoice=issued.invoice,
        seller=None if issued.seller is None else intern(issued.seller),
        client=issued.client,
        deal=issued.deal,
        amount=issued.amount,
        issued=date_of(issued.day),
        claims=_parts(issued, moves, named) if len(issued.dues) > 1 else (_whole(issued, moves),),
        moves=tuple(moves),
        promised=tuple(promised),
    )


def _whole(issued: Paper, moves: Iterable[Move]) -> Claim:
    """An invoice in one piece, after all moves."""
    due = date_of(issued.dues[0][0]) if issued.dues else None
    sums: dict[Cause, int] = {}
    for move in moves:
        sums[move.cause] = sums.get(move.cause, 0) + move.amount
    return Claim(key=issued.invoice, due=due, amount=issued.amount, **sums)


def _parts(
    issued: Paper, moves: Iterable[Move], named: Iterable[Sequence[int]]
) -> tuple[Claim, ...]:
    """The instalments after all moves, the oldest first; `named` are those each move is for."""
    claims = [
        Claim(key=f"{issued.invoice}#{place}", due=date_of(due), amount=amount)
        for place, (due, amount) in enumerate(issued.dues, 1)
    ]
    for move, places in zip(moves, named, strict=True):
        claims = _lessened(claims, move, [place for place in places if place < len(claims)])
    return tuple(sorted(claims, key=_age))


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
