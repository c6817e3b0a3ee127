"""The story of a month: how its plan was reached or missed, in one piece (feature P9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.reports import later
from projections.reports.story.rows import LateRow, PlanChange, Repair, Story, StoryRow

if TYPE_CHECKING:
    from projections.reports.story.besides import parts
    from projections.reports.story.compute import story
    from projections.reports.story.why import explain
else:
    __getattr__ = later(__name__, story="compute", explain="why", parts="besides")

__all__ = ["LateRow", "PlanChange", "Repair", "Story", "StoryRow", "explain", "parts", "story"]
