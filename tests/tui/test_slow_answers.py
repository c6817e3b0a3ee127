"""Keys pressed while the desk is slow to answer do what they meant when they were pressed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from cockpit.tui.agenda import Item
from cockpit.tui.listing import PAGE
from cockpit.tui.messages import Answered
from cockpit.tui.pages.catching import DAY
from cockpit.tui.pages.figure import FigurePage
from cockpit.tui.screens.form import Form
from cockpit.tui.screens.leaving import Leaving
from cockpit.tui.screens.replay import ReplayScreen
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.trace import Trace
from events.vocabulary import CorrectionAgreed, MonthClosed
from tests.tui.conftest import AGENDA, Start
from tests.tui.waiting import (
    board,
    close,
    held,
    opened,
    row,
    screen_text,
    settled,
    standup,
    wait_for,
)
from tests.tui.work_world import work
from tests.tui.world import TODAY, at, call

WIDE = (120, 40)
CASES = (AGENDA[0], Item(id="case", seconds=60, section="case"), AGENDA[-1])


def keys(pilot: Pilot[None]) -> list[str]:
    """The rows of the board that is seen."""
    return [line.key for line in board(pilot).sheet.lines]


async def form(pilot: Pilot[None]) -> Form:
    """The form, once its fields are there."""
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "a form")
    found = pilot.app.screen
    assert isinstance(found, Form)
    await wait_for(pilot, lambda: bool(found.values), "its fields")
    return found


async def proposed(pilot: Pilot[None], seller: str) -> dict[str, str]:
    """What is proposed for a seller."""
    board(pilot).point(f"seller:{seller}")
    await pilot.press("t")
    values = (await form(pilot)).values
    await pilot.press("escape")
    return values


async def test_a_late_proposal_fills_no_form_about_somebody_else(
    start: Start, log_file: Path
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        theirs = await proposed(pilot, "ivanov")
        hers = await proposed(pilot, "petrova")
        assert theirs["before"] != hers["before"]
        async with held(pilot) as hold:
            board(pilot).point("seller:ivanov")
            await pilot.press("t", "escape")
            board(pilot).point("seller:petrova")
            await pilot.press("t")
            hold.let_go()
            assert (await form(pilot)).values == hers
            await settled(pilot)
            await pilot.press("enter")
        await settled(pilot)
    with SqliteLog.open(log_file, writable=False) as log:
        (agreed,) = [event.body for event in log.find(Trace(kinds=("correction_agreed",)))]
    assert isinstance(agreed, CorrectionAgreed)
    assert (agreed.seller, agreed.before) == ("petrova", hers["before"])


async def test_a_board_that_is_seen_waits_for_none_that_was_only_asked_ahead(start: Start) -> None:
    async with start().run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        answers: list[str] = []
        hear = screen.answered

        def answered(message: Answered) -> None:
            answers.append(message.tag)
            hear(message)

        async with held(pilot) as hold:
            with patch.object(screen, "answered", answered):
                await pilot.press("e", "3")
                hold.let_go()
                await settled(pilot)
        assert answers.index("conversions") < answers.index("activity")
        assert answers.index("conversions+bridge") < answers.index("activity")


async def test_enter_in_a_form_that_is_still_to_come_neither_accepts_nor_leaves_it(
    start: Start,
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        async with held(pilot) as hold:
            await pilot.press("t", "enter", "enter")
            assert isinstance(pilot.app.screen, Form)
            hold.let_go()
            found = await form(pilot)
            assert found.focused is found.query_one("#form-ok", Button)


async def test_whoever_went_to_the_way_back_of_a_form_stays_there_when_it_comes(
    start: Start,
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        async with held(pilot) as hold:
            await pilot.press("t", "tab")
            hold.let_go()
            found = await form(pilot)
            await settled(pilot)
            assert found.focused is found.query_one("#form-no", Button)


async def test_a_form_comes_once_and_about_the_row_it_was_asked_for_on(start: Start) -> None:
    async with start(agenda=CASES).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("2", "f")
        await form(pilot)
        await pilot.press(*"hard", "enter", "right", "f10")
        await wait_for(pilot, lambda: "seller:ivanov" in keys(pilot), "the case")
        await pilot.press("f")
        await form(pilot)
        await pilot.press(*"easy", "enter", "right", "f10")
        await wait_for(pilot, lambda: len(keys(pilot)) == 4, "the other case")
        first, second = [key for key in keys(pilot) if key.startswith("seller:")]
        async with held(pilot) as hold:
            board(pilot).point(first)
            await pilot.press("f", "f", "down")
            assert board(pilot).cursor == second
            hold.let_go()
            found = await form(pilot)
            await settled(pilot)
            assert f"seller:{found.values['seller']}" == first
            await pilot.press("escape")
            await settled(pilot)
            assert pilot.app.screen is standup(pilot)


async def test_a_form_that_comes_late_does_not_lie_over_another_one(start: Start) -> None:
    async with start(agenda=CASES).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await pilot.press("2")
        async with held(pilot) as hold:
            await pilot.press("f", "f1")
            over = pilot.app.screen
            assert over is not screen
            hold.let_go()
            await settled(pilot)
            assert pilot.app.screen is over


@pytest.mark.parametrize("goes_on", [False, True])
async def test_enter_on_a_figure_of_a_seller_waits_for_its_formula_where_it_was_pressed(
    start: Start, goes_on: bool
) -> None:
    fact = "plan-fact/seller:petrova/fact"
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        board(pilot).point("seller:ivanov")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(keys(pilot)), "his page")
        await settled(pilot)
        await pilot.press("escape")
        board(pilot).point("seller:petrova")
        async with held(pilot) as hold:
            await pilot.press("enter")
            assert fact in keys(pilot)
            board(pilot).point(fact)
            await pilot.press("enter", *["down"] * goes_on)
            hold.let_go()
            await settled(pilot)
        assert isinstance(board(pilot), FigurePage) is not goes_on
        if not goes_on:
            assert "12 events" in screen_text(pilot)


async def test_every_step_of_a_trial_counts(start: Start) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        board(pilot).point("seller:ivanov")
        await pilot.press("enter")
        await wait_for(pilot, lambda: DAY in keys(pilot), "the target day")
        async with held(pilot) as hold:
            board(pilot).point(DAY)
            await pilot.press("plus", "plus", "plus", "minus")
            hold.let_go()
            await wait_for(pilot, lambda: row(pilot, DAY)[1] == "Tue 04-23", "two days on")
            await settled(pilot)
        assert row(pilot, DAY)[1] == "Tue 04-23"


async def test_a_page_of_events_stays_while_the_log_goes_on(start: Start, log_file: Path) -> None:
    calls = [call("sidorov", at(TODAY, 8) + dt.timedelta(seconds=k)) for k in range(PAGE + 40)]
    with SqliteLog.open(log_file) as log:
        log.append(calls)
    async with start(today=TODAY).run_test(size=(100, 40)) as pilot:
        await opened(pilot)
        board(pilot).point("seller:sidorov")
        await pilot.press("enter")
        await wait_for(pilot, lambda: any("call_made" in key for key in keys(pilot)), "the calls")
        board(pilot).point(next(key for key in keys(pilot) if "call_made" in key))
        await pilot.press("enter")
        await wait_for(pilot, lambda: "1–500 shown" in screen_text(pilot), "the first page")
        await pilot.press("end", "down")
        await wait_for(pilot, lambda: "501–" in screen_text(pilot), "the second page")
        await pilot.press("down")
        seen, kept = keys(pilot), board(pilot).cursor
        with SqliteLog.open(log_file) as log:
            log.append([call("sidorov", at(TODAY, 9))])
        await wait_for(pilot, lambda: len(keys(pilot)) == len(seen) + 1, "the new call")
        await settled(pilot)
        assert "501–" in screen_text(pilot)
        assert board(pilot).cursor == kept


async def test_what_was_listed_for_one_alone_does_not_flash_up_before_others(
    start: Start, log_file: Path
) -> None:
    with SqliteLog.open(log_file, writable=False) as log:
        names = set(log.names("client").values())
    async with start().run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        board(pilot).point("seller:ivanov")
        await pilot.press("enter")
        fact = "plan-fact/seller:ivanov/fact"
        await wait_for(pilot, lambda: fact in keys(pilot), "the page")
        board(pilot).point(fact)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "14 events" in screen_text(pilot), "the events")
        assert any(name in screen_text(pilot) for name in names)
        async with held(pilot):
            await pilot.press("f2")
            behind = screen.seller_page.behind(fact)
            assert behind is not None
            screen.open_figure(fact, "", behind)
            await pilot.pause()
            assert isinstance(board(pilot), FigurePage)
            assert not [name for name in names if name in screen_text(pilot)]


async def test_a_day_that_is_left_before_its_events_came_is_left(start: Start) -> None:
    app = start(room="replay", begin=dt.date(2024, 4, 11))
    async with app.run_test(size=WIDE) as pilot:
        room = app.screen
        assert isinstance(room, ReplayScreen)
        await wait_for(pilot, lambda: room.told is not None, "the ledger")
        await settled(pilot)
        async with held(pilot) as hold:
            await pilot.press("right_square_bracket")
            assert room.day == dt.date(2024, 4, 12)
            await pilot.press("left", "left")
            hold.let_go()
            await settled(pilot)
        assert (room.day, room.place) == (dt.date(2024, 4, 10), None)
        assert room.view.as_of == dt.date(2024, 4, 10)


@pytest.mark.parametrize("goes_on", [False, True])
async def test_who_goes_on_before_it_is_known_when_the_month_was_closed_stays_there(
    start: Start, log_file: Path, goes_on: bool
) -> None:
    with SqliteLog.open(log_file) as log:
        head = log.head()
        closed = MonthClosed(month="2024-04", position=head.seq, link=head.link)
        log.append([Draft(body=closed, occurred_at=at(TODAY, 8), actor="head")])
    app = start(room="replay", begin=dt.date(2024, 4, 10))
    async with app.run_test(size=WIDE) as pilot:
        room = app.screen
        assert isinstance(room, ReplayScreen)
        await wait_for(pilot, lambda: room.told is not None, "the ledger")
        await settled(pilot)
        async with held(pilot) as hold:
            await pilot.press("c", *["left"] * goes_on)
            hold.let_go()
            await settled(pilot)
        assert room.view.position == (None if goes_on else head.seq)
        assert room.day == (dt.date(2024, 4, 9) if goes_on else TODAY)


async def test_growing_norms_that_are_still_to_come_are_neither_decided_on_nor_turned_away(
    start: Start, log_file: Path
) -> None:
    async with start(work(log_file)).run_test(size=WIDE, notifications=True) as pilot:
        screen = await opened(pilot)
        await pilot.press("2")
        async with held(pilot) as hold:
            await pilot.press("h", "h")
            assert "One moment" in screen_text(pilot)
            assert screen.view.work == "ramp"
            hold.let_go()
            await wait_for(pilot, lambda: "Growing norms" in board(pilot).sheet.title, "what grows")
            await settled(pilot)
        assert not screen.unwritten
    with SqliteLog.open(log_file, writable=False) as log:
        assert not list(log.find(Trace(kinds=("ramp_held",))))


async def test_the_way_out_waits_for_who_lags_and_says_so(start: Start) -> None:
    async with start().run_test(size=WIDE, notifications=True) as pilot:
        screen = await opened(pilot)
        await settled(pilot)
        screen.lagging = None
        async with held(pilot) as hold:
            await pilot.press("q")
            await wait_for(pilot, lambda: "One moment" in screen_text(pilot), "the word")
            screen.asked()
            await pilot.press("f1")
            over = pilot.app.screen
            assert over is not screen
            hold.let_go()
            await settled(pilot)
            assert pilot.app.screen is over
            await pilot.press("escape")
            await settled(pilot)
            assert len(pilot.app.screen_stack) == 1
        await close(pilot)
        await wait_for(pilot, lambda: not pilot.app.is_running, "the end")


async def test_who_lags_is_asked_about_as_soon_as_it_is_known(start: Start) -> None:
    async with start().run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await settled(pilot)
        screen.lagging = None
        async with held(pilot) as hold:
            await pilot.press("q")
            screen.asked()
            hold.let_go()
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, Leaving), "the question")
