"""Activities against their norms (feature P4, requirement rows 8, 72, 102, 103, 118, 125)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.activity.rows import COLUMNS, Activity, ActivityRow, Basis, Run, whole

if TYPE_CHECKING:
    from projections.reports.activity.compute import activity
    from projections.reports.activity.why import explain
else:
    __getattr__ = later(__name__, activity="compute", explain="why")

__all__ = ["COLUMNS", "Activity", "ActivityRow", "Basis", "Run", "activity", "explain", "whole"]
