"""Invoices, promises and payments of a made-up April, and the report about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from events.vocabulary import (
    CreditNoteIssued,
    Instalment,
    InvoiceIssued,
    InvoiceWrittenOff,
    PaymentPromised,
    PaymentReceived,
)
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition
from projections.fold.papers import papers
from projections.period import month_of
from projections.question import Dials, Mode, Question
from projections.receivables import Bill, Invoices
from projections.reports.payments import PaymentRow, Payments, payments
from projections.source import Version
from projections.windows.payments import load_payments
from tests.projections.listed import Listed, facts
from tests.projections.worlds import settings

MONDAY = dt.date(2024, 4, 15)
APRIL = month_of(MONDAY)
K = 100_000  # a thousand roubles in kopecks

Dated = tuple[dt.date, Fact]


def on(day: int, month: int = 4) -> dt.date:
    return dt.date(2024, month, day)


def invoice(
    number: str,
    amount: int,
    day: dt.date,
    *due: tuple[dt.date, int],
    client: str | None = None,
    seller: str | None = None,
    deal: str | None = None,
) -> Dated:
    parts = tuple(Instalment(due=at, amount=part) for at, part in due)
    body = InvoiceIssued(
        invoice=number, client=client, seller=seller, deal=deal, amount=amount, instalments=parts
    )
    return day, body


def promise(number: str, amount: int, day: dt.date, due: dt.date) -> Dated:
    return day, PaymentPromised(invoice=number, amount=amount, due=due)


def paid(number: str | None, amount: int, day: dt.date, *places: int) -> Dated:
    return day, PaymentReceived(invoice=number, amount=amount, allocation=places)


def credit(number: str, amount: int, day: dt.date, *, refund: bool = False) -> Dated:
    return day, CreditNoteIssued(invoice=number, amount=amount, refund=refund)


def written_off(number: str, amount: int, day: dt.date) -> Dated:
    return day, InvoiceWrittenOff(invoice=number, amount=amount)


def history(client: str, kept: int, judged: int) -> list[Dated]:
    """Promises of January, each of an invoice of its own, so many of them kept."""
    found: list[Dated] = []
    for place in range(judged):
        number = f"{client}-{place}"
        found.append(invoice(number, K, on(9, 1), client=client))
        found.append(promise(number, K, on(9, 1), on(12, 1)))
        found.append(paid(number, K, on(12 if place < kept else 15, 1)))
    return found


def ask(day: dt.date = MONDAY, mode: Mode = "morning", sellers: tuple[str, ...] = ()) -> Question:
    return Question(period=APRIL, dials=Dials(as_of=day, mode=mode), sellers=sellers)


def report(
    *dated: Dated, question: Question | None = None, recognition: Recognition = "payment"
) -> Payments:
    question, ground = question or ask(), settings(recognition)
    return payments(load_payments(Listed(facts(*dated)), question, ground), question, ground)


def bills(versions: Iterable[Version]) -> dict[str, Bill]:
    """The invoices these facts tell of, by their number."""
    invoices = Invoices()
    invoices.read(papers(versions))
    return {bill.invoice: bill for bill in invoices}


def row(found: Payments, key: str) -> PaymentRow:
    (only,) = [one for one in found.rows if one.key == key]
    return only
