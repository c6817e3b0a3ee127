"""Text in terminal cells: a wide or invisible character never shifts a column."""

from __future__ import annotations

import re
import unicodedata

_DOT = " · "
_ELLIPSIS = "…"
_EMOJI_STYLE = "\ufe0f"

_ALPHABETS = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2190-\u22ff\u2500-\u25fc]*"
)
"""Latin, Greek and Cyrillic with their signs: a cell each, known without a table of widths."""


def clean(text: str) -> str:
    """The text without what moves a cursor, changes direction or widens a sign on some terminals.

    Line breaks and other controls become a space; invisible format characters go.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, unicodedata.normalize("NFC", text)))


def width(text: str) -> int:
    """How many terminal cells a text takes."""
    if _ALPHABETS.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fit(text: str, size: int, *, right: bool = False) -> str:
    """The text in exactly `size` cells: padded, on the left if `right`, or cut with an ellipsis."""
    if width(text) > size:
        text = _cut(text, size - 1) + _ELLIPSIS if size else ""
    padding = " " * (size - width(text))
    return padding + text if right else text + padding


def wrap(text: str, size: int) -> list[str]:
    """The text in lines of at most `size` cells, broken at a dot between parts, else at a space.

    A sign of per cent stays with its number.
    """
    lines: list[str] = []
    text = text.replace(" %", "\u00a0%")
    for line in _joined(text.split(_DOT), size, _DOT):
        lines += [line] if width(line) <= size else _joined(line.split(" "), size, " ")
    return lines


def _joined(parts: list[str], size: int, separator: str) -> list[str]:
    """Parts joined as long as they fit into a line."""
    lines = parts[:1]
    for part in parts[1:]:
        longer = f"{lines[-1]}{separator}{part}"
        if width(longer) <= size:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def _cut(text: str, size: int) -> str:
    """As many whole characters as fit, with their combining marks."""
    kept = 0
    while kept < len(text) and width(text[: kept + 1]) <= size:
        kept += 1
    return text[:kept]


def _shown(character: str) -> str:
    """What stands in a table for one character."""
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if category in ("Cf", "Cs", "Co") or character == _EMOJI_STYLE:
        return ""
    return character
