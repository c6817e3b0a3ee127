"""Activities against their norms (feature P4, requirement rows 8, 72, 102, 103, 118, 125)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports.activity.compute import activity
from projections.reports.activity.rows import COLUMNS, Activity, ActivityRow, Basis, Run, whole

if TYPE_CHECKING:
    from projections.formula import Explanation

__all__ = ["COLUMNS", "Activity", "ActivityRow", "Basis", "Run", "activity", "explain", "whole"]


def explain(report: Activity, key: str, figure: str) -> Explanation:
    """See `why.explain`, which is loaded when somebody asks."""
    from projections.reports.activity import why

    return why.explain(report, key, figure)
