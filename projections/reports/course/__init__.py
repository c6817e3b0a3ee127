"""The course of a period: day by day what was sold, and the line it is measured against."""

from projections.reports.course.compute import course
from projections.reports.course.rows import Course, CourseRow
from projections.reports.course.why import explain

__all__ = ["Course", "CourseRow", "course", "explain"]
