"""The question of a director, answered from the screen: how a month's plan was reached or missed,
and what was known on a day in it.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from cockpit import formats, words
from cockpit.demo.spec import Spec
from cockpit.demo.writing import build
from cockpit.department import open_department
from cockpit.tui.app import Cockpit
from cockpit.tui.pages.event import EventPage
from cockpit.tui.pages.figure import FigurePage
from cockpit.tui.screens.replay import ReplayScreen
from cockpit.tui.sections import forecast
from cockpit.tui.sections.forecast import ForecastSection
from cockpit.tui.setup import Setup
from cockpit.tui.sheet import lay, pieces
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.forecast import Forecast
from tests.tui.waiting import Clock, screen_text, settled, wait_for

TODAY = dt.date(2026, 11, 20)
TWELFTH = dt.date(2026, 10, 12)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department with the whole of October behind it."""
    words.use("en")
    path = tmp_path_factory.mktemp("director") / "demo.db"
    build(path, Spec(today=TODAY, seed=7, sellers=5, months=2))
    return path


@pytest.fixture
def app(demo: Path) -> Cockpit:
    """The replay of October on the evening of the twelfth."""
    opener = partial(open_department, demo, writable=False, private=True)
    clock = Clock(dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC))
    return Cockpit(
        Setup(opener=opener, now=clock, actor="head", today=TODAY, room="replay", start=TWELFTH)
    )


def room(pilot: Pilot[None]) -> ReplayScreen:
    (screen,) = (each for each in pilot.app.screen_stack if isinstance(each, ReplayScreen))
    return screen


async def shown(pilot: Pilot[None]) -> None:
    await wait_for(pilot, lambda: bool(room(pilot).stage.board.sheet.lines), "the board")


async def back_to(pilot: Pilot[None], board: str) -> None:
    while room(pilot).stage.board.id != board:
        await pilot.press("escape")


def best(pilot: Pilot[None]) -> str:
    """The seller furthest above the line: the board is ranked, who lags most is first."""
    return [
        line.key for line in room(pilot).stage.board.sheet.lines if line.key.startswith("seller:")
    ][-1]


async def test_why_she_made_her_plan_and_what_was_known_on_the_twelfth(app: Cockpit) -> None:
    """From the board of the twelfth: her page, every figure of it, its events, one in full."""
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot)
        assert "THE PAST · as of Mon 2026-10-12, evening · known at 2026-10-12" in screen_text(
            pilot
        )
        screen = room(pilot)
        screen.stage.board.point(best(pilot))
        await pilot.press("enter")
        page = screen.seller_page
        await wait_for(pilot, lambda: any(page.behind(key) for key in page._rows()), "her figures")
        await settled(pilot)
        opened = 0
        for key in [key for key in page._rows() if page.behind(key) is not None]:
            page.point(key)
            await pilot.press("enter")
            await wait_for(
                pilot, lambda: isinstance(screen.stage.board, FigurePage), f"the figure {key}"
            )
            await wait_for(
                pilot, lambda: "One moment" not in screen_text(pilot), f"the events of {key}"
            )
            why = screen.figure_page.explanation
            assert why is not None
            assert why.trace.upto is not None, f"{key} lists what was not known on the twelfth"
            lines = screen.stage.board.sheet.lines
            assert lines or not why.value, f"{key} says {why.value} and opens into nothing"
            opened += bool(lines)
            await pilot.press("escape")
        assert opened > 10
        page.point(next(key for key in page._rows() if key.endswith("/fact")))
        await pilot.press("enter")
        await wait_for(pilot, lambda: "Σ" in screen_text(pilot), "what she was paid")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "logged by" in screen_text(pilot), "one payment in full")
        assert isinstance(screen.stage.board, EventPage)


async def test_what_was_not_known_then_is_told_by_marking_it(app: Cockpit) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot)
        await pilot.press("d", "0")
        await wait_for(
            pilot,
            lambda: "known at 2026-10-12 23:59 → as known now" in screen_text(pilot),
            "the comparison",
        )
        await wait_for(pilot, lambda: "•" in screen_text(pilot), "the changed figures")
        assert room(pilot).ledger.sheet.lines
        await pilot.press("tab", "enter")
        await wait_for(pilot, lambda: "logged by" in screen_text(pilot), "the first of the events")


async def test_the_departments_own_figures_open_as_well(app: Cockpit) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        await pilot.press("end", "enter")
        await wait_for(pilot, lambda: "linear plan" in screen_text(pilot), "its figures")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: re.search(r"events? · Σ", screen_text(pilot)) is not None,
                       "its events")  # fmt: skip


