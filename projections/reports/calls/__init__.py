"""How long people talk, with whom and how far (feature P12, requirement rows 13, 113, 114)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.calls.rows import COLUMNS, CallsReport, CallsRow, whole

if TYPE_CHECKING:
    from projections.reports.calls.compute import calls
    from projections.reports.calls.why import explain
else:
    __getattr__ = later(__name__, calls="compute", explain="why")

__all__ = ["COLUMNS", "CallsReport", "CallsRow", "calls", "explain", "whole"]
