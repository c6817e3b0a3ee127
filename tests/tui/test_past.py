"""The two dials on the stand-up: the past is named, nothing is logged from it, a key leaves it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cockpit import formats, words
from cockpit.render.cells import width as cells_of
from cockpit.tui.screens.form import Form
from cockpit.tui.screens.replay import ReplayScreen
from cockpit.tui.sections.base import Section
from cockpit.tui.view import View
from cockpit.tui.widgets.banner import chosen, header
from cockpit.words import t
from events.sqlite import SqliteLog
from projections.question import Dials
from tests.tui.conftest import Start
from tests.tui.waiting import board, figure, opened, screen_text, standup, wait_for


def steps(path: Path) -> int:
    """How many steps of a stand-up a log has."""
    with SqliteLog.open(path, writable=False) as log:
        return len(log.positions(kinds=("standup_started", "item_started", "standup_paused")))


def head(path: Path) -> int:
    """The last position of a log."""
    with SqliteLog.open(path, writable=False) as log:
        return log.head().seq


async def test_the_header_says_so_and_the_figures_are_those_of_that_day(
    start: Start, log_file: Path
) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        assert "THE PAST" not in screen_text(pilot)
        await pilot.press("left_square_bracket")
        await wait_for(pilot, lambda: figure(pilot, "department", "line") != "3,402", "Friday")
        assert "THE PAST · as of Fri 2024-04-12, morning · known at 2024-04-12 23:59" in (
            screen_text(pilot)
        )
        tone = [tone for text, tone in standup(pilot).banner._rights[0] if "THE PAST" in text]
        assert tone == ["warn"]
        await pilot.press("right_square_bracket")
        await wait_for(pilot, lambda: figure(pilot, "department", "line") == "3,402", "now")
        assert "THE PAST" not in screen_text(pilot)


async def test_nothing_is_logged_from_the_past_and_the_key_back_is_named(
    start: Start, log_file: Path
) -> None:
    async with start().run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("space")
        await wait_for(pilot, lambda: "paused" in screen_text(pilot), "the pause")
        await wait_for(pilot, lambda: steps(log_file) == 3, "the start and the pause in the log")
        before = head(log_file)
        await pilot.press("left_square_bracket")
        await pilot.press("space")
        await wait_for(pilot, lambda: "nothing is logged" in screen_text(pilot), "the reason")
        await pilot.press("q")
        await pilot.press("right")
        await wait_for(pilot, lambda: board(pilot).id == "activity", "the next board all the same")
        assert head(log_file) == before
        await pilot.press("0")
        await wait_for(pilot, lambda: board(pilot).id == "plan_fact", "the item with the floor")
        assert not standup(pilot).view.past
        await pilot.press("space")
        await wait_for(pilot, lambda: head(log_file) > before, "the clock runs on")


async def test_a_payment_recorded_later_is_not_known_at_a_past_moment(
    start: Start, log_file: Path
) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("k", "k", "left_square_bracket")
        await wait_for(pilot, lambda: standup(pilot).view.known_at is not None, "known at")
        assert standup(pilot).view.as_of is None
        await pilot.press("k", "k")
        assert standup(pilot).moving == "as_of"


async def test_the_dials_have_a_twin_on_the_cyrillic_layout(start: Start) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("х")
        await wait_for(pilot, lambda: standup(pilot).view.past, "a day back")
        await pilot.press("ъ")
        await wait_for(pilot, lambda: not standup(pilot).view.past, "now")


async def test_a_board_that_heard_of_another_day_while_hidden_shows_it_when_it_is_seen(
    start: Start,
) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        hidden = board(pilot)
        assert isinstance(hidden, Section)
        await pilot.press("right")
        await wait_for(pilot, lambda: board(pilot).id == "activity", "the next board")
        await pilot.press("left_square_bracket")
        friday = dt.date(2024, 4, 12)
        await wait_for(
            pilot,
            lambda: hidden.given is not None and hidden.given.question.dials.as_of == friday,
            "Friday for the board that is not seen",
        )
        await pilot.press("left")
        await wait_for(pilot, lambda: board(pilot) is hidden, "the first board again")
        await wait_for(pilot, lambda: figure(pilot, "department", "line") == "3,062", "Friday")


async def test_a_standup_opened_on_the_past_begins_only_at_now(
    start: Start, log_file: Path
) -> None:
    before = head(log_file)
    past = Dials(as_of=dt.date(2024, 4, 12))
    async with start(past=past).run_test(size=(120, 40)) as pilot:
        await wait_for(pilot, lambda: "THE PAST · as of Fri" in screen_text(pilot), "the past")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "the board")
        assert figure(pilot, "department", "line") != "3,402"
        await pilot.press("right", "space")
        assert head(log_file) == before
        await pilot.press("0")
        await wait_for(pilot, lambda: steps(log_file) == 2, "the start in the log")
        await wait_for(pilot, lambda: figure(pilot, "department", "line") == "3,402", "now")


async def test_a_standup_opened_on_the_past_is_left_without_a_trace(
    start: Start, log_file: Path
) -> None:
    before = head(log_file)
    app = start(past=Dials(as_of=dt.date(2024, 4, 12)))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_for(pilot, lambda: "THE PAST · as of Fri" in screen_text(pilot), "the past")
        await pilot.press("q")
        await wait_for(pilot, lambda: not app.is_running, "the end")
    assert head(log_file) == before


@pytest.mark.parametrize("language", ["en", "ru", "hu", "bg"])
@pytest.mark.parametrize("position", [None, 1_034_619])
@pytest.mark.parametrize("width", [80, 60, 40])
def test_the_past_is_named_at_any_width_in_every_language(
    language: str, position: int | None, width: int
) -> None:
    words.use(language)
    view = View(
        today=dt.date(2026, 11, 20),
        as_of=dt.date(2026, 10, 12),
        known_at=dt.datetime(2026, 10, 12, 23, 59, tzinfo=dt.UTC),
        position=position,
        mode="evening",
    )
    _, *forms = header("Интерьеры «Тихая гавань»", "", view)
    said = chosen(forms, width)
    assert said[0][0].startswith(f"◀ {t('THE PAST')}")
    assert sum(cells_of(text) for text, _ in said) < width
    if width == 80:
        assert formats.day(view.seen) in said[0][0]


@pytest.mark.parametrize(("width", "said"), [(80, "as of Fri 2026-11-20"), (28, "Fri 11-20")])
def test_the_day_is_named_where_there_is_little_room(width: int, said: str) -> None:
    _, *forms = header("Harbour Lane", "stand-up", View(today=dt.date(2026, 11, 20)))
    ((text, _),) = chosen(forms, width)
    assert text.startswith(said)
    assert chosen(forms, 8) == ()


async def test_a_day_can_be_typed_and_the_dials_go_there(start: Start) -> None:
    async with start().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("y")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the question")
        await pilot.press(*"16.04", "enter")
        await wait_for(pilot, lambda: "still to come" in screen_text(pilot), "the refusal")
        await pilot.press(*["backspace"] * 5, *"nonsense", "enter")
        assert isinstance(pilot.app.screen, Form)
        await pilot.press(*["backspace"] * 8, *"10.04", "enter")
        await wait_for(pilot, lambda: "THE PAST" in screen_text(pilot), "the past")
        assert screen.view.as_of == dt.date(2024, 4, 10)
        assert screen.has_class("-past")
        await pilot.press("0")
        await wait_for(pilot, lambda: not screen.has_class("-past"), "now")


async def test_a_replay_goes_to_a_day_of_its_month(start: Start) -> None:
    app = start(room="replay", begin=dt.date(2024, 4, 12), private=True)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, ReplayScreen)
        await wait_for(pilot, lambda: bool(screen.ledger.sheet.title), "the ledger")
        await pilot.press("н")
        await wait_for(pilot, lambda: isinstance(app.screen, Form), "the question")
        await pilot.press(*"31.03", "enter")
        await wait_for(pilot, lambda: "the replay is of" in screen_text(pilot), "the refusal")
        await pilot.press(*["backspace"] * 5, *"07.04", "enter")
        await wait_for(pilot, lambda: screen.day == dt.date(2024, 4, 5), "the Friday before")
