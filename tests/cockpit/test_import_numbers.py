"""Amounts and lengths of other people's files become exact minor units and seconds."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.importing.errors import RowError
from cockpit.importing.lengths import seconds_of
from cockpit.importing.mapping import Lengths
from cockpit.importing.numbers import Mark, minor_of, number_of, whole_of


@pytest.mark.parametrize(
    ("text", "mark", "minor"),
    [
        ("$1,234.50", ".", 123450),
        ("$342.09K", ".", 34209000),
        ("1 234,50", ",", 123450),
        ("1\u00a0234,50\u00a0₽", ",", 123450),
        ("1\u202f234,50 €", ",", 123450),
        ("1.234,50 EUR", ",", 123450),
        ("1'234.50 CHF", ".", 123450),
        ("(1,200.00)", ".", -120000),
        ("-$12.00", ".", -1200),
        ("\u22127,5", ",", -750),
        ("5-", ".", -500),
        ("350 000 руб.", ",", 35000000),
        ("12,5 тыс. руб.", ",", 1250000),
        ("12,5 Tsd. €", ",", 1250000),
        ("4.5M", ".", 450000000),
        ("5 mln HUF", ".", 500000000),
        ("99 Ft", ".", 9900),
        ("R$ 1,000", ".", 100000),
        ("1,23,456.78", ".", 12345678),
        ("Rs. 500", ".", 50000),
        ("$1.2 million", ".", 120000000),
        ("1.5E+05", ".", 15000000),
        ("1,5E+05", ",", 15000000),
        ("4.5e-01", ".", 45),
        ("\u200e1,234.50\u200f", ".", 123450),
        ("\ufeff12", ".", 1200),
        ("0.005", ".", 1),
        ("0.0049999999999999999", ".", 0),
        ("-0.005", ".", -1),
        ("", ".", None),
    ],
)
def test_an_amount_is_exact(text: str, mark: Mark, minor: int | None) -> None:
    assert minor_of(text, mark, 2) == minor


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1,23", "."),
        ("1.23", ","),
        ("1,234.50", ","),
        ("12,5к0", ","),
        ("1e5", "."),
        ("1E+999999999", "."),
        ("1,5E+05", "."),
        ("12 months", "."),
        ("(5", "."),
        ("-(5)", "."),
        ("1.2.3", "."),
        ("$", "."),
        ("five", "."),
    ],
)
def test_what_would_have_to_be_guessed_is_no_number(text: str, mark: Mark) -> None:
    with pytest.raises(RowError):
        number_of(text, mark)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_minor_units_are_rounded_half_up_once(value: Decimal) -> None:
    expected = int((value * 100).quantize(Decimal(1), ROUND_HALF_UP))
    assert minor_of(f"{value:f}", ".", 2) == expected
    assert minor_of(f"{value:f}".replace(".", ","), ",", 2) == expected
    assert minor_of(f"{value:,f}", ".", 2) == expected


@given(st.integers(-(10**9), 10**9), st.sampled_from([".", ","]))
def test_a_number_of_a_spreadsheet_is_not_read_as_text(cents: int, mark: Mark) -> None:
    assert minor_of(Decimal(cents) / 100, mark, 2) == cents
    assert minor_of(Fraction(cents, 100), mark, 2) == cents


def test_a_per_cent_is_a_hundredth() -> None:
    assert number_of("12.5%", ".") == Decimal("0.125")


def test_a_count_must_be_whole() -> None:
    assert whole_of("12.0", ".") == 12
    with pytest.raises(RowError, match="whole"):
        whole_of("12.5", ".")


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("200", "s", 200),
        ("200.5", "s", 201),
        ("3.5", "min", 210),
        ("1,5", "h", 5400),
        ("1500", "ms", 2),
        ("3:20", "s", 200),
        ("3:20", "hh:mm", 12000),
        ("00:03:20", "s", 200),
        ("127:00:05", "s", 457205),
        ("3m20", "s", 200),
        ("1h05", "s", 3900),
        ("0:0:5", "s", 5),
        ("00:03:20.5", "s", 201),
        ("PT3M20S", "min", 200),
        ("PT1H0.4S", "s", 3600),
        ("P1DT1H", "s", 90000),
        ("3 minutes 20 seconds", "s", 200),
        ("3 мин 20 с", "s", 200),
        ("0", "s", 0),
        ("", "s", None),
    ],
)
def test_a_length_is_seconds(text: str, unit: Lengths, seconds: int | None) -> None:
    assert seconds_of(text, unit) == seconds


@pytest.mark.parametrize("text", ["3:75", "soon", "-5", "3:20:", "P", "PT", "0:3:20.5.5"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(RowError):
        seconds_of(text, "s")
