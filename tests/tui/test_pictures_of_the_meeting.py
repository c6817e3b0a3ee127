"""What the meeting itself looks like: its rhythm, the turns of sellers, the question at its end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cockpit.tui.agenda import Item
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import CaseDiscussed, ItemEnded, ItemStarted, StandupClosed, StandupStarted
from tests.tui.conftest import Start
from tests.tui.pictures import SIZES, Before, Compare
from tests.tui.waiting import Clock, opened, screen_text, standup, wait_for
from tests.tui.world import NAMES, at

AGENDA = (
    Item(id="rhythm", seconds=90, section="rhythm"),
    Item(id="payments", seconds=60, section="payments"),
    Item(id="corrections", seconds=390, section="corrections", turns=True),
    Item(id="case", seconds=60, section="case"),
    Item(id="close", seconds=30, section="close"),
)


def held(path: Path) -> None:
    """Two earlier stand-ups, one of them with a case."""
    with SqliteLog.open(path) as log:
        for number, took in ((11, 700), (12, 900)):
            begun = at(dt.date(2024, 4, number), 9)
            ended = begun + dt.timedelta(seconds=took)
            name = f"s{number}"
            steps = (
                (begun, StandupStarted(standup=name, present=tuple(NAMES))),
                (begun, ItemStarted(standup=name, item="corrections", seconds=390)),
                (ended, ItemEnded(standup=name, item="corrections", seconds=took)),
                (ended, CaseDiscussed(words="asks for ninety days to pay", seller="ivanov",
                                      client="ivanov-client-3", standup=name)),
                (ended, StandupClosed(standup=name, seconds=took, uncorrected=("sidorov",))),
            )  # fmt: skip
            log.append([Draft(body=body, occurred_at=when, actor="head") for when, body in steps])


async def begun(pilot: Pilot[None]) -> None:
    """Wait until it is known who lags and what collapses."""
    await opened(pilot)
    await wait_for(pilot, lambda: standup(pilot).lagging is not None, "who lags")
    await wait_for(pilot, lambda: bool(standup(pilot).conductor.collapsed), "what collapses")
    await wait_for(pilot, lambda: bool(standup(pilot).conductor.order), "the order")


def after(clock: Clock, *keys: str, shows: str) -> Before:
    """Press keys with ten seconds after each, and wait for a text."""

    async def run(pilot: Pilot[None]) -> None:
        await begun(pilot)
        for key in keys:
            clock.pass_by(10)
            await pilot.press(key)
        clock.pass_by(55)
        standup(pilot).tick()
        await wait_for(pilot, lambda: shows in screen_text(pilot), shows)

    return run


LOOKS: dict[str, tuple[tuple[str, ...], str]] = {
    "rhythm": ((), "held on 2 of 10"),
    "turns": (("3", "right", "right", "right"), "▸ Sergey"),
    "case": (("4",), "ninety days"),
    "leaving": (("5", "q"), "Close the stand-up?"),
}
"""Keys, and a text that shows that they have done what they do."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", LOOKS)
def test_the_meeting_looks_as_it_did(
    snap_compare: Compare,
    start: Start,
    clock: Clock,
    log_file: Path,
    name: str,
    size: tuple[int, int],
) -> None:
    held(log_file)
    keys, shows = LOOKS[name]
    before = after(clock, *keys, shows=shows)
    assert snap_compare(start(agenda=AGENDA), terminal_size=size, run_before=before)
