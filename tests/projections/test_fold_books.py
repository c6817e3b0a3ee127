"""New and existing, by the first sale in the client's whole history."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.fold.books import (
    END,
    EXISTING,
    NEW,
    UNSETTLED,
    Line,
    Sale,
    book_of,
    first_at,
    joined,
    line_of,
    settled,
)


@pytest.mark.parametrize(
    ("day", "seq", "deal", "sale", "book"),
    [
        (9, 99, "d2", True, NEW),
        (10, 50, "d1", True, NEW),
        (10, 51, "d1", True, NEW),
        (10, 51, "d2", True, EXISTING),
        (10, 49, "d2", True, NEW),
        (10, 51, "d2", False, NEW),
        (11, 12, "d1", True, EXISTING),
        (11, 12, None, False, EXISTING),
    ],
)
def test_existing_begins_after_the_first_sale(
    day: int, seq: int, deal: str | None, sale: bool, book: str
) -> None:
    assert book_of((10, 50, "d1"), day, seq, deal, sale) == book


def test_nobody_who_never_bought_is_existing() -> None:
    assert book_of(None, 10, 1, "d1", True) == NEW


def test_a_withdrawn_first_sale_gives_way_to_the_next() -> None:
    line = line_of([(3, 8, (5, 3, "a")), (6, END, (7, 6, "b"))])
    assert line == ((3, (5, 3, "a")), (8, (7, 6, "b")))
    assert first_at(line, 2) is None
    assert first_at(line, 7) == (5, 3, "a")
    assert first_at(line, 8) == (7, 6, "b")


def test_where_every_sale_was_withdrawn_there_is_no_first_one() -> None:
    assert line_of([(3, 8, (5, 3, "a"))]) == ((3, (5, 3, "a")), (8, None))


SALES = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 5)), max_size=12).map(
    lambda spread: [(place, END, (day, place, None)) for place, (day, _) in enumerate(spread, 1)]
)


@given(SALES)
def test_sales_that_hold_may_be_joined_one_after_the_other(sales: list[Sale]) -> None:
    assert joined((), [(since, first) for since, _, first in sales]) == line_of(sales)


@given(SALES, st.integers(1, 9), st.integers(1, 14), st.booleans())
def test_what_is_settled_at_once_never_changes_later(
    sales: list[Sale], day: int, seq: int, sale: bool
) -> None:
    line: Line = line_of(sales)
    if not line:
        return
    book = settled(line, day, seq, "d", sale)
    ever = {book_of(first_at(line, position), day, seq, "d", sale) for position in range(seq, 20)}
    assert book == UNSETTLED or ever == {book}
