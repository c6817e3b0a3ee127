"""How to catch up with the linear plan (feature P3, requirement rows 21-24, 98)."""

from projections.reports.catch_up.compute import catch_up
from projections.reports.catch_up.rows import COLUMNS, Basis, CatchUp, CatchUpRow
from projections.reports.catch_up.why import explain

__all__ = ["COLUMNS", "Basis", "CatchUp", "CatchUpRow", "catch_up", "explain"]
