"""A slow disk while the stand-up begins: what is pressed before the first figures are there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from cockpit.department import Department, open_department
from cockpit.tui.agenda import Item
from cockpit.tui.app import Cockpit
from cockpit.tui.messages import Moved
from cockpit.tui.setup import Setup
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import ItemEnded, ItemStarted, StandupStarted
from projections.meeting import STEPS, Place
from projections.question import Question
from projections.report import Report
from tests.tui.conftest import AGENDA
from tests.tui.waiting import (
    PATIENCE,
    Clock,
    leave,
    opened,
    screen_text,
    settled,
    standup,
    wait_for,
)
from tests.tui.world import TODAY, at, meeting_steps


class Gate:
    """What the desk answers waits here, a report at a time."""

    def __init__(self) -> None:
        self.waiting = threading.Event()
        self._free = threading.Semaphore(0)

    @contextmanager
    def opener(self, path: Path) -> Iterator[Department]:
        """The department behind the gate."""
        with open_department(path) as department:
            ask = department.desk.ask

            def asked(name: str, question: Question) -> Report:
                self.waiting.set()
                assert self._free.acquire(timeout=PATIENCE)
                return ask(name, question)

            with patch.object(department.desk, "ask", asked):
                yield department

    def let(self, reports: int = 10_000) -> None:
        """Let so many reports through."""
        self._free.release(reports)


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.let()


@pytest.fixture
def app(gate: Gate, log_file: Path, clock: Clock) -> Cockpit:
    """The stand-up on the known log, behind the gate."""
    return Cockpit(
        Setup(opener=partial(gate.opener, log_file), now=clock, actor="head", agenda=AGENDA)
    )


async def begun(pilot: Pilot[None], gate: Gate) -> None:
    """The stand-up that goes on while its first board is still to come."""
    await wait_for(pilot, lambda: standup(pilot).conductor.on, "the stand-up")
    await wait_for(pilot, gate.waiting.is_set, "the question")


async def test_the_beginning_is_written_before_what_follows(
    app: Cockpit, gate: Gate, log_file: Path
) -> None:
    async with app.run_test() as pilot:
        await begun(pilot, gate)
        await pilot.press("right", "right")
        assert standup(pilot).stage.trail == ["conversions"]
        gate.let()
        await wait_for(pilot, lambda: len(meeting_steps(log_file)) >= 6, "the steps")
        assert standup(pilot).stage.trail == ["conversions"]
        await leave(pilot)
    steps = meeting_steps(log_file)
    assert [type(step) for step in steps[:2]] == [StandupStarted, ItemStarted]
    items = [step.item for step in steps if isinstance(step, ItemStarted | ItemEnded)]
    assert items == ["plan_fact", "plan_fact", "activity", "activity", "conversions", "conversions"]


async def test_what_is_said_at_the_beginning_comes_after_the_figures(
    gate: Gate, log_file: Path, clock: Clock
) -> None:
    setup = Setup(opener=partial(gate.opener, log_file), now=clock, actor="head", agenda=AGENDA)
    over = replace(setup, today=TODAY, over=True)
    async with Cockpit(over).run_test(notifications=True) as pilot:
        await begun(pilot, gate)
        assert "counts from" not in screen_text(pilot)
        gate.let()
        await wait_for(pilot, lambda: "counts from" in screen_text(pilot), "whose day it is")
        assert standup(pilot).stage.board.sheet.lines
        await leave(pilot)


async def test_a_step_waits_for_who_lags_and_passes_over_nobody(
    gate: Gate, log_file: Path, clock: Clock
) -> None:
    agenda = (AGENDA[0], Item(id="corrections", seconds=120, section="corrections", turns=True))
    opener = partial(gate.opener, log_file)
    setup = Setup(opener=opener, now=clock, actor="head", agenda=(*agenda, AGENDA[-1]))
    async with Cockpit(setup).run_test(notifications=True) as pilot:
        await begun(pilot, gate)
        await pilot.press("right", "right", "right", "left")
        conductor = standup(pilot).conductor
        assert conductor.meeting is not None
        assert conductor.meeting.place == Place("corrections")
        assert "One moment" in screen_text(pilot)
        gate.let()
        await wait_for(
            pilot,
            lambda: (
                conductor.meeting is not None
                and conductor.meeting.place == Place("corrections", "ivanov")
            ),
            "the first seller who lags",
        )
        await pilot.press("right", "right")
        assert conductor.meeting.place == Place("corrections", "sidorov")
        await leave(pilot)


async def test_a_step_that_waits_for_who_lags_is_forgotten_where_the_floor_was_given_elsewhere(
    gate: Gate, log_file: Path, clock: Clock
) -> None:
    agenda = (Item(id="corrections", seconds=120, section="corrections", turns=True), *AGENDA)
    setup = Setup(opener=partial(gate.opener, log_file), now=clock, actor="head", agenda=agenda)
    async with Cockpit(setup).run_test() as pilot:
        await begun(pilot, gate)
        await pilot.press("right", "3")
        gate.let()
        await wait_for(pilot, lambda: standup(pilot).lagging is not None, "who lags")
        await settled(pilot)
        meeting = standup(pilot).conductor.meeting
        assert meeting is not None
        assert meeting.place == Place("activity")
        await leave(pilot)


async def test_a_dial_turned_before_the_first_figures_does_not_lose_the_beginning(
    app: Cockpit, gate: Gate, log_file: Path
) -> None:
    async with app.run_test() as pilot:
        await begun(pilot, gate)
        await pilot.press("left_square_bracket")
        assert standup(pilot).view.past
        gate.let()
        await wait_for(pilot, lambda: len(meeting_steps(log_file)) == 2, "the beginning")
        assert "nothing is logged" not in screen_text(pilot)


async def test_a_terminal_that_is_lost_before_the_first_figures_leaves_a_stand_up_that_waits(
    app: Cockpit, gate: Gate, log_file: Path
) -> None:
    async with app.run_test() as pilot:
        await begun(pilot, gate)
        closing = threading.Thread(target=standup(pilot).hang_up)
        closing.start()
        gate.let(1)
        closing.join(PATIENCE)
    assert len(meeting_steps(log_file)) == 3


async def test_a_stand_up_that_somebody_else_began_meanwhile_is_the_one_that_goes_on(
    app: Cockpit, gate: Gate, log_file: Path
) -> None:
    async with app.run_test() as pilot:
        await begun(pilot, gate)
        steps = (
            StandupStarted(standup="theirs", present=("ivanov",)),
            ItemStarted(standup="theirs", item="plan_fact", seconds=300),
            ItemEnded(standup="theirs", item="plan_fact", seconds=9),
            ItemStarted(standup="theirs", item="activity", seconds=240),
        )
        with SqliteLog.open(log_file) as log:
            log.append(
                [Draft(body=step, occurred_at=at(TODAY, 10), actor="other") for step in steps]
            )
            written = [event for event in log.read() if isinstance(event.body, STEPS)]
        screen = standup(pilot)
        assert screen.news is not None
        screen.post_message(Moved(replace(screen.news, steps=written)))
        await wait_for(pilot, lambda: screen.stage.trail == ["activity"], "their item")
        gate.let()
        await opened(pilot)
        assert standup(pilot).standup() == "theirs"
        await leave(pilot)
    begins = [step for step in meeting_steps(log_file) if isinstance(step, StandupStarted)]
    assert [step.standup for step in begins] == ["theirs"]
