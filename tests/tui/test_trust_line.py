"""The line that says how far a board can be trusted speaks of people by their names."""

from __future__ import annotations

import msgspec

from cockpit.tui.sections import doing
from cockpit.tui.sections.base import Drawn
from cockpit.tui.view import View
from projections.report import Silence, Trust
from projections.reports.activity import Activity
from tests.cockpit.render_samples import NAMES, REPORTS
from tests.tui.world import TODAY


def test_who_was_silent_is_named_on_the_board_of_activities() -> None:
    report = REPORTS["activity"]
    assert isinstance(report, Activity)
    silent = Silence(seller="ivanov", due=3, days=(TODAY,), around=())
    report = msgspec.structs.replace(report, trust=Trust(events=9, silent=(silent,)))
    drawn = Drawn(names=NAMES, view=View(today=TODAY), keymap={})
    said = "\n".join(text for note in doing.sheet(report, drawn, 100).notes for text, _ in note)
    assert "working days without any event: Иванов 1" in said
