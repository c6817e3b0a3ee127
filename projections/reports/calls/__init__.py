"""How long people talk, with whom and how far (feature P12, requirement rows 13, 113, 114)."""

from projections.reports.calls.compute import calls
from projections.reports.calls.rows import COLUMNS, CallsReport, CallsRow, whole
from projections.reports.calls.why import explain

__all__ = ["COLUMNS", "CallsReport", "CallsRow", "calls", "explain", "whole"]
