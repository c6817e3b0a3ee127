"""The stand-up from the keyboard, on a small department whose figures are known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.widgets import Input

from cockpit.department import open_department
from cockpit.tui.app import Cockpit
from cockpit.tui.jobs import Department
from cockpit.tui.pages.figure import FigurePage
from cockpit.tui.pages.figures import FiguresPage
from cockpit.tui.pages.seller import SellerPage
from cockpit.tui.screens.help import HelpScreen
from cockpit.tui.setup import Setup
from cockpit.tui.widgets.agenda import Agenda
from cockpit.tui.widgets.board import Board
from cockpit.tui.widgets.clock import Clock as ClockFace
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    ItemEnded,
    ItemStarted,
    SellerHired,
    StandupClosed,
    StandupPaused,
    StandupStarted,
)
from tests.tui.conftest import Start
from tests.tui.waiting import (
    Clock,
    board,
    close,
    figure,
    leave,
    opened,
    row,
    screen_text,
    settled,
    standup,
    wait_for,
)
from tests.tui.world import NAMES, TODAY, at, call, found, meeting_steps, payment

WIDE = (120, 40)
NARROW = (80, 24)


@contextmanager
def second_terminal(path: Path) -> Iterator[SqliteLog]:
    """Somebody else's hand on the same log."""
    with SqliteLog.open(path) as log:
        yield log


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_first_board_shows_the_worked_example(
    start: Start, size: tuple[int, int]
) -> None:
    async with start().run_test(size=size) as pilot:
        await opened(pilot)
        assert figure(pilot, "seller:ivanov", "plan") == "3,000"
        assert figure(pilot, "seller:ivanov", "fact") == "1,050"
        assert figure(pilot, "seller:ivanov", "line") == "1,364"
        assert figure(pilot, "seller:ivanov", "deviation") == "▼\u00a0−314"
        assert figure(pilot, "seller:ivanov", "pace") == "×1.55"
        assert figure(pilot, "seller:ivanov", "required_per_day") == "162.5"
        assert figure(pilot, "seller:ivanov", "forecast_percent") == "77"
        assert figure(pilot, "seller:petrova", "deviation") == "▲\u00a0+169"
        assert figure(pilot, "seller:sidorov", "deviation") == "▼\u00a0−227"
        assert figure(pilot, "unassigned", "fact") == "45"
        assert figure(pilot, "department", "fact") == "3,075"
        assert figure(pilot, "department", "deviation") == "▼\u00a0−327"
        shown = screen_text(pilot)
        for text in (*NAMES.values(), "−314", "DEPARTMENT", "Agenda", "10 of 22 working days"):
            assert text in shown


async def test_opening_begins_the_stand_up_and_leaving_closes_it_in_the_log(
    start: Start, log_file: Path, clock: Clock
) -> None:
    async with start().run_test() as pilot:
        await opened(pilot)
        clock.pass_by(70)
        await pilot.press("right")
        clock.pass_by(5)
        await leave(pilot)
    steps = meeting_steps(log_file)
    started = steps[0]
    assert isinstance(started, StandupStarted)
    assert started.present == tuple(NAMES)
    name = started.standup
    assert steps[1:] == [
        ItemStarted(standup=name, item="plan_fact", seconds=300),
        ItemEnded(standup=name, item="plan_fact", seconds=70),
        ItemStarted(standup=name, item="activity", seconds=240),
        ItemEnded(standup=name, item="activity", seconds=5),
        StandupClosed(standup=name, seconds=75, uncorrected=("ivanov", "sidorov")),
    ]


async def test_arrows_and_digits_move_through_the_agenda(start: Start) -> None:
    async with start().run_test() as pilot:
        screen = await opened(pilot)
        seen = [screen.stage.trail[0]]
        for key in ("right", "right", "right", "right", "left", "1", "9"):
            await pilot.press(key)
            seen.append(screen.stage.trail[0])
        assert seen == ["plan_fact", "activity", "conversions", "close", "close",
                        "conversions", "plan_fact", "plan_fact"]  # fmt: skip


async def test_the_boards_of_activities_and_conversions_show_the_real_figures(
    start: Start,
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("2")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "the activities")
        assert figure(pilot, "seller:ivanov", "call_made") == "6/8h −2 ▼!"
        assert figure(pilot, "seller:petrova", "call_made") == "10/8h +2 ▲ "
        assert "2024-04-12" in board(pilot).sheet.title
        await pilot.press("3")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "the conversions")
        assert figure(pilot, "department", "lead_received>payment_received").startswith("71% of 48")
        assert figure(pilot, "seller:sidorov", "meeting_held>proposal_sent").startswith("*83% of 6")


