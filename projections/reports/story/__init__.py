"""The story of a month: how its plan was reached or missed, in one piece (feature P9)."""

from projections.reports.story.compute import story
from projections.reports.story.parts import parts
from projections.reports.story.rows import LateRow, PlanChange, Repair, Story, StoryRow
from projections.reports.story.why import explain

__all__ = ["LateRow", "PlanChange", "Repair", "Story", "StoryRow", "explain", "parts", "story"]
