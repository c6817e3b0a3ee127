"""Moments are written the quick way just as they are the plain way."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from events.moments import in_utc, with_offset


class OwnKind(dt.datetime):
    """A datetime as clocks of other libraries make them."""


# Moscow had an offset of odd seconds in a time that people do log by mistake.
ODD = dt.datetime(1900, 1, 1, tzinfo=ZoneInfo("Europe/Moscow"))

offsets = st.timedeltas(dt.timedelta(hours=-23), dt.timedelta(hours=23))
zones = st.one_of(
    st.just(dt.UTC),
    st.integers(-23 * 60, 23 * 60).map(lambda m: dt.timezone(dt.timedelta(minutes=m))),
    offsets.map(dt.timezone),
    st.sampled_from(["Europe/Moscow", "Europe/Budapest", "Asia/Kolkata"]).map(ZoneInfo),
)
# A year of room at both ends, for moments move on their way to another offset.
FIRST, LAST = map(dt.datetime.fromisoformat, ("0002-01-01", "9998-01-01"))
moments = st.datetimes(FIRST, LAST, timezones=zones)
whole = st.one_of(moments, moments.map(lambda moment: moment.replace(microsecond=0)))


@given(whole)
def test_with_offset_is_what_isoformat_says(moment: dt.datetime) -> None:
    assert with_offset(moment) == moment.isoformat()


@given(whole)
def test_in_utc_has_microseconds_and_a_letter(moment: dt.datetime) -> None:
    plain = moment.astimezone(dt.UTC).replace(tzinfo=None)
    assert in_utc(moment) == f"{plain.isoformat('T', 'microseconds')}Z"


def test_what_json_cannot_say_is_written_all_the_same() -> None:
    assert with_offset(ODD) == ODD.isoformat() == "1900-01-01T00:00:00+02:30:17"
    naive = ODD.replace(tzinfo=None)
    assert with_offset(naive) == naive.isoformat()
    own = OwnKind(2026, 4, 3, 16, 40, tzinfo=dt.UTC)
    assert with_offset(own) == "2026-04-03T16:40:00+00:00"
    assert in_utc(own) == "2026-04-03T16:40:00.000000Z"
