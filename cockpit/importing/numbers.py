"""Numbers as files have them: `$1,234.50`, `$342.09K`, `1 234,50`, `(12.00)`, `15 %`, `99 Ft`.

The decimal mark is declared, never guessed: `1,234` alone does not say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

import msgspec

from cockpit.importing.batch import Together
from cockpit.importing.cells import Cell, seen, text_of
from cockpit.importing.errors import RowError
from cockpit.words import t
from events.vocabulary.fact import LARGEST
from projections.rounding import half_up

Mark = Literal[".", ","]
Number = int | Decimal | Fraction

_SPACES: Final = " \u00a0\u2007\u2009\u202f"
_POWERS: Final = {
    **dict.fromkeys(("k", "к", "тыс", "хил", "e", "ezer", "thousand", "tsd"), 3),
    **dict.fromkeys(("m", "м", "млн", "mio", "mln", "mm", "million"), 6),
    **dict.fromkeys(("b", "bn", "млрд", "mrd", "billion"), 9),
}
_WORD: Final = r"[^\W\d_]+\.?"
_CURRENCY_WORDS: Final = frozenset(
    (
        "руб",
        "рублей",
        "рубля",
        "рубль",
        "р",
        "лв",
        "лева",
        "лев",
        "ft",
        "kč",
        "zł",
        "lei",
        "kr",
        "rs",
    )
)
_TOKEN: Final = re.compile(rf"[A-Z]{{0,3}}[$€£¥₽₴₸₹₺₪₩₫₦]|{_WORD}")
_CODE: Final = re.compile("[A-Z]{3}")
_SHAPE: Final = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+\u2212])?\s*(?P<digits>\d[\d.,'’{_SPACES}]*)"
    rf"(?P<word>{_WORD})?\s*(?P<percent>%)?\s*(?P<after>[-\u2212])?\s*(?P<close>\))?"
)
_PLAIN: Final = re.compile(r"-?\d+(?:\.\d+)?")
_POWER_OF_TEN: Final = {
    mark: re.compile(rf"[-+]?\d{{1,40}}(?:{re.escape(mark)}\d{{1,40}})?[eE][-+]\d{{1,2}}")
    for mark in (".", ",")
}
"""As spreadsheets write what is too wide; the sign sets it apart from `5 e`, five thousand."""
_WHOLE: Final = {
    ".": re.compile(rf"\d+|\d{{1,3}}(?:[,'’{_SPACES}]\d{{2,3}})*[,'’{_SPACES}]\d{{3}}"),
    ",": re.compile(rf"\d+|\d{{1,3}}(?:[.'’{_SPACES}]\d{{2,3}})*[.'’{_SPACES}]\d{{3}}"),
}
_DECODE: Final = msgspec.json.Decoder(list[int | None]).decode

_SHORT: Final = 16
"""An amount of fewer characters is one a log can hold, whatever its decimals."""

_NO_DIGITS: Final = re.compile(r"\D")


def number_of(cell: Cell, mark: Mark) -> Number | None:
    """The number in a cell, None where it is empty; raises RowError where it is none."""
    if cell is None or isinstance(cell, int | Decimal | Fraction):
        return cell
    text = text_of(cell)
    if not text:
        return None
    if mark == "." and _PLAIN.fullmatch(text):
        return Decimal(text)
    text = seen(text)
    if _POWER_OF_TEN[mark].fullmatch(text):
        return Decimal(text.replace(mark, "."))
    found = _SHAPE.fullmatch(_TOKEN.sub(_without_currency, text).strip())
    number = found and _read(found, mark)
    if number is None:
        other: Mark = "," if mark == "." else "."
        problem = t('{text} is no number with the decimal mark "{mark}"', text=text, mark=mark)
        if found and _read(found, other) is not None:
            problem += t("; if it is one, say decimal = {mark}", mark=f'"{other}"')
        raise RowError(problem)
    return number


def minor_of(cell: Cell, mark: Mark, digits: int) -> int | None:
    """An amount in minor units, half up; None where the cell is empty. Raises RowError."""
    if isinstance(cell, str):
        whole, _, part = cell.partition(mark)
        plain = len(part) == digits and part.isdecimal() and whole.isdecimal()
        if plain and len(cell) < _SHORT:
            return int(whole + part)
    number = number_of(cell, mark)
    if number is None:
        return None
    minor = half_up(Fraction(number) * 10**digits)
    if abs(minor) > LARGEST:
        raise RowError(t("{text} is more than a log can hold: count the zeros", text=text_of(cell)))
    return minor


def minor_together(mark: Mark, digits: int) -> Together[int | None]:
    """Reads a column of plain amounts with all their decimals, as `minor_of` does one by one."""
    plain = re.compile(rf"(?:[0-9]+{re.escape(mark)}[0-9]{{{digits}}}\n)*+")

    def read(texts: Sequence[str]) -> Sequence[int | None] | None:
        text = "\n".join(texts) + "\n"
        if not digits or not plain.fullmatch(text):
            return None
        if max(map(len, texts)) >= _SHORT:
            return None
        amounts = text.replace(mark, "").split()
        if len(amounts) != len(texts):
            return None
        try:
            return _DECODE(f"[{','.join(amounts)}]")
        except msgspec.DecodeError:
            # JSON writes no `005`.
            return list(map(int, amounts))

    return read


def whole_of(cell: Cell, mark: Mark) -> int | None:
    """A whole number; raises RowError where the cell has a part of one."""
    number = number_of(cell, mark)
    if number is None:
        return None
    if Fraction(number).denominator != 1:
        raise RowError(t("{text} is no whole number", text=text_of(cell)))
    return int(number)


def _without_currency(token: re.Match[str]) -> str:
    """Nothing in place of a currency's sign, code or name; any other word stays."""
    word = token[0].rstrip(".")
    if word.casefold() in _POWERS:
        return token[0]
    named = word.casefold() in _CURRENCY_WORDS or _CODE.fullmatch(word)
    return "" if named or not word[-1].isalpha() else token[0]


def _read(found: re.Match[str], mark: Mark) -> Number | None:
    """The value of a text of the right shape, None where its marks or its word make no sense."""
    whole, _, part = found["digits"].strip(_SPACES).partition(mark)
    if (part and not part.isdigit()) or not _WHOLE[mark].fullmatch(whole):
        return None
    word = (found["word"] or "").casefold().rstrip(".")
    if (word and word not in _POWERS) or (found["open"] is None) != (found["close"] is None):
        return None
    minuses = (found["sign"] in ("-", "\u2212"), bool(found["after"]), found["open"] is not None)
    if sum(minuses) > 1:
        return None
    value = Decimal(f"{_NO_DIGITS.sub('', whole)}.{part or '0'}")
    value *= Decimal(10) ** (_POWERS.get(word, 0) - 2 * (found["percent"] is not None))
    return -value if any(minuses) else value
