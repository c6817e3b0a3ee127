"""From and to of a correction: read as people write them, kept the same way for everybody.

A number is kept with a point and without groups, a share with its sign: `12`, `5.5`, `37%`, and an
amount in whole units of the currency, `240000`.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from cockpit import formats
from cockpit.entry import amounts
from cockpit.entry.whole import MOST_DIGITS
from cockpit.errors import Refused
from cockpit.words import t
from projections.metrics import kind_of, unit_of

_PLAIN: Final = re.compile(rf"(?P<whole>[0-9]{{1,{MOST_DIGITS}}})(?:[.,](?P<part>[0-9]{{1,2}}))?")
_ALL: Final = 100
_BELOW: Final = ("-", formats.MINUS)


def kept(text: str, metric: str, *, unit: str, currency: str, minor_digits: int) -> str:
    """A figure of a metric as it is kept; raises Refused with what to type instead.

    `unit` says in words what the figure is counted in.
    """
    if unit_of(metric) == "money":
        below = kind_of(metric) == "money" and text.strip()[:1] in _BELOW
        amount = _amount(text.strip()[below:], currency, minor_digits)
        return f"-{amount}" if below else amount
    is_share = kind_of(metric) == "share"
    bare = text.strip().removesuffix("%") if is_share else text
    number = _number(bare.strip())
    if number is None or (is_share and Fraction(number) > _ALL):
        raise Refused(
            t("{text} is no share: type per cent, from 0 to 100", text=text.strip())
            if is_share
            else t("{text} is no number: type {unit}, as in 12", text=text.strip(), unit=unit)
        )
    return f"{number}%" if is_share else number


def _amount(text: str, currency: str, minor_digits: int) -> str:
    """An amount in whole units; of one that is typed as the language groups it, too."""
    number = _number(text)
    if number is not None:
        return number
    minor = amounts.parse(text, currency=currency, minor_digits=minor_digits)
    whole, part = divmod(minor, 10**minor_digits)
    decimals = f"{part:0{minor_digits}d}".rstrip("0") if part else ""
    return f"{whole}.{decimals}" if decimals else str(whole)


def _number(text: str) -> str | None:
    """A number with a point, of one typed with either sign or grouped; None for anything else."""
    found = _PLAIN.fullmatch(formats.ungrouped(text))
    if found is None:
        return None
    part = (found["part"] or "").rstrip("0")
    return f"{int(found['whole'])}.{part}" if part else str(int(found["whole"]))
