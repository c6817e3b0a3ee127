"""Numbers, money and times are printed as each language prints them, and rounded once."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from cockpit import formats
from cockpit.entry import durations
from cockpit.words import LANGUAGES, use
from projections.rounding import half_up

MONDAY = dt.date(2024, 4, 15)
NARROW = "\u202f"
fractions = st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=10**4)


@given(fractions)
def test_a_half_is_rounded_away_from_zero(value: Fraction) -> None:
    assert abs(half_up(value) - value) <= Fraction(1, 2)
    assert half_up(-value) == -half_up(value)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=1))
def test_rounding_is_the_half_up_of_accountants(value: Decimal) -> None:
    assert half_up(Fraction(value)) == int(value.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=st.integers(-(10**13), 10**13), digits=st.integers(0, 3))
def test_digits_are_grouped_as_in_cldr(language: str, value: int, digits: int) -> None:
    use(language)
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    exact = Decimal(value).scaleb(-digits)
    expected = format_decimal(exact, pattern, locale=language).replace("-", formats.MINUS)
    assert formats.number(Fraction(value, 10**digits), digits) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_per_cent_signs_stand_as_in_cldr(language: str) -> None:
    use(language)
    assert formats.percent(77) == format_percent(Decimal("0.77"), locale=language)
    assert formats.share(Fraction(45, 100)) == format_percent(Decimal("0.45"), locale=language)


@pytest.mark.parametrize(
    ("language", "currency"),
    [("en", "USD"), ("en", "EUR"), ("ru", "RUB"), ("ru", "EUR"), ("bg", "EUR")],
)
@pytest.mark.parametrize("minor", [-123_456_789, 5, 105_000_050])
def test_amounts_with_parts_stand_beside_their_currency_as_in_cldr(
    language: str, currency: str, minor: int
) -> None:
    use(language)
    amount = Decimal(minor).scaleb(-2)
    expected = format_currency(amount, currency, locale=language).replace("-", formats.MINUS)
    assert formats.money(minor, 2, currency=currency) == expected


def test_the_forint_has_no_parts() -> None:
    use("hu")
    assert formats.money(123_456_789, 2, currency="HUF") == "1\xa0234\xa0568\xa0Ft"


def test_money_shows_its_minor_units_only_where_it_has_some() -> None:
    assert formats.money(300_000_000, 2) == "3,000,000"
    assert formats.money(Fraction(3_000_000_00 * 10, 22), 2) == "1,363,636.36"
    assert formats.money(Fraction(299_999_999, 1) + Fraction(1, 2), 2) == "3,000,000"
    assert formats.money(-1, 2) == "−0.01"
    assert formats.money(7, 0) == "7"


@pytest.mark.parametrize(
    ("language", "minor", "expected"),
    [
        ("en", 99_949, "999"),
        ("en", 31_363_636, "314k"),
        ("en", -950_000, "−9.50k"),
        ("en", 99_999_999, "1.00m"),
        ("en", 1_234_567_890, "12.3m"),
        ("ru", 136_363_636, "1,36\xa0млн"),
        ("ru", 31_363_636, "314\xa0тыс."),
        ("hu", 136_363_636, "1,36\xa0M"),
        ("hu", 31_363_636, "314\xa0E"),
        ("bg", 31_363_636, "314\xa0хил."),
    ],
)
def test_short_money_keeps_three_figures(language: str, minor: int, expected: str) -> None:
    use(language)
    assert formats.money(minor, 2, short=True) == expected


@pytest.mark.parametrize(
    ("language", "currency", "thousands", "millions"),
    [
        ("ru", "RUB", "тыс.\xa0₽", "млн\xa0₽"),
        ("hu", "HUF", "E\xa0Ft", "M\xa0Ft"),
        ("bg", "EUR", "хил.\xa0€", "млн\xa0€"),
        ("en", "CZK", "thousand CZK", "million CZK"),
    ],
)
def test_units_of_columns_are_the_short_words_of_the_trade(
    language: str, currency: str, thousands: str, millions: str
) -> None:
    use(language)
    assert (formats.unit(currency, 3), formats.unit(currency, 6)) == (thousands, millions)


def test_unknown_is_a_dash_everywhere() -> None:
    shown = [
        formats.number(None),
        formats.count(None),
        formats.days(None),
        formats.percent(None),
        formats.share(None),
        formats.ratio(None),
        formats.deviation(None),
        formats.money(None, 2, currency="EUR"),
        formats.date(None),
        formats.day(None),
        formats.moment(None),
        formats.duration(None),
    ]
    assert set(shown) == {"—"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(-31_363_636, 100_000), "▼\xa0−314"),
        (169, "▲\xa0+169"),
        (0, "="),
        (Fraction(1, 3), "="),
        (Fraction(-1, 2), "▼\xa0−1"),
    ],
)
def test_a_deviation_is_read_without_colour(value: int | Fraction, expected: str) -> None:
    assert formats.deviation(value) == expected


@given(fractions, st.integers(0, 3))
def test_arrow_and_sign_never_disagree(value: Fraction, digits: int) -> None:
    shown = formats.deviation(value, digits)
    assert shown.startswith(("▲\xa0+", "▼\xa0−", "="))
    assert (shown == "=") == (formats.number(value, digits) == formats.number(0, digits))


def test_a_ratio_keeps_two_decimals() -> None:
    assert formats.ratio(Fraction(162_500, 105_000)) == "×1.55"
    use("ru")
    assert formats.ratio(Fraction(162_500, 105_000)) == "×1,55"


def test_a_norm_that_is_no_whole_number_keeps_a_decimal() -> None:
    assert formats.count(Fraction(701, 10)) == "70.1"
    assert formats.count(Fraction(70)) == "70"


@pytest.mark.parametrize(
    ("language", "date", "day", "month", "weekday"),
    [
        ("en", "2024-04-15", "04-15", "April 2024", "Mon"),
        ("ru", "15.04.2024", "15.04", "апрель 2024", "пн"),
        ("hu", "2024.04.15.", "04.15.", "2024. április", "H"),
        ("bg", "15.04.2024", "15.04", "април 2024", "пн"),
    ],
)
def test_days_are_written_as_the_glossary_says(
    language: str, date: str, day: str, month: str, weekday: str
) -> None:
    use(language)
    assert formats.date(MONDAY) == date
    assert formats.day(MONDAY) == day
    assert formats.month(MONDAY) == month
    assert formats.weekday(MONDAY) == weekday
    assert formats.moment(dt.datetime(2024, 4, 15, 9, 5, tzinfo=dt.UTC)) == f"{date} 09:05"


@pytest.mark.parametrize("language", LANGUAGES)
@given(seconds=st.integers(0, 86_400))
def test_a_length_can_be_typed_as_it_is_shown(language: str, seconds: int) -> None:
    use(language)
    shown = formats.duration(seconds)
    read = durations.read(shown)
    assert read == (seconds if seconds < 3600 else seconds // 60 * 60), shown


def test_lengths_look_as_sellers_type_them() -> None:
    lengths = (45, 200, 3900)
    assert [formats.duration(length) for length in lengths] == ["45s", "3m20", "1h05m"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_the_narrow_space_terminals_lack(language: str) -> None:
    use(language)
    days = [dt.date(2024, month, month) for month in range(1, 13)]
    texts = [formats.month(day) + formats.weekday(day) + formats.date(day) for day in days]
    texts += [
        formats.money(-123_456_789, 2, currency="RUB", short=short) for short in (False, True)
    ]
    texts += [formats.percent(Fraction(-1234, 10), 1), formats.unit("RUB", 3)]
    assert not [text for text in texts if NARROW in text]


def test_the_way_of_logging_speaks_russian_without_babel() -> None:
    program = (
        "import sys\n"
        "from cockpit import formats, words\n"
        "words.use('ru')\n"
        "formats.money(123, 2, currency='RUB', short=True), formats.duration(200)\n"
        "import datetime\n"
        "formats.date(datetime.date(2024, 4, 15)), formats.percent(3), formats.deviation(-2)\n"
        "print([name for name in ('babel', 'rich', 'textual') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
