"""Money that went back after its month: which payment each refund undoes (feature P10, trap T15).

A refund is paid back the way the sale was paid: it takes from the month of the sale it undoes, at
the scale of that month, and stands as a line of its own in the month of the refund. A sale that
goes back whole then brings nothing, whichever months lie between.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from events.vocabulary import CreditNoteIssued, InvoiceIssued, PaymentReceived
from events.vocabulary.people import Recognition
from events.vocabulary.plans import Measure
from projections.fold.sales import is_sale, recognised
from projections.source import Version

RETURN_KINDS = (CreditNoteIssued,)

SOLD_KINDS: dict[Recognition, type[PaymentReceived] | type[InvoiceIssued]] = {
    "payment": PaymentReceived,
    "invoice": InvoiceIssued,
}
"""What a credit note can undo, by what counts as a sale; under the others it changes nothing."""

Money = tuple[int, int, int]
"""Amount, cost and direct costs in minor units as a cell has them; what goes back is negative."""

NOTHING: Money = (0, 0, 0)


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a refund with the sale it undoes; `money` is what the refund adds, below zero."""

    seller: str
    seq: int
    id: str
    day: dt.date
    sale: str
    sold: dt.date
    money: Money


def plus(one: Money, other: Money) -> Money:
    """Both together."""
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def worth(money: Money, measure: Measure) -> int:
    """What of it counts: revenue, margin or profit (requirement rows 5 and 36)."""
    amount, cost, direct = money
    if measure == "revenue":
        return amount
    return amount - cost if measure == "margin" else amount - cost - direct


def returned(
    notes: Iterable[Version], sales: Iterable[Version], recognition: Recognition
) -> tuple[Returned, ...]:
    """Every refund of a sale of an earlier month, by day and place in the log.

    A refund undoes the latest sales of its invoice first, those of its own seller up to its day;
    what it takes of its own month is no return, and what finds no sale is none either.
    """
    left = _left(sales, recognition)
    found: list[Returned] = []
    for note in sorted(notes, key=_order):
        body, money = note.body, recognised(note.body, recognition)
        if isinstance(body, CreditNoteIssued) and money is not None and body.seller is not None:
            open_sales = left.get((body.invoice, body.seller), [])
            found += _undone(note, body.seller, money, open_sales)
    return tuple(each for each in found if _month(each.sold) < _month(each.day))


class _Open(msgspec.Struct):
    """A sale and what of its amount was not returned yet."""

    sale: Version
    amount: int


def _left(
    sales: Iterable[Version], recognition: Recognition
) -> Mapping[tuple[str, str], list[_Open]]:
    """What there is to undo by invoice and seller, the latest sale last."""
    found: dict[tuple[str, str], list[_Open]] = {}
    for sale in sorted(sales, key=_order):
        body = sale.body
        if not isinstance(body, PaymentReceived | InvoiceIssued):
            continue
        if is_sale(body, recognition) and body.invoice is not None and body.seller is not None:
            found.setdefault((body.invoice, body.seller), []).append(_Open(sale, body.amount))
    return found


def _undone(note: Version, seller: str, money: Money, sales: list[_Open]) -> Iterable[Returned]:
    """The parts of a refund, each with its sale; its costs are shared out with the amount."""
    whole = -money[0]
    taken, before = 0, NOTHING
    for each in reversed(sales):
        part = min(whole - taken, each.amount)
        if part <= 0 or each.sale.day > note.day:
            continue
        each.amount -= part
        taken += part
        upto = (-taken, money[1] * taken // whole, money[2] * taken // whole)
        yield Returned(
            seller=seller,
            seq=note.seq,
            id=note.id,
            day=note.day,
            sale=each.sale.id,
            sold=each.sale.day,
            money=(upto[0] - before[0], upto[1] - before[1], upto[2] - before[2]),
        )
        before = upto


def _order(version: Version) -> tuple[dt.date, int]:
    return version.day, version.seq


def _month(day: dt.date) -> tuple[int, int]:
    return day.year, day.month
