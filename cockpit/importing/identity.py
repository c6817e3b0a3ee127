"""Who a row is where no column says it: its content, and which of several equal rows it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Final

from cockpit.importing.cells import Row, text_of
from cockpit.importing.columns import BEFORE

_BYTES: Final = 10
_BETWEEN: Final = "\x1f"

Identify = Callable[[Row], str]


def name_of(texts: Iterable[str]) -> str:
    """A short name that other texts do not have: 80 bits of a digest, in hex."""
    content = _BETWEEN.join(texts).encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=_BYTES).hexdigest()


def by_content() -> Identify:
    """A function that names each row of a file once: equal rows get `~2`, `~3` and so on."""
    seen: dict[str, int] = {}

    def identify(row: Row) -> str:
        name = name_of(map(text_of, row[BEFORE:]))
        count = seen.get(name, 0) + 1
        seen[name] = count
        return name if count == 1 else f"{name}~{count}"

    return identify
