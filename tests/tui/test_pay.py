"""The pay preview on a seller's page: it opens into events, and only the right people see it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from cockpit.tui.app import Cockpit
from cockpit.tui.pages.seller import SellerPage
from cockpit.tui.screens.replay import ReplayScreen
from cockpit.tui.sharing import VEIL, veiled
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.trace import Trace
from events.vocabulary import CallMade, ClientRegistered, OteSet
from tests.tui.conftest import Start
from tests.tui.waiting import board, opened, screen_text, settled, wait_for
from tests.tui.world import at

BEGAN = dt.date(2024, 4, 1)
IVANOV = "pay/seller:ivanov"


@pytest.fixture
def paid(log_file: Path) -> Path:
    """The known department, in which everybody earns 100,000 at 100 %."""
    with SqliteLog.open(log_file) as log:
        body = OteSet(since=BEGAN, amount=10_000_000)
        log.append([Draft(body=body, occurred_at=at(BEGAN, 9), actor="head")])
    return log_file


def keys(pilot: Pilot[None]) -> list[str]:
    return [line.key for line in board(pilot).sheet.lines]


def row(pilot: Pilot[None], key: str) -> list[str]:
    (line,) = [line for line in board(pilot).sheet.lines if line.key == key]
    return [cell.text for cell in line.cells]


async def on_page(pilot: Pilot[None]) -> SellerPage:
    """The page of Ivanov, all of it."""
    screen = await opened(pilot)
    screen.open_seller("ivanov")
    await wait_for(pilot, lambda: any(key.startswith("conversions/") for key in keys(pilot)), "all")
    page = board(pilot)
    assert isinstance(page, SellerPage)
    return page


def by(app: Cockpit, actor: str) -> Cockpit:
    """The screen with somebody else's hand at the keyboard."""
    return Cockpit(replace(app.setup, actor=actor))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_page_says_what_the_month_pays_and_what_one_more_deal_would(
    start: Start, paid: Path, size: tuple[int, int]
) -> None:
    async with start(paid).run_test(size=size) as pilot:
        page = await on_page(pilot)
        await wait_for(pilot, lambda: f"{IVANOV}/one_more" in keys(pilot), "the pay")
        assert row(pilot, f"{IVANOV}/fixed")[1] == "30,000"
        assert row(pilot, f"{IVANOV}/bonus")[1:3] == ["0", "scale 0% at 35% of the plan"]
        page.point(f"{IVANOV}/one_more")
        said = "14 deals to 70%: opens 38,500 at once, then 1,437 a deal"
        await wait_for(pilot, lambda: said in " ".join(screen_text(pilot).split()), "the steps")


async def test_its_figures_open_into_their_events(start: Start, paid: Path) -> None:
    async with start(paid).run_test(size=(120, 40)) as pilot:
        page = await on_page(pilot)
        await wait_for(pilot, lambda: f"{IVANOV}/premium" in keys(pilot), "the pay")
        page.point(f"{IVANOV}/premium")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "15,000 ×" in screen_text(pilot), "the formula")
        await wait_for(pilot, lambda: "call" in screen_text(pilot), "the calls")


async def test_nobody_who_looks_on_sees_pay(start: Start, paid: Path) -> None:
    async with start(paid).run_test(size=(120, 60)) as pilot:
        await on_page(pilot)
        await wait_for(pilot, lambda: f"{IVANOV}/pay" in keys(pilot), "the pay")
        await pilot.press("f2")
        await on_page(pilot)
        assert not [key for key in keys(pilot) if key.startswith("pay/")]
        assert "30,000" not in screen_text(pilot)
        await pilot.press("f2")
        await on_page(pilot)
        await wait_for(pilot, lambda: f"{IVANOV}/pay" in keys(pilot), "the pay again")


