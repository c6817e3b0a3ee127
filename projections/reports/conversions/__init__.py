"""Conversions between steps of the sale (feature P5, rows 10, 58, 100, 104, 120)."""

from projections.reports.conversions.compute import conversions
from projections.reports.conversions.rows import COLUMNS, Basis, ConversionRow, Conversions
from projections.reports.conversions.why import explain

__all__ = ["COLUMNS", "Basis", "ConversionRow", "Conversions", "conversions", "explain"]
