"""Which sale a refund undoes: the latest of its invoice, each once, and never one of its month."""

from __future__ import annotations

import datetime as dt

from events.vocabulary import CreditNoteIssued, PaymentReceived
from events.vocabulary.fact import Fact
from projections.returns import Returned, returned
from tests.projections.listed import facts

JANUARY, FEBRUARY, MARCH = (dt.date(2026, month, 10) for month in (1, 2, 3))


def paid(day: dt.date, amount: int = 100, **more: object) -> tuple[dt.date, Fact]:
    fields = {"invoice": "1", "seller": "anna", "cost": amount // 2, "direct": 1, **more}
    return day, PaymentReceived(amount=amount, **fields)  # type: ignore[arg-type]


def refund(day: dt.date, amount: int = 100, **more: object) -> tuple[dt.date, Fact]:
    fields = {"invoice": "1", "seller": "anna", "refund": True, "cost": amount // 2, **more}
    return day, CreditNoteIssued(amount=amount, **fields)  # type: ignore[arg-type]


def ties(*dated: tuple[dt.date, Fact]) -> tuple[Returned, ...]:
    versions = facts(*dated)
    notes = [version for version in versions if isinstance(version.body, CreditNoteIssued)]
    sales = [version for version in versions if isinstance(version.body, PaymentReceived)]
    return returned(notes, sales, "payment")


def told(*dated: tuple[dt.date, Fact]) -> list[tuple[dt.date, dt.date, int]]:
    """Day of the refund, day of the sale, amount."""
    return [(each.day, each.sold, each.money[0]) for each in ties(*dated)]


def test_the_latest_sale_goes_back_first_and_each_only_once() -> None:
    assert told(paid(JANUARY), paid(FEBRUARY), refund(MARCH), refund(MARCH)) == [
        (MARCH, FEBRUARY, -100),
        (MARCH, JANUARY, -100),
    ]
    assert told(paid(JANUARY), refund(MARCH), refund(MARCH)) == [(MARCH, JANUARY, -100)]


def test_a_refund_over_two_sales_is_shared_out_with_its_costs_to_the_unit() -> None:
    found = ties(paid(JANUARY, 70), paid(FEBRUARY, 31), refund(MARCH, 101, cost=40, direct=7))
    assert [each.money[0] for each in found] == [-31, -70]
    assert [sum(each.money[place] for each in found) for place in (0, 1, 2)] == [-101, -40, -7]


def test_what_undoes_a_sale_of_its_own_month_is_no_return() -> None:
    assert told(paid(JANUARY), refund(JANUARY)) == []
    assert told(paid(JANUARY, 30), paid(MARCH, 80), refund(MARCH, 100)) == [(MARCH, JANUARY, -20)]


def test_no_sale_of_another_invoice_seller_or_later_day_is_undone() -> None:
    assert told(paid(JANUARY, invoice="2"), refund(MARCH)) == []
    assert told(paid(JANUARY, seller="boris"), refund(MARCH)) == []
    assert told(paid(MARCH), refund(FEBRUARY)) == []


def test_a_note_that_returned_no_money_undoes_no_payment() -> None:
    assert told(paid(JANUARY), refund(MARCH, refund=False)) == []
