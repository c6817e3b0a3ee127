"""The boards of the agenda: each draws the rows it is given, and knows what to ask for them.

A board is loaded when it is made: nobody waits for the others before the first one is seen.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from cockpit import labels

if TYPE_CHECKING:
    from cockpit.tui.sections.base import Section

SECTIONS: Final[dict[str, str]] = {
    "rhythm": "RhythmSection",
    "plan_fact": "PlanFactSection",
    "activity": "ActivitySection",
    "conversions": "ConversionsSection",
    "quality": "QualitySection",
    "payments": "PaymentsSection",
    "corrections": "CorrectionsSection",
    "case": "CaseSection",
    "close": "CloseSection",
}
"""The class of each board, by the name an item of the agenda is bound to and its module has."""


def made(name: str) -> Section:
    """A new board of a name, which is also its id. Raises KeyError where there is none."""
    module = import_module(f"cockpit.tui.sections.{name}")
    kind: type[Section] = getattr(module, SECTIONS[name])
    return kind(id=name)


def name(item: str) -> str:
    """What an item is called on the agenda; one without a word of ours keeps its own."""
    return labels.value("item", item)


def brief(item: str) -> str:
    """The same in one short word, for where there is little room; "" where the name is one."""
    word = labels.value("brief_item", item)
    return "" if word == item else word
