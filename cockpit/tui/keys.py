"""Keys that work whichever layout is on: every letter is bound with its ЙЦУКЕН twin."""

from __future__ import annotations

import unicodedata
from typing import Final

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from cockpit.words import t

_LATIN: Final = "qwertyuiopasdfghjklzxcvbnm"
_CYRILLIC: Final = "йцукенгшщзфывапролдячсмить"

TWINS: Final[dict[str, str]] = dict(zip(_LATIN, _CYRILLIC, strict=True)) | {
    "question_mark": "comma",
    "slash": "full_stop",
    "left_square_bracket": "х",
    "right_square_bracket": "ъ",
}
"""What the same physical key sends with the Cyrillic layout on."""

_LATIN_OF: Final = {there: here for here, there in TWINS.items()}

_SIGNS: Final = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "comma": ",",
    "full_stop": ".",
    "plus": "+",
    "minus": "-",
}


_NAMED: Final = {
    *KEY_NAME_REPLACEMENTS.values(),
    *(key.value.split("+")[-1] for key in Keys if key.value[0] != "<"),
}
_HELD: Final = frozenset(("ctrl", "shift", "alt", "super", "hyper", "meta"))


def exists(key: str) -> bool:
    """Whether it is a key: a sign or its Unicode name, or one like `f5`; `ctrl+` may be before."""
    *held, last = [key] if len(key) == 1 else key.split("+")
    if not _HELD.issuperset(held):
        return False
    return last in _NAMED or (last.isprintable() and (len(last) == 1 or _is_sign(last)))


def _is_sign(name: str) -> bool:
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return False
    return True


def twin(key: str) -> str | None:
    """The same physical key, chord included, on the Cyrillic layout; None where nothing differs."""
    *modifiers, last = key.split("+")
    other = TWINS.get(last) or TWINS.get(last.lower(), "").upper()
    return "+".join([*modifiers, other]) if other else None


def latin(key: str) -> str:
    """A letter as the same physical key sends it with the Latin layout on, in lower case."""
    lower = key.lower()
    return _LATIN_OF.get(lower, lower)


def keys(text: str) -> str:
    """Key names for a binding with their twins: `n` becomes `n,т`, `ctrl+s` `ctrl+s,ctrl+ы`."""
    names = [name.strip() for name in text.split(",")]
    names = ["question_mark" if name == "?" else name for name in names]
    return ",".join(name for key in names for name in (key, twin(key)) if name)


def shown(key: str, language: str = "en") -> str:
    """A key as a reader of this language sees it on the keyboard: `n`, in Russian `т`; `→`."""
    *modifiers, last = key.split("+")
    if language == "ru" and len(last) == 1:
        last = twin(last) or last
    return "+".join([*(part.capitalize() for part in modifiers), _face(last)])


def _face(key: str) -> str:
    """What is printed on a key."""
    words = {
        "space": t("Space"),
        "enter": "Enter",
        "escape": "Esc",
        "tab": "Tab",
        "home": "Home",
        "end": "End",
        "pageup": "PgUp",
        "pagedown": "PgDn",
    }
    if key in words:
        return words[key]
    is_function = len(key) > 1 and key[0] == "f" and key[1:].isdigit()
    return key.upper() if is_function else _SIGNS.get(key, key)
