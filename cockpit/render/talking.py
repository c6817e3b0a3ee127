"""What is said below the report of calls."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from cockpit import formats
from cockpit.render.cells import clean
from cockpit.words import n, t
from projections.reports.calls import CallsReport, CallsRow

_INKS: Final = ("█", "▓", "░")


def bar(row: CallsRow, width: int) -> str:
    """One bar of calls by length, the longest first: over 3 min solid, then lighter.

    Every length that occurs has a cell at least; nothing measured is an empty bar.
    """
    counts = (row.over_3, row.under_3, row.under_1)
    whole = sum(counts)
    if not whole:
        return " " * width
    cells = [max(1, width * count // whole) if count else 0 for count in counts]
    most = cells.index(max(cells))
    cells[most] += width - sum(cells)
    return "".join(ink * size for ink, size in zip(_INKS, cells, strict=True))


def talking(report: CallsReport, names: Mapping[str, str]) -> list[str]:
    """Who dials and does not talk, and which calls no norm counts."""
    said = [dialling(row, names) for row in report.rows if row.dialling]
    brief = sum(row.brief for row in report.department if row.is_whole)
    if brief:
        said.append(
            n(
                "{count} call under {seconds} s is no work done for the norms",
                "{count} calls under {seconds} s are no work done for the norms",
                brief,
                seconds=report.brief_seconds,
                count=formats.count(brief),
            )
        )
    return said


def dialling(row: CallsRow, names: Mapping[str, str]) -> str:
    """Many calls, few talks."""
    return t(
        "▼ {seller}: dialling, not talking, {share} over 3 min of {calls} calls",
        seller=clean(names.get(row.seller or "", row.seller or "")),
        calls=formats.count(row.calls),
        share=formats.share(row.over_3_share or Fraction()),
    )
