"""A column read in one sweep is what its cells are one by one, whatever stands in them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.importing.batch import each
from cockpit.importing.cells import Cell
from cockpit.importing.dates import moment_in, parser, together_in
from cockpit.importing.numbers import minor_of, minor_together
from cockpit.importing.place import Place

AMOUNTS = st.lists(
    st.one_of(
        st.from_regex(r"[0-9]{1,9}\.[0-9]{2}", fullmatch=True),
        st.sampled_from([f"{'9' * many}.00" for many in (12, 13, 14, 5000)]),
        st.sampled_from(
            [
                "9" * 13 + ".00",
                "9" * 14 + ".00",
                "9" * 5000 + ".00",
                "1,234.50",
                "12",
                " 1.00",
                "1.00\n2.00",
                "",
                "١٢.00",
                "1.000",
                "-3.00",
            ]
        ),
    ),
    min_size=1,
)
ZONES = [ZoneInfo(name) for name in ("Europe/Sofia", "America/Sao_Paulo", "Asia/Kathmandu")]
MOMENTS = st.lists(
    st.one_of(
        st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2030, 1, 1)).map(  # noqa: DTZ001
            lambda at: at.isoformat(" ", "minutes")
        ),
        st.sampled_from(
            ["2025-03-30 03:30", "2025-10-26 03:30:59", "2018-11-04T00:30", "2025-02-30 10:00"]
        ),
        st.sampled_from(
            [
                "0001-01-01 00:00",
                "9999-12-31 23:00",
                "1899-12-31 10:00",
                "2025-01-01",
                "2025-01-01 10:00+05:00",
                "",
                "2025-01-01 24:00",
            ]
        ),
    ),
    min_size=1,
)


def told(found: object) -> object:
    return str(found) if isinstance(found, Exception) else found


@given(texts=AMOUNTS, digits=st.sampled_from([0, 2, 3]))
def test_amounts_are_the_same_together_and_apart(texts: list[str], digits: int) -> None:
    def convert(cell: Cell) -> int | None:
        return minor_of(cell, ".", digits)

    together = each(convert, minor_together(".", digits))(texts)
    assert list(map(told, together)) == list(map(told, each(convert)(texts)))


@pytest.mark.parametrize("zone", ZONES, ids=str)
@given(texts=MOMENTS)
def test_moments_are_the_same_together_and_apart(zone: ZoneInfo, texts: list[str]) -> None:
    dates, noon = parser("iso", Place("map.toml")), dt.time(12)

    def convert(cell: Cell) -> dt.datetime | None:
        moment = dates(cell)
        return None if moment is None else moment_in(moment, zone, zone, noon)

    together = each(convert, together_in(zone))(texts)
    apart = each(convert)(texts)
    assert list(map(told, together)) == list(map(told, apart))
    assert [told(at.isoformat()) for at in together if isinstance(at, dt.datetime)] == [
        told(at.isoformat()) for at in apart if isinstance(at, dt.datetime)
    ]
