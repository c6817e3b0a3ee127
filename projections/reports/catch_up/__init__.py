"""How to catch up with the linear plan (feature P3, requirement rows 21-24, 98)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.catch_up.rows import COLUMNS, Basis, CatchUp, CatchUpRow

if TYPE_CHECKING:
    from projections.reports.catch_up.compute import catch_up
    from projections.reports.catch_up.why import explain
else:
    __getattr__ = later(__name__, catch_up="compute", explain="why")

__all__ = ["COLUMNS", "Basis", "CatchUp", "CatchUpRow", "catch_up", "explain"]
