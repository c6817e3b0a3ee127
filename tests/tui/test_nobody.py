"""A department nobody can be met in says so, whatever its boards could draw."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cockpit.tui.agenda import DEFAULT
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import AbsenceSet
from tests.tui.conftest import Start
from tests.tui.waiting import board, leave, screen_text, wait_for
from tests.tui.world import NAMES, TODAY, at, found, meeting_steps

SIZE = (80, 24)


async def test_an_empty_department_says_what_to_type_and_goes_on_saying_it(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "new.db"
    found(path)
    async with start(path, agenda=DEFAULT).run_test(size=SIZE) as pilot:
        await wait_for(pilot, lambda: "cockpit seller add" in screen_text(pilot), "the hint")
        await wait_for(pilot, lambda: "of 22 working days" in screen_text(pilot), "a report")
        assert "cockpit seller add" in screen_text(pilot)
        assert not board(pilot).sheet.lines
        await leave(pilot)
    assert meeting_steps(path) == []


async def test_where_everybody_is_away_that_is_said(start: Start, log_file: Path) -> None:
    with SqliteLog.open(log_file) as log:
        log.append(
            [
                Draft(
                    body=AbsenceSet(seller=seller, first=TODAY, last=TODAY + dt.timedelta(days=2)),
                    occurred_at=at(TODAY, 8),
                    actor="head",
                )
                for seller in NAMES
            ]
        )
    async with start(agenda=DEFAULT).run_test(size=SIZE) as pilot:
        await wait_for(pilot, lambda: "Everybody is away" in screen_text(pilot), "the words")
        await leave(pilot)
    assert meeting_steps(log_file) == []
