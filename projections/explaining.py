"""What every report does before it explains a figure: find the row that is asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

from projections.report import Row

R = TypeVar("R", bound=Row)


def asked(rows: Iterable[R], key: str, figure: str, figures: Collection[str]) -> R:
    """The row of a key; raises KeyError with the keys or the figures there are."""
    found = {row.key: row for row in rows}
    if key not in found:
        raise KeyError(f"{key}: {', '.join(found)}")
    if figure not in figures:
        raise KeyError(f"{figure}: {', '.join(figures)}")
    return found[key]
