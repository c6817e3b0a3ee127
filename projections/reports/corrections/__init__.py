"""Corrections: what is agreed, what came of it, and what it changed (feature P8)."""

from projections.reports.corrections.compute import corrections_report
from projections.reports.corrections.rows import (
    COLUMNS,
    CorrectionRow,
    Corrections,
    Standing,
    Statistics,
    TopicRow,
    Training,
)
from projections.reports.corrections.why import explain

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
