"""The desk check from the keyboard."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from cockpit.department import open_department
from cockpit.render.cells import width
from cockpit.tui.screens.desk import DeskScreen
from cockpit.tui.screens.form import Form
from cockpit.tui.screens.leaving import Leaving
from cockpit.tui.screens.standup import StandupScreen
from cockpit.tui.sections.desk import DeskSection, _sums
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.trace import Trace
from events.vocabulary import CorrectionAgreed, StandupClosed, StandupStarted
from projections.question import Dials
from tests.projections.payment_days import invoice
from tests.tui.conftest import Start
from tests.tui.waiting import screen_text, wait_for
from tests.tui.world import TODAY, at

WIDE = (120, 40)
NARROW = (80, 24)


def desk(pilot: Pilot[None]) -> DeskScreen:
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, DeskScreen))


async def opened(pilot: Pilot[None]) -> DeskScreen:
    """The desk check once its lines and the payments beside them are there."""
    await wait_for(
        pilot,
        lambda: bool(desk(pilot).stage.board.sheet.lines and desk(pilot).beside.sheet.title),
        "the lines of the desk check",
    )
    return desk(pilot)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_it_opens_on_what_sags_with_the_payments_of_today_beside(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(room="desk").run_test(size=size) as pilot:
        screen = await opened(pilot)
        assert 1 <= len(screen.stage.board.sheet.lines) <= 7
        text = screen_text(pilot)
        assert "Desk check" in text
        assert "Payments today" in text


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_yesterdays_corrections_stand_beside_what_sags(
    start: Start, log_file: Path, size: tuple[int, int]
) -> None:
    agreed = CorrectionAgreed(correction="a", seller="petrova", metric="call_made", before="12",
                              target="19", until=TODAY, action="Calls before noon")  # fmt: skip
    when = at(TODAY - dt.timedelta(days=3), 9)
    with SqliteLog.open(log_file) as log:
        log.append([
            Draft(body=body, occurred_at=when, actor="head")
            for body in (StandupStarted(standup="x"), agreed, StandupClosed(standup="x", seconds=9))
        ])  # fmt: skip
    async with start(room="desk").run_test(size=size) as pilot:
        await opened(pilot)
        text = screen_text(pilot)
        assert "Yesterday's corrections" in text
        assert "calls 12 → 19" in text
        assert "Payments today" in text


async def test_the_sums_of_today_stand_whole_where_there_is_little_room(
    start: Start, log_file: Path
) -> None:
    huge, long_ago = 12_345_678_00, TODAY - dt.timedelta(days=20)
    bills = [
        invoice(day.isoformat(), huge, long_ago, (day, huge), client="rose", seller="petrova")[1]
        for day in (TODAY, TODAY - dt.timedelta(days=5))
    ]
    agreed = CorrectionAgreed(correction="a", seller="petrova", metric="call_made", before="12",
                              target="19", until=TODAY, action="Calls before noon")  # fmt: skip
    with SqliteLog.open(log_file) as log:
        log.append([
            Draft(body=body, occurred_at=at(TODAY - dt.timedelta(days=9), 9), actor="head")
            for body in (*bills, StandupStarted(standup="x"), agreed)
        ])  # fmt: skip
    async with start(room="desk").run_test(size=NARROW) as pilot:
        await opened(pilot)
        text = screen_text(pilot)
        assert "Payments today" in text
        for what in ("expected today 12,345,678", "overdue 12,345,678", "needed today 197,727"):
            assert what in text


async def test_enter_opens_the_board_behind_a_line_with_the_cursor_on_its_seller(
    start: Start,
) -> None:
    async with start(room="desk").run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        line = screen.stage.board.sheet.lines[-1].key
        seller = line.partition("|")[0]
        await pilot.press("end", "enter")
        await wait_for(
            pilot,
            lambda: screen.stage.board.cursor == f"seller:{seller}",
            "the cursor on the seller of the line",
        )
        assert not screen.beside.display
        await pilot.press("escape")
        await wait_for(pilot, lambda: screen.beside.display, "the desk check again")
        assert screen.stage.board.cursor == line


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_payment_of_today_opens_into_the_papers_of_its_invoice(
    start: Start, log_file: Path, size: tuple[int, int]
) -> None:
    huge, day = 12_345_678_00, TODAY - dt.timedelta(days=20)
    bill = invoice("F-1", huge, day, (TODAY, huge), client="rose", seller="petrova")[1]
    with SqliteLog.open(log_file) as log:
        (issued,) = log.append([Draft(body=bill, occurred_at=at(day, 9), actor="head")])
    async with start(room="desk").run_test(size=size) as pilot:
        screen = await opened(pilot)
        line = screen.stage.board.cursor
        await pilot.press("tab")
        assert screen.beside.cursor == "F-1"
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(screen.figure_page.sheet.lines), "its events")
        assert [line.key for line in screen.figure_page.sheet.lines] == [issued.id]
        assert not screen.beside.display
        await pilot.press("escape")
        await wait_for(pilot, lambda: screen.beside.display, "the desk check again")
        assert screen.stage.has_focus
        assert screen.stage.board.cursor == line


async def test_a_correction_from_a_line_is_about_what_the_line_says_sags(start: Start) -> None:
    async with start(room="desk").run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        section = screen.stage.board
        assert isinstance(section, DeskSection)
        for key, factor in section.factors.items():
            seller, metric = section.subject(key) or ("", None)
            assert metric is not None
            assert key.startswith(f"{seller}|")
            assert (">" in metric) == (factor == "conversion")
        assert "call_made" in {(section.subject(key) or ("", ""))[1] for key in section.factors}
        await pilot.press("t")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the form")
        form = pilot.app.screen
        assert isinstance(form, Form)
        await wait_for(pilot, lambda: bool(form.values), "what is proposed")
        assert section.cursor is not None
        assert section.subject(section.cursor) == ("ivanov", form.values["metric"])


async def test_s_starts_the_stand_up_and_the_way_out_of_it_leaves(
    start: Start, log_file: Path
) -> None:
    app = start(room="desk")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("s")
        await wait_for(pilot, lambda: isinstance(app.screen, StandupScreen), "the stand-up")
        screen = app.screen
        assert isinstance(screen, StandupScreen)
        await wait_for(pilot, lambda: screen.conductor.on, "the meeting")
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, Leaving), "who lags")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: not app.is_running, "the end")
    with SqliteLog.open(log_file, writable=False) as log:
        kinds = [
            event.kind for event in log.find(Trace(kinds=("standup_started", "standup_closed")))
        ]
    assert kinds == ["standup_started", "standup_closed"]


@pytest.mark.parametrize("taken", [0, 17, 60])
def test_the_sums_of_the_day_are_said_to_the_last_one(taken: int) -> None:
    sums = [("ждём сегодня", "1 000 500"), ("просрочено", "1 357 500"), ("нужно", "1 619 800")]
    lines = ["".join(text for text, _ in line).rstrip() for line in _sums(sums, 78, taken)]
    assert width(lines[0]) <= max(78 - taken, width("ждём сегодня 1 000 500"))
    assert all(width(line) <= 78 for line in lines)
    assert [word for line in lines for word in line.split("   ")] == [
        f"{name} {amount}" for name, amount in sums
    ]


async def test_the_stand_up_begins_where_the_dials_of_the_desk_stand(
    start: Start, log_file: Path
) -> None:
    """A desk opened on the past and turned to "now" starts a stand-up of now."""
    past = Dials(as_of=dt.date(2024, 4, 12))
    app = start(room="desk", past=past)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "THE PAST" in screen_text(pilot)
        await pilot.press("0", "s")
        await wait_for(pilot, lambda: isinstance(app.screen, StandupScreen), "the stand-up")
        screen = app.screen
        assert isinstance(screen, StandupScreen)
        await wait_for(pilot, lambda: screen.conductor.on, "the meeting")
        assert not screen.view.past


async def test_leaving_the_desk_writes_nothing(start: Start, log_file: Path) -> None:
    with SqliteLog.open(log_file, writable=False) as log:
        before = log.head()
    app = start(room="desk")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("q")
        await wait_for(pilot, lambda: not app.is_running, "the end")
    with SqliteLog.open(log_file, writable=False) as log:
        assert log.head() == before


async def agree(pilot: Pilot[None]) -> None:
    """Agree what is proposed for the first line."""
    await opened(pilot)
    await pilot.press("t")
    await wait_for(
        pilot, lambda: isinstance(form := pilot.app.screen, Form) and bool(form.values), "fields"
    )
    await pilot.press("f10")
    await wait_for(pilot, lambda: "The disk refused" in screen_text(pilot), "the refusal")


async def test_a_disk_that_refuses_is_told_and_nobody_leaves_without_knowing(
    start: Start, log_file: Path
) -> None:
    app = start(room="desk", writable=False)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await agree(pilot)
        await pilot.press("q")
        assert app.is_running
        await pilot.press("q")
        await wait_for(pilot, lambda: not app.is_running, "the way out")
    assert app.return_code == 3
    assert corrections(log_file) == 0


async def test_what_the_disk_refused_at_the_desk_goes_along_into_the_stand_up(
    start: Start, log_file: Path
) -> None:
    app = start(room="desk", writable=False)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await agree(pilot)
        desk(pilot).setup = replace(desk(pilot).setup, opener=partial(open_department, log_file))
        await pilot.press("s")
        await wait_for(pilot, lambda: corrections(log_file) == 1, "the correction in the log")


def corrections(path: Path) -> int:
    """How many were agreed."""
    with SqliteLog.open(path, writable=False) as log:
        return len(list(log.find(Trace(kinds=("correction_agreed",)))))
