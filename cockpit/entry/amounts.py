"""Amounts as sellers type them: `240k`, `1.2m`, `12,5к`, `120 000`, `1 234,50`."""

from __future__ import annotations

import re
from typing import Final

from cockpit.errors import Refused
from cockpit.words import t
from events.vocabulary.fact import LARGEST

_THOUSAND = ("k", "к", "т", "тыс", "тысяч", "тысячи", "тысяча", "e", "ezer", "х", "хил", "хиляди")
_MILLION = ("m", "м", "млн", "mio", "mln", "millió", "миллион", "миллиона", "милион", "милиона")
_POWERS: Final = dict.fromkeys(_THOUSAND, 3) | dict.fromkeys(_MILLION, 6)

_MARKS: Final[dict[str, tuple[str, ...]]] = {
    "RUB": ("₽", "рублей", "руб", "р"),
    "EUR": ("€", "евро", "euró"),
    "USD": ("$",),
    "HUF": ("forint", "ft"),
    "BGN": ("лева", "лв"),
}

_SPACE = "[ \u00a0\u2009\u202f'’]"
_SHAPES: Final = tuple(
    re.compile(shape)
    for shape in (
        rf"(?P<whole>\d{{1,3}}(?:{_SPACE}\d{{3}})+)(?:[.,](?P<part>\d+))?",
        r"(?P<whole>\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:,\d{3})+(?=\.))(?:\.(?P<part>\d+))?",
        r"(?P<whole>\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+(?=,))(?:,(?P<part>\d+))?",
        r"(?P<whole>\d+)(?:[.,](?P<part>\d+))?",
    )
)
_MOST_DIGITS: Final = 40
_SPLIT: Final = re.compile(rf"(?P<number>\d(?:[\d.,]|{_SPACE}(?=\d))*)(?P<rest>.*)", re.DOTALL)
_TWOFOLD: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_BOTCHED: Final = re.compile(rf"\d[\d.,]*(?:{'|'.join(_POWERS)})\d.*", re.IGNORECASE)
_GROUPED: Final = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_JOINT: Final = re.compile(r"[\s.]")


def parse(text: str, *, currency: str, minor_digits: int) -> int:
    """The amount in minor units, above zero; raises Refused with what to type instead."""
    found = _SPLIT.fullmatch(_bare(text.strip(), currency))
    power = _power(found["rest"], currency) if found else None
    shape = _shape(found["number"]) if found else None
    if found is None or power is None or shape is None:
        raise Refused(t("{text} is not an amount: type 240k, 1.2m or 120000", text=text))
    if _TWOFOLD.fullmatch(found["number"]) and power == 0:
        plain = re.sub("[.,]", "", found["number"])
        raise Refused(
            t("{text} reads two ways: type {plain} or give two decimals", text=text, plain=plain)
        )
    digits = shape["whole"] + shape["part"] + "0" * (power + minor_digits)
    small = len(digits) <= _MOST_DIGITS
    minor, rest = divmod(int(digits), 10 ** len(shape["part"])) if small else (LARGEST + 1, 0)
    if rest:
        raise Refused(t("{text} is finer than the currency has coins: round it", text=text))
    if minor > LARGEST:
        raise Refused(t("{text} is more than a log can hold: count the zeros", text=text))
    if minor == 0:
        raise Refused(t("an amount of zero says nothing: type what it really was"))
    return minor


def reads(text: str, *, currency: str) -> bool:
    """Whether a word has the look of an amount, whatever is wrong with it."""
    word = _bare(text.strip(), currency)
    found = _SPLIT.fullmatch(word)
    return found is not None and _power(found["rest"], currency) is not None


def grouped(text: str) -> bool:
    """Whether words together are one amount, their digits in groups: `120 000`."""
    return _GROUPED.fullmatch(text) is not None


def botched(word: str) -> bool:
    """Whether a word was meant as an amount and went wrong, like `12,5к0`."""
    return _BOTCHED.fullmatch(word) is not None


def _bare(text: str, currency: str) -> str:
    """The text without a currency sign in front."""
    for mark in (*_MARKS.get(currency, ()), currency):
        if len(mark) != 1 and mark != currency:
            continue
        if text.startswith(mark):
            return text[len(mark) :].lstrip()
    return text


def _power(rest: str, currency: str) -> int | None:
    """The power of ten that the letters after the digits stand for; None if they are none."""
    letters = _JOINT.sub("", rest.casefold())
    for mark in (*_MARKS.get(currency, ()), currency.casefold()):
        if letters != mark and letters.endswith(mark) and letters[: -len(mark)] in _POWERS:
            return _POWERS[letters[: -len(mark)]]
        if letters == mark:
            return 0
    return _POWERS.get(letters) if letters else 0


def _shape(number: str) -> dict[str, str] | None:
    """The digits before and after the decimal mark; None where the marks make no number."""
    for shape in _SHAPES:
        found = shape.fullmatch(number)
        if found:
            return {
                "whole": re.sub(r"\D", "", found["whole"]),
                "part": found["part"] or "",
            }
    return None