async def test_sharing_a_replay_leaves_the_board_of_pay(start: Start, paid: Path) -> None:
    async with start(paid, room="replay", begin=BEGAN).run_test(size=(120, 40)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReplayScreen)
        await wait_for(pilot, lambda: bool(screen.ledger.sheet.lines), "the ledger")
        await pilot.press("0", "o", "o", "o", "o", "o")
        await wait_for(pilot, lambda: screen.stage.board.id == "pay", "the board of pay")
        await wait_for(pilot, lambda: "30,000" in screen_text(pilot), "the salaries")
        await pilot.press("f2")
        await settled(pilot)
        assert screen.stage.board.id == "plan_fact"
        assert "30,000" not in screen_text(pilot)


async def test_a_seller_sees_the_own_pay_alone(start: Start, paid: Path) -> None:
    async with by(start(paid), "ivanov").run_test(size=(120, 60)) as pilot:
        await on_page(pilot)
        await wait_for(pilot, lambda: f"{IVANOV}/pay" in keys(pilot), "the own pay")
    async with by(start(paid), "petrova").run_test(size=(120, 60)) as pilot:
        await on_page(pilot)
        assert not [key for key in keys(pilot) if key.startswith("pay/")]


async def test_no_amount_of_an_income_is_on_a_shared_screen(paid: Path) -> None:
    with SqliteLog.open(paid, writable=False) as log:
        (event,) = log.find(Trace(kinds=("ote_set",)))
    assert getattr(veiled(event).body, "amount", None) == VEIL


async def test_without_a_scheme_the_page_says_nothing_of_pay(start: Start) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        await on_page(pilot)
        assert not [key for key in keys(pilot) if key.startswith("pay/")]


def ledger(screen: ReplayScreen) -> str:
    """Every cell of the events of the day."""
    return " ".join(cell.text for line in screen.ledger.sheet.lines for cell in line.cells)


async def test_the_income_of_another_is_veiled_for_a_seller_wherever_events_are_listed(
    start: Start, log_file: Path
) -> None:
    """In the ledger of a replay and in an event read in full; the own one stands there."""
    with SqliteLog.open(log_file) as log:
        log.append([
            Draft(body=OteSet(seller=seller, since=BEGAN, amount=amount), occurred_at=at(BEGAN, 23),
                  actor="head")
            for seller, amount in (("ivanov", 12_345_600), ("petrova", 65_432_100))
        ])  # fmt: skip
    app = by(start(room="replay", begin=BEGAN, private=True), "petrova")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, ReplayScreen)
        await wait_for(pilot, lambda: bool(screen.ledger.sheet.lines), "the ledger")
        await pilot.press("0", "k")
        await wait_for(pilot, lambda: "654,321" in ledger(screen), "the own income")
        assert "123,456" not in ledger(screen)
        lines = screen.ledger.sheet.lines
        ivanov = next(line.key for line in lines if "Иванов Илья" in line.cells[3].text)
        screen.open_event(ivanov)
        await wait_for(pilot, lambda: VEIL in screen_text(pilot), "the veil")
        assert "123,456" not in screen_text(pilot)


async def test_a_replay_can_be_shared(start: Start, log_file: Path) -> None:
    with SqliteLog.open(log_file) as log:
        log.append([
            Draft(body=ClientRegistered(client="rose", name="Rose Ltd"), occurred_at=at(BEGAN, 9),
                  actor="head"),
            Draft(body=OteSet(since=BEGAN, amount=12_345_600), occurred_at=at(BEGAN, 23),
                  actor="head"),
            Draft(body=CallMade(seller="ivanov", client="rose", seconds=90),
                  occurred_at=at(BEGAN, 23), actor="ivanov"),
        ])  # fmt: skip
    app = start(room="replay", begin=BEGAN, private=True)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, ReplayScreen)
        await wait_for(pilot, lambda: bool(screen.ledger.sheet.lines), "the ledger")
        await pilot.press("0", "k")
        await wait_for(pilot, lambda: "123,456" in ledger(screen), "the income")
        assert "Rose Ltd" in ledger(screen)
        await pilot.press("f2")
        await wait_for(pilot, lambda: VEIL in ledger(screen), "the veil")
        assert "123,456" not in ledger(screen)
        assert "Rose Ltd" not in ledger(screen)
        assert "shared" in screen_text(pilot)
