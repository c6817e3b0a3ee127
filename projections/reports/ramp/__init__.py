"""Norms that grow: which step is due, and why a week is held (feature P4, row 135)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.ramp.rows import COLUMNS, RampReport, RampRow

if TYPE_CHECKING:
    from projections.reports.ramp.compute import ramp
    from projections.reports.ramp.why import explain
else:
    __getattr__ = later(__name__, ramp="compute", explain="why")

__all__ = ["COLUMNS", "RampReport", "RampRow", "explain", "ramp"]
