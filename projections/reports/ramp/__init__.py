"""Norms that grow: which step is due, and why a week is held (feature P4, row 135)."""

from projections.reports.ramp.compute import ramp
from projections.reports.ramp.rows import COLUMNS, RampReport, RampRow
from projections.reports.ramp.why import explain

__all__ = ["COLUMNS", "RampReport", "RampRow", "explain", "ramp"]
