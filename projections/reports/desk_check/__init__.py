"""The desk check before the meeting: what sags, whose it is, by how much, since when."""

from projections.reports.desk_check.compute import desk_check
from projections.reports.desk_check.rows import DeskCheck, DeskRow
from projections.reports.desk_check.why import explain

__all__ = ["DeskCheck", "DeskRow", "desk_check", "explain"]
