"""Share mode: what others look at has no names beyond today's list, no telephones, no ranks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cockpit import words
from cockpit.tui.screens.asking import AskingScreen
from cockpit.tui.sharing import VEIL, shown, veiled
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.widgets.banner import header
from events.envelope import Event
from events.sqlite import SqliteLog
from events.trace import Trace
from events.vocabulary import CallMade, name_of
from projections.question import Dials
from tests.tui.conftest import Start
from tests.tui.waiting import board, opened, screen_text, standup, wait_for


def sellers(pilot: Pilot[None]) -> list[str]:
    """The first cells of the sellers' lines, from the top."""
    lines = board(pilot).sheet.lines
    return [line.cells[0].text for line in lines if line.key.startswith("seller:")]


async def test_f2_takes_the_ranks_away_and_gives_them_back(start: Start) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        ranked = sellers(pilot)
        assert ranked != sorted(ranked, key=str.casefold)
        await pilot.press("f2")
        await wait_for(
            pilot, lambda: sellers(pilot) == sorted(ranked, key=str.casefold), "names in order"
        )
        assert "shared" in screen_text(pilot)
        await pilot.press("f2")
        await wait_for(pilot, lambda: sellers(pilot) == ranked, "the ranks again")
        assert "shared" not in screen_text(pilot).splitlines()[0]


@pytest.mark.parametrize("past", [None, Dials(as_of=dt.date(2024, 4, 12))])
@pytest.mark.parametrize("language", ["en", "ru", "hu", "bg"])
async def test_that_others_look_on_is_seen_at_any_size(
    start: Start, language: str, past: Dials | None
) -> None:
    words.use(language)
    async with start(share=True, past=past).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        screen.banner.show(*header("Harbour Lane Interiors", "stand-up", screen.view, "x" * 20))
        await pilot.pause()
        assert words.t("shared") in screen_text(pilot).splitlines()[0]


async def test_the_events_of_a_figure_name_no_client_that_is_not_on_todays_list(
    start: Start, log_file: Path
) -> None:
    with SqliteLog.open(log_file, writable=False) as log:
        names = set(log.names("client").values())
    async with start(share=True).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter")
        await wait_for(
            pilot, lambda: any(line.key.endswith("/fact") for line in board(pilot).sheet.lines),
            "the seller's figures",
        )  # fmt: skip
        screen.seller_page.point(f"plan-fact/seller:{screen.seller_page.seller}/fact")
        await pilot.press("enter")
        await wait_for(pilot, lambda: VEIL in screen_text(pilot), "veiled events")
        shown_text = screen_text(pilot)
        assert not [name for name in names if name in shown_text]


async def test_the_stand_up_opened_from_a_shared_desk_is_shared(start: Start) -> None:
    app = start(room="desk")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f2")
        assert isinstance(app.screen, AskingScreen)
        await pilot.press("s")
        await wait_for(pilot, lambda: standup(pilot).view.share, "a shared stand-up")


async def test_a_shared_desk_ranks_nobody(start: Start) -> None:
    app = start(room="desk", share=True)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, AskingScreen)
        await wait_for(pilot, lambda: bool(screen.stage.board.sheet.lines), "the lines")
        names = [line.cells[0].text for line in screen.stage.board.sheet.lines if line.opens]
        assert len(set(names)) > 1
        assert names == sorted(names, key=str.casefold)


def test_telephones_and_notes_are_veiled_whole() -> None:
    call = CallMade(seller="ivanov", client="c1", phone="+7 900 123-45-67", note="call on Monday")
    event = Event(
        seq=1, id="e", kind=name_of(CallMade), version=1, occurred_at="2024-04-15T10:00:00+03:00",
        recorded_at="2024-04-15T07:00:00.000000Z", actor="ivanov", source="cockpit",
        external_id=None, seller="ivanov", client="c1", deal=None, body=call, digest="", link="",
    )  # fmt: skip
    body = veiled(event).body
    assert isinstance(body, CallMade)
    assert (body.phone, body.note, body.client) == (VEIL, VEIL, "c1")


@pytest.mark.parametrize(("height", "blanks"), [(40, 2), (12, 0)])
def test_lines_have_air_where_there_is_room(height: int, blanks: int) -> None:
    lines = tuple(Line(f"seller:{name}", (Cell(name),)) for name in ("c", "a", "b"))
    sheet = shown(Sheet(columns=(Column(key="seller", title=""),), lines=lines), height)
    assert sum(not line.cells[0].text for line in sheet.lines) == blanks
    assert [line.cells[0].text for line in sheet.lines if line.opens] == ["a", "b", "c"]


def test_the_log_is_the_same_with_and_without_it(log_file: Path) -> None:
    with SqliteLog.open(log_file, writable=False) as log:
        calls = list(log.find(Trace(kinds=("call_made",))))
        assert [veiled(event).seller for event in calls] == [event.seller for event in calls]
