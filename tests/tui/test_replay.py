"""A month replayed from the keyboard: the board, the picture and the ledger follow the dials."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cockpit.department import open_department
from cockpit.log_file import model_of
from cockpit.tui.pages.event import EventPage
from cockpit.tui.screens.replay import ReplayScreen
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    DepartmentOpened,
    EventCorrected,
    EventVoided,
    MonthClosed,
    PlanSet,
    SellerHired,
)
from tests.tui.conftest import Start
from tests.tui.waiting import Clock, screen_text, wait_for
from tests.tui.world import TODAY, at, payment

WIDE = (120, 40)
FRIDAY = dt.date(2024, 4, 12)


def replay(pilot: Pilot[None]) -> ReplayScreen:
    screen = next(each for each in pilot.app.screen_stack if isinstance(each, ReplayScreen))
    assert isinstance(screen, ReplayScreen)
    return screen


def texts(pilot: Pilot[None], key: str) -> list[str]:
    """The cells of a row of the board."""
    sheet = replay(pilot).stage.board.sheet
    line = next(line for line in (*sheet.lines, *sheet.totals) if line.key == key)
    return [cell.text for cell in line.cells]


def fact(pilot: Pilot[None], key: str = "department") -> str:
    """A fact of the board."""
    sheet = replay(pilot).stage.board.sheet
    place = [column.key for column in sheet.columns].index("fact")
    return texts(pilot, key)[place].rstrip("•")


async def shown(pilot: Pilot[None]) -> None:
    """The board and the ledger of the first moment."""
    await wait_for(pilot, lambda: bool(replay(pilot).stage.board.sheet.lines), "the board")
    await wait_for(pilot, lambda: bool(replay(pilot).ledger.sheet.title), "the ledger")


async def test_a_day_back_takes_board_picture_and_ledger_with_it(start: Start) -> None:
    app = start(room="replay", begin=FRIDAY, private=True)
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot)
        assert "THE PAST" in screen_text(pilot)
        assert "replay April 2024" in screen_text(pilot)
        assert fact(pilot) == "3,075"
        await pilot.press("left")
        await wait_for(pilot, lambda: fact(pilot) == "2,895", "Thursday")
        assert replay(pilot).view.as_of == dt.date(2024, 4, 11)
        await wait_for(pilot, lambda: "Recorded on Thu" in screen_text(pilot), "its events")
        await pilot.press("right")
        await wait_for(pilot, lambda: fact(pilot) == "3,075", "Friday again")


async def test_a_week_is_moved_by_letters_on_both_layouts(start: Start) -> None:
    async with start(room="replay", begin=FRIDAY).run_test(size=WIDE) as pilot:
        await shown(pilot)
        await pilot.press("h")
        assert replay(pilot).view.as_of == dt.date(2024, 4, 5)
        await pilot.press("д")
        assert replay(pilot).view.as_of == FRIDAY


async def test_an_event_is_stepped_over_and_back(start: Start) -> None:
    async with start(room="replay", begin=FRIDAY).run_test(size=WIDE) as pilot:
        await shown(pilot)
        screen = replay(pilot)
        whole = fact(pilot)
        await wait_for(pilot, lambda: screen.told is not None, "the events of the day")
        for _ in range(8):
            place = screen.place
            await pilot.press("[")
            await wait_for(pilot, lambda before=place: screen.place != before, "a step")  # type: ignore[misc]
        await wait_for(pilot, lambda: fact(pilot) != whole, "fewer payments")
        assert screen.view.position is not None
        assert "known up to event" in screen_text(pilot)
        await pilot.press("right", "left")
        await wait_for(pilot, lambda: screen.view.position is None, "a whole day again")


async def test_two_moments_are_compared_event_by_event(start: Start, log_file: Path) -> None:
    async with start(room="replay", begin=dt.date(2024, 4, 11)).run_test(size=WIDE) as pilot:
        await shown(pilot)
        await pilot.press("d", "right")
        await wait_for(pilot, lambda: "04-11 → as of" in screen_text(pilot), "what lies between")
        await wait_for(pilot, lambda: "•" in screen_text(pilot), "the changed figures")
        screen = replay(pilot)
        effects = [line.cells[-1].text for line in screen.ledger.sheet.lines]
        total = sum(int(text.replace(",", "").replace("+", "")) for text in effects)
        assert total == 180_000
        assert " fact 3,075,000 (+180,000) · line" in screen_text(pilot)
        assert "plan 7,200,000" not in screen_text(pilot)
        await pilot.press("d")
        await wait_for(pilot, lambda: "04-11 → as of" not in screen_text(pilot), "the day's events")
        await wait_for(pilot, lambda: "•" not in screen_text(pilot), "no marks")


async def test_the_two_dials_move_apart(start: Start, log_file: Path) -> None:
    late = payment("ivanov", 100_000, at(dt.date(2024, 4, 10), 12))
    with SqliteLog.open(log_file) as log:
        log.append([late])
    app = start(room="replay", begin=FRIDAY, today=dt.date(2026, 11, 20))
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot)
        assert fact(pilot) == "3,075"
        await pilot.press("k")
        assert replay(pilot).moving == "as_of"
        await pilot.press("0", "k")
        assert replay(pilot).moving == "known_at"
    app = start(room="replay", begin=FRIDAY)
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot)


async def test_the_month_plays_by_itself_and_stops_at_its_end(start: Start) -> None:
    app = start(room="replay", begin=dt.date(2024, 4, 10))
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot)
        await pilot.press("9", "space")
        assert "▶" in screen_text(pilot) or replay(pilot).playing is not None
        await wait_for(pilot, lambda: replay(pilot).view.seen == TODAY, "the last day")
        await wait_for(pilot, lambda: replay(pilot).playing is None, "the stop")


async def test_an_event_of_the_ledger_opens_and_every_figure_does(start: Start) -> None:
    async with start(room="replay", begin=FRIDAY).run_test(size=WIDE) as pilot:
        await shown(pilot)
        await wait_for(pilot, lambda: bool(replay(pilot).ledger.sheet.lines), "events")
        await pilot.press("tab", "down", "enter")
        await wait_for(pilot, lambda: "logged by" in screen_text(pilot), "the event")
        assert isinstance(replay(pilot).stage.board, EventPage)
        await pilot.press("escape")
        await wait_for(pilot, lambda: replay(pilot).stage.board.id == "plan_fact", "the board")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "of the plan" in screen_text(pilot), "the seller as of then")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: "events · Σ" in screen_text(pilot), "the events")


async def test_boards_are_switched_at_the_same_moment(start: Start) -> None:
    async with start(room="replay", begin=FRIDAY).run_test(size=WIDE) as pilot:
        await shown(pilot)
        await pilot.press("o")
        await wait_for(pilot, lambda: replay(pilot).stage.board.id == "activity", "activities")
        await wait_for(pilot, lambda: bool(replay(pilot).stage.board.sheet.lines), "their figures")
        assert replay(pilot).view.as_of == FRIDAY


async def test_replaying_leaves_the_read_model_alone_and_blocks_no_seller(
    start: Start, log_file: Path
) -> None:
    model = Path(model_of(log_file))
    before = hashlib.sha256(model.read_bytes()).hexdigest()
    logged: list[float] = []

    def log_some() -> None:
        with SqliteLog.open(log_file) as log:
            for minute in range(20):
                log.append([payment("petrova", 1_000, at(TODAY, 9, minute))])
                logged.append(minute)

    app = start(room="replay", begin=FRIDAY, private=True, writable=False)
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot)
        seller = threading.Thread(target=log_some)
        seller.start()
        for key in ("left", "left", "right", "h", "l", "d", "left"):
            await pilot.press(key)
        await wait_for(pilot, lambda: len(logged) == 20, "the seller")
        seller.join()
        await wait_for(pilot, lambda: bool(replay(pilot).stage.board.sheet.lines), "the board")
    assert hashlib.sha256(model.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("size", [(80, 24), WIDE])
async def test_it_has_room_for_everything_at_both_sizes(
    start: Start, size: tuple[int, int]
) -> None:
    async with start(room="replay", begin=FRIDAY).run_test(size=size) as pilot:
        await shown(pilot)
        screen = replay(pilot)
        assert screen.chart.size.height >= 4
        assert screen.ledger.size.height >= 5
        assert "Anna" in screen_text(pilot)
        assert "DEPARTMENT" in screen_text(pilot)


async def test_a_void_and_a_plan_between_two_moments_have_their_effects(
    start: Start, log_file: Path, clock: Clock
) -> None:
    with open_department(log_file) as department:
        paid = next(event for event in department.log.read() if event.kind == "payment_received")
        gone = EventVoided(
            target=paid.id, target_kind=paid.kind, reason="double", seller=paid.seller
        )
        lower = PlanSet(month="2024-04", seller="ivanov", amount=280_000_000, reason="ill")
        department.log.append(
            [Draft(body=body, occurred_at=at(TODAY, 9), actor="head") for body in (gone, lower)]
        )
    app = start(room="replay", begin=FRIDAY)
    async with app.run_test(size=WIDE) as pilot:
        await shown(pilot)
        await pilot.press("d", "right")
        await wait_for(pilot, lambda: "withdrawn" in screen_text(pilot), "the void")
        assert "plan −200,000" in screen_text(pilot)


async def test_the_story_is_told_as_of_the_moment_and_opens_into_events(start: Start) -> None:
    async with start(room="replay", begin=FRIDAY).run_test(size=WIDE) as pilot:
        await shown(pilot)
        await pilot.press("s")
        await wait_for(pilot, lambda: "PLAN–FACT" in screen_text(pilot), "the story")
        page = replay(pilot).stage.board
        events = [line.key for line in page.sheet.lines if line.key.startswith("event:")]
        assert len(events) == 4
        page.point(events[0])
        await pilot.press("enter")
        await wait_for(pilot, lambda: "logged by" in screen_text(pilot), "the plan's event")
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: replay(pilot).stage.board.id == "plan_fact", "the board")


async def test_an_event_moved_by_a_correction_stands_on_the_day_it_happened(
    start: Start, log_file: Path
) -> None:
    with SqliteLog.open(log_file) as log:
        paid = next(event for event in log.read() if event.kind == "payment_received"
                    and event.occurred.date() == FRIDAY)  # fmt: skip
        thursday = at(dt.date(2024, 4, 11), 12).isoformat()
        moved = EventCorrected(
            target=paid.id, target_kind=paid.kind, fields={"occurred_at": thursday},
            reason="a day early", seller=paid.seller,
        )  # fmt: skip
        log.append([Draft(body=moved, occurred_at=at(TODAY, 9), actor="head")])
        head = log.head().seq

    def listed(screen: ReplayScreen) -> list[str]:
        return [line.key for line in screen.ledger.sheet.lines]

    async with start(room="replay", begin=FRIDAY).run_test(size=WIDE) as pilot:
        await shown(pilot)
        screen = replay(pilot)
        await pilot.press("0", "k")
        await wait_for(pilot, lambda: "On Fri" in screen_text(pilot), "what happened on Friday")
        assert paid.id not in listed(screen)
        await pilot.press("left")
        await wait_for(pilot, lambda: paid.id in listed(screen), "the payment on Thursday")
        line = next(line for line in screen.ledger.sheet.lines if line.key == paid.id)
        assert line.cells[1].text == "12:00"
        assert f"moved by #{head}" in line.cells[-1].text


async def test_a_month_brought_in_later_is_seen_as_it_is_known_now(
    start: Start, tmp_path: Path
) -> None:
    """Nothing of February was recorded in February, so what was known then would be nothing."""
    path, first = tmp_path / "later.db", dt.date(2024, 1, 1)
    with SqliteLog.create(path, clock=lambda: at(dt.date(2024, 4, 15), 9)) as log:
        log.append([
            Draft(body=body, occurred_at=at(first, hour), actor="head")
            for hour, body in enumerate((
                DepartmentOpened(name="New", country="RU", currency="RUB", minor_digits=2,
                                 zone="Europe/Moscow", language="en"),
                SellerHired(seller="ivanov", name="Ivanov"),
            ))
        ] + [payment("ivanov", 100_000, at(dt.date(2024, 2, 20), 12))])  # fmt: skip
    app = start(path, room="replay", begin=dt.date(2024, 2, 29))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = replay(pilot)
        await wait_for(pilot, lambda: screen.moving == "as_of", "the dial of what had happened")
        await wait_for(pilot, lambda: bool(screen.stage.board.sheet.lines), "the board")
        await wait_for(pilot, lambda: fact(pilot) == "100.0", "what was sold")
        assert (screen.view.known_at, screen.view.as_of) == (None, dt.date(2024, 2, 29))
        await wait_for(pilot, lambda: "as it is known now" in screen_text(pilot), "why")


async def test_the_day_that_is_seen_stands_on_a_time_line_that_does_not_fit(start: Start) -> None:
    async with start(room="replay", begin=FRIDAY).run_test(size=(30, 24)) as pilot:
        await shown(pilot)
        line = replay(pilot).timeline
        text = "".join(segment.text for segment in line.render_line(0))
        assert "▸12" in text
        assert text.startswith("‹")
        await pilot.press("home")
        replay(pilot).go(dt.date(2024, 4, 1))
        await wait_for(
            pilot,
            lambda: "▸ 1" in "".join(segment.text for segment in line.render_line(0)),
            "the first",
        )


def tell(log_file: Path) -> None:
    """News from another terminal: a payment of today."""
    with SqliteLog.open(log_file) as log:
        log.append([payment("petrova", 1_000, at(TODAY, 9))])


async def newly_drawn(pilot: Pilot[None], log_file: Path) -> None:
    """Until the screen has heard of news from another terminal."""
    drawn = replay(pilot).news
    tell(log_file)
    await wait_for(pilot, lambda: replay(pilot).news is not drawn, "the news")


async def test_news_leave_the_moment_that_is_seen_alone(start: Start, log_file: Path) -> None:
    async with start(room="replay", begin=FRIDAY).run_test(size=WIDE) as pilot:
        await shown(pilot)
        screen = replay(pilot)
        assert screen.view.known_at is not None
        await pilot.press("0")
        as_now = screen.view
        assert (as_now.as_of, as_now.known_at) == (FRIDAY, None)
        await newly_drawn(pilot, log_file)
        assert screen.view == as_now
        await pilot.press("left", "right")
        assert screen.view.known_at is not None


async def test_news_leave_a_closed_month_as_it_was_closed(start: Start, log_file: Path) -> None:
    with SqliteLog.open(log_file) as log:
        position = log.head().seq
        closed = MonthClosed(month="2024-04", position=position, link="")
        log.append([Draft(body=closed, occurred_at=at(TODAY, 9), actor="head")])
    async with start(room="replay", begin=FRIDAY).run_test(size=WIDE) as pilot:
        await shown(pilot)
        screen = replay(pilot)
        await pilot.press("c")
        await wait_for(pilot, lambda: screen.view.position == position, "as it was closed")
        as_closed = screen.view
        await newly_drawn(pilot, log_file)
        assert screen.view == as_closed


async def test_steps_over_events_wait_until_the_events_have_come(start: Start) -> None:
    async with start(room="replay", begin=FRIDAY).run_test(size=WIDE) as pilot:
        await shown(pilot)
        screen = replay(pilot)
        await wait_for(pilot, lambda: screen.told is not None, "the events of Friday")
        told = screen.told
        assert told is not None
        screen.told = None
        await pilot.press("[", "[")
        assert screen.place is None
        screen.told = told
        screen.look(screen.view)
        await wait_for(pilot, lambda: screen.place == len(told.places) - 3, "two steps back")
        screen.told = None
        await pilot.press("]", "left")
        await wait_for(pilot, lambda: screen.told is not None, "the events of Thursday")
        assert screen.place is None
