"""Where norms come from, side by side (feature P4, rows 8, 72, 113, 118, 131)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.norms.rows import COLUMNS, NormRow, NormsReport, Warned

if TYPE_CHECKING:
    from projections.reports.norms.compute import norms
    from projections.reports.norms.why import explain
else:
    __getattr__ = later(__name__, norms="compute", explain="why")

__all__ = ["COLUMNS", "NormRow", "NormsReport", "Warned", "explain", "norms"]
