"""From a figure to its events, from an event to its neighbours, and back, by the keyboard."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from textual.pilot import Pilot

from cockpit.tui.listing import PAGE
from cockpit.tui.pages.event import EventPage
from cockpit.tui.pages.figure import FigurePage
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import EventVoided
from tests.tui.conftest import Start
from tests.tui.waiting import board, opened, screen_text, wait_for
from tests.tui.world import TODAY, at, call, payment


async def open_fact(pilot: Pilot[None]) -> None:
    """The events behind the fact of the first seller."""
    await opened(pilot)
    await pilot.press("enter")
    await wait_for(pilot, lambda: "of the plan" in screen_text(pilot), "the seller's page")
    await pilot.press("down", "enter")
    await wait_for(pilot, lambda: "events · Σ" in screen_text(pilot), "events and their sum")


async def test_an_event_opens_with_its_envelope_and_its_neighbours(start: Start) -> None:
    async with start().run_test(size=(100, 40)) as pilot:
        await open_fact(pilot)
        assert "14 events · Σ ₽1,050,000" in screen_text(pilot).replace("\u00a0", " ")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "logged by" in screen_text(pilot), "the event")
        page = board(pilot)
        assert isinstance(page, EventPage)
        first = page.event
        assert "previous" in screen_text(pilot)
        await pilot.press("enter")
        await wait_for(pilot, lambda: page.event != first, "its neighbour")
        await wait_for(pilot, lambda: "logged by" in screen_text(pilot), "the neighbour's page")
        await pilot.press("escape")
        await wait_for(pilot, lambda: page.event == first, "the event again")
        await pilot.press("escape")
        assert isinstance(board(pilot), FigurePage)


async def test_what_withdrew_an_event_is_on_its_page(start: Start, log_file: Path) -> None:
    with SqliteLog.open(log_file) as log:
        taken = payment("ivanov", 5_000, at(TODAY, 9))
        gone = EventVoided(
            target=taken.id, target_kind="payment_received", reason="double", seller="ivanov"
        )
        log.append([taken, Draft(body=gone, occurred_at=at(TODAY, 9, 30), actor="head")])
    async with start().run_test(size=(100, 40)) as pilot:
        await open_fact(pilot)
        await pilot.press("end", "up", "enter")
        await wait_for(pilot, lambda: "double" in screen_text(pilot), "the reason")
        assert "withdrawn" in screen_text(pilot)


async def test_a_long_list_is_counted_whole_and_shown_page_by_page(
    start: Start, log_file: Path
) -> None:
    calls = [call("sidorov", at(TODAY, 8) + dt.timedelta(seconds=k)) for k in range(2 * PAGE + 40)]
    with SqliteLog.open(log_file) as log:
        log.append(calls)
    async with start(today=TODAY).run_test(size=(100, 40)) as pilot:
        await opened(pilot)
        board(pilot).point("seller:sidorov")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "1,12" in screen_text(pilot), "the calls of the month")
        page = board(pilot)
        calls_row = next(line.key for line in page.sheet.lines if "call_made" in line.key)
        page.point(calls_row)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "1–500 shown" in screen_text(pilot), "the first page")
        assert "Σ" in screen_text(pilot)
        await pilot.press("end", "down")
        await wait_for(pilot, lambda: "501–1,000 shown" in screen_text(pilot), "the second page")
        assert board(pilot).cursor == board(pilot).sheet.lines[0].key
        await pilot.press("up")
        await wait_for(pilot, lambda: "1–500 shown" in screen_text(pilot), "the first page again")
        assert board(pilot).cursor == board(pilot).sheet.lines[-1].key
