"""The data trust line: late entries, calls without length, days on which a seller said nothing."""

from __future__ import annotations

import datetime as dt

from events.vocabulary import AbsenceSet, CallMade, SellerHired, SellerLeft
from events.vocabulary.fact import Fact
from projections.period import Period
from projections.question import Dials, Mode
from projections.source import Version
from projections.trust import trust
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
                recorded_at=at.isoformat(),
                body=body,
            )
        )
    return Listed(versions)


def silent(source: Listed, seen: dt.date | dt.datetime, mode: Mode = "evening") -> dict[str, int]:
    return dict(trust(source, WEEK, Dials(as_of=seen, mode=mode), ZONE).silent)


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
