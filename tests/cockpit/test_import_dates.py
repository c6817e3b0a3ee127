"""Dates are read by the forms a mapping declares, and never guessed value by value."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.errors import Refused
from cockpit.importing.cells import Cell
from cockpit.importing.dates import Moment, moment_in, parser, together_in
from cockpit.importing.errors import RowError
from cockpit.importing.place import Place

PLACE = Place("map.toml", "at")
DAY = dt.timedelta(days=1)
START, END = map(dt.datetime.fromisoformat, ("1971-01-01", "2100-01-01"))


def read(form: str | list[str], cell: Cell) -> Moment | None:
    return parser(form, PLACE)(cell)


@pytest.mark.parametrize(
    ("form", "text", "moment"),
    [
        ("%d %b, %Y %H:%M:%S", "20 Apr, 2021 07:49:50", "2021-04-20T07:49:50"),
        ("%d-%m-%Y %H:%M", "05-06-2018 17:27", "2018-06-05T17:27:00"),
        ("%m/%d/%Y %I:%M %p", "1/2/2024 12:05 AM", "2024-01-02T00:05:00"),
        ("%m/%d/%Y %I:%M %p", "1/2/2024 12:05 p.m.", "2024-01-02T12:05:00"),
        ("%Y/%m/%d %H:%M", "2020/2/10 22:41", "2020-02-10T22:41:00"),
        ("%d.%m.%y", "01.02.70", "1970-02-01"),
        ("%d.%m.%y", "01.02.26", "2026-02-01"),
        ("%b-%y", "Jan-18", "2018-01-01"),
        ("%Y-%m", "2018-07", "2018-07-01"),
        ("%d.%m.%Y", "\u200e05.03.2026\u200f", "2026-03-05"),
        ("%m/%d/%Y %I:%M %p", "4/20/2021 7:49\u202fPM", "2021-04-20T19:49:00"),
        ("%A, %d %B %Y", "вторник, 5 ноября 2024", "2024-11-05"),
        ("%Y. %B %d.", "2024. március 5.", "2024-03-05"),
        ("%d %b %Y", "5 септ. 2024", "2024-09-05"),
        ("iso", "2018-02-26", "2018-02-26"),
        ("iso", "2018-02-26 07:15", "2018-02-26T07:15:00"),
        (
            "iso",
            "2018-02-26T07:15:00.000+0000",
            "2018-02-26T07:15:00+00:00",
        ),
        (
            "%Y-%m-%d %H:%M:%S %z",
            "2018-02-26 07:15:00 -03:30",
            "2018-02-26T07:15:00-03:30",
        ),
        ("excel", "45631", "2024-12-05"),
        ("excel", "45631.5", "2024-12-05T12:00:00"),
        ("excel1904", "44169", "2024-12-05"),
        ("unix", "1706420300", "2024-01-28T05:38:20+00:00"),
        ("unix_ms", "1706420300000", "2024-01-28T05:38:20+00:00"),
    ],
)
def test_a_form_is_read(form: str, text: str, moment: str) -> None:
    found = read(form, text)
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%d.%m.%Y", "31.02.2024"),
        ("%d.%m.%Y", "13/12/2024"),
        ("%m-%d-%Y", "26-02-2018"),
        ("%d.%m.%Y %H:%M", "01.02.2024 25:00"),
        ("%I %p %Y-%m-%d", "13 pm 2024-01-01"),
        ("%d %b %Y", "5 Nevember 2024"),
        ("iso", "26.02.2018"),
        ("iso", "2018-02-30"),
        ("unix", "yesterday"),
        ("excel", "99999999999"),
    ],
)
def test_what_does_not_fit_the_form_is_no_date(form: str, text: str) -> None:
    with pytest.raises(RowError, match="no date"):
        read(form, text)


def test_several_forms_are_tried_in_order() -> None:
    forms = ["%d.%m.%Y %H:%M", "%d.%m.%Y", "iso"]
    assert read(forms, "03.04.2024 10:00") == dt.datetime.fromisoformat("2024-04-03T10:00")
    assert read(forms, "03.04.2024") == dt.date(2024, 4, 3)
    assert read(forms, "2024-04-03") == dt.date(2024, 4, 3)


def test_the_order_of_day_and_month_is_said_once_for_a_column() -> None:
    with pytest.raises(Refused, match="day first or month first"):
        parser(["%d-%m-%Y", "%m-%d-%Y"], PLACE)
    with pytest.raises(Refused, match="day first or month first"):
        parser(["%d-%m-%Y %H:%M", "%m-%d-%Y"], PLACE)
    parser(["%d.%m.%Y", "%m/%d/%Y"], PLACE)


@pytest.mark.parametrize(
    "form", ["%d.%m", "%Q", "%d.%m.%Y %d", "DD.MM.YYYY", "%", "%d.%m.%Y %H:%M %p"]
)
def test_a_form_that_is_none_is_named_with_its_key(form: str) -> None:
    with pytest.raises(Refused, match=r"map\.toml: at: "):
        parser(form, PLACE)


@settings(deadline=None)
@given(
    st.dates(dt.date(1970, 1, 1), dt.date(2068, 12, 31)),
    st.sampled_from(["en", "ru", "hu", "bg"]),
    st.sampled_from(["d MMMM y", "d MMM y"]),
)
def test_every_month_is_known_by_its_names_in_four_languages(
    day: dt.date, language: str, pattern: str
) -> None:
    assert read("%d %b %Y", format_date(day, pattern, locale=language)) == day


@pytest.mark.parametrize(
    "language", ["de", "fr", "es", "it", "pt", "nl", "sv", "cs", "uk", "tr", "fi"]
)
def test_months_are_known_by_their_names_in_further_languages(language: str) -> None:
    for month in range(1, 13):
        day = dt.date(2026, month, 3)
        assert read("%d %b %Y", format_date(day, "d MMMM y", locale=language)) == day


def test_what_names_different_months_in_two_languages_is_no_month() -> None:
    """November in Warsaw and October in Zagreb; June and July in Paris."""
    for name in ("listopad", "jui", "lip"):
        with pytest.raises(RowError):
            read("%d %b %Y", f"3 {name} 2026")
    assert read("%d %b %Y", "3 Mrz 2026") == dt.date(2026, 3, 3)


@given(st.datetimes(START, END))
def test_a_moment_written_in_a_form_is_read_back(moment: dt.datetime) -> None:
    whole = moment.replace(microsecond=0)
    for form in ("%d.%m.%Y %H:%M:%S", "%Y%m%d %H%M%S", "%m/%d/%Y %I:%M:%S %p"):
        assert read(form, whole.strftime(form)) == whole


@pytest.mark.parametrize("zone", ["Europe/Sofia", "Asia/Kolkata", "UTC", "America/New_York"])
@pytest.mark.parametrize("form", ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"])
@given(data=st.data())
def test_many_moments_are_read_together_as_one_by_one(
    zone: str, form: str, data: st.DataObject
) -> None:
    """Some of one week, so that most of them have one offset, and some of the day it changes."""
    there, week = ZoneInfo(zone), data.draw(st.sampled_from(["2024-03-25", "2024-10-21"]))
    start = dt.datetime.fromisoformat(week)
    moments = data.draw(st.lists(st.datetimes(start, start + 9 * DAY), min_size=1, max_size=9))
    texts = [f"{moment:{form}}" for moment in moments]
    together = together_in(there)(texts)
    alone = [moment_in(found, there, there, dt.time()) for t in texts if (found := read("iso", t))]
    assert together is not None
    assert [at.isoformat() for at in together] == [at.isoformat() for at in alone]


def test_what_is_no_moment_among_many_leaves_them_to_be_read_one_by_one() -> None:
    utc = ZoneInfo("UTC")
    assert together_in(utc)(["2024-03-25 10:00", "2024-03-25 24:01"]) is None
    assert together_in(utc)(["2024-03-25 10:00", "2024-02-30 10:00"]) is None


def test_a_day_of_a_spreadsheet_is_not_read_a_second_time() -> None:
    assert read("%m/%d/%Y", dt.date(2024, 3, 4)) == dt.date(2024, 3, 4)
    assert read("%m/%d/%Y", None) is None


def test_a_day_alone_is_a_business_day_of_the_department() -> None:
    sofia, utc, noon = ZoneInfo("Europe/Sofia"), ZoneInfo("UTC"), dt.time(12)
    day = moment_in(dt.date(2024, 3, 31), utc, sofia, noon)
    assert day == dt.datetime(2024, 3, 31, 12, tzinfo=sofia)
    aware = dt.datetime(2024, 3, 31, 23, 30, tzinfo=utc)
    assert moment_in(aware.replace(tzinfo=None), utc, sofia, noon) == aware
    assert moment_in(aware, sofia, sofia, noon).isoformat() == aware.isoformat()
