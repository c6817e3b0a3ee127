"""What is open of every invoice and of each of its instalments (feature P6, rows 16, 17).

open = amount - paid - credited - written off; money that was refunded was paid, and is no longer
asked for, so a refund leaves what is open as it was. Amounts are in minor units.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
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
    """Something that made an invoice less: when, why, by how much, and which instalments."""

    day: dt.date
    seq: int
    cause: Cause
    amount: int
    places: tuple[int, ...] = ()


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


class _Account(msgspec.Struct, gc=False):
    """What was read of an invoice; `issued` is None as long as it was only named.

    `dues` are the instalments where there are several, else `due` is the day there is.
    """

    issued: dt.date | None = None
    seller: str | None = None
    client: str | None = None
    deal: str | None = None
    asked: int = 0
    amount: int = 0
    due: dt.date | None = None
    dues: tuple[tuple[int, int], ...] = ()
    moved: int = 0
    told: tuple[Move | Pledge, ...] = ()


class Invoices:
    """The invoices some papers tell of; of years of papers no more is held than bills need.

    The papers come by day and position; what names no known invoice is left out.
    """

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._accounts: dict[str, _Account] = {}

    def read(self, papers: Iterable[Paper]) -> None:
        """Go on with papers that come after all that were read."""
        for paper in papers:
            if paper.said == "issued":
                self._issue(paper)
                continue
            account = self._accounts.get(paper.invoice)
            if account is None:
                account = self._accounts[paper.invoice] = _Account()
            day = date_of(paper.day)
            if paper.said == "promised":
                ((due, amount),) = paper.dues
                account.told += (Pledge(day, paper.seq, date_of(due), amount),)
            else:
                account.told += (Move(day, paper.seq, paper.said, paper.amount, paper.places),)
                account.moved += paper.amount

    def __iter__(self) -> Iterator[Bill]:
        """Every invoice as it is after what was read, made as it is asked for."""
        for number, account in self._accounts.items():
            if account.issued is not None:
                yield _bill(number, account, account.issued)

    def owing(self) -> Iterator[Bill]:
        """Those of which anything is still to come.

        No instalment is paid beyond before all others are.
        """
        for number, account in self._accounts.items():
            if account.issued is not None and account.asked > account.moved:
                yield _bill(number, account, account.issued)

    def _issue(self, paper: Paper) -> None:
        account = self._accounts.get(paper.invoice)
        if account is None or account.issued is None:
            # Invoices stand in the order they were issued in, whatever was paid before.
            self._accounts.pop(paper.invoice, None)
            account = self._accounts[paper.invoice] = account or _Account()
        several = len(paper.dues) > 1
        account.issued = date_of(paper.day)
        account.seller = None if paper.seller is None else intern(paper.seller)
        account.client, account.deal, account.amount = paper.client, paper.deal, paper.amount
        account.due = date_of(paper.dues[0][0]) if len(paper.dues) == 1 else None
        account.dues = paper.dues if several else ()
        account.asked = sum([part for _, part in paper.dues]) if several else paper.amount


class Tally(msgspec.Struct):
    """What invoices come to together, with `above` what was paid beyond some instalments of them.

    `sellers` are those the invoices name, or `""`.
    """

    amount: int = 0
    paid: int = 0
    credited: int = 0
    written_off: int = 0
    above: int = 0
    sellers: set[str] = msgspec.field(default_factory=set)

    def add(self, bill: Bill) -> None:
        """Also one more invoice."""
        for claim in bill.claims:
            self.amount += claim.amount
            self.paid += claim.paid
            self.credited += claim.credited
            self.written_off += claim.written_off
            self.above += max(0, -claim.open)
        self.sellers.add(bill.seller or "")


def added(tallies: Sequence[Tally]) -> Claim:
    """What invoices come to together, as if it were a single claim."""
    return Claim(
        key="",
        due=None,
        amount=sum(its.amount for its in tallies),
        paid=sum(its.paid for its in tallies),
        credited=sum(its.credited for its in tallies),
        written_off=sum(its.written_off for its in tallies),
    )


def _bill(number: str, account: _Account, issued: dt.date) -> Bill:
    moves = tuple([each for each in account.told if isinstance(each, Move)])
    several = bool(account.dues)
    return Bill(
        invoice=number,
        seller=account.seller,
        client=account.client,
        deal=account.deal,
        amount=account.amount,
        issued=issued,
        claims=_parts(number, account.dues, moves)
        if several
        else (_whole(number, account, moves),),
        moves=moves,
        promised=tuple([each for each in account.told if isinstance(each, Pledge)]),
    )


def _whole(number: str, account: _Account, moves: Iterable[Move]) -> Claim:
    """An invoice in one piece, after all moves."""
    sums: dict[Cause, int] = {}
    for move in moves:
        sums[move.cause] = sums.get(move.cause, 0) + move.amount
    return Claim(key=number, due=account.due, amount=account.amount, **sums)


def _parts(
    number: str, dues: Sequence[tuple[int, int]], moves: Iterable[Move]
) -> tuple[Claim, ...]:
    """The instalments after all moves, the oldest first."""
    claims = [
        Claim(key=f"{number}#{place}", due=date_of(due), amount=amount)
        for place, (due, amount) in enumerate(dues, 1)
    ]
    for move in moves:
        claims = _lessened(claims, move, [place for place in move.places if place < len(claims)])
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
