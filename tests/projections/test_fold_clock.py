"""Business days and lateness at the edges where days, offsets and clocks change."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.moments import in_utc
from projections.fold.clock import Clock

ZONES = ("Europe/Moscow", "Europe/Sofia", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia")
OFFSETS = st.integers(-14 * 4, 14 * 4).map(lambda n: dt.timezone(dt.timedelta(minutes=15 * n)))
SECONDS = st.integers(1_609_459_200, 1_798_761_600)
MOMENTS = st.builds(dt.datetime.fromtimestamp, SECONDS, OFFSETS)


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-04-15T23:59:59+03:00", "Europe/Moscow", "2026-04-15"),
        ("2026-04-16T00:00:00+03:00", "Europe/Moscow", "2026-04-16"),
        ("2026-04-15T21:00:00+00:00", "Europe/Moscow", "2026-04-16"),
        ("2026-04-15T20:59:59.999999Z", "Europe/Moscow", "2026-04-15"),
        ("2026-03-29T00:30:00+00:00", "Europe/Sofia", "2026-03-29"),
        ("2026-10-24T21:30:00+00:00", "Europe/Sofia", "2026-10-25"),
        ("2026-10-25T22:30:00+00:00", "Europe/Sofia", "2026-10-26"),
        ("2026-04-15T18:20:00+00:00", "Asia/Kathmandu", "2026-04-16"),
        ("2026-04-15T18:10:00+00:00", "Asia/Kathmandu", "2026-04-15"),
    ],
)
def test_the_business_day_is_the_date_in_the_zone(moment: str, zone: str, day: str) -> None:
    assert Clock(zone).day(moment) == dt.date.fromisoformat(day).toordinal()


@given(zone=st.sampled_from(ZONES), moments=st.lists(MOMENTS, min_size=1, max_size=30))
def test_remembered_hours_never_change_a_day(zone: str, moments: list[dt.datetime]) -> None:
    clock, texts = Clock(zone), [moment.isoformat() for moment in moments]
    expected = [moment.astimezone(ZoneInfo(zone)).toordinal() for moment in moments]
    assert [clock.day(text) for text in texts] == expected
    assert clock.columns(texts)[0] == expected


@given(occurred=MOMENTS, recorded=MOMENTS, later=MOMENTS)
def test_what_is_surely_late_or_on_time_is(
    occurred: dt.datetime, recorded: dt.datetime, later: dt.datetime
) -> None:
    clock, (first, last) = Clock("Europe/Moscow"), sorted((recorded, later))
    late_upto, on_time_from = clock.bounds(in_utc(first), in_utc(last))
    start = clock.hour(occurred.isoformat())[1]
    for moment in (first, last):
        late = clock.late(occurred.isoformat(), in_utc(moment))
        assert late == (moment - occurred > dt.timedelta(hours=24))
        assert not (start <= late_upto and not late)
        assert not (start >= on_time_from and late)


def test_midnight_is_the_last_moment_of_the_day_before() -> None:
    day = dt.date(2026, 4, 16).toordinal()
    assert Clock("Europe/Moscow").midnight(day) == "2026-04-15T20:59:59.999999Z"
