"""The order book adds up: what was open, and every change to it, is what is open at the end."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from events.vocabulary import (
    AmountSet,
    DealLost,
    DealOpened,
    DealWon,
    ExpectedDateSet,
    HandedOver,
    PaymentReceived,
)
from events.vocabulary.fact import Fact
from projections.order_book import CAUSES, OrderBook, order_book
from projections.period import Period, month_of
from projections.source import Version

OCTOBER = month_of(dt.date(2026, 10, 1))
END = OCTOBER.last


def told(*facts: tuple[int, Fact]) -> list[Version]:
    """Facts on days counted from the first of October; 0 is the last of September."""
    eve = OCTOBER.first - dt.timedelta(days=1)
    return [
        Version(
            seq=seq,
            id=f"e{seq}",
            day=eve + dt.timedelta(days=day),
            occurred_at=f"{eve + dt.timedelta(days=day)}T12:00:00+00:00",
            late=False,
            body=body,
        )
        for seq, (day, body) in enumerate(facts, 1)
    ]


def book(*facts: tuple[int, Fact], sellers: tuple[str, ...] = ()) -> OrderBook:
    return order_book(told(*facts), OCTOBER, END, "payment", sellers)


def lines(found: OrderBook) -> dict[str, int]:
    sums: dict[str, int] = {cause: found.total(cause) for cause in CAUSES if found.total(cause)}
    return {"opening": found.opening, **sums, "closing": found.closing}


def test_every_change_has_its_line() -> None:
    found = book(
        (0, DealOpened(deal="old", seller="ann", amount=100)),
        (0, DealOpened(deal="gone", seller="ann", amount=40)),
        (1, DealOpened(deal="fresh", seller="bob", amount=70)),
        (2, AmountSet(deal="old", amount=90)),
        (3, DealLost(deal="gone")),
        (4, ExpectedDateSet(deal="fresh", on=dt.date(2026, 11, 5))),
        (5, PaymentReceived(deal="old", seller="ann", amount=90)),
        (6, DealOpened(deal="last", seller="ann", amount=5)),
    )
    assert lines(found) == {
        "opening": 140, "new": 75, "won": -90, "lost": -40, "amount": -10, "dates": -70,
        "closing": 5,
    }  # fmt: skip
    assert found.closed == ("last",)


def test_a_date_moved_back_into_the_month_brings_the_deal_back() -> None:
    found = book(
        (0, DealOpened(deal="d", seller="ann", amount=100)),
        (0, ExpectedDateSet(deal="d", on=dt.date(2026, 11, 5))),
        (1, ExpectedDateSet(deal="d", on=dt.date(2026, 10, 20))),
        (2, ExpectedDateSet(deal="d", on=dt.date(2026, 10, 25))),
    )
    assert lines(found) == {"opening": 0, "dates": 100, "closing": 100}
    assert found.slips == {"d": 1}


def test_a_deal_handed_over_leaves_one_sellers_book_for_the_others() -> None:
    facts: tuple[tuple[int, Fact], ...] = (
        (0, DealOpened(deal="d", seller="ann", amount=100)),
        (3, HandedOver(deal="d", seller="ann", to="bob")),
    )
    assert lines(book(*facts)) == {"opening": 100, "closing": 100}
    assert lines(book(*facts, sellers=("ann",))) == {
        "opening": 100, "handed": -100, "closing": 0,
    }  # fmt: skip
    assert lines(book(*facts, sellers=("bob",))) == {"opening": 0, "handed": 100, "closing": 100}


DEALS = st.sampled_from(("a", "b", "c"))
SELLERS = st.sampled_from(("ann", "bob"))
AMOUNTS = st.integers(1, 1000)
DAYS = st.dates(dt.date(2026, 9, 1), dt.date(2026, 12, 31))
FACTS: st.SearchStrategy[Fact] = st.one_of(
    st.builds(DealOpened, deal=DEALS, seller=SELLERS, amount=AMOUNTS),
    st.builds(AmountSet, deal=DEALS, amount=AMOUNTS),
    st.builds(ExpectedDateSet, deal=DEALS, on=DAYS),
    st.builds(DealWon, deal=DEALS, seller=SELLERS),
    st.builds(DealLost, deal=DEALS),
    st.builds(HandedOver, deal=DEALS, seller=SELLERS, to=SELLERS),
    st.builds(PaymentReceived, deal=DEALS, seller=SELLERS, amount=AMOUNTS),
)


@given(st.lists(st.tuples(st.integers(-20, 60), FACTS), max_size=30), st.booleans())
def test_it_adds_up_and_one_month_begins_where_the_other_ended(
    facts: list[tuple[int, Fact]], whole: bool
) -> None:
    sellers = () if whole else ("ann",)
    found = book(*facts, sellers=sellers)
    assert found.opening + sum(map(found.total, CAUSES)) == found.closing
    both = [book(*facts, sellers=(one,)) for one in ("ann", "bob")]
    everybody = book(*facts)
    nobodys = everybody.closing - sum(one.closing for one in both)
    assert nobodys >= 0
    versions = told(*facts)
    rest = Period(OCTOBER.first + dt.timedelta(days=10), OCTOBER.last)
    first_part = order_book(versions, OCTOBER, rest.first - dt.timedelta(days=1), "payment")
    assert order_book(versions, rest, END, "payment").opening == first_part.closing