async def test_the_forecasts_of_the_month_open_into_their_deals(app: Cockpit) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        await pilot.press("o", "o", "o", "o")
        screen = room(pilot)
        board = screen.stage.board
        assert isinstance(board, ForecastSection)
        await wait_for(pilot, lambda: bool(board.sheet.lines), "the forecasts")
        report = board.given
        assert isinstance(report, Forecast)
        for language in words.LANGUAGES:
            words.use(language)
            made = forecast.sheet(report, screen.drawn(), 80)
            layout = lay(made, 78)
            assert len(layout.columns) == len(made.columns), language
            for line in made.lines[: len(report.rows)]:
                drawn = "".join(text for text, _ in pieces(line.cells, made, layout, 78))
                assert drawn.split()[-7:] == [cell.text for cell in line.cells[-7:]], language
        words.use("en")
        board.point(next(line.key for line in board.sheet.lines if "department|" in line.key))
        await pilot.press("enter")
        await wait_for(pilot, lambda: "weighted pipeline" in screen_text(pilot), "the figures")
        for key in [line.key for line in screen.stage.board.sheet.lines]:
            screen.stage.board.point(key)
            await pilot.press("enter")
            await wait_for(pilot, lambda: bool(screen.figure_page.sheet.lines), f"events of {key}")
            await back_to(pilot, "figures")


async def test_the_story_of_the_month_is_a_key_away(app: Cockpit) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot)
        await pilot.press("s")
        await wait_for(pilot, lambda: "ORDER BOOK" in screen_text(pilot), "the story")
        assert "Story of the month, £" in screen_text(pilot)


async def test_sellers_and_the_order_book_of_the_story_open(app: Cockpit) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot)
        await pilot.press("s")
        screen = room(pilot)
        page = screen.stage.board
        await wait_for(pilot, lambda: "ORDER BOOK" in screen_text(pilot), "the story")
        page.point("book:won")
        await pilot.press("enter")
        await wait_for(pilot, lambda: screen.stage.board.id == "figures", "what was won")
        await wait_for(pilot, lambda: bool(screen.stage.board.sheet.lines), "its figures")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: bool(screen.figure_page.sheet.lines), "its events")
        await back_to(pilot, "story")
        page.point(next(line.key for line in page.sheet.lines if line.key.startswith("seller:")))
        await pilot.press("enter")
        await wait_for(pilot, lambda: screen.stage.board.id == "seller", "the seller's page")


def days_done(screen: ReplayScreen) -> str:
    lines = screen.figures_page.sheet.lines
    return next(line.cells[1].text for line in lines if line.key.endswith("/days_done"))


async def test_figures_that_are_open_are_those_of_the_day_that_is_named(app: Cockpit) -> None:
    """A step of the replay moves what was opened too, not only the line that names the day."""
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        await pilot.press("end", "enter")
        await wait_for(pilot, lambda: "linear plan" in screen_text(pilot), "its figures")
        screen = room(pilot)
        await pilot.press("right")
        await wait_for(
            pilot,
            lambda: (
                "of Tue 2026-10-13" in screen_text(pilot)
                and screen.opening is not None
                and screen.opening.report.question.dials.as_of == TWELFTH + dt.timedelta(days=1)
            ),
            "the figures of the next day",
        )
        await wait_for(pilot, lambda: days_done(screen) == "9", "the working days passed by then")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: "Σ" in screen_text(pilot), "the money of the department")
        first = screen.figure_page.explanation
        assert first is not None
        await pilot.press("left")
        await wait_for(
            pilot, lambda: screen.figure_page.explanation is not first, "the money of the twelfth"
        )
        then = screen.figure_page.explanation
        assert then is not None
        assert (then.trace.upto or 0) < (first.trace.upto or 0)
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: screen.stage.board.id == "plan_fact", "the board")


async def test_every_line_of_the_story_that_has_a_figure_opens(app: Cockpit) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        await pilot.press("s")
        screen = room(pilot)
        await wait_for(pilot, lambda: "ORDER BOOK" in screen_text(pilot), "the story")
        page = screen.stage.board
        keys = [line.key for line in page.sheet.lines if line.opens and "/" not in line.key]
        parts = {key.partition(":")[0] for key in keys}
        assert parts >= {"seller", "book", "course", "event", "rhythm", "trust", "bridge"}
        for part in sorted(parts - {"seller", "event"}):
            page.point(next(key for key in keys if key.partition(":")[0] == part))
            await pilot.press("enter")
            await wait_for(
                pilot,
                lambda: (
                    screen.stage.board.id in ("figures", "figure")
                    and bool(screen.stage.board.sheet.lines)
                ),
                f"what stands behind {part}",
            )
            await back_to(pilot, "story")


async def test_the_bridge_of_the_day_is_a_key_away_and_its_rows_open(app: Cockpit) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        await pilot.press("end", "b")
        screen = room(pilot)
        await wait_for(
            pilot,
            lambda: screen.stage.board.id == "bridge" and len(screen.stage.board.sheet.lines) > 3,
            "the bridge",
        )
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: bool(screen.figure_page.sheet.lines), "the events of a row")
        await pilot.press("escape", "b")
        await wait_for(pilot, lambda: screen.stage.board.id == "plan_fact", "the board again")


