"""Activities against their norms (feature P4, requirement rows 8, 72, 102, 103, 118, 125)."""

from projections.reports.activity.compute import activity
from projections.reports.activity.rows import COLUMNS, Activity, ActivityRow, Basis, Run, whole
from projections.reports.activity.why import explain

__all__ = ["COLUMNS", "Activity", "ActivityRow", "Basis", "Run", "activity", "explain", "whole"]
