"""Working days: the department's calendar, narrower exceptions, absences, comings and goings."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from events.vocabulary import AbsenceSet, CalendarSet, RoleSet, SellerHired, SellerLeft
from events.vocabulary.fact import Fact
from projections.calendars import Calendars
from projections.period import Period, month_of, months_in
from tests.projections.listed import facts


def day(month: int, number: int, year: int = 2024) -> dt.date:
    return dt.date(year, month, number)


LONG_AGO = day(1, 9, 2020)
APRIL = month_of(day(4, 1))
HIRED = (LONG_AGO, SellerHired(seller="ivanov", name="Ivanov", team="north"))

# Russia moved Monday 29 and Tuesday 30 April 2024 to the Saturdays before the May holidays.
MOVED = CalendarSet(
    year=2024,
    days_off=(day(4, 29), day(4, 30), day(5, 1), day(5, 9), day(5, 10)),
    workdays=(day(4, 27),),
    source="test",
)


def calendars(*dated: tuple[dt.date, Fact]) -> Calendars:
    return Calendars(facts(HIRED, *dated))


def april(found: Calendars, seller: str | None = "ivanov", team: str | None = None) -> int:
    return found.working_days(seller, APRIL.first, APRIL.last, team=team)


def test_without_a_calendar_monday_to_friday_are_worked_and_the_year_is_reported() -> None:
    found = calendars()
    assert april(found) == april(found, None) == 22
    assert not found.is_working("ivanov", day(4, 13))
    assert found.missing(APRIL) == (2024,)
    assert found.missing(Period(day(12, 30, 2023), day(1, 2))) == (2023, 2024)


def test_a_moved_saturday_is_worked_and_its_monday_is_not() -> None:
    found = calendars((LONG_AGO, MOVED))
    assert found.is_working("ivanov", day(4, 27))
    assert not found.is_working("ivanov", day(4, 29))
    assert april(found) == 22 - 2 + 1
    assert found.working_days("ivanov", day(4, 22), day(4, 28)) == 6
    assert found.missing(APRIL) == ()


def test_a_calendar_speaks_of_its_own_year_only() -> None:
    found = calendars((LONG_AGO, CalendarSet(year=2023, days_off=(day(4, 1),), source="test")))
    assert found.is_working(None, day(4, 1))
    assert found.missing(APRIL) == (2024,)


def test_the_later_recorded_calendar_of_a_scope_replaces_the_earlier() -> None:
    plain = CalendarSet(year=2024, days_off=(day(5, 1),), source="test")
    assert april(calendars((LONG_AGO, MOVED), (LONG_AGO, plain))) == 22


def test_a_team_and_then_a_seller_add_their_exceptions() -> None:
    team = CalendarSet(year=2024, team="north", days_off=(day(4, 8), day(4, 9)), source="test")
    own = CalendarSet(year=2024, seller="ivanov", workdays=(day(4, 9), day(4, 13)), source="test")
    other = (LONG_AGO, SellerHired(seller="petrova", name="Petrova", team="south"))
    found = calendars(other, (LONG_AGO, MOVED), (LONG_AGO, team), (LONG_AGO, own))
    assert april(found, None) == april(found, "petrova") == 21
    assert april(found, None, "north") == 19
    assert april(found) == 19 + 2
    assert not found.is_working("ivanov", day(4, 8))
    assert found.is_working("ivanov", day(4, 9))


def test_the_calendar_of_a_team_holds_while_the_seller_is_in_it() -> None:
    team = CalendarSet(year=2024, team="north", days_off=(day(4, 8), day(4, 18)), source="test")
    moved = (day(4, 15), RoleSet(seller="ivanov", team="south"))
    found = calendars((LONG_AGO, team), moved)
    assert not found.is_working("ivanov", day(4, 8))
    assert found.is_working("ivanov", day(4, 18))


def test_leave_takes_its_working_days_and_no_more() -> None:
    leave = AbsenceSet(seller="ivanov", first=day(4, 20), last=day(4, 24))
    again = AbsenceSet(seller="ivanov", first=day(4, 24), last=day(5, 3), reason="sick")
    found = calendars((LONG_AGO, leave))
    assert april(found) == 19
    assert april(found, None) == 22
    both = calendars((LONG_AGO, leave), (LONG_AGO, again))
    assert april(both) == 15
    assert both.absences("ivanov", APRIL) == ((day(4, 20), day(4, 24)), (day(4, 24), day(4, 30)))


def test_nobody_works_before_being_hired_or_after_leaving() -> None:
    hired = (day(4, 10), SellerHired(seller="new", name="New"))
    left = (day(4, 19), SellerLeft(seller="new"))
    found = calendars(hired, left)
    assert found.working_dates("new", APRIL.first, APRIL.last)[0] == day(4, 10)
    assert found.working_dates("new", APRIL.first, APRIL.last)[-1] == day(4, 19)
    assert april(found, "new") == 8


def test_who_comes_back_works_again() -> None:
    left = (day(4, 5), SellerLeft(seller="ivanov"))
    back = (day(4, 22), SellerHired(seller="ivanov", name="Ivanov"))
    found = calendars(left, back)
    assert april(found) == 5 + 7
    assert found.people["ivanov"].team(day(4, 22)) == "north"


def test_a_key_that_was_never_hired_keeps_the_days_of_the_department() -> None:
    assert april(calendars((LONG_AGO, MOVED)), "nobody") == 21


def test_the_order_of_recording_does_not_turn_a_career_around() -> None:
    left_first = calendars(
        (day(4, 19), SellerLeft(seller="late")), (day(4, 10), SellerHired(seller="late", name="L"))
    )
    assert april(left_first, "late") == 8


DAYS = st.dates(dt.date(2023, 11, 1), dt.date(2024, 8, 31))


@given(st.lists(st.tuples(DAYS, DAYS), max_size=4), DAYS, DAYS, DAYS)
def test_counts_agree_with_asking_every_day(
    absences: list[tuple[dt.date, dt.date]], first: dt.date, last: dt.date, hired: dt.date
) -> None:
    away = [
        (LONG_AGO, AbsenceSet(seller="new", first=min(pair), last=max(pair))) for pair in absences
    ]
    found = calendars((LONG_AGO, MOVED), (hired, SellerHired(seller="new", name="New")), *away)
    span = [first + dt.timedelta(days=step) for step in range((last - first).days + 1)]
    worked = tuple(one for one in span if found.is_working("new", one))
    assert found.working_dates("new", first, last) == worked
    assert found.working_days("new", first, last) == len(worked)
    for one in worked:
        assert one >= hired
        assert not any(min(pair) <= one <= max(pair) for pair in absences)
        assert found.is_working(None, one)


@given(DAYS, DAYS)
def test_the_months_of_a_period_cover_it_without_gaps(first: dt.date, last: dt.date) -> None:
    months = months_in(Period(first, last))
    if first > last:
        assert months == ()
        return
    assert months[0].first <= first
    assert last <= months[-1].last
    for before, after in itertools.pairwise(months):
        assert after.first - before.last == dt.timedelta(days=1)


def test_who_is_away_is_told_for_a_day() -> None:
    away = AbsenceSet(seller="ivanov", first=dt.date(2024, 4, 22), last=dt.date(2024, 4, 24))
    calendars = Calendars(facts((dt.date(2024, 4, 1), away)))
    assert calendars.away(dt.date(2024, 4, 21)) == set()
    assert (
        calendars.away(dt.date(2024, 4, 22)) == calendars.away(dt.date(2024, 4, 24)) == {"ivanov"}
    )
