"""Which client or seller is meant: exact, by beginning, or by likeness; never a silent guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

_LEGAL_FORMS: Final = (
    "ооо оао зао пао ао ип тоо нко ет ев оод еоод ад еад сд kft zrt bt nyrt rt kkt "
    "ltd llc llp inc gmbh ag co corp plc sa srl bv limited company"
)
LEGAL_FORMS: Final = frozenset(_LEGAL_FORMS.split())

_LATIN: Final = str.maketrans(
    {
        **dict(zip("абвгдезиклмнопрстуфыэ", "abvgdeziklmnoprstufie", strict=True)),
        **{"ж": "zh", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht"},
        **{"ъ": "a", "ь": "", "ю": "yu", "я": "ya", "є": "e", "і": "i", "ґ": "g"},
    }
)

_SURE: Final = 84.0
_LEAD: Final = 6.0
_LIKE: Final = 70.0
_MOST: Final = 5


class Found(msgspec.Struct, frozen=True):
    """The one key that is meant, or those that come close, best first."""

    key: str | None = None
    close: tuple[str, ...] = ()


def find(query: str, names: Mapping[str, str]) -> Found:
    """Who is meant by a query among the names of the keys.

    A key or a whole name beats a beginning, a beginning beats likeness; case, accents, legal
    forms and the alphabet do not matter.
    """
    wanted = query.strip().casefold()
    if not wanted:
        return Found()
    exact = [key for key in names if key.casefold() == wanted] or [
        key for key, name in names.items() if name.casefold() == wanted
    ]
    asked = plain(query)
    if exact or not asked:
        return _of(exact)
    folded = {key: plain(name) for key, name in names.items()}
    hits = _hits(asked, folded)
    if hits:
        return _of(hits)
    romanized = {key: latin(name) for key, name in folded.items()}
    hits = _hits(latin(asked), romanized)
    return _of(hits) if hits else _alike(latin(asked), romanized)


def begun(query: str, names: Mapping[str, str]) -> set[str]:
    """The keys of the names that begin with a query, or whose words do; no likeness."""
    asked = plain(query)
    hits = _hits(asked, {key: plain(name) for key, name in names.items()}) if asked else []
    return set(hits)


def _hits(target: str, names: Mapping[str, str]) -> list[str]:
    """Keys whose whole name it is, else those whose name begins with it."""
    return [key for key, name in names.items() if name == target] or _begins(target, names)


def plain(name: str) -> str:
    """A name without case, accents, quotes and legal forms: `ООО «Ёлка»` is `елка`."""
    kept = _bare(name.casefold())
    words = "".join(c if c.isalnum() else " " for c in kept).split()
    core = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(core or words)


def _bare(text: str) -> str:
    """A text without accents."""
    if text.isascii():
        return text
    import unicodedata

    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c))


def latin(text: str) -> str:
    """A plain name in Latin letters, as somebody without Cyrillic keys types it."""
    return text.translate(_LATIN)


def _of(keys: list[str]) -> Found:
    """A single key is the answer, several are a question."""
    return Found(keys[0]) if len(keys) == 1 else Found(close=tuple(keys[:_MOST]))


def _begins(target: str, names: Mapping[str, str]) -> list[str]:
    """Keys whose name begins with it, else keys where it begins the words of the name."""
    asked = target.split()
    starts = [key for key, name in names.items() if name.startswith(target)]
    return starts or [key for key, name in names.items() if _words_begin(asked, name.split())]


def _words_begin(asked: Iterable[str], words: list[str]) -> bool:
    """Whether each asked word begins a word of its own."""
    left = list(words)
    for part in asked:
        hit = next((word for word in left if word.startswith(part)), None)
        if hit is None:
            return False
        left.remove(hit)
    return True


def _alike(target: str, names: Mapping[str, str]) -> Found:
    """Keys of names that look like it; the best alone where all of it is near and leads clearly."""
    from rapidfuzz import fuzz, process

    near = process.extract(target, names, scorer=fuzz.token_sort_ratio, limit=2)
    lead = near[0][1] - (near[1][1] if len(near) > 1 else 0) if near else 0
    if near and near[0][1] >= _SURE and lead >= _LEAD:
        return Found(near[0][2])
    like = process.extract(target, names, scorer=fuzz.WRatio, limit=_MOST, score_cutoff=_LIKE)
    return Found(close=tuple(key for _, _, key in like))
