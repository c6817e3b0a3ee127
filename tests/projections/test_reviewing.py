"""What the next stand-up begins with, and that nothing agreed is lost on the way to it."""

from __future__ import annotations

import datetime as dt

import pytest

from events.vocabulary import CorrectionAgreed, CorrectionReviewed, StandupClosed, StandupStarted
from events.vocabulary.fact import Fact
from events.vocabulary.meetings import ReviewVerdict
from projections.reviewing import reviewed
from tests.projections.listed import facts

MONDAY = dt.date(2024, 4, 8)
TUESDAY = dt.date(2024, 4, 9)
WEDNESDAY = dt.date(2024, 4, 10)
FRIDAY = dt.date(2024, 4, 12)

Told = list[tuple[dt.date, Fact]]


def agreed(until: dt.date = FRIDAY) -> Fact:
    return CorrectionAgreed(correction="a", seller="ivanov", metric="call_made", before="50",
                            target="70", until=until, action="Calls before noon")  # fmt: skip


def answered(verdict: ReviewVerdict = "done", until: dt.date | None = None) -> Fact:
    return CorrectionReviewed(correction="a", seller="ivanov", verdict=verdict, until=until)


def held(*facts: Fact, day: dt.date = MONDAY) -> Told:
    inside = [StandupStarted(standup=f"{day}"), *facts, StandupClosed(standup=f"{day}", seconds=9)]
    return [(day, each) for each in inside]


def begins(told: Told, day: dt.date = TUESDAY) -> list[str]:
    versions = facts(*told)
    return [state.correction for state in reviewed(versions, versions, day)]


def test_the_next_stand_up_begins_with_what_was_agreed_in_the_last() -> None:
    assert begins(held(agreed())) == ["a"]
    assert begins(held(agreed()), MONDAY) == []


def test_it_is_heard_of_again_only_when_due() -> None:
    told = [*held(agreed()), *held(day=TUESDAY)]
    assert begins(told, WEDNESDAY) == []
    assert begins(told, FRIDAY) == ["a"]


@pytest.mark.parametrize("verdict", ["done", "not_done"])
def test_what_a_seller_answered_after_the_meeting_is_heard_in_the_next(
    verdict: ReviewVerdict,
) -> None:
    told: Told = [*held(agreed()), (MONDAY, answered(verdict))]
    assert begins(told) == ["a"]
    assert begins([*told, *held(day=TUESDAY)], WEDNESDAY) == []


def test_what_was_answered_in_the_meeting_is_over() -> None:
    told = [*held(agreed()), *held(answered(), day=TUESDAY)]
    assert begins(told, TUESDAY) == ["a"]
    assert begins(told, WEDNESDAY) == []


def test_what_still_waits_stands_first() -> None:
    later = CorrectionAgreed(correction="b", seller="petrova", metric="call_made", before="1",
                             target="2", until=FRIDAY, action="Calls")  # fmt: skip
    told: Told = [*held(agreed(TUESDAY), later), (MONDAY, answered())]
    assert begins(told) == ["b", "a"]
