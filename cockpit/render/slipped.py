"""The words for deals whose date is moved again and again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cockpit import formats
from cockpit.render.cells import clean
from cockpit.words import n, t

_FICTION: Final = 3
_MOST: Final = 10


def slipped(slips: Mapping[str, int]) -> list[tuple[str, str | None]]:
    """A line for each deal moved so often that its date is fiction, with what stands behind it."""
    found = sorted(
        ((deal, count) for deal, count in slips.items() if count >= _FICTION),
        key=lambda pair: (-pair[1], pair[0]),
    )
    said: list[tuple[str, str | None]] = [
        (
            n(
                "{deal}: moved {count} time, the date is fiction",
                "{deal}: moved {count} times, the date is fiction",
                count,
                deal=clean(deal),
                count=formats.count(count),
            ),
            f"slips:{deal}",
        )
        for deal, count in found[:_MOST]
    ]
    if len(found) > _MOST:
        said.append((t("and {count} more", count=formats.count(len(found) - _MOST)), None))
    return said
