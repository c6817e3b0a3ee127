"""Numbers, money and times as people read them in the spoken language.

Grouped digits, decimal signs and dates follow CLDR. They are kept here and not asked of Babel,
which the path of `cockpit log` may not import; only names of months and weekdays come from it.
What is unknown is a dash, never a zero. Every value is rounded once, here, half up.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final

import msgspec

from cockpit.words import language, t
from projections.rounding import half_up

UNKNOWN: Final = "—"
NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"

Number = int | Fraction


class _Style(msgspec.Struct, frozen=True, kw_only=True):
    """How a language writes numbers and days; `date` and `day` are strftime patterns."""

    group: str
    decimal: str
    percent: str
    date: str
    day: str
    month: str


_STYLES: Final = {
    "en": _Style(
        group=",", decimal=".", percent="{}%", date="%Y-%m-%d", day="%m-%d", month="{month} {year}"
    ),
    "ru": _Style(
        group=NBSP,
        decimal=",",
        percent=f"{{}}{NBSP}%",
        date="%d.%m.%Y",
        day="%d.%m",
        month="{month} {year}",
    ),
    "hu": _Style(
        group=NBSP,
        decimal=",",
        percent="{}%",
        date="%Y.%m.%d.",
        day="%m.%d.",
        month="{year}. {month}",
    ),
    "bg": _Style(
        group=NBSP,
        decimal=",",
        percent="{}%",
        date="%d.%m.%Y",
        day="%d.%m",
        month="{month} {year}",
    ),
}

_SYMBOLS: Final = {"EUR": "€", "GBP": "£", "HUF": "Ft", "RUB": "₽", "USD": "$"}
_BEFORE: Final = frozenset("€£$₽")
_WITHOUT_PARTS: Final = frozenset({"HUF"})


def number(value: Number | None, digits: int = 0, *, signed: bool = False) -> str:
    """A number with `digits` decimals; `signed` shows a plus as well."""
    if value is None:
        return UNKNOWN
    style = _STYLES[language()]
    units = half_up(value * 10**digits)
    whole, part = divmod(abs(units), 10**digits)
    text = f"{whole:,}".replace(",", style.group)
    if digits:
        text += f"{style.decimal}{part:0{digits}d}"
    sign = MINUS if units < 0 else "+" if signed and units > 0 else ""
    return sign + text


def ungrouped(text: str) -> str:
    """A number's text without the signs that group its digits in threes, where they do so."""
    group = _STYLES[language()].group
    spaced = text.replace(" ", NBSP) if group == NBSP else text
    return spaced.replace(group, "") if _grouped(spaced, group) else text


def count(value: Number | None, *, signed: bool = False) -> str:
    """How many; a norm that is no whole number keeps one decimal."""
    return number(value, 0 if value is None or value.denominator == 1 else 1, signed=signed)


def days(value: Number | None) -> str:
    """A number of days."""
    return count(value)


def percent(value: Number | None, digits: int = 0, *, signed: bool = False) -> str:
    """A value that is already times 100."""
    if value is None:
        return UNKNOWN
    return _STYLES[language()].percent.format(number(value, digits, signed=signed))


def share(value: Number | None, digits: int = 0) -> str:
    """A part of one, as per cent."""
    return percent(None if value is None else value * 100, digits)


def ratio(value: Number | None) -> str:
    """How many times as much: ×1.55."""
    return UNKNOWN if value is None else f"×{number(value, 2)}"


def deviation(value: Number | None, digits: int = 0) -> str:
    """A difference that is read without colour: ▲ +169, ▼ −314, = where it rounds to nothing."""
    if value is None:
        return UNKNOWN
    units = half_up(value * 10**digits)
    if not units:
        return "="
    return f"{'▲' if units > 0 else '▼'}{NBSP}{number(value, digits, signed=True)}"


def symbol(currency: str) -> str:
    """The sign of a currency, or its ISO code where it has no sign everybody knows."""
    return _SYMBOLS.get(currency, currency)


def shown_digits(currency: str | None, minor_digits: int) -> int:
    """The decimals people print: the forint has minor units on paper only."""
    return 0 if currency in _WITHOUT_PARTS else minor_digits


def major(minor: Number, minor_digits: int, power: int = 0) -> Fraction:
    """Minor units in whole currency units, in thousands (`power` 3) or millions (6) of them."""
    return Fraction(minor, 10 ** (minor_digits + power))


