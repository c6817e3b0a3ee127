"""The desk check before the meeting: what sags, whose it is, by how much, since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.desk_check.rows import DeskCheck, DeskRow

if TYPE_CHECKING:
    from projections.reports.desk_check.compute import desk_check
    from projections.reports.desk_check.why import explain
else:
    __getattr__ = later(__name__, desk_check="compute", explain="why")

__all__ = ["DeskCheck", "DeskRow", "desk_check", "explain"]
