"""The order book of a month: what open deals are worth, and how that changed (row 87).

A deal is in the book while it is neither won, sold nor lost and is not expected after the month;
a deal nobody gave a date is. Every change is taken from the event that made it, so
opening + new - won - lost ± amounts ± dates ± handed over = closing, to the minor unit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from events.vocabulary import DealLost, DealWon, ExpectedDateSet, HandedOver
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition
from projections.deals import DEAL_KINDS, PRICED
from projections.fold.sales import is_sale
from projections.period import Period
from projections.source import Version

Cause = Literal["new", "won", "lost", "amount", "dates", "handed"]

CAUSES: Final[tuple[Cause, ...]] = ("new", "won", "lost", "amount", "dates", "handed")

BOOK_KINDS: Final[tuple[type[Fact], ...]] = (*DEAL_KINDS, ExpectedDateSet)


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the book by one event, in minor units."""

    id: str
    deal: str
    day: dt.date
    cause: Cause
    amount: int


class OrderBook(msgspec.Struct, frozen=True, kw_only=True):
    """What was open before the month and is at its end, the deals in it, and every change between.

    `slips` counts for each deal how often its date was moved to a later one, ever.
    """

    opening: int
    opened: tuple[str, ...]
    moves: tuple[Move, ...]
    closing: int
    closed: tuple[str, ...]
    slips: dict[str, int]

    def total(self, cause: Cause) -> int:
        """The sum of a kind of change."""
        return sum(move.amount for move in self.moves if move.cause == cause)


class _Deal:
    """One deal while its events are gone through."""

    def __init__(self) -> None:
        self.seller: str | None = None
        self.amount = 0
        self.on: dt.date | None = None
        self.open = True
        self.slips = 0

    def worth(self, month: Period, sellers: frozenset[str]) -> int:
        """What it adds to the book."""
        late = self.on is not None and self.on > month.last
        asked = not sellers or self.seller in sellers
        return self.amount if self.open and not late and asked else 0

    def hear(self, body: Fact, recognition: Recognition) -> Cause:
        """Take an event in; says what a change of worth by it is called."""
        cause: Cause = "amount"
        if isinstance(body, DealWon) or is_sale(body, recognition):
            self.open, cause = False, "won"
        elif isinstance(body, DealLost):
            self.open, cause = False, "lost"
        elif isinstance(body, ExpectedDateSet):
            self.slips += self.on is not None and body.on > self.on
            self.on, cause = body.on, "dates"
        if isinstance(body, HandedOver):
            self.seller, cause = body.to, "handed"
        elif isinstance(seller := getattr(body, "seller", None), str):
            cause = "handed" if self.seller not in (None, seller) and cause == "amount" else cause
            self.seller = seller
        if isinstance(body, PRICED) and body.amount is not None:
            self.amount = body.amount
        return cause


def order_book(
    facts: Iterable[Version],
    month: Period,
    seen: dt.date,
    recognition: Recognition,
    sellers: Iterable[str] = (),
) -> OrderBook:
    """The book from the morning of the month's first day to the evening of the day seen.

    `facts` are of `BOOK_KINDS`, as seen through the dials.
    """
    wanted = frozenset(sellers)
    deals: dict[str, _Deal] = {}
    opening: dict[str, int] = {}
    moves: list[Move] = []
    for version in sorted(facts, key=lambda version: (version.day, version.seq)):
        name: str | None = getattr(version.body, "deal", None)
        if name is None or version.day > min(seen, month.last):
            continue
        fresh = name not in deals
        deal = deals.setdefault(name, _Deal())
        before = deal.worth(month, wanted)
        cause = deal.hear(version.body, recognition)
        gained = deal.worth(month, wanted) - before
        if version.day < month.first:
            opening[name] = deal.worth(month, wanted)
        elif gained:
            priced = before == 0 and cause == "amount" and _first_price(moves, opening, name)
            told: Cause = "new" if fresh or priced else cause
            moves.append(Move(id=version.id, deal=name, day=version.day, cause=told, amount=gained))
    closing = {name: deal.worth(month, wanted) for name, deal in deals.items()}
    return OrderBook(
        opening=sum(opening.values()),
        opened=tuple(name for name, worth in opening.items() if worth),
        moves=tuple(moves),
        closing=sum(closing.values()),
        closed=tuple(name for name, worth in closing.items() if worth),
        slips={name: deal.slips for name, deal in deals.items() if deal.slips},
    )


def _first_price(moves: Iterable[Move], opening: dict[str, int], deal: str) -> bool:
    """Whether a deal had no worth before: naming its first amount is what makes it new."""
    return not opening.get(deal) and all(move.deal != deal for move in moves)
