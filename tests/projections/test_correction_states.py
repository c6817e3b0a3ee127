"""What is agreed, answered for and moved, read from the log's facts."""

from __future__ import annotations

import datetime as dt

import pytest

from events.vocabulary import CorrectionAgreed, CorrectionReviewed, SellerLeft
from events.vocabulary.fact import Fact
from events.vocabulary.meetings import ReviewVerdict
from projections.corrections import CorrectionState, corrections, open_of
from tests.projections.listed import facts

MONDAY = dt.date(2024, 4, 8)
WEDNESDAY = dt.date(2024, 4, 10)
FRIDAY = dt.date(2024, 4, 12)


def agreed(key: str, seller: str = "ivanov", until: dt.date = WEDNESDAY) -> CorrectionAgreed:
    return CorrectionAgreed(
        correction=key, seller=seller, metric="call_made", before="50", target="70",
        until=until, action="Calls before noon", topic="calls",
    )  # fmt: skip


def review(
    key: str, verdict: ReviewVerdict = "done", until: dt.date | None = None
) -> CorrectionReviewed:
    return CorrectionReviewed(correction=key, seller="ivanov", verdict=verdict, until=until)


def folded(*dated: tuple[dt.date, Fact]) -> dict[str, CorrectionState]:
    return corrections(facts(*dated))


def test_a_correction_is_open_until_somebody_answers_for_it() -> None:
    assert folded((MONDAY, agreed("a")))["a"].open
    for verdict in ("done", "not_done"):
        state = folded((MONDAY, agreed("a")), (WEDNESDAY, review("a", verdict)))["a"]
        assert not state.open


def test_a_moved_one_stays_open_until_its_new_day_and_keeps_the_first_one() -> None:
    state = folded((MONDAY, agreed("a")), (WEDNESDAY, review("a", "moved", FRIDAY)))["a"]
    assert state.open
    assert (state.promised, state.until) == (WEDNESDAY, FRIDAY)
    assert not state.overdue(FRIDAY)
    assert state.overdue(FRIDAY + dt.timedelta(days=1))


@pytest.mark.parametrize(("day", "expected"), [(WEDNESDAY, True), (FRIDAY, False)])
def test_done_in_time_is_by_the_day_first_agreed(day: dt.date, expected: bool) -> None:
    state = folded(
        (MONDAY, agreed("a")), (MONDAY, review("a", "moved", FRIDAY)), (day, review("a"))
    )["a"]
    assert state.in_time is expected


def test_numbers_count_by_seller_and_never_change() -> None:
    first = [(MONDAY, agreed("a")), (MONDAY, agreed("b", "petrova")), (MONDAY, agreed("c"))]
    before = {key: state.number for key, state in folded(*first).items()}
    assert before == {"a": 1, "b": 1, "c": 2}
    later = folded(*first, (WEDNESDAY, review("a")), (WEDNESDAY, agreed("a")))
    assert {key: state.number for key, state in later.items()} == before
    assert later["a"].open


def test_who_has_what_open_is_listed_with_what_is_due_first() -> None:
    states = folded(
        (MONDAY, agreed("late", until=FRIDAY)),
        (MONDAY, agreed("soon")),
        (MONDAY, agreed("hers", "petrova")),
        (MONDAY, agreed("done")),
        (MONDAY, review("done")),
    )
    assert [state.correction for state in open_of(states.values(), "ivanov")] == ["soon", "late"]


def test_an_answer_to_nothing_is_passed_over() -> None:
    assert folded((MONDAY, review("a"))) == {}


def test_whoever_leaves_has_nothing_open_and_nothing_overdue() -> None:
    told = [
        (MONDAY, agreed("a")),
        (MONDAY, agreed("b", "petrova")),
        (MONDAY, agreed("c")),
        (MONDAY, review("c", "moved", FRIDAY)),
        (WEDNESDAY, SellerLeft(seller="ivanov")),
    ]
    states = folded(*told)
    assert open_of(states.values(), "ivanov") == ()
    assert [states[key].left for key in "abc"] == [WEDNESDAY, None, WEDNESDAY]
    assert not states["a"].overdue(FRIDAY)
    assert states["b"].open
    answered = folded(*told, (FRIDAY, review("a")))["a"]
    assert (answered.settled, answered.open) == (True, False)


def test_whoever_comes_back_begins_with_new_ones() -> None:
    states = folded(
        (MONDAY, agreed("a")), (WEDNESDAY, SellerLeft(seller="ivanov")), (FRIDAY, agreed("b"))
    )
    assert [state.correction for state in open_of(states.values(), "ivanov")] == ["b"]
