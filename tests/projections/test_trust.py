"""The data trust line: late entries, calls without length, days on which a seller said nothing."""

from __future__ import annotations

import datetime as dt

from events.vocabulary import AbsenceSet, CallMade, SellerHired, SellerLeft
from events.vocabulary.fact import Fact
from projections.period import Period
from projections.question import Dials, Mode, Question
from projections.report import Silence
from projections.source import Version
from projections.trust import trust
from tests.projections.catch_up_worlds import lived
from tests.projections.listed import ZONE, Listed

MONDAY = dt.date(2026, 10, 5)
FRIDAY = MONDAY + dt.timedelta(days=4)
WEEK = Period(MONDAY, FRIDAY + dt.timedelta(days=2))


def told(*facts: tuple[int, Fact]) -> Listed:
    """Facts on days counted from Monday, recorded as they happen."""
    versions = []
    for seq, (day, body) in enumerate(facts, 1):
        at = dt.datetime.combine(MONDAY, dt.time(9), dt.UTC) + dt.timedelta(days=day)
        versions.append(
            Version(
                seq=seq,
                id=f"e{seq}",
                day=at.date(),
                occurred_at=at.isoformat(),
                late=False,
                body=body,
            )
        )
    return Listed(versions)


def silences(
    source: Listed, seen: dt.date | dt.datetime, mode: Mode = "evening"
) -> tuple[Silence, ...]:
    return trust(source, WEEK, Dials(as_of=seen, mode=mode), ZONE).silent


def silent(source: Listed, seen: dt.date | dt.datetime, mode: Mode = "evening") -> dict[str, int]:
    return {one.seller: len(one.days) for one in silences(source, seen, mode)}


HIRED = (
    (-90, SellerHired(seller="ann", name="Ann")),
    (-90, SellerHired(seller="bob", name="Bob")),
)
CALLS = tuple((day, CallMade(seller="ann", seconds=60)) for day in (0, 1, 3, 4))


def test_a_working_day_without_any_event_of_a_seller_is_counted() -> None:
    source = told(*HIRED, *CALLS)
    assert silent(source, FRIDAY) == {"ann": 1, "bob": 5}
    assert silent(source, MONDAY + dt.timedelta(days=2)) == {"ann": 1, "bob": 3}


def test_the_day_of_a_moment_is_the_departments_whatever_offset_it_is_told_with() -> None:
    source = told(*HIRED, *CALLS)
    tuesday = dt.datetime(2026, 10, 6, 22, 30, tzinfo=dt.UTC)
    assert silent(source, tuesday) == silent(source, dt.date(2026, 10, 7)) == {"ann": 1, "bob": 3}


def test_a_day_that_is_not_due_yet_is_not_missed() -> None:
    source = told(*HIRED, *CALLS)
    assert silent(source, MONDAY, "morning") == {}
    assert silent(source, FRIDAY, "morning") == {"ann": 1, "bob": 4}


def test_who_is_away_or_has_left_owes_nothing() -> None:
    away = AbsenceSet(seller="bob", first=MONDAY, last=MONDAY + dt.timedelta(days=2))
    source = told(*HIRED, *CALLS, (-1, away), (3, SellerLeft(seller="bob")))
    assert silent(source, FRIDAY) == {"ann": 1}


def test_a_silent_day_lies_between_the_days_before_and_after_it_with_an_event() -> None:
    ann, bob = silences(told(*HIRED, *CALLS), FRIDAY)
    tuesday, wednesday, thursday = (MONDAY + dt.timedelta(days=days) for days in (1, 2, 3))
    assert (ann.due, ann.days, ann.around) == (5, (wednesday,), ((tuesday, thursday),))
    assert (bob.days[0], bob.days[-1], bob.around) == (MONDAY, FRIDAY, ((MONDAY, FRIDAY),))


def test_silent_days_with_the_same_neighbours_are_one_silence() -> None:
    calls = tuple((day, CallMade(seller="ann", seconds=60)) for day in (0, 3))
    (ann,) = silences(told(HIRED[0], *calls), FRIDAY)
    thursday = MONDAY + dt.timedelta(days=3)
    assert len(ann.days) == 3
    assert ann.around == ((MONDAY, thursday), (thursday, FRIDAY))


def test_a_silent_day_opens_into_its_calendar_and_what_was_logged_around_it() -> None:
    away = AbsenceSet(seller="bob", first=MONDAY, last=MONDAY)
    facts = ((0, CallMade(seller="ann", seconds=60)), (2, CallMade(seller="ann", seconds=60)),
             (3, CallMade(seller="ann", seconds=60)), (-1, away))  # fmt: skip
    entries = [(MONDAY + dt.timedelta(days=day), body) for day, body in (*HIRED, *facts)]
    with lived(entries) as world:
        report = world.desk.ask(
            "plan-fact", Question(period=WEEK, dials=Dials(as_of=FRIDAY, mode="evening"))
        )
        why = world.desk.why(report, "trust:ann", "silent")
        assert (why.value, [day.day for day in why.days]) == (2, [6, 9])
        found = [(event.kind, event.seller) for event in world.log.find(why.trace)]
        assert ("seller_hired", "ann") in found
        assert found.count(("call_made", "ann")) == 3
        assert not any(seller == "bob" for _, seller in found)
