"""Amounts mean the same however they are typed, and what is no amount is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.entry import amounts
from cockpit.errors import Refused

THOUSANDS = ["k", "K", "к", "К", "т", "т.", "тыс", "тыс.", " тыс", "ezer", "хил", "E"]
MILLIONS = ["m", "M", "м", "млн", " млн", "mio", "millió"]
SPACES = [" ", "\u00a0", "\u202f", "\u2009", "'"]


def rub(text: str) -> int:
    return amounts.parse(text, currency="RUB", minor_digits=2)


@pytest.mark.parametrize(
    ("typed", "kopecks"),
    [
        ("240k", 24_000_000),
        ("1.2m", 120_000_000),
        ("12,5к", 1_250_000),
        ("120 000", 12_000_000),
        ("1 234,50", 123_450),
        ("1,234.50", 123_450),
        ("1.234,50", 123_450),
        ("1.234.567", 123_456_700),
        ("5т", 500_000),
        ("5 тыс. руб.", 500_000),
        ("5т.р.", 500_000),
        ("120 000 ₽", 12_000_000),
        ("₽5", 500),
        ("RUB 5", 500),
        ("0,01", 1),
    ],
)
def test_an_amount_reads_as_sellers_mean_it(typed: str, kopecks: int) -> None:
    assert rub(typed) == kopecks


@pytest.mark.parametrize("typed", ["0", "0k", "0,00", "0 руб"])
def test_an_amount_of_zero_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="zero"):
        rub(typed)


@pytest.mark.parametrize(
    "typed", ["12,5к0", "-5", "5kk", "k", "", "1 23", "12 34 567", "1,2,3", "5€", "5 $", "1e3", "½"]
)
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused, match="240k"):
        rub(typed)


@pytest.mark.parametrize(("typed", "plain"), [("1.234", "1234"), ("12,345", "12345")])
def test_an_amount_that_reads_two_ways_is_never_guessed(typed: str, plain: str) -> None:
    with pytest.raises(Refused, match=plain):
        rub(typed)


def test_an_amount_finer_than_the_currency_is_refused() -> None:
    assert rub("10,00") == 1000
    with pytest.raises(Refused, match="finer"):
        rub("0,001k0".replace("k0", ""))
    with pytest.raises(Refused, match="finer"):
        amounts.parse("1,5", currency="JPY", minor_digits=0)


@given(st.integers(1, 10**9), st.sampled_from(SPACES), st.sampled_from(",."))
def test_grouped_digits_read_back(kopecks: int, space: str, point: str) -> None:
    whole, part = divmod(kopecks, 100)
    text = f"{whole:,}".replace(",", space)
    if part:
        text += f"{point}{part:02d}"
    assert rub(text) == kopecks


@given(st.integers(1, 10**7), st.integers(0, 3), st.sampled_from(THOUSANDS), st.sampled_from(",."))
def test_thousands_read_back(units: int, digits: int, suffix: str, point: str) -> None:
    whole, part = divmod(units, 10**digits)
    text = f"{whole}{point}{part:0{digits}d}" if digits else str(whole)
    assert rub(text + suffix) == units * 10 ** (3 - digits) * 100


@given(st.integers(1, 10**7), st.integers(0, 6), st.sampled_from(MILLIONS), st.sampled_from(",."))
def test_millions_read_back(units: int, digits: int, suffix: str, point: str) -> None:
    whole, part = divmod(units, 10**digits)
    text = f"{whole}{point}{part:0{digits}d}" if digits else str(whole)
    assert rub(text + suffix) == units * 10 ** (6 - digits) * 100


@given(st.text(max_size=12))
def test_any_text_is_an_amount_above_zero_or_refused(text: str) -> None:
    try:
        assert rub(text) > 0
    except Refused:
        return
