"""`cockpit log` writes exactly what was typed, with what reports cut by."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from events.vocabulary import (
    CallMade,
    CostSet,
    CreditNoteIssued,
    DealLost,
    DealOpened,
    DealWon,
    Instalment,
    InvoiceIssued,
    InvoiceWrittenOff,
    LeadQualified,
    LeadReceived,
    MeetingHeld,
    NextStepSet,
    OrderPlaced,
    PaymentPromised,
    PaymentReceived,
    PresentationGiven,
    ProposalSent,
    StageEntered,
    StepCompleted,
    TaskSet,
)
from tests.cockpit.shell import Shell

WHO = "--as ivanov"


def test_a_call_as_in_the_feature(north: Shell) -> None:
    north.ok('log call +7…1234 3m20 out "ООО Ромашка" →meeting wed 15:00 --as ivanov')
    call, task = north.events()[-2:]
    assert call.body == CallMade(
        seller="ivanov",
        client="c1",
        direction="out",
        seconds=200,
        phone="+7…1234",
        channel="site",
        segment="retail",
    )
    assert call.actor == "head"
    assert task.body == TaskSet(
        task=call.id,
        seller="ivanov",
        action="meeting wed 15:00",
        due=dt.date(2026, 11, 25),
        client="c1",
    )


@pytest.mark.parametrize(
    "said",
    [
        "yesterday 16:40",
        '"yesterday 16:40"',
        '"вчера 16:40"',
        "--at 'yesterday 16:40'",
        "17.11 16:40",
        '"17.11.2026 16:40"',
        "2026-11-17T16:40",
    ],
)
def test_a_moment_is_understood_with_quotes_and_without(north: Shell, said: str) -> None:
    north.ok(f"log call Вектор 3m20 {said} {WHO}")
    assert north.events()[-1].occurred_at == "2026-11-17T16:40:00+03:00"


def test_every_kind_of_work(north: Shell) -> None:
    assert north.logged(f"log зв 3:20 вх Вектор вчера 16:40 {WHO}") == CallMade(
        seller="ivanov", client="c3", direction="in", seconds=200, territory="Урал"
    )
    assert north.events()[-1].occurred_at == "2026-11-17T16:40:00+03:00"
    assert north.logged(f"log call 45s {WHO}") == CallMade(seller="ivanov", seconds=45)
    assert north.logged(f"log встреча Вектор 45м {WHO}") == MeetingHeld(
        seller="ivanov", client="c3", seconds=2700, territory="Урал"
    )
    assert north.logged(f"log bemutató Вектор {WHO}") == PresentationGiven(
        seller="ivanov", client="c3", territory="Урал"
    )
    assert north.logged(f"log кп Вектор 240к {WHO}") == ProposalSent(
        seller="ivanov", client="c3", amount=24_000_000, territory="Урал"
    )
    assert north.logged(f"log step Замер Вектор --note срочно {WHO}") == StepCompleted(
        activity="замер", seller="ivanov", client="c3", note="срочно", territory="Урал"
    )


def test_a_sale_from_lead_to_won(north: Shell) -> None:
    lead = north.logged(f"log lead Вектор --channel реклама {WHO}")
    assert isinstance(lead, LeadReceived)
    key = lead.deal
    assert key == f"d{north.head()}"
    cuts = {"channel": "реклама", "territory": "Урал"}
    about = {"deal": key, "seller": "ivanov", "client": "c3", **cuts}
    assert north.logged(f"log qualified Вектор {WHO}") == replace(LeadQualified(deal=key), **about)
    assert north.logged(f"log deal Вектор 240k {WHO}") == replace(
        DealOpened(deal=key, amount=24_000_000), **about
    )
    assert north.logged(f"log stage Договор Вектор {WHO}") == StageEntered(stage="договор", **about)
    assert north.logged(f"log call 3m Вектор {WHO}") == replace(CallMade(seconds=180), **about)
    north.ok(f"log call 1m Вектор then contract fri {WHO}")
    assert north.events()[-1].body == NextStepSet(
        deal=key, step="contract fri", on=dt.date(2026, 11, 20), seller="ivanov", client="c3"
    )
    assert north.logged(f"log won Вектор --cost 100k {WHO}") == replace(
        DealWon(deal=key, amount=24_000_000, cost=10_000_000), **about
    )
    assert "no open deal" in north.refused(f"log lost Вектор {WHO}")


def test_a_deal_is_lost_with_its_reason(north: Shell) -> None:
    north.ok(f"log deal Вектор {WHO}")
    north.ok(f"log deal Вектор {WHO}")
    first, second = (e.deal for e in north.events()[-2:])
    assert f"{first}, {second}" in north.refused(f"log lost Вектор цена {WHO}")
    lost = north.logged(f"log lost Вектор цена --deal {second} {WHO}")
    assert isinstance(lost, DealLost)
    assert (lost.deal, lost.reason) == (second, "price")
    assert "there is no deal d99" in north.refused(f"log lost Вектор --deal d99 {WHO}")


def test_a_sale_without_a_deal_gets_one(north: Shell) -> None:
    won = north.logged(f"log won Вектор 50k {WHO}")
    assert isinstance(won, DealWon)
    assert won.deal == f"d{north.head()}"


def test_an_order_with_its_costs(north: Shell) -> None:
    assert north.logged(f"log заказ Вектор 50k --cost 30k --direct 2k {WHO}") == OrderPlaced(
        seller="ivanov",
        client="c3",
        amount=5_000_000,
        cost=3_000_000,
        direct=200_000,
        territory="Урал",
    )


def test_an_invoice_gets_the_next_number_or_the_one_said(north: Shell) -> None:
    body = north.logged(f"log invoice 17 Вектор 240k --due 30.11=100k --due 30.12=140k {WHO}")
    assert body == InvoiceIssued(
        invoice="17",
        seller="ivanov",
        client="c3",
        amount=24_000_000,
        territory="Урал",
        instalments=(
            Instalment(due=dt.date(2026, 11, 30), amount=10_000_000),
            Instalment(due=dt.date(2026, 12, 30), amount=14_000_000),
        ),
    )
    following = north.logged(f"log счёт Вектор 5k --due 1.12 {WHO}")
    assert isinstance(following, InvoiceIssued)
    assert (following.invoice, len(following.instalments)) == ("18", 1)
    assert "another number" in north.refused(f"log invoice 17 Вектор 5k {WHO}")
    assert "₽150,000" in north.refused(
        f"log invoice Вектор 240k --due 1.12=150k --due 2.12=0.01 {WHO}"
    )


@pytest.fixture
def owed(north: Shell) -> Shell:
    """Vektor owes invoice 17: 100.00 with costs of 50.01 and 10.00, sold by Petrova."""
    north.ok("log invoice 17 Вектор 100 --cost 50,01 --direct 10 --as petrova --product стол")
    return north


def test_payments_carry_their_share_of_the_costs(owed: Shell) -> None:
    shares = []
    for amount in ("33.33", "33,33", "33,34"):
        body = owed.logged(f"log paid 17 {amount}")
        assert isinstance(body, PaymentReceived)
        assert (body.seller, body.client, body.product) == ("petrova", "c3", "стол")
        shares.append((body.cost, body.direct))
    assert shares == [(1667, 333), (1667, 333), (1667, 334)]


def test_a_promise_of_all_that_is_open(owed: Shell) -> None:
    owed.ok("log paid 17 40")
    assert owed.logged("log обещание 17 пт --said-by 'Ольга'") == PaymentPromised(
        invoice="17",
        amount=6_000,
        due=dt.date(2026, 11, 20),
        seller="petrova",
        client="c3",
        said_by="Ольга",
    )
    assert "by when" in owed.refused("log promise 17 10")
    assert "gone by" in owed.refused("log promise 17 10 17.11")


def test_the_only_open_invoice_of_a_client_needs_no_number(owed: Shell) -> None:
    body = owed.logged("log paid Вектор 10")
    assert isinstance(body, PaymentReceived)
    assert body.invoice == "17"


def test_money_goes_back_and_sums_are_given_up(owed: Shell) -> None:
    owed.ok("log paid 17 60")
    refund = owed.logged("log credit-note 17 10 --refund --cost 5")
    assert isinstance(refund, CreditNoteIssued)
    assert (refund.amount, refund.cost, refund.refund) == (1_000, 500, True)
    assert "only ₽40" in owed.refused("log credit-note 17 41")
    assert owed.logged("log write-off 17 40 --note банкрот") == InvoiceWrittenOff(
        invoice="17", amount=4_000, seller="petrova", client="c3", reason="банкрот"
    )
    assert "only ₽0" in owed.refused("log write-off 17 1")


def test_costs_become_known_later(owed: Shell) -> None:
    assert owed.logged("log cost 17 8 --direct 1") == CostSet(
        invoice="17",
        seller="petrova",
        client="c3",
        cost=800,
        direct=100,
        territory="Урал",
        product="стол",
    )
    assert owed.logged(f"log cost Вектор 8 {WHO}") == CostSet(
        seller="ivanov", client="c3", cost=800, territory="Урал"
    )
    assert "how much" in owed.refused("log cost 17")
