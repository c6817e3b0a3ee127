"""What holds of receivables, promises and the control list whatever happened to the invoices."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from events.vocabulary import (
    CreditNoteIssued,
    Instalment,
    InvoiceIssued,
    InvoiceWrittenOff,
    PaymentPromised,
    PaymentReceived,
)
from projections.control_list import control_list
from projections.fold.papers import papers
from projections.fold.states import INVOICE_KINDS, invoices
from projections.promises import agreed, chance, promises
from projections.receivables import Invoices
from projections.reports.payments import explain
from tests.projections.formulas import evaluate
from tests.projections.listed import facts
from tests.projections.payment_days import APRIL, MONDAY, Dated, ask, bills, report
from tests.projections.worlds import plan

DAYS = st.dates(dt.date(2024, 3, 25), dt.date(2024, 4, 30))
NUMBERS = st.sampled_from(["1", "2", "3"])
AMOUNTS = st.integers(1, 120)


@st.composite
def issued(draw: st.DrawFn, number: str) -> Dated:
    parts = tuple(
        Instalment(due=day, amount=amount)
        for day, amount in draw(st.lists(st.tuples(DAYS, AMOUNTS), max_size=4))
    )
    amount = sum(part.amount for part in parts) or draw(AMOUNTS)
    client = draw(st.sampled_from(["ann", "bob", None]))
    body = InvoiceIssued(invoice=number, client=client, amount=amount, instalments=parts)
    return draw(DAYS), body


@st.composite
def happened(draw: st.DrawFn) -> Dated:
    number, amount, day = draw(NUMBERS), draw(AMOUNTS), draw(DAYS)
    match draw(st.integers(0, 5)):
        case 0 | 1:
            places = draw(st.lists(st.integers(0, 4), max_size=2).map(tuple))
            return day, PaymentReceived(invoice=number, amount=amount, allocation=places)
        case 2:
            return day, CreditNoteIssued(invoice=number, amount=amount, refund=draw(st.booleans()))
        case 3:
            return day, InvoiceWrittenOff(invoice=number, amount=amount)
        case _:
            return day, PaymentPromised(invoice=number, amount=amount, due=draw(DAYS))


@st.composite
def stories(draw: st.DrawFn) -> list[Dated]:
    """Three invoices and whatever happened to them, in the order it was written down."""
    papers = [draw(issued(number)) for number in "123"]
    rest = draw(st.lists(happened(), max_size=12))
    return draw(st.permutations([*papers, *rest]))


@given(stories())
def test_open_is_issued_less_paid_credited_and_written_off(dated: list[Dated]) -> None:
    found = bills(facts(*dated))
    for number, bill in found.items():
        own = [body for _, body in dated if getattr(body, "invoice", None) == number]
        taken = sum(
            body.amount
            for body in own
            if isinstance(body, PaymentReceived | InvoiceWrittenOff)
            or (isinstance(body, CreditNoteIssued) and not body.refund)
        )
        assert bill.open == bill.amount - taken


@given(stories())
def test_the_remainders_of_the_instalments_sum_to_what_is_open(dated: list[Dated]) -> None:
    for bill in bills(facts(*dated)).values():
        assert sum(claim.open for claim in bill.claims) == bill.open
        assert all(claim.open >= 0 for claim in bill.claims) == (bill.open >= 0)
        assert bill.open >= 0 or all(claim.open <= 0 for claim in bill.claims)


@given(stories())
def test_an_invoice_owes_as_long_as_anything_of_an_instalment_is_open(dated: list[Dated]) -> None:
    told = Invoices()
    told.read(papers(facts(*dated)))
    assert list(told.owing()) == [
        bill for bill in told if any(claim.open > 0 for claim in bill.claims)
    ]


@given(stories())
def test_the_plan_and_the_log_command_agree_on_what_is_open(dated: list[Dated]) -> None:
    versions = facts(*dated)
    states = invoices(v for v in versions if isinstance(v.body, INVOICE_KINDS))
    assert {n: bill.open for n, bill in bills(versions).items()} == {
        number: state.open for number, state in states.items()
    }


@given(stories(), DAYS)
def test_the_days_agreed_add_up_to_the_open_money(dated: list[Dated], seen: dt.date) -> None:
    for bill in bills(facts(*dated)).values():
        pieces = agreed(bill, promises(bill, seen))
        for claim in bill.claims:
            parts = [piece.amount for piece in pieces if piece.key == claim.key]
            assert sum(parts) == max(0, claim.open)
            assert all(part > 0 for part in parts)
        said = sum(piece.amount for piece in pieces if piece.promised)
        assert said <= sum(promise.left for promise in promises(bill, seen))


@given(stories(), DAYS)
def test_a_promise_is_pending_only_until_its_day_is_over(dated: list[Dated], seen: dt.date) -> None:
    for bill in bills(facts(*dated)).values():
        for promise in promises(bill, seen):
            assert promise.outcome != "pending" or promise.due >= seen
            assert promise.outcome != "broken" or promise.due < seen
            assert (promise.left > 0) == (promise.outcome == "pending")


@given(
    st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.fractions(0, 50), max_size=9),
    st.fractions(0, 200),
)
def test_the_list_covers_the_need_or_says_by_how_much_it_does_not(
    expected: dict[str, Fraction], need: Fraction
) -> None:
    found = control_list(expected, need)
    assert found.expected == sum((expected[key] for key in found.keys), Fraction())
    assert found.short == max(0, need - found.expected)
    if found.short:
        assert set(found.keys) == set(expected)
    biggest = sorted(expected.values(), reverse=True)
    fewer = biggest[: max(0, len(found.keys) - 1)]
    assert not found.keys or sum(fewer, Fraction()) < need


@given(stories(), st.integers(0, 3), DAYS)
def test_the_report_ties_and_its_formulas_come_to_its_figures(
    dated: list[Dated], share: int, seen: dt.date
) -> None:
    found = report(*dated, plan(share * 110), question=ask(seen))
    total, schedule = found.total, found.schedule
    assert total.open == sum(row.open for row in found.rows)
    assert total.open == schedule.before + schedule.later + schedule.undated + sum(
        day.amount for day in schedule.days
    )
    assert total.expected == sum((row.expected for row in found.rows), Fraction())
    assert total.listed == sum(row.open for row in found.rows if row.control)
    assert total.covered + total.short >= total.need
    for row in (*found.rows, total):
        for column in (*found.columns, *(found.aside if row is total else ())):
            if column.unit == "text":
                continue
            said = explain(found, row.key, column.key)
            if said.expression:
                assert evaluate(said) == getattr(row, column.key), (row.key, column.key)


@given(stories(), DAYS)
def test_a_past_day_looks_as_it_was_computed_then(dated: list[Dated], day: dt.date) -> None:
    """Where everything was written down at once, in the order it happened."""
    lived = sorted(dated, key=lambda told: told[0])
    then = report(*[told for told in lived if told[0] <= day], question=ask(day))
    now = report(*lived, question=ask(day))
    assert (now.rows, now.total, now.schedule) == (then.rows, then.total, then.schedule)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 4))
def test_every_broken_promise_makes_money_less_likely(kept: int, lost: int, broken: int) -> None:
    reliable = Fraction(kept, kept + lost) if kept + lost else None
    story: list[Dated] = [(APRIL.first, InvoiceIssued(invoice="1", amount=10))]
    for place in range(broken + 2):
        due = MONDAY - dt.timedelta(days=1 + place)
        story.append((APRIL.first, PaymentPromised(invoice="1", amount=10, due=due)))
    (bill,) = bills(facts(*story)).values()
    told = promises(bill, MONDAY)
    fewer, more = chance(reliable, told[: broken + 1]), chance(reliable, told)
    assert 0 <= more <= fewer <= 1
