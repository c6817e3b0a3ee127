"""Conversions between steps of the sale (feature P5, rows 10, 58, 100, 104, 120)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.conversions.rows import COLUMNS, Basis, ConversionRow, Conversions

if TYPE_CHECKING:
    from projections.reports.conversions.compute import conversions
    from projections.reports.conversions.why import explain
else:
    __getattr__ = later(__name__, conversions="compute", explain="why")

__all__ = ["COLUMNS", "Basis", "ConversionRow", "Conversions", "conversions", "explain"]
