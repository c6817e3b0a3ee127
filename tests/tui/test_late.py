"""What comes late finds somebody who has gone on to something else, and lets them."""

from __future__ import annotations

import pytest

from cockpit.tui.agenda import Item
from cockpit.tui.messages import Named
from cockpit.tui.screens.form import Form
from tests.tui.conftest import Start
from tests.tui.waiting import opened, settled, standup, wait_for


async def test_a_form_that_comes_late_does_not_lie_over_another_one(start: Start) -> None:
    """Who pressed another key while the clients were read wants what that key opens."""
    agenda = [Item(id="case", seconds=60, section="case")]
    async with start(agenda=agenda).run_test(size=(80, 24)) as pilot:
        screen = standup(pilot)
        await wait_for(pilot, lambda: screen.conductor.on, "the meeting")
        await pilot.press("y")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the day")
        asked = pilot.app.screen
        screen.post_message(Named("case", {}, ()))
        await settled(pilot)
        assert pilot.app.screen is asked
        await pilot.press("escape")
        screen.post_message(Named("case", {}, ()))
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the case")


async def test_who_opens_something_instead_of_waiting_to_leave_stays(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        behind = screen.behind
        monkeypatch.setattr(screen, "behind", lambda: None)
        await pilot.press("q", "y")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the day")
        monkeypatch.setattr(screen, "behind", behind)
        screen.asked()
        await settled(pilot)
        assert isinstance(pilot.app.screen, Form)
        await pilot.press("escape")
        screen.asked()
        await settled(pilot)
        assert pilot.app.screen_stack[-1] is screen
