"""From a story to its words: the log is asked for authors, moments and reasons."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.render.chapters import Told
from cockpit.render.story import wanted
from events.log import Log
from projections.reports.story import Story
from projections.state import Settings


def told(log: Log, story: Story, settings: Settings, names: Mapping[str, str]) -> Told:
    """The story with the events it names, in plain text as far as they were not erased."""
    found = log.get(wanted(story))
    events = log.reveal(list(found.values()))
    return Told(
        story=story,
        department=settings.name,
        names=names,
        events={event.id: event for event in events},
        zone=settings.zone,
        head=log.head(),
    )
