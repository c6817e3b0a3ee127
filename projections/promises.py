"""Promises to pay: which were kept, what a client's word is worth, when money is agreed to come.

Feature P6, requirement rows 16 and 18. Amounts are in minor units.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, Literal

import msgspec

from projections.chain import mixed
from projections.receivables import Bill, Pledge

ENOUGH: Final = 5
"""From so many judged promises on a client's reliability stands by itself."""

WEIGHT: Final = 5
"""How many promises the reliability of all clients weighs in a mixture."""

EVEN: Final = Fraction(1, 2)
"""The chance of money nobody promised, and of the first promise there ever was."""

Outcome = Literal["kept", "broken", "pending", "lapsed"]


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """What was promised, by when, and what came of it.

    Kept: the sum, or all that was open of the invoice, came in after the promise and by the end
    of its day. Broken: the day is over and it had not. Pending: the day is not over; `left` is
    what is still to come of it. Lapsed: nothing was asked any more, credited or written off.
    """

    made: dt.date
    seq: int
    due: dt.date
    amount: int
    outcome: Outcome
    left: int = 0


class Word(msgspec.Struct, frozen=True):
    """Of `judged` promises, neither pending nor lapsed, so many were `kept`."""

    kept: int = 0
    judged: int = 0

    def plus(self, promise: Promise) -> Word:
        """With one more promise."""
        if promise.outcome not in ("kept", "broken"):
            return self
        return Word(self.kept + (promise.outcome == "kept"), self.judged + 1)


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Open money of a claim, and the day it is agreed to come; None where no day is."""

    key: str
    day: dt.date | None
    amount: int
    promised: bool


def promises(bill: Bill, seen: dt.date) -> tuple[Promise, ...]:
    """An invoice's promises in the order they were made, as they look on a day."""
    if not bill.promised:
        return ()
    return tuple([_judged(bill, pledge, seen) for pledge in bill.promised])


class Words:
    """What clients' words are worth: `everyone` together, and each of the `clients` by key."""

    def __init__(self) -> None:
        """Nobody promised anything."""
        self.everyone = Word()
        self.clients: dict[str, Word] = {}

    def add(self, bill: Bill, told: Iterable[Promise]) -> None:
        """Also what was promised of one more invoice."""
        for promise in told:
            self.everyone = self.everyone.plus(promise)
            if bill.client is not None:
                own = self.clients.get(bill.client, Word())
                self.clients[bill.client] = own.plus(promise)


def reliability(own: Word, everyone: Word) -> Fraction | None:
    """Kept ÷ promises, mixed with all clients' while there are few; None where nobody promised."""
    if own.judged >= ENOUGH:
        return Fraction(own.kept, own.judged)
    common = Fraction(everyone.kept, everyone.judged) if everyone.judged else None
    return mixed(own.kept, own.judged, common, WEIGHT)


def chance(reliable: Fraction | None, told: Sequence[Promise]) -> Fraction:
    """reliability^(1 + broken promises on the invoice).

    Without a promise one half, but never more than the client's promise would be worth.
    """
    if reliable is None:
        reliable = EVEN
    if not told:
        return min(EVEN, reliable)
    return Fraction(reliable ** (1 + broken(told)))


def broken(told: Iterable[Promise]) -> int:
    """How many promises were broken."""
    return sum(promise.outcome == "broken" for promise in told)


def agreed(bill: Bill, told: Sequence[Promise]) -> list[Piece]:
    """The open money of an invoice by the day it is agreed to come, claim by claim.

    A pending promise overrides the due days, the one made last first; of what no promise covers
    the due day holds, and where there is none the day last promised in vain.
    """
    rest = sum([left for claim in bill.claims if (left := claim.open) > 0])
    if not rest:
        return []
    said: list[tuple[dt.date, int]] = []
    for promise in reversed(told):
        part = min(promise.left, rest)
        if part > 0:
            said.append((promise.due, part))
            rest -= part
    said.sort()
    in_vain = max((p.due for p in told if p.outcome == "broken"), default=None)
    found: list[Piece] = []
    for claim in bill.claims:
        left = claim.open
        while left > 0 and said:
            day, sum_ = said.pop(0)
            part = min(left, sum_)
            found.append(Piece(key=claim.key, day=day, amount=part, promised=True))
            left -= part
            if sum_ > part:
                said.insert(0, (day, sum_ - part))
        if left > 0:
            day_due = claim.due or in_vain
            found.append(Piece(key=claim.key, day=day_due, amount=left, promised=False))
    return found


def _judged(bill: Bill, pledge: Pledge, seen: dt.date) -> Promise:
    at = (pledge.day, pledge.seq)
    asked = bill.amount - sum(move.amount for move in bill.moves if (move.day, move.seq) < at)
    came = 0
    for move in bill.moves:
        if (move.day, move.seq) > at and move.day <= pledge.due:
            if move.cause == "paid":
                came += move.amount
            else:
                asked -= move.amount
    left = min(pledge.amount, asked) - came
    outcome: Outcome
    if left <= 0:
        outcome = "kept" if came else "lapsed"
    else:
        outcome = "broken" if pledge.due < seen else "pending"
    return Promise(
        made=pledge.day,
        seq=pledge.seq,
        due=pledge.due,
        amount=pledge.amount,
        outcome=outcome,
        left=left if outcome == "pending" else 0,
    )
