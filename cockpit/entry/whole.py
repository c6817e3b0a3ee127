"""Whole numbers as they are typed: as many digits as anything counted here can have."""

from __future__ import annotations

from typing import Final

MOST_DIGITS: Final = 15
"""Python refuses to read thousands of digits, and the log keeps no number above this."""


def whole(text: str, digits: int = MOST_DIGITS) -> int | None:
    """The number a text of digits stands for; None for anything else and for a longer one."""
    return int(text) if text.isdecimal() and len(text) <= digits else None
