"""What the boards of corrections look like; look at each changed picture."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cockpit.tui.agenda import Item
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    CorrectionAgreed,
    CorrectionReviewed,
    ItemEnded,
    ItemStarted,
    StandupClosed,
    StandupStarted,
)
from events.vocabulary.fact import Fact
from tests.tui.conftest import Start
from tests.tui.pictures import Compare
from tests.tui.test_corrections import at_item, begun
from tests.tui.waiting import screen_text, wait_for
from tests.tui.world import at

FRIDAY = dt.date(2024, 4, 12)
AGENDA = tuple(
    Item(id=name, seconds=100, section=name) for name in ("plan_fact", "rhythm", "corrections")
)


def agreed(key: str, seller: str, metric: str, values: tuple[str, str], day: int) -> Fact:
    return CorrectionAgreed(
        correction=key, seller=seller, metric=metric, before=values[0], target=values[1],
        until=dt.date(2024, 4, day), action="Звонить до полудня, потом встречи",
        topic="opening a call",
    )  # fmt: skip


@pytest.fixture
def spoken(log_file: Path) -> Path:
    """The known log with a stand-up on Friday that agreed three corrections."""
    bodies: list[Fact] = [
        StandupStarted(standup="friday", present=("ivanov", "sidorov")),
        ItemStarted(standup="friday", item="corrections", seconds=390),
        agreed("one", "ivanov", "call_made", ("5", "13"), 15),
        agreed("two", "ivanov", "meeting_held>proposal_sent", ("44 %", "54 %"), 16),
        agreed("three", "sidorov", "average_check", ("90 000", "99 000"), 17),
        ItemEnded(standup="friday", item="corrections", seconds=401),
        StandupClosed(standup="friday", seconds=840),
    ]
    answered = CorrectionReviewed(correction="two", seller="ivanov", verdict="done")
    dated = [(at(FRIDAY, 9, place), body) for place, body in enumerate(bodies)]
    dated.append((at(dt.date(2024, 4, 15), 9), answered))
    with SqliteLog.open(log_file) as log:
        log.append([Draft(body=body, occurred_at=when, actor="head") for when, body in dated])
    return log_file


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    ("item", "shows"),
    [("rhythm", "held on"), ("corrections", "calls 5 → 13")],
    ids=["rhythm", "corrections"],
)
def test_the_board_of_corrections_looks_as_it_did(
    snap_compare: Compare,
    start: Start,
    spoken: Path,
    item: str,
    shows: str,
    size: tuple[int, int],
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        await begun(pilot)
        await at_item(pilot, item)
        await wait_for(pilot, lambda: shows in screen_text(pilot), shows)

    assert snap_compare(start(spoken, agenda=AGENDA), terminal_size=size, run_before=before)
