"""Where norms come from, side by side (feature P4, rows 8, 72, 113, 118, 131)."""

from projections.reports.norms.compute import norms
from projections.reports.norms.rows import COLUMNS, NormRow, NormsReport, Warned
from projections.reports.norms.why import explain

__all__ = ["COLUMNS", "NormRow", "NormsReport", "Warned", "explain", "norms"]
