"""The boards of the agenda: each draws the rows it is given, and knows what to ask for them."""

from __future__ import annotations

from typing import Final

from cockpit import labels
from cockpit.tui.sections.activity import ActivitySection
from cockpit.tui.sections.base import Section
from cockpit.tui.sections.case import CaseSection
from cockpit.tui.sections.close import CloseSection
from cockpit.tui.sections.conversions import ConversionsSection
from cockpit.tui.sections.corrections import CorrectionsSection
from cockpit.tui.sections.payments import PaymentsSection
from cockpit.tui.sections.plan_fact import PlanFactSection
from cockpit.tui.sections.quality import QualitySection
from cockpit.tui.sections.rhythm import RhythmSection

SECTIONS: Final[dict[str, type[Section]]] = {
    "rhythm": RhythmSection,
    "plan_fact": PlanFactSection,
    "activity": ActivitySection,
    "conversions": ConversionsSection,
    "quality": QualitySection,
    "payments": PaymentsSection,
    "corrections": CorrectionsSection,
    "case": CaseSection,
    "close": CloseSection,
}
"""By the name an item of the agenda is bound to."""


def name(item: str) -> str:
    """What an item is called on the agenda; one without a word of ours keeps its own."""
    return labels.value("item", item)
