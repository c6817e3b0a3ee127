"""Moments mean the same in every language, and never lie ahead for what happened."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit import words
from cockpit.entry import moments
from cockpit.entry.tables import WEEKDAYS
from cockpit.errors import Refused

MOSCOW = ZoneInfo("Europe/Moscow")
BUDAPEST = ZoneInfo("Europe/Budapest")
NOW = dt.datetime(2026, 11, 18, 10, 30, tzinfo=MOSCOW)
"""A Wednesday."""

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))


def said(text: str, now: dt.datetime = NOW) -> dt.datetime:
    return moments.past(moments.parse(text), now)


@pytest.mark.parametrize(
    ("typed", "day", "time"),
    [
        ("yesterday 16:40", "2026-11-17", "16:40"),
        ("вчера 16:40", "2026-11-17", "16:40"),
        ("вчера в 16:40", "2026-11-17", "16:40"),
        ("tegnap 16:40", "2026-11-17", "16:40"),
        ("позавчера", "2026-11-16", "12:00"),
        ("tegnapelőtt 9:05", "2026-11-16", "09:05"),
        ("оня ден 9:05", "2026-11-16", "09:05"),
        ("today 9:05", "2026-11-18", "09:05"),
        ("at 9:05", "2026-11-18", "09:05"),
        ("9:05", "2026-11-18", "09:05"),
        ("monday", "2026-11-16", "12:00"),
        ("last friday 15:00", "2026-11-13", "15:00"),
        ("в прошлый понедельник", "2026-11-16", "12:00"),
        ("pénteken 15:00-kor", "2026-11-13", "15:00"),
        ("múlt hétfő", "2026-11-16", "12:00"),
        ("миналия понеделник", "2026-11-16", "12:00"),
        ("wed 15:00", "2026-11-11", "15:00"),
        ("15.11", "2026-11-15", "12:00"),
        ("15.11.26 16:40", "2026-11-15", "16:40"),
        ("15.11.2026 16:40", "2026-11-15", "16:40"),
        ("2026-11-15", "2026-11-15", "12:00"),
        ("2026.11.15. 16:40", "2026-11-15", "16:40"),
        ("2026-11-15T16:40", "2026-11-15", "16:40"),
        ("2026-11-15T13:40Z", "2026-11-15", "16:40"),
    ],
)
def test_a_moment_reads_as_sellers_mean_it(typed: str, day: str, time: str) -> None:
    assert said(typed).astimezone(MOSCOW).isoformat() == f"{day}T{time}:00+03:00"


def test_today_without_a_time_is_now() -> None:
    assert said("today") == NOW
    assert said("сегодня") == NOW


def test_day_and_month_follow_the_language() -> None:
    assert said("10.11").date() == dt.date(2026, 11, 10)
    words.use("hu")
    assert said("11.15.").date() == dt.date(2026, 11, 15)
    assert said("10.11").date() == dt.date(2026, 10, 11)


def test_a_date_without_a_year_is_the_nearest_one() -> None:
    january = dt.datetime(2027, 1, 3, 9, 0, tzinfo=MOSCOW)
    assert said("28.12", january).date() == dt.date(2026, 12, 28)
    assert moments.ahead(moments.parse("15.01"), NOW.date()) == dt.date(2027, 1, 15)


@pytest.mark.parametrize(
    "typed", ["tomorrow", "завтра 9:00", "10:31", "19.11", "2026-12-01", "2026-11-18T10:31"]
)
def test_a_moment_ahead_is_refused_for_what_happened(typed: str) -> None:
    with pytest.raises(Refused, match="ahead"):
        said(typed)


@pytest.mark.parametrize(
    "typed", ["", "soon", "31.02.2026", "25:00", "15.13", "16.40", "yesterday x"]
)
def test_what_is_no_moment_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused, match=r"2026-11-15|calendar"):
        said(typed)


def test_the_day_ends_at_midnight_of_the_department() -> None:
    late = dt.datetime(2026, 11, 18, 23, 59, tzinfo=MOSCOW)
    assert said("23:59", late) == late
    assert said("yesterday 23:59", late).date() == dt.date(2026, 11, 17)
    early = dt.datetime(2026, 11, 19, 0, 0, tzinfo=MOSCOW)
    assert said("yesterday 23:59", early) == late
    with pytest.raises(Refused, match="ahead"):
        said("00:01", early)


def test_an_hour_the_clocks_jumped_over_is_refused() -> None:
    spring = dt.datetime(2026, 3, 29, 12, 0, tzinfo=BUDAPEST)
    assert said("1:59", spring).isoformat() == "2026-03-29T01:59:00+01:00"
    assert said("3:00", spring).isoformat() == "2026-03-29T03:00:00+02:00"
    with pytest.raises(Refused, match="clocks"):
        said("2:30", spring)


def test_an_hour_there_was_twice_is_the_first_of_them() -> None:
    second = dt.datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=BUDAPEST)
    assert said("2:30", second).isoformat() == "2026-10-25T02:30:00+02:00"
    first = second.replace(fold=0)
    with pytest.raises(Refused, match="ahead"):
        said("2:30", first)


def test_what_will_be_lies_ahead() -> None:
    assert moments.ahead(moments.parse("fri"), NOW.date()) == dt.date(2026, 11, 20)
    assert moments.ahead(moments.parse("wed 15:00"), NOW.date()) == dt.date(2026, 11, 25)
    assert moments.ahead(moments.parse("завтра"), NOW.date()) == dt.date(2026, 11, 19)
    with pytest.raises(Refused, match="gone by"):
        moments.ahead(moments.parse("17.11"), NOW.date())


@given(DAYS, TIMES, st.sampled_from(["%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%Y.%m.%d. %H:%M"]))
def test_written_moments_read_back(day: dt.date, time: dt.time, form: str) -> None:
    moment = dt.datetime.combine(day, time, MOSCOW)
    now = moment + dt.timedelta(hours=1)
    assert said(moment.strftime(form), now) == moment


@given(DAYS, TIMES, st.sampled_from(sorted(WEEKDAYS)))
def test_a_weekday_is_one_of_the_last_seven_days(day: dt.date, time: dt.time, word: str) -> None:
    now = dt.datetime.combine(day, time, MOSCOW)
    meant = said(f"{word} 00:00", now)
    assert meant.weekday() == WEEKDAYS[word]
    assert dt.timedelta(0) <= now - meant < dt.timedelta(7)


@given(DAYS, st.sampled_from(sorted(WEEKDAYS)))
def test_a_weekday_ahead_is_one_of_the_next_seven_days(day: dt.date, word: str) -> None:
    now = dt.datetime.combine(day, dt.time(9), MOSCOW)
    meant = moments.ahead(moments.parse(word), now.date())
    assert meant.weekday() == WEEKDAYS[word]
    assert dt.timedelta(1) <= meant - day <= dt.timedelta(7)


@given(st.text(max_size=20))
def test_any_text_is_a_moment_gone_by_or_refused(text: str) -> None:
    try:
        assert said(text) <= NOW
    except Refused:
        return
