"""The quality of the conversation (feature P12, requirement rows 13 and 14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.quality.rows import COLUMNS, Link, Quality, QualityRow, Twice

if TYPE_CHECKING:
    from projections.reports.quality.compute import quality
    from projections.reports.quality.why import explain
else:
    __getattr__ = later(__name__, quality="compute", explain="why")

__all__ = ["COLUMNS", "Link", "Quality", "QualityRow", "Twice", "explain", "quality"]