async def test_the_cursor_stays_with_its_seller_from_board_to_board_of_figures(
    start: Start,
) -> None:
    async with start().run_test() as pilot:
        await opened(pilot)
        await pilot.press("end", "up", "up")
        first = board(pilot).cursor
        await pilot.press("home", "down")
        assert board(pilot).cursor != first
        assert str(board(pilot).cursor).startswith("seller:")


async def test_space_stops_the_clock_and_lets_it_run_on(
    start: Start, clock: Clock, log_file: Path
) -> None:
    async with start().run_test() as pilot:
        screen = await opened(pilot)
        clock.pass_by(65)
        await pilot.press("space")
        await wait_for(pilot, lambda: "paused" in screen_text(pilot), "the pause")
        clock.pass_by(300)
        await pilot.press("space")
        clock.pass_by(1)
        screen.tick()
        await wait_for(pilot, lambda: "1:06   −3:54" in screen_text(pilot), "the clock")
        await leave(pilot)
    assert any(isinstance(step, StandupPaused) for step in meeting_steps(log_file))


async def test_the_clock_warns_in_words_before_and_after_the_box_is_used_up(
    start: Start, clock: Clock
) -> None:
    async with start().run_test() as pilot:
        screen = await opened(pilot)
        assert "▶ running" in screen_text(pilot)
        clock.pass_by(241)
        screen.tick()
        await wait_for(pilot, lambda: "! nearly up" in screen_text(pilot), "80 %")
        clock.pass_by(93)
        screen.tick()
        await wait_for(pilot, lambda: "▲ over time" in screen_text(pilot), "100 %")
        assert "5:34   +0:34" in screen_text(pilot)
        await pilot.press("right")
        await wait_for(pilot, lambda: "▲1 Plan–fact   5:34" in screen_text(pilot), "the overrun")


