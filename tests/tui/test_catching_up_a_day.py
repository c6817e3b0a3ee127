"""A stand-up of a day gone by: it happened on that day, and the log knows when it was written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from textual.pilot import Pilot

from cockpit.department import open_department
from cockpit.tui.screens.form import Form
from events.sqlite import SqliteLog
from events.vocabulary import CorrectionAgreed, ItemStarted, StandupClosed, StandupStarted
from projections.period import day_of, month_of
from projections.question import Dials, Question
from projections.reports.corrections import Corrections
from projections.reports.minutes import Minutes
from tests.tui.conftest import Start
from tests.tui.waiting import Clock, leave, opened, screen_text, wait_for
from tests.tui.world import TODAY

WIDE = (120, 40)
LATER = dt.timedelta(days=2)
NEXT = TODAY + dt.timedelta(days=1)


def corrections(path: Path, dials: Dials) -> list[str]:
    """Whose corrections the board of the month has."""
    with open_department(path) as department:
        question = Question(period=month_of(TODAY), dials=dials)
        report = department.desk.ask("corrections", question)
        assert isinstance(report, Corrections)
        return [row.seller for row in report.rows]


def steps(path: Path) -> list[tuple[str, dt.datetime, dt.datetime]]:
    """Kind, moment and moment of recording of what the screen wrote."""
    wanted = CorrectionAgreed | StandupStarted | StandupClosed | ItemStarted
    with SqliteLog.open(path, writable=False) as log:
        return [(event.kind, dt.datetime.fromisoformat(event.occurred_at),
                 dt.datetime.fromisoformat(event.recorded_at))
                for event in log.read() if isinstance(event.body, wanted)]  # fmt: skip


def flat(pilot: Pilot[None]) -> str:
    """The screen in one line."""
    return " ".join(screen_text(pilot).split())


async def agree(pilot: Pilot[None]) -> None:
    """Agree what is proposed to who lags most."""
    await pilot.press("t")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the form")
    form = pilot.app.screen
    assert isinstance(form, Form)
    await wait_for(pilot, lambda: bool(form.values), "its fields")
    while isinstance(pilot.app.screen, Form):
        await pilot.press("enter")


async def held(start: Start, clock: Clock) -> None:
    """The stand-up of the day, written two days later: five minutes and one correction."""
    clock.time += LATER
    async with start(today=TODAY).run_test(notifications=True, size=WIDE) as pilot:
        await opened(pilot)
        await wait_for(pilot, lambda: "counts from Mon 2024-04-15" in flat(pilot), "a word")
        await agree(pilot)
        clock.pass_by(300)
        await leave(pilot)


async def test_what_is_agreed_of_a_day_gone_by_is_on_its_boards(
    start: Start, clock: Clock, log_file: Path
) -> None:
    noon = clock()
    await held(start, clock)
    written = steps(log_file)
    assert {kind for kind, _, _ in written} >= {"correction_agreed", "standup_closed"}
    assert {at.date() for _, at, _ in written} == {TODAY}
    assert all(noon <= at <= noon + dt.timedelta(seconds=300) for _, at, _ in written)
    assert all(recorded > clock() for _, _, recorded in written)
    assert len(corrections(log_file, Dials(as_of=TODAY, mode="evening"))) == 1
    known = Dials(as_of=TODAY, known_at=noon + dt.timedelta(hours=9), mode="evening")
    assert corrections(log_file, known) == []
    with open_department(log_file) as department:
        question = Question(period=day_of(TODAY), dials=Dials(as_of=TODAY, mode="evening"))
        report = department.desk.ask("minutes", question)
    assert isinstance(report, Minutes)
    assert (report.day, report.talked, len(report.agreed)) == (TODAY, 300, 1)


async def test_a_day_gone_by_has_one_stand_up(start: Start, clock: Clock, log_file: Path) -> None:
    await held(start, clock)
    before = steps(log_file)
    async with start(today=TODAY).run_test(size=WIDE) as pilot:
        await wait_for(pilot, lambda: "is over since 10:05" in flat(pilot), "the refusal")
        assert "cockpit --today 2024-04-15" in screen_text(pilot)
        await pilot.press("right", "2", "q")
        await wait_for(pilot, lambda: not pilot.app.is_running, "the end without a question")
    assert steps(log_file) == before


async def test_it_goes_on_at_the_same_second_after_the_terminal_was_gone(
    start: Start, clock: Clock
) -> None:
    clock.time += LATER
    async with start(today=TODAY).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        clock.pass_by(100)
        screen.hang_up()
    clock.pass_by(5000)
    async with start(today=TODAY).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        meeting = screen.conductor.meeting
        assert meeting is not None
        assert meeting.whole(screen.setup.now()) == dt.timedelta(seconds=100)


async def test_the_day_of_the_clock_and_a_day_to_come_are_written_as_they_are(
    start: Start, clock: Clock, log_file: Path
) -> None:
    for day in (TODAY, NEXT, None):
        async with start(today=day).run_test(notifications=True, size=WIDE) as pilot:
            await opened(pilot)
            assert "counts from" not in flat(pilot)
            await leave(pilot)
    assert {at for _, at, _ in steps(log_file)} == {clock()}


async def test_a_clock_left_running_later_in_that_day_does_not_stand_still(
    start: Start, clock: Clock, log_file: Path
) -> None:
    clock.time += LATER
    async with start(today=TODAY).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await wait_for(pilot, lambda: bool(steps(log_file)), "the beginning in the log")
    clock.pass_by(-3600)
    async with start(today=TODAY).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        clock.pass_by(50)
        meeting = screen.conductor.meeting
        assert meeting is not None
        assert meeting.whole(screen.setup.now()) == dt.timedelta(seconds=50)