def money(
    minor: Number | None,
    minor_digits: int,
    *,
    currency: str | None = None,
    short: bool = False,
    signed: bool = False,
) -> str:
    """An amount given in minor units, with its currency where one is named.

    Decimals are shown where the amount has any. `short` keeps three figures, in thousands and
    millions.
    """
    if minor is None:
        return UNKNOWN
    text = (
        _short(minor, minor_digits, signed)
        if short
        else _full(minor, minor_digits, currency, signed)
    )
    return text if currency is None else _with_currency(text, currency)


def unit(currency: str, power: int = 0) -> str:
    """What a column of amounts is counted in: ₽, тыс. ₽ (`power` 3) or млн ₽ (6)."""
    if power == 3:
        return t("thousand {currency}", currency=symbol(currency))
    if power == 6:
        return t("million {currency}", currency=symbol(currency))
    return symbol(currency)


def date(day: dt.date | None) -> str:
    """A day with its year."""
    return UNKNOWN if day is None else day.strftime(_STYLES[language()].date)


def day(day: dt.date | None) -> str:
    """A day whose year is plain."""
    return UNKNOWN if day is None else day.strftime(_STYLES[language()].day)


def moment(moment: dt.datetime | None) -> str:
    """A day and a time to the minute, at the offset the moment carries."""
    return UNKNOWN if moment is None else f"{date(moment)} {moment:%H:%M}"


def weekday(day: dt.date) -> str:
    """The short name of the day's weekday."""
    return day.strftime("%a") if language() == "en" else _named(day, "ccc")


def month(day: dt.date) -> str:
    """The month a day lies in, by name and with its year."""
    name = day.strftime("%B") if language() == "en" else _named(day, "LLLL")
    return _STYLES[language()].month.format(month=name, year=day.year)


def duration(seconds: Number | None) -> str:
    """A length of time as sellers type it: 45s, 3m20, 1h05m."""
    if seconds is None:
        return UNKNOWN
    whole = half_up(seconds)
    if whole < 60:
        return t("{seconds}s", seconds=whole)
    if whole < 3600:
        return t("{minutes}m{seconds}", minutes=whole // 60, seconds=f"{whole % 60:02d}")
    return t("{hours}h{minutes}m", hours=whole // 3600, minutes=f"{whole % 3600 // 60:02d}")


def face(seconds: int) -> str:
    """Minutes and seconds as a clock shows them: `4:07`."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def _grouped(text: str, group: str) -> bool:
    """Whether the digits before the decimal sign stand in threes."""
    whole, *_ = text.split(_STYLES[language()].decimal, 1)
    first, *threes = whole.split(group)
    return bool(threes) and 1 <= len(first) <= 3 and all(len(each) == 3 for each in threes)


def _full(minor: Number, minor_digits: int, currency: str | None, signed: bool) -> str:
    """The whole amount, its minor units only where there are some."""
    digits = shown_digits(currency, minor_digits)
    if digits and not half_up(minor) % 10**minor_digits:
        digits = 0
    return number(major(minor, minor_digits), digits, signed=signed)


def _short(minor: Number, minor_digits: int, signed: bool) -> str:
    """Three figures of an amount and the word for its size."""
    value = major(minor, minor_digits)
    if half_up(abs(value)) < 1000:
        return number(value, signed=signed)
    power = 3 if half_up(abs(value) / 1000) < 1000 else 6
    scaled = value / 10**power
    digits = 2 if abs(scaled) < 10 else 1 if abs(scaled) < 100 else 0
    text = number(scaled, digits, signed=signed)
    return t("{amount}k", amount=text) if power == 3 else t("{amount}m", amount=text)


def _with_currency(text: str, currency: str) -> str:
    """The amount beside its currency, on the side the language puts it."""
    sign = symbol(currency)
    if language() != "en":
        return f"{text}{NBSP}{sign}"
    mark = text[0] if text[0] in f"+{MINUS}" else ""
    gap = "" if sign in _BEFORE else NBSP
    return f"{mark}{sign}{gap}{text[len(mark) :]}"


def _named(day: dt.date, pattern: str) -> str:
    """The name of a day's month or weekday in a language other than English."""
    from babel.dates import format_date

    return format_date(day, pattern, locale=language())