async def test_what_another_terminal_logs_comes_onto_the_screen_by_itself(
    start: Start, log_file: Path
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("down")
        kept = board(pilot).cursor
        with second_terminal(log_file) as log:
            log.append([payment("petrova", 500_000, at(TODAY, 9))])
        await wait_for(
            pilot, lambda: figure(pilot, "seller:petrova", "fact") == "1,760", "the payment"
        )
        assert figure(pilot, "department", "fact") == "3,575"
        assert board(pilot).cursor == kept


async def test_only_lines_that_changed_are_drawn_again(
    start: Start, log_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        await settled(pilot)
        seen = board(pilot)
        before = [strip.text for strip in map(seen.render_line, range(seen.size.height))]
        drawn: set[int] = set()
        original = seen.refresh

        def spy(*regions: Region, repaint: bool = True, layout: bool = False) -> Board:
            drawn.update(region.y for region in regions)
            assert regions or layout, "the whole board was drawn again"
            return original(*regions, repaint=repaint, layout=layout)

        with monkeypatch.context() as patched:
            patched.setattr(seen, "refresh", spy)
            with second_terminal(log_file) as log:
                log.append([payment("petrova", 500_000, at(TODAY, 9))])
            await wait_for(
                pilot, lambda: figure(pilot, "seller:petrova", "fact") == "1,760", "the payment"
            )
        after = [strip.text for strip in map(seen.render_line, range(seen.size.height))]
        pairs = enumerate(zip(before, after, strict=True))
        changed = {y for y, (old, new) in pairs if old != new}
        assert drawn == changed
        assert 1 <= len(changed) <= 4


async def test_the_next_item_is_drawn_at_once_with_the_bar_beside_it(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start().run_test(size=(80, 10)) as pilot:
        await opened(pilot)
        for number in ("3", "2"):
            await pilot.press(number)
            await settled(pilot)
        seen = board(pilot)
        assert seen.show_vertical_scrollbar
        await pilot.press("3")
        await settled(pilot)
        again: list[object] = []
        with monkeypatch.context() as patched:
            patched.setattr(seen.vertical_scrollbar, "refresh", lambda: again.append(seen))
            await pilot.press("2")
            await settled(pilot)
            assert board(pilot) is seen
            assert seen.show_vertical_scrollbar
        assert again == []


async def test_the_measure_and_the_mode_of_the_day_are_a_key_away(start: Start) -> None:
    async with start().run_test() as pilot:
        await opened(pilot)
        assert figure(pilot, "seller:ivanov", "plan") == "3,000"
        await pilot.press("m")
        await wait_for(
            pilot, lambda: figure(pilot, "seller:ivanov", "plan") == "—", "the margin, without plan"
        )
        await pilot.press("r")
        await wait_for(
            pilot, lambda: figure(pilot, "seller:ivanov", "plan") == "3,000", "the revenue"
        )
        await pilot.press("e")
        await wait_for(
            pilot, lambda: figure(pilot, "seller:ivanov", "line") == "1,500", "the evening's line"
        )
        assert "evening" in screen_text(pilot)


async def test_enter_opens_the_seller_and_then_the_events_behind_a_figure(start: Start) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        while board(pilot).cursor != "seller:ivanov":
            await pilot.press("down")
        await pilot.press("enter")
        key = "plan-fact/seller:ivanov/line"
        await wait_for(
            pilot, lambda: any(line.key == key for line in board(pilot).sheet.lines), "the page"
        )
        assert isinstance(board(pilot), SellerPage)
        assert row(pilot, key)[1] == "1,363,636"
        await wait_for(pilot, lambda: "T×w÷W = 3,000,000 × 10 ÷ 22" in row(pilot, key), "formula")
        await pilot.press("down")
        await wait_for(pilot, lambda: "calls" in screen_text(pilot), "the activities")
        board(pilot).point("plan-fact/seller:ivanov/fact")
        await pilot.press("enter")
        assert isinstance(board(pilot), FigurePage)
        await wait_for(pilot, lambda: "14 events" in screen_text(pilot), "the payments")
        assert "75,000" in screen_text(pilot)
        await pilot.press("escape")
        assert isinstance(board(pilot), SellerPage)
        await pilot.press("escape", "escape")
        assert standup(pilot).stage.trail == ["plan_fact"]


async def test_an_open_figure_follows_the_log_too(start: Start, log_file: Path) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        board(pilot).point("seller:petrova")
        await pilot.press("enter")
        key = "plan-fact/seller:petrova/fact"
        await wait_for(pilot, lambda: any(x.key == key for x in board(pilot).sheet.lines), "page")
        board(pilot).point(key)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "12 events" in screen_text(pilot), "the payments")
        with second_terminal(log_file) as log:
            log.append([payment("petrova", 500_000, at(TODAY, 9))])
        await wait_for(pilot, lambda: "13 events" in screen_text(pilot), "the new payment")
        assert "1,760,000" in screen_text(pilot)


async def test_a_users_keymap_replaces_keys_and_is_checked(start: Start) -> None:
    app = start(keymap={"clock.pause": "x", "measure.margin": "e"})
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        await wait_for(pilot, lambda: "e already means mode.switch" in screen_text(pilot), "clash")
        assert "x Pause" in screen_text(pilot)
        await pilot.press("ч")
        await wait_for(pilot, lambda: "paused" in screen_text(pilot), "the pause")


async def test_on_a_sellers_page_the_arrows_walk_from_seller_to_seller(
    start: Start, log_file: Path
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        page = board(pilot)
        assert isinstance(page, SellerPage)
        met = [page.seller]
        for _ in NAMES:
            await pilot.press("right")
            met.append(page.seller)
        assert set(met) == set(NAMES)
        assert met[0] == met[-1]
        await pilot.press("escape")
        await leave(pilot)
    ended = [step for step in meeting_steps(log_file) if isinstance(step, ItemEnded)]
    assert [step.item for step in ended] == ["plan_fact"]


async def test_cyrillic_letters_do_what_their_keys_do(start: Start) -> None:
    async with start().run_test() as pilot:
        await opened(pilot)
        await pilot.press("у")
        await wait_for(pilot, lambda: standup(pilot).view.mode == "evening", "у for e")
        await pilot.press("ь")
        assert standup(pilot).view.measure == "margin"
        await pilot.press("comma")
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape")
        await leave(pilot, "й")


async def test_help_lists_every_key_of_the_screen_and_closes_with_its_own_key(
    start: Start,
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("question_mark")
        await wait_for(pilot, lambda: "1 … 9" in screen_text(pilot), "the help")
        shown = screen_text(pilot)
        for text in ("Space", "1 … 9", "Stop the clock, or let it run on"):
            assert text in shown
        await pilot.press("end", *["pagedown"] * 9)
        await wait_for(pilot, lambda: "How to read it" in screen_text(pilot), "its end")
        assert "not known; never a zero" in screen_text(pilot)
        await pilot.press("f1")
        assert pilot.app.screen is standup(pilot)


async def test_the_palette_finds_a_seller_by_name(start: Start) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("g")
        await wait_for(pilot, lambda: bool(pilot.app.screen.query(Input)), "the palette")
        await pilot.press(*"petr")
        await wait_for(pilot, lambda: "Seller: Anna Petrova" in screen_text(pilot), "Petrova")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(board(pilot), SellerPage), "her page")
        page = board(pilot)
        assert isinstance(page, SellerPage)
        assert page.seller == "petrova"


async def test_the_last_item_shows_what_the_others_took(start: Start, clock: Clock) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        clock.pass_by(310)
        await pilot.press("right")
        clock.pass_by(60)
        await pilot.press("4")
        assert row(pilot, "plan_fact") == ["Plan–fact", "5:00", "5:10", "▲ 0:10 over"]
        assert row(pilot, "activity") == ["Activities", "4:00", "1:00", "3:00 to spare"]
        assert row(pilot, "conversions") == ["Conversions", "4:00", "—", "—"]


async def test_a_stand_up_left_open_goes_on_where_it_was(
    start: Start, log_file: Path, clock: Clock
) -> None:
    async with start().run_test() as pilot:
        await opened(pilot)
        clock.pass_by(30)
        await pilot.press("right")
        clock.pass_by(12)
        standup(pilot).hang_up()
        pilot.app.exit()
    clock.pass_by(4000)
    async with start().run_test(notifications=True) as pilot:
        await opened(pilot)
        await wait_for(pilot, lambda: "0:12   −3:48" in screen_text(pilot), "the same second")
        assert standup(pilot).stage.trail[0] == "activity"
        await wait_for(
            pilot, lambda: "goes on: Activities, 0:12" in screen_text(pilot), "what goes on"
        )
    assert len([s for s in meeting_steps(log_file) if isinstance(s, StandupStarted)]) == 1


async def test_a_second_terminal_shows_the_same_stand_up(start: Start, clock: Clock) -> None:
    async with start().run_test() as first:
        await opened(first)
        clock.pass_by(20)
        await first.press("right")
        async with start().run_test() as second:
            await opened(second)
            await wait_for(second, lambda: standup(second).stage.trail[0] == "activity", "the item")
            await first.press("right")
            await wait_for(
                second, lambda: standup(second).stage.trail[0] == "conversions", "the next item"
            )


async def test_nobody_there_says_what_to_type(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    SqliteLog.create(path).close()
    async with start(path).run_test() as pilot:
        await wait_for(pilot, lambda: "cockpit init" in screen_text(pilot), "what to type")
        await leave(pilot)
    assert meeting_steps(path) == []


async def test_a_log_that_cannot_be_read_is_said_in_words(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"this is no log " * 400)
    async with start(path).run_test() as pilot:
        await wait_for(pilot, lambda: "cockpit verify" in screen_text(pilot), "the words")
        await leave(pilot)


async def test_a_disk_that_refuses_is_told_once_and_the_meeting_goes_on(
    start: Start, log_file: Path, clock: Clock
) -> None:
    app = start(writable=False)
    async with app.run_test(notifications=True) as pilot:
        await opened(pilot)
        await wait_for(pilot, lambda: "The disk refused" in screen_text(pilot), "the refusal")
        clock.pass_by(30)
        await pilot.press("right")
        assert standup(pilot).stage.trail[0] == "activity"
        standup(pilot).tick()
        await wait_for(pilot, lambda: "0:30  −14:30" in screen_text(pilot), "the clock")
        assert screen_text(pilot).count("The disk refused") == 1
        await close(pilot)
        await wait_for(pilot, lambda: standup(pilot).conductor.meeting is not None
                       and not standup(pilot).conductor.on, "the end")  # fmt: skip
        await close(pilot)
        await wait_for(pilot, lambda: not app.is_running, "the way out")
    assert app.return_code == 3
    assert meeting_steps(log_file) == []


async def test_a_click_does_what_the_keys_do(start: Start) -> None:
    async with start().run_test() as pilot:
        await opened(pilot)
        await pilot.click(Agenda, offset=(3, 3))
        assert standup(pilot).stage.trail[0] == "activity"
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "the activities")
        await pilot.click("#keys", offset=(1, 0))
        await wait_for(pilot, lambda: isinstance(board(pilot), FiguresPage), "Enter by a click")


async def test_a_call_logged_today_counts_in_the_evening(start: Start, log_file: Path) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("2", "e")
        with second_terminal(log_file) as log:
            log.append([call("ivanov", at(TODAY, 9))])
        await wait_for(
            pilot, lambda: "2024-04-15" in board(pilot).sheet.title
            and figure(pilot, "seller:ivanov", "call_made") == "1/8h −7 ▼!", "today's call",
        )  # fmt: skip


async def test_the_clock_face_never_changes_its_width(start: Start, clock: Clock) -> None:
    async with start().run_test() as pilot:
        screen = await opened(pilot)
        face = screen.query_one(ClockFace)
        before = face.size
        for seconds in (59, 600, 6000):
            clock.pass_by(seconds)
            screen.tick()
            await pilot.pause()
            assert face.size == before


async def test_leaving_keeps_the_read_model_and_the_log_whole(start: Start, log_file: Path) -> None:
    async with start().run_test() as pilot:
        await opened(pilot)
        await leave(pilot)
    with open_department(log_file) as department:
        assert department.desk.catch_up() == 0


async def test_a_breakdown_of_the_worker_is_told_in_words_and_can_be_left(clock: Clock) -> None:
    def breaks() -> AbstractContextManager[Department]:
        raise RuntimeError("the desk is gone")

    app = Cockpit(Setup(opener=breaks, now=clock, actor="head"))
    async with app.run_test(notifications=True) as pilot:
        await wait_for(pilot, lambda: "the desk is gone" in screen_text(pilot), "the words")
        await leave(pilot)


async def test_the_stand_up_begins_as_soon_as_somebody_is_hired(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "new.db"
    found(path)
    with SqliteLog.open(path) as log:
        async with start(path).run_test() as pilot:
            await wait_for(pilot, lambda: "cockpit seller add" in screen_text(pilot), "the hint")
            hired = SellerHired(seller="ivanov", name="Ivan Ivanov")
            log.append([Draft(body=hired, occurred_at=at(TODAY, 9), actor="head")])
            await wait_for(pilot, lambda: "Ivan Ivanov" in screen_text(pilot), "the seller")
            await wait_for(pilot, lambda: "running" in screen_text(pilot), "the clock")
            await leave(pilot)
    assert [type(step) for step in meeting_steps(path)] == [
        StandupStarted, ItemStarted, ItemEnded, StandupClosed,
    ]  # fmt: skip


async def test_a_board_with_room_shows_the_month_as_a_picture_below_its_figures(
    start: Start,
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        await wait_for(pilot, lambda: "█ fact   ─ line" in screen_text(pilot), "the picture")
        assert "04-15" in screen_text(pilot)
        assert "DEPARTMENT" in screen_text(pilot)
        await pilot.resize_terminal(*NARROW)
        await wait_for(pilot, lambda: "█ fact" not in screen_text(pilot), "figures alone")
        assert "DEPARTMENT" in screen_text(pilot)


@pytest.mark.parametrize("key", ["q", "й", "ctrl+q"])
async def test_the_way_out_is_at_the_top_only(start: Start, log_file: Path, key: str) -> None:
    async with start().run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        assert "q End" in screen_text(pilot)
        await pilot.press("enter")
        await wait_for(pilot, lambda: len(screen.stage.trail) == 2, "a seller's page")
        assert "q End" not in screen_text(pilot)
        await pilot.press(key)
        assert len(screen.stage.trail) == 1
        assert pilot.app.screen is screen
        assert "q End" in screen_text(pilot)
    assert not any(isinstance(step, StandupClosed) for step in meeting_steps(log_file))


async def test_a_choice_that_changes_nothing_here_says_where_it_does(start: Start) -> None:
    async with start().run_test(size=NARROW, notifications=True) as pilot:
        screen = await opened(pilot)
        await pilot.press("v")
        said = "That is seen on another board: Conversions"
        await wait_for(pilot, lambda: said in screen_text(pilot), said)
        await pilot.press("3")
        await wait_for(pilot, lambda: screen.stage.trail == ["conversions"], "the other board")
        await pilot.press("v", "r")
        assert screen_text(pilot).count("another board") == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_told_in_passing_covers_no_figure(
    start: Start, size: tuple[int, int]
) -> None:
    app = start()
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await opened(pilot)
        app.notify("What is agreed here counts from Mon 2026-11-16 on", markup=False)
        await wait_for(pilot, lambda: "counts from" in screen_text(pilot), "the words")
        (told,) = screen.query("Toast")
        assert told.region.y >= screen.keyline.region.y
        assert told.region.bottom <= size[1]
