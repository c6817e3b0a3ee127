"""The pay sheets of a month, every rouble explained (feature P10, requirement rows 32-36)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports.pay.ahead import Ahead, Leg
from projections.reports.pay.compute import MOST_FIXED, pay
from projections.reports.pay.rows import (
    AFTER_CLOSE,
    CHECKS,
    COLUMNS,
    PART,
    Basis,
    PayReport,
    PayRow,
    whole,
)
from projections.reports.pay.sheets import Kpi, PaySheet, pay_sheet

if TYPE_CHECKING:
    from projections.formula import Explanation

__all__ = [
    "AFTER_CLOSE",
    "CHECKS",
    "COLUMNS",
    "MOST_FIXED",
    "PART",
    "Ahead",
    "Basis",
    "Kpi",
    "Leg",
    "PayReport",
    "PayRow",
    "PaySheet",
    "explain",
    "pay",
    "pay_sheet",
    "whole",
]


def explain(report: PayReport, key: str, figure: str) -> Explanation:
    """See `why.explain`, which is loaded when somebody asks."""
    from projections.reports.pay import why

    return why.explain(report, key, figure)
