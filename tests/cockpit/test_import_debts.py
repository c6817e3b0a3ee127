"""Payments of a file keep to what is owed, as payments that somebody types do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.envelope import Draft
from events.vocabulary import CreditNoteIssued, EventVoided, InvoiceIssued, PaymentReceived
from tests.cockpit.import_case import NOW, Case, open_case

INVOICES = """
    id = "{no}"
    at = "{day}"
    [[event]]
    kind = "InvoiceIssued"
    set = { invoice = "{no}", amount = "{sum}" }
"""
PAYMENTS = """
    source = "bank"
    id = "{no}"
    at = "{day}"
    [[event]]
    kind = "PaymentReceived"
    set = { invoice = "{invoice}", amount = "{sum}" }
"""
BILLED = "no,day,sum\nI1,2026-03-02,100.00\nI2,2026-03-02,50.00\n"
PAID = (
    "no,day,invoice,sum\n"
    "1,2026-03-05,I1,60.00\n"
    "2,2026-03-06,I1,60.00\n"
    "3,2026-03-07,I1,40.00\n"
    "4,2026-03-07,I9,10.00\n"
    "5,2026-03-07,I2,50.00\n"
    "6,2026-03-07,,5.00\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    yield from open_case(tmp_path)


def sums(case: Case) -> list[int]:
    return [paid.amount for paid in case.facts(PaymentReceived)]


def test_a_payment_above_what_is_open_or_for_nothing_is_a_rejected_row(case: Case) -> None:
    case.bring(BILLED, INVOICES)
    for dry_run in (True, False):
        outcome = case.bring(PAID, PAYMENTS, dry_run=dry_run)
        assert [(reject.line, reject.reason) for reject in outcome.rejects] == [
            (3, "invoice I1 has €40 open, not €60: set overpaid if the client did pay more"),
            (5, "there is no invoice I9: bring the invoices in first, or set overpaid"),
        ]
        assert outcome.appended["payment_received"] == 4
    assert sums(case) == [6000, 4000, 5000, 500]


def test_payments_brought_in_again_are_known_and_not_asked_what_is_open(case: Case) -> None:
    case.bring(BILLED, INVOICES)
    case.bring(PAID, PAYMENTS)
    again = case.bring(PAID, PAYMENTS)
    assert (again.appended, again.known, again.skipped) == ({}, 4, 2)
    assert len(sums(case)) == 4


def test_a_mapping_may_say_that_more_was_paid(case: Case) -> None:
    case.bring(BILLED, INVOICES)
    said = PAYMENTS.replace('amount = "{sum}"', 'amount = "{sum}", overpaid = true')
    outcome = case.bring(PAID, said)
    assert outcome.skipped == 0
    assert len(sums(case)) == 6


def test_invoices_and_payments_of_one_file_settle_row_by_row(case: Case) -> None:
    mapping = f"""
        {INVOICES}
        [[event]]
        kind = "PaymentReceived"
        when = {{ column = "paid", empty = false }}
        set = {{ invoice = "{{no}}", amount = "{{paid}}" }}
    """
    rows = "no,day,sum,paid\nI1,2026-03-02,100.00,100.00\nI2,2026-03-02,50.00,50.01\n"
    outcome = case.bring(rows, mapping)
    assert [reject.line for reject in outcome.rejects] == [3]
    assert [issued.invoice for issued in case.facts(InvoiceIssued)] == ["I1"]
    assert sums(case) == [10000]


SOLD = """
    id = "{no}"
    at = "{day}"
    [[seller]]
    name = "{who}"
    [[event]]
    kind = "invoice_issued"
    set = { invoice = "{no}", amount = "{sum}", cost = "{cost}", channel = "fair", deal = "D{no}" }
"""


def test_what_is_said_of_an_invoice_takes_from_it_what_its_row_leaves_open(case: Case) -> None:
    case.bring("no,day,who,sum,cost\nI1,2026-03-02,Ann,100.00,10.01\n", SOLD)
    paid = "no,day,invoice,sum\n1,2026-03-05,I1,50.00\n2,2026-03-06,I1,50.00\n"
    assert case.bring(paid, PAYMENTS).skipped == 0
    assert [
        (body.seller, body.deal, body.channel, body.cost) for body in case.facts(PaymentReceived)
    ] == [("ann", "DI1", "fair", 501), ("ann", "DI1", "fair", 500)]
    again = case.bring(paid + "2,2026-03-06,I1,50.00\n", PAYMENTS)
    assert (again.appended, again.known, again.skipped) == ({}, 3, 0)


def test_a_credit_note_is_the_sellers_who_sold(case: Case) -> None:
    case.bring("no,day,who,sum,cost\nI1,2026-03-02,Ann,100.00,10.01\n", SOLD)
    notes = PAYMENTS.replace("PaymentReceived", "credit_note_issued")
    case.bring("no,day,invoice,sum\n1,2026-03-05,I1,50.00\n", notes)
    (note,) = case.facts(CreditNoteIssued)
    assert (note.seller, note.channel) == ("ann", "fair")


def test_a_mapping_may_say_whose_a_payment_is_and_what_it_cost(case: Case) -> None:
    case.hire("bob")
    case.bring("no,day,who,sum,cost\nI1,2026-03-02,Ann,100.00,10.01\n", SOLD)
    said = PAYMENTS.replace('amount = "{sum}"', 'amount = "{sum}", seller = "bob", cost = "{sum}"')
    case.bring("no,day,invoice,sum\n1,2026-03-05,I1,50.00\n", said)
    (paid,) = case.facts(PaymentReceived)
    assert (paid.seller, paid.cost, paid.deal) == ("bob", 5000, "DI1")


def test_a_withdrawn_payment_leaves_its_sum_open_again(case: Case) -> None:
    case.bring(BILLED, INVOICES)
    case.bring("no,day,invoice,sum\n1,2026-03-05,I1,100.00\n", PAYMENTS)
    (paid,) = case.events(PaymentReceived)
    body = EventVoided(target=paid.id, target_kind=paid.kind, reason="another client's")
    case.log.append([Draft(body=body, occurred_at=NOW - dt.timedelta(hours=1), actor="head")])
    outcome = case.bring("no,day,invoice,sum\n2,2026-03-06,I1,100.00\n", PAYMENTS)
    assert outcome.skipped == 0


def test_an_invoice_that_cannot_be_is_no_ground_for_a_payment(case: Case) -> None:
    case.bring("no,day,sum\nI1,2026-03-02,0.00\n", INVOICES)
    outcome = case.bring("no,day,invoice,sum\n1,2026-03-05,I1,1.00\n", PAYMENTS)
    assert outcome.skipped == 1
    assert sums(case) == []
