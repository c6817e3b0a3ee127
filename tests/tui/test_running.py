"""A whole stand-up from the keyboard: turns, what collapses, the rule of closing, taking back."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot

from cockpit.config import Turns
from cockpit.demo.spec import Spec
from cockpit.demo.writing import build as build_demo
from cockpit.department import open_department
from cockpit.tui.agenda import DEFAULT, Item
from cockpit.tui.app import Cockpit
from cockpit.tui.screens.form import Form
from cockpit.tui.screens.leaving import Leaving
from cockpit.tui.setup import Setup
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    CaseDiscussed,
    CorrectionAgreed,
    EventVoided,
    ItemEnded,
    StandupClosed,
    StandupStarted,
)
from events.vocabulary.fact import Fact
from projections.period import day_of
from projections.question import Dials, Question
from projections.reports.minutes import Minutes
from tests.tui.conftest import Start
from tests.tui.waiting import Clock, board, leave, opened, screen_text, standup, wait_for
from tests.tui.world import TODAY, at, payment

WIDE = (120, 40)
SELLER_BY_SELLER = (
    Item(id="plan_fact", seconds=300, section="plan_fact"),
    Item(id="corrections", seconds=390, section="activity", turns=True),
    Item(id="close", seconds=30, section="close"),
)
WITH_PAYMENTS = (
    Item(id="plan_fact", seconds=300, section="plan_fact"),
    Item(id="payments", seconds=60, section="payments"),
    Item(id="close", seconds=30, section="close"),
)
CASES = (
    Item(id="plan_fact", seconds=300, section="plan_fact"),
    Item(id="case", seconds=60, section="case"),
    Item(id="close", seconds=30, section="close"),
)
KEYS = frozenset({"left", "right", "up", "down", "enter", "space", "t", *"123456789"})
"""All that a meeting needs."""


def logged(path: Path, kind: type[Fact]) -> list[Fact]:
    """Every event of a kind, personal text in plain."""
    with SqliteLog.open(path, writable=False) as log:
        events = log.reveal([event for event in log.read() if isinstance(event.body, kind)])
        return [event.body for event in events if isinstance(event.body, kind)]


def correction(seller: str) -> Draft:
    """A correction as another terminal agrees it."""
    body = CorrectionAgreed(
        correction=f"{seller}-1", seller=seller, metric="call_made", before="5", target="8",
        until=TODAY, action="call first thing",
    )  # fmt: skip
    return Draft(body=body, occurred_at=at(TODAY, 9), actor="head")


async def lagging_known(pilot: Pilot[None]) -> None:
    """Wait until it is known who lags."""
    await wait_for(pilot, lambda: standup(pilot).lagging is not None, "who lags")


async def test_who_lags_has_a_turn_with_a_clock_of_its_own(
    start: Start, clock: Clock, log_file: Path
) -> None:
    async with start(agenda=SELLER_BY_SELLER).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await lagging_known(pilot)
        await pilot.press("2")
        clock.pass_by(12)
        await pilot.press("right")
        assert screen.conductor.meeting is not None
        assert screen.conductor.meeting.seller == "ivanov"
        await wait_for(pilot, lambda: board(pilot).cursor == "seller:ivanov", "the cursor on him")
        clock.pass_by(50)
        screen.tick()
        await wait_for(pilot, lambda: "0:50   −0:10" in screen_text(pilot), "the turn's clock")
        assert "! nearly up" in screen_text(pilot)
        clock.pass_by(15)
        screen.tick()
        await wait_for(pilot, lambda: "▲ over time" in screen_text(pilot), "the overrun")
        await pilot.press("right")
        shown = screen_text(pilot)
        for text in ("▸ head", "▲ Иванов Илья", "1:05", "  Sergey Sidorov"):
            assert text in shown
        await pilot.press("right", "right", "right")
        assert screen.stage.trail[0] == "close"
    bodies = [body for body in logged(log_file, ItemEnded) if isinstance(body, ItemEnded)]
    assert [(body.item, body.seller, body.seconds) for body in bodies] == [
        ("plan_fact", None, 0), ("corrections", None, 12), ("corrections", "ivanov", 65),
        ("corrections", None, 0), ("corrections", "sidorov", 0), ("corrections", None, 0),
    ]  # fmt: skip


async def test_a_click_on_a_seller_gives_the_floor(start: Start) -> None:
    async with start(agenda=SELLER_BY_SELLER).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await lagging_known(pilot)
        await pilot.press("2")
        await wait_for(pilot, lambda: "  Sergey Sidorov" in screen_text(pilot), "the turns")
        await pilot.click("#agenda", offset=(4, 2 + len(SELLER_BY_SELLER) + 1 + 2))
        meeting = screen.conductor.meeting
        assert meeting is not None
        assert meeting.seller == "sidorov"


async def test_o_lets_another_seller_begin_every_day(start: Start) -> None:
    async with start(agenda=SELLER_BY_SELLER).run_test(size=WIDE, notifications=True) as pilot:
        screen = await opened(pilot)
        await lagging_known(pilot)
        await wait_for(
            pilot, lambda: screen.conductor.order == ("ivanov", "sidorov"), "by deviation"
        )
        await pilot.press("o")
        assert screen.conductor.order == ("ivanov", "sidorov")
        await wait_for(pilot, lambda: "another one is first every day" in screen_text(pilot), "o")
    log = screen.lagging
    assert log is not None
    assert log.held == 0


async def test_the_order_rotates_with_the_stand_ups_that_were_held(
    start: Start, log_file: Path
) -> None:
    with SqliteLog.open(log_file) as log:
        earlier = at(dt.date(2024, 4, 12), 9)
        log.append([Draft(body=StandupStarted(standup="x"), occurred_at=earlier, actor="head")])
    app = start(agenda=SELLER_BY_SELLER, turns=Turns(order="rotating"))
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await wait_for(pilot, lambda: screen.conductor.order == ("sidorov", "ivanov"), "rotated")


async def test_nothing_to_say_gives_its_seconds_back_and_says_so(start: Start) -> None:
    async with start(agenda=WITH_PAYMENTS).run_test(size=WIDE, notifications=True) as pilot:
        screen = await opened(pilot)
        await wait_for(pilot, lambda: screen.conductor.collapsed == {"payments"}, "nothing to pay")
        await wait_for(pilot, lambda: "−1:00" in screen_text(pilot), "the seconds given back")
        assert "5:30" in screen_text(pilot).splitlines()[1]
        await pilot.press("right")
        assert screen.stage.trail[0] == "close"
        await wait_for(pilot, lambda: "−60 s" in screen_text(pilot), "what was passed over")
        assert "Payments: " in screen_text(pilot)
        await pilot.press("2")
        assert screen.stage.trail[0] == "payments"
        assert not screen.conductor.collapsed


async def test_an_item_of_turns_collapses_when_nobody_lags(start: Start, log_file: Path) -> None:
    async with start(agenda=SELLER_BY_SELLER).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        with SqliteLog.open(log_file) as log:
            log.append([payment(each, 2_000_000, at(TODAY, 9)) for each in ("ivanov", "sidorov")])
        await wait_for(pilot, lambda: "corrections" in screen.conductor.collapsed, "nobody lags")
        await pilot.press("q")
        await wait_for(pilot, lambda: not pilot.app.is_running, "the end without a question")


async def test_the_key_that_asks_to_close_does_not_close_while_somebody_lags(
    start: Start, log_file: Path
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        await lagging_known(pilot)
        await pilot.press("4")
        board(pilot).point("end")
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Leaving)
        await wait_for(pilot, lambda: "2 sellers lag" in screen_text(pilot), "who lags")
        for text in ("Иванов Илья", "−313,636", "Sergey Sidorov"):
            assert text in screen_text(pilot)
        await pilot.press("enter")
        assert not pilot.app.screen.is_modal
        await pilot.press("q", "q", "q")
        assert isinstance(pilot.app.screen, Leaving)
        await pilot.press("escape")
        assert standup(pilot).conductor.on
        await pilot.press("q", "down", "enter")
        await wait_for(pilot, lambda: not pilot.app.is_running, "the end")
    (closed,) = logged(log_file, StandupClosed)
    assert isinstance(closed, StandupClosed)
    assert closed.uncorrected == ("ivanov", "sidorov")


async def test_with_a_correction_for_everyone_who_lags_nothing_is_asked(
    start: Start, log_file: Path
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        with SqliteLog.open(log_file) as log:
            log.append([correction("ivanov"), correction("sidorov")])
        await wait_for(
            pilot, lambda: screen.lagging is not None and not screen.lagging.uncorrected, "all"
        )
        await pilot.press("4")
        assert "have no correction" not in screen_text(pilot)
        await pilot.press("enter")
        await wait_for(pilot, lambda: not pilot.app.is_running, "the end")
    (closed,) = logged(log_file, StandupClosed)
    assert isinstance(closed, StandupClosed)
    assert closed.uncorrected == ()


async def test_the_last_board_leads_to_the_page_of_who_lags(start: Start) -> None:
    async with start().run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("4")
        await wait_for(
            pilot,
            lambda: "2 sellers lag and have no correction today" in screen_text(pilot),
            "who lags",
        )
        assert board(pilot).cursor == "seller:ivanov"
        await pilot.press("enter")
        assert standup(pilot).seller_page.seller == "ivanov"


async def test_a_case_is_noted_taken_back_and_brought_back(start: Start, log_file: Path) -> None:
    async with start(agenda=CASES).run_test(size=WIDE, notifications=True) as pilot:
        screen = await opened(pilot)
        await pilot.press("2", "f")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the form")
        await pilot.press("enter", "enter", "enter", "enter")
        await wait_for(pilot, lambda: "say in a sentence" in screen_text(pilot), "the refusal")
        await pilot.press(*"ninety days", "enter", "right", "enter", *"no such", "f10")
        await wait_for(pilot, lambda: "no such client" in screen_text(pilot), "the refusal")
        await pilot.press(*["backspace"] * 7, *"sidorov-client-3", "enter", *"d-7", "enter")
        await wait_for(pilot, lambda: "Written: " in screen_text(pilot), "the answer")
        await wait_for(pilot, lambda: "ninety days" in screen_text(pilot), "the case")
        await pilot.press("u")
        await wait_for(pilot, lambda: "Taken back: hard case" in screen_text(pilot), "taken back")
        await wait_for(pilot, lambda: not board(pilot).sheet.lines, "no case")
        await pilot.press("u")
        await wait_for(pilot, lambda: "nothing to take back" in screen_text(pilot), "no more")
        await pilot.press("U")
        await wait_for(pilot, lambda: "Brought back: hard case" in screen_text(pilot), "redone")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "the case again")
    (case,) = logged(log_file, CaseDiscussed)
    assert isinstance(case, CaseDiscussed)
    assert (case.words, case.seller, case.client, case.deal) == (
        "ninety days", "ivanov", "sidorov-client-3", "d-7",
    )  # fmt: skip
    assert case.standup == screen.standup()
    voids = [body for body in logged(log_file, EventVoided) if isinstance(body, EventVoided)]
    assert [body.target_kind for body in voids] == ["case_discussed", "event_voided"]


async def test_another_terminal_takes_back_what_this_one_wrote(
    start: Start, log_file: Path
) -> None:
    async with start(agenda=CASES).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("2", "f")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the form")
        await pilot.press(*"hard", "f10")
        await wait_for(pilot, lambda: bool(logged(log_file, CaseDiscussed)), "the case in the log")
        standup(pilot).hang_up()
        pilot.app.exit()
    async with start(agenda=CASES).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("u")
        await wait_for(pilot, lambda: bool(logged(log_file, EventVoided)), "the void")


async def test_a_board_without_a_form_says_so(start: Start) -> None:
    async with start().run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("f")
        await wait_for(pilot, lambda: "nothing to fill in" in screen_text(pilot), "the words")


async def test_a_lost_terminal_goes_on_in_the_turn_of_the_same_seller(
    start: Start, clock: Clock
) -> None:
    async with start(agenda=SELLER_BY_SELLER).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await lagging_known(pilot)
        await pilot.press("2", "right")
        clock.pass_by(23)
        standup(pilot).hang_up()
        pilot.app.exit()
    clock.pass_by(5000)
    async with start(agenda=SELLER_BY_SELLER).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await wait_for(pilot, lambda: "0:23   −0:37" in screen_text(pilot), "the same second")
        meeting = screen.conductor.meeting
        assert meeting is not None
        assert meeting.seller == "ivanov"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo department on the morning of its last day."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build_demo(path, Spec(today=dt.date(2026, 11, 20), seed=1, sellers=5, months=1))
    with open_department(path):
        pass
    return path


async def test_a_whole_meeting_ends_with_a_correction_for_everyone_who_lags(demo: Path) -> None:
    """From the first item to the minutes, with the few keys a meeting needs."""
    day = dt.date(2026, 11, 20)
    with open_department(demo) as department:
        clock = Clock(dt.datetime(2026, 11, 20, 9, 0, tzinfo=department.zone))
    pressed: list[str] = []
    app = Cockpit(Setup(opener=partial(open_department, demo), now=clock, actor="head", today=day))
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await lagging_known(pilot)

        async def press(*keys: str) -> None:
            pressed.extend(keys)
            await pilot.press(*keys)

        async def correct() -> None:
            """Agree the correction that is proposed to who has the floor."""
            await press("t")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the form")
            while isinstance(pilot.app.screen, Form):
                await press("enter")
            seller = screen.conductor.meeting and screen.conductor.meeting.seller
            await wait_for(
                pilot,
                lambda: screen.lagging is not None and seller not in screen.lagging.uncorrected,
                f"the correction of {seller}",
            )

        seen: list[str] = []
        spoken: list[str] = []
        talked = 0
        while screen.conductor.meeting is None or screen.conductor.meeting.item != "close":
            await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "the board")
            meeting = screen.conductor.meeting
            assert meeting is not None
            seen.append(meeting.item or "")
            if meeting.seller is not None:
                spoken.append(meeting.seller)
                await correct()
            await press("down", "up")
            clock.pass_by(40)
            talked += 40
            await press("space")
            clock.pass_by(500)
            await press("space", "right")
        lagging = screen.lagging
        assert lagging is not None
        assert tuple(spoken) == lagging.sellers
        assert lagging.sellers
        await wait_for(pilot, lambda: board(pilot).cursor == "end", "the last board")
        await press("enter")
        await wait_for(pilot, lambda: not app.is_running, "the end without a question")
    assert set(pressed) <= KEYS
    met = list(dict.fromkeys([*seen, "close"]))
    assert met == [each.id for each in DEFAULT if each.id not in screen.conductor.collapsed]
    with open_department(demo) as department:
        question = Question(period=day_of(day), dials=Dials(as_of=day))
        report = department.desk.ask("minutes", question)
    assert isinstance(report, Minutes)
    assert report.ended is not None
    assert report.uncorrected == ()
    assert {row.seller for row in report.agreed} == set(spoken)
    assert report.talked == talked
    assert sum(row.seconds for row in report.rows if row.seller is None) == talked
    assert [row.item for row in report.rows if row.seller is None] == met
    assert [row.seller for row in report.rows if row.seller is not None] == spoken


async def test_who_is_away_today_is_not_counted_as_present(
    start: Start, clock: Clock, log_file: Path
) -> None:
    clock.time = at(dt.date(2024, 4, 22), 10)
    async with start(today=dt.date(2024, 4, 22)).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await leave(pilot)
    (begun,) = logged(log_file, StandupStarted)
    assert isinstance(begun, StandupStarted)
    assert begun.present == ("ivanov", "petrova")


async def test_a_correction_agreed_on_another_day_than_the_one_looked_at_counts(
    start: Start, log_file: Path, clock: Clock
) -> None:
    clock.time = at(dt.date(2024, 4, 17), 10)
    async with start(today=TODAY).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await lagging_known(pilot)
        for seller in ("ivanov", "sidorov"):
            body = msgspec.structs.replace(correction(seller), occurred_at=clock())
            screen.keep([body])
        behind = screen.behind()
        assert behind is not None
        assert behind.uncorrected == ()
        await pilot.press("u")
        behind = screen.behind()
        assert behind is not None
        assert behind.uncorrected == ("sidorov",)
        screen.action_redo()
        await pilot.press("q")
        await wait_for(pilot, lambda: not pilot.app.is_running, "the end without a question")
    (closed,) = logged(log_file, StandupClosed)
    assert isinstance(closed, StandupClosed)
    assert closed.uncorrected == ()