async def test_the_trust_line_of_a_board_is_a_key_away_and_opens(app: Cockpit) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        await pilot.press("i")
        screen = room(pilot)
        await wait_for(pilot, lambda: "calls without a length" in screen_text(pilot), "the line")
        page = screen.stage.board
        assert page.sheet.title == "How far to trust the data"
        assert [line.key for line in page.sheet.lines][:3] == [
            f"trust:department/{name}" for name in ("events", "late_share", "unmeasured_share")
        ]
        page.point("trust:department/unmeasured_share")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(screen.figure_page.sheet.lines), "the calls")
        await back_to(pilot, "plan_fact")


async def on_pay(pilot: Pilot[None]) -> None:
    """The pay sheets, the last of the boards that are walked through."""
    await shown(pilot)
    await pilot.press("o", "o", "o", "o", "o")
    await wait_for(pilot, lambda: room(pilot).stage.board.id == "pay", "the board of pay")
    await wait_for(pilot, lambda: bool(room(pilot).stage.board.sheet.lines), "the sheets")


def paid(pilot: Pilot[None]) -> str:
    """What the department's month pays."""
    sheet = room(pilot).stage.board.sheet
    (total,) = sheet.totals
    return total.cells[[column.key for column in sheet.columns].index("pay")].text


async def test_the_pay_of_a_closed_month_is_seen_both_ways(app: Cockpit, demo: Path) -> None:
    """As it was closed, and with what came after, which stands in a column of its own."""
    with open_department(demo, writable=False, private=True) as department:
        (closing,) = (c for name, c in department.desk.closings().items() if name == "2026-10")
        ways = [Dials(as_of=dt.date(2026, 10, 30), position=closing.position, mode="evening"),
                Dials(as_of=dt.date(2026, 10, 30), mode="evening")]  # fmt: skip
        month = month_of(TWELFTH)
        reports = [department.desk.ask("pay", Question(period=month, dials=way)) for way in ways]
    then, now = (getattr(report.total, "pay", 0) for report in reports)
    assert then != now
    shown_as = [formats.number(formats.major(pay, 2)) for pay in (then, now)]
    async with app.run_test(size=(120, 40)) as pilot:
        await on_pay(pilot)
        await pilot.press("c")
        await wait_for(pilot, lambda: paid(pilot) == shown_as[0], "as it was closed")
        assert f"known up to event {closing.position}" in screen_text(pilot)
        await pilot.press("0")
        await wait_for(pilot, lambda: paid(pilot) == shown_as[1], "with all that is known")
        sheet = room(pilot).stage.board.sheet
        assert [column.key for column in sheet.columns][-1] == "after_close"
        assert sheet.aside == (("closed on 2026-11-04", "muted"),)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "bonus for the plan" in screen_text(pilot), "her parts")


@pytest.mark.parametrize("narrow", ["share", "seller"])
async def test_nobody_else_comes_upon_the_pay_of_all(app: Cockpit, demo: Path, narrow: str) -> None:
    with open_department(demo, writable=False, private=True) as department:
        seller = next(iter(department.seller_names))
    more = {"share": True} if narrow == "share" else {"actor": seller}
    async with Cockpit(replace(app.setup, **more)).run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        seen = []
        for _ in range(6):
            seen.append(room(pilot).stage.board.id)
            await pilot.press("o")
        assert seen == [
            "plan_fact", "activity", "conversions", "payments", "forecast", "plan_fact",
        ]  # fmt: skip


async def test_a_month_that_is_not_closed_says_so(demo: Path) -> None:
    opener = partial(open_department, demo, writable=False, private=True)
    setup = Setup(
        opener=opener, now=Clock(dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)), actor="head",
        today=TODAY, room="replay", start=dt.date(2026, 11, 10),
    )  # fmt: skip
    async with Cockpit(setup).run_test(notifications=True, size=(80, 24)) as pilot:
        await shown(pilot)
        before = room(pilot).view
        await pilot.press("c")
        await wait_for(pilot, lambda: "November 2026 is not closed" in screen_text(pilot), "why")
        assert room(pilot).view == before


async def test_a_month_that_ended_on_a_day_off_begins_on_its_last_working_day(
    app: Cockpit,
) -> None:
    """The 31st was a Saturday: nothing of it is to be seen, and the time line has no such day."""
    over = Cockpit(replace(app.setup, start=dt.date(2026, 10, 31)))
    async with over.run_test(size=(80, 24)) as pilot:
        await shown(pilot)
        await wait_for(pilot, lambda: "as of Fri 2026-10-30" in screen_text(pilot), "the Friday")
        await wait_for(pilot, lambda: bool(room(pilot).ledger.sheet.lines), "its events")
        assert "▸30" in screen_text(pilot)
        await pilot.press("s")
        await wait_for(pilot, lambda: "Story of the month, £" in screen_text(pilot), "its unit")
