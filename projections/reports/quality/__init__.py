"""The quality of the conversation (feature P12, requirement rows 13 and 14)."""

from projections.reports.quality.compute import quality
from projections.reports.quality.rows import COLUMNS, Link, Quality, QualityRow, Twice
from projections.reports.quality.why import explain

__all__ = ["COLUMNS", "Link", "Quality", "QualityRow", "Twice", "explain", "quality"]
