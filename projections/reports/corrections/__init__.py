"""Corrections: what is agreed, what came of it, and what it changed (feature P8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.corrections.rows import (
    COLUMNS,
    CorrectionRow,
    Corrections,
    Standing,
    Statistics,
    TopicRow,
    Training,
)

if TYPE_CHECKING:
    from projections.reports.corrections.compute import corrections_report
    from projections.reports.corrections.why import explain
else:
    __getattr__ = later(__name__, corrections_report="compute", explain="why")

__all__ = [
    "COLUMNS",
    "CorrectionRow",
    "Corrections",
    "Standing",
    "Statistics",
    "TopicRow",
    "Training",
    "corrections_report",
    "explain",
]
