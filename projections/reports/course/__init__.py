"""The course of a period: day by day what was sold, and the line it is measured against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.course.rows import Course, CourseRow

if TYPE_CHECKING:
    from projections.reports.course.compute import course
    from projections.reports.course.why import explain
else:
    __getattr__ = later(__name__, course="compute", explain="why")

__all__ = ["Course", "CourseRow", "course", "explain"]
