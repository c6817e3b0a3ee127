"""The board of conversions: cuts, weeks, what is grey, what lies behind, and the bridge."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from rich.cells import cell_len

from cockpit.config import parse
from cockpit.render.lines import with_clients
from cockpit.tui.frame import frame, inner, window
from cockpit.tui.pages.bridge import BridgePage, metric
from cockpit.tui.pages.bridge import sheet as bridge_sheet
from cockpit.tui.sections.base import Drawn
from cockpit.tui.sections.conversions import ranked
from cockpit.tui.sheet import Sheet, lay
from cockpit.tui.view import CUTS, View
from events.vocabulary import CallMade, MeetingHeld, PaymentReceived
from projections.reports.bridge import BridgeReport
from projections.reports.conversions import ConversionRow
from tests.projections.payment_days import on
from tests.projections.test_bridge import report as bridged
from tests.projections.test_bridge import world
from tests.tui.conftest import OnDay
from tests.tui.funnel_world import MARCH, deals, funnel
from tests.tui.money_world import CLIENTS, SELLERS
from tests.tui.waiting import board, figure, opened, row, screen_text, standup, wait_for
from tests.tui.world import TODAY

WIDE = (160, 40)
CALLS = "call_made>meeting_held"
INVOICES = "proposal_sent>invoice_issued"


def text(made: Sheet, width: int, height: int = 40) -> list[str]:
    lines = frame(made, lay(made, inner(width)), window(made, height), None, width, height)
    return ["".join(part for part, _ in line) for line, _ in lines]


async def test_a_key_walks_through_the_cuts(on_day: OnDay) -> None:
    async with on_day(funnel()).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("3")
        await wait_for(pilot, lambda: board(pilot).cursor == "seller:ivanov", "the sellers")
        assert figure(pilot, "seller:ivanov", INVOICES) == "30% of 20 15–52"
        assert figure(pilot, "seller:petrova", INVOICES).startswith("*89% of 9")
        await pilot.press("v")
        await wait_for(pilot, lambda: board(pilot).cursor == "channel:web", "the channels")
        assert figure(pilot, "channel:web", CALLS) == "80% of 30 63–90"
        for _ in CUTS[2:]:
            await pilot.press("v")
        await wait_for(
            pilot,
            lambda: "v ›target audience" in " ".join(screen_text(pilot).split("  ")),
            "audiences",
        )
        await wait_for(pilot, lambda: board(pilot).cursor == "unassigned", "their rows")
        await pilot.press("м")
        await wait_for(pilot, lambda: board(pilot).cursor == "seller:ivanov", "the sellers again")


async def test_a_cut_opens_its_pairs_and_they_their_events(on_day: OnDay) -> None:
    async with on_day(funnel()).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("3", "v")
        await wait_for(pilot, lambda: board(pilot).cursor == "channel:web", "the channels")
        board(pilot).point("channel:fair")
        await pilot.press("enter")
        key = f"{INVOICES}|fair/share"
        await wait_for(pilot, lambda: key in [one.key for one in board(pilot).sheet.lines], "pairs")
        assert row(pilot, key)[1] == "88.89%"
        assert row(pilot, key)[2] == "k÷n = 8 ÷ 9"
        board(pilot).point(key)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "17 events" in screen_text(pilot), "proposals and invoices")
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: board(pilot).cursor == "channel:fair", "the way back")


async def test_the_department_opens_as_well(on_day: OnDay) -> None:
    async with on_day(funnel()).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("3")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "the conversions")
        await pilot.press("end", "enter")
        key = f"{CALLS}|*/share"
        await wait_for(pilot, lambda: key in [one.key for one in board(pilot).sheet.lines], "pairs")
        assert row(pilot, key)[2] == "k÷n = 36 ÷ 46"


async def test_the_weeks_are_a_key_away_with_their_numbers(on_day: OnDay) -> None:
    async with on_day(funnel()).run_test(size=(200, 50)) as pilot:
        await opened(pilot)
        await pilot.press("3", "w")
        await wait_for(pilot, lambda: "Conversions by week" in screen_text(pilot), "the weeks")
        assert figure(pilot, CALLS, "2024-03-11") == "75% of 80"
        assert figure(pilot, CALLS, "2024-04-08") == "78% of 46"
        assert figure(pilot, CALLS, "2024-04-01") == "—"
        strip = figure(pilot, CALLS, "strip")
        assert len(strip) == 12
        assert strip.count("·") == 10
        board(pilot).point(CALLS)
        await pilot.press("enter")
        key = f"{CALLS}|2024-03-11/share"
        await wait_for(pilot, lambda: key in [one.key for one in board(pilot).sheet.lines], "weeks")
        assert row(pilot, key)[2] == "k÷n = 60 ÷ 80"
        await pilot.press("escape", "w")
        await wait_for(pilot, lambda: board(pilot).cursor == "seller:ivanov", "the sellers again")


@pytest.mark.parametrize("width", [120, 200])
async def test_the_weeks_leave_the_steps_their_whole_names(on_day: OnDay, width: int) -> None:
    async with on_day(funnel()).run_test(size=(width, 40)) as pilot:
        await opened(pilot)
        await pilot.press("3", "w")
        await wait_for(pilot, lambda: "Conversions by week" in screen_text(pilot), "the weeks")
        for line in board(pilot).sheet.lines:
            assert line.cells[0].text in screen_text(pilot)


async def test_volume_and_the_largest_loss_are_said_above_the_shares(on_day: OnDay) -> None:
    async with on_day(funnel()).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("3")
        await wait_for(pilot, lambda: "most was lost at" in screen_text(pilot), "the loss")
        assert "▼ most was lost at proposals → invoices: −" in screen_text(pilot)


async def test_the_bridge_is_a_key_away_and_sellers_lie_deeper(on_day: OnDay) -> None:
    async with on_day(funnel()).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("3")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "the conversions")
        await pilot.press("end", "b")
        await wait_for(pilot, lambda: "DEPARTMENT, bridge" in screen_text(pilot), "the bridge")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "its rows")
        board(pilot).point("seller:ivanov")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "Иванов Илья, bridge" in screen_text(pilot), "the seller's")
        board(pilot).point(f"ivanov|{INVOICES}")
        await wait_for(pilot, lambda: "M×ln(x[1]÷x[0])" in screen_text(pilot), "the formula")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "6 events" in screen_text(pilot), "the invoices")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(board(pilot), BridgePage), "the bridge again")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "DEPARTMENT, bridge" in screen_text(pilot), "the whole")
        assert board(pilot).cursor == "seller:ivanov"
        await pilot.press("right")
        await wait_for(pilot, lambda: ", bridge from" in screen_text(pilot), "the next seller")
        assert "DEPARTMENT, bridge" not in screen_text(pilot)
        await pilot.press("left", "b")
        await wait_for(pilot, lambda: not isinstance(board(pilot), BridgePage), "the board again")


async def test_the_bridge_of_the_seller_under_the_cursor_opens_from_anywhere(on_day: OnDay) -> None:
    async with on_day(funnel()).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("2")
        await wait_for(pilot, lambda: str(board(pilot).cursor).startswith("seller:"), "plan-fact")
        board(pilot).point("seller:petrova")
        await pilot.press("b")
        await wait_for(pilot, lambda: "Anna Petrova, bridge" in screen_text(pilot), "the bridge")
        await pilot.press("escape", "enter")
        await wait_for(pilot, lambda: "linear plan" in screen_text(pilot), "the seller's page")
        await pilot.press("и")
        await wait_for(pilot, lambda: "Anna Petrova, bridge" in screen_text(pilot), "the bridge")
        await pilot.press("escape")
        await wait_for(pilot, lambda: "linear plan" in screen_text(pilot), "the page again")


@pytest.fixture(scope="module")
def april() -> BridgeReport:
    return bridged(*world())


def drawn() -> Drawn:
    return Drawn(names=with_clients(SELLERS, CLIENTS), view=View(today=TODAY), keymap={})


@pytest.mark.parametrize("width", [58, 60, 92, 172])
def test_the_checked_example_hangs_together_at_every_width(april: BridgeReport, width: int) -> None:
    made = bridge_sheet(april, "ivanov", drawn(), width)
    lines = text(made, width)
    assert {cell_len(line) for line in lines} == {width}
    whole = " ".join(" ".join(lines).split())
    assert "▼ volume first: 600 of 701 calls by now, −₽187,479" in whole
    assert "▼ most was lost at proposals → invoices: −₽255,711" in whole
    cells = {line.key: [cell.text for cell in line.cells] for line in made.lines}
    told = cells["ivanov|proposal_sent>invoice_issued"]
    assert told[1:3] == ["45%", "36%"]
    assert told[3].startswith("▼")


def test_bars_hang_where_the_one_before_ended(april: BridgeReport) -> None:
    made = bridge_sheet(april, "ivanov", drawn(), 172)
    bars = {line.key: line.cells[-1].text for line in made.lines if len(line.cells) > 1}
    line, calls = bars["bridge/line"], bars["ivanov|volume"]
    assert abs(len(line) - len(calls.removesuffix(" lost"))) <= 1
    meetings = bars["ivanov|call_made>meeting_held"]
    start = len(calls) - len(calls.lstrip())
    assert abs(len(meetings.removesuffix(" lost")) - start) <= 1
    assert "gained" in bars["ivanov|meeting_held>proposal_sent"]


def test_a_zero_among_the_factors_is_owned_up_to(april: BridgeReport) -> None:
    made = bridge_sheet(april, "petrova", drawn(), 92)
    assert "one after another: Anna Petrova" in "\n".join(text(made, 92))


def of(share: int, n: int) -> ConversionRow:
    """So many of so many, as the report has them."""
    return ConversionRow(
        key="", step_from="a", step_to="b", cut="", n=n, count=share, share=Fraction(share, n),
        small=n < 10,
    )  # fmt: skip


def test_the_worst_of_those_with_enough_come_first_and_few_are_not_ranked() -> None:
    pair = ("a", "b")
    rows = {"good": of(9, 10), "few": of(1, 9), "bad": of(2, 20), "none": {}, "fair": of(5, 10)}
    given = {
        key: {pair: row} if isinstance(row, ConversionRow) else {} for key, row in rows.items()
    }
    assert list(ranked(given, pair)) == ["bad", "fair", "good", "few", "none"]
    assert list(ranked(given, None)) == list(rows)


async def test_the_rows_are_ranked_where_the_department_lost_most(on_day: OnDay) -> None:
    async with on_day(funnel()).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("3")
        said = "the worst at proposals → invoices first"
        await wait_for(pilot, lambda: said in screen_text(pilot), "by what they are ranked")
        assert [line.key for line in board(pilot).sheet.lines] == [
            "seller:ivanov", "seller:petrova"
        ]  # fmt: skip


async def test_the_formulas_of_a_row_are_a_question_mark_away(on_day: OnDay) -> None:
    async with on_day(funnel()).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("3")
        await wait_for(pilot, lambda: board(pilot).cursor == "seller:ivanov", "the sellers")
        await pilot.press("?")
        await wait_for(pilot, lambda: "k÷n = 24 ÷ 30 = 80%" in screen_text(pilot), "the formula")
        assert "proposals → invoices: conversion = k÷n = 6 ÷ 20 = 30%" in screen_text(pilot)


def test_somebody_without_plan_and_fact_has_no_bridge(april: BridgeReport) -> None:
    assert "has neither plan nor fact" in "\n".join(
        text(bridge_sheet(april, "delta", drawn(), 92), 92)
    )


def test_a_correction_of_a_factor_is_about_its_metric(april: BridgeReport) -> None:
    own = {row.key: metric(row) for row in april.rows if row.seller == "ivanov"}
    assert own["ivanov|volume"] == "call_made"
    assert own[f"ivanov|{INVOICES}"] == INVOICES
    assert own["ivanov|check"] == "average_check"
    assert own["ivanov|deviation"] is None


async def test_money_on_the_board_says_what_it_is_counted_in(on_day: OnDay) -> None:
    world = [
        *funnel()[:2],
        *deals("ivanov", "web", MARCH, leads=40, numbers=(40, 30, 24, 18, 16)),
        *deals("ivanov", "web", on(9), leads=60, numbers=(30, 20, 10, 6, 2)),
        *deals("petrova", "fair", on(10), leads=60, numbers=(60, 50, 45, 42, 40)),
    ]
    async with on_day(world).run_test(size=(150, 40)) as pilot:
        await opened(pilot)
        await pilot.press("3")
        await wait_for(pilot, lambda: "burned" in screen_text(pilot), "the money burned")
        found = board(pilot).sheet
        assert "burned" in [column.title for column in found.columns]
        assert "burned: thousand ₽" in ["".join(text for text, _ in line) for line in found.notes]
        said = ["".join(text for text, _ in line) for line in found.intro]
        assert any(re.fullmatch(r".* ₽[\d,]+ burned", line) for line in said)
        assert all("₽" in line for line in said)


async def test_where_only_sales_are_logged_the_board_says_so_and_collapses(on_day: OnDay) -> None:
    sales = [(on(9), PaymentReceived(seller="ivanov", amount=75_000_00)) for _ in range(3)]
    async with on_day([*funnel()[:2], *sales]).run_test(size=(80, 24)) as pilot:
        screen = standup(pilot)
        await wait_for(pilot, lambda: "conversions" in screen.conductor.collapsed, "its seconds")
        await pilot.press("3")
        said = "No two steps of a sale were logged in this time, so nothing is converted."
        await wait_for(pilot, lambda: board(pilot).sheet.empty == said, "the reason")
        assert "Nothing was logged" not in screen_text(pilot)


async def test_where_no_step_names_its_deal_a_key_counts_them_for_the_period(
    on_day: OnDay,
) -> None:
    done = [(on(9), CallMade(seller="ivanov", seconds=90)) for _ in range(12)]
    met = [(on(10), MeetingHeld(seller="ivanov")) for _ in range(6)]
    async with on_day([*funnel()[:2], *done, *met]).run_test(size=WIDE) as pilot:
        screen = standup(pilot)
        await wait_for(pilot, lambda: screen.conductor.on, "the meeting")
        await pilot.press("3")
        await wait_for(pilot, lambda: "c counts them for the period" in screen_text(pilot), "why")
        assert "conversions" not in screen.conductor.collapsed
        await pilot.press("c")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "the reading")
        assert figure(pilot, "seller:ivanov", CALLS).startswith("50% of 12")


async def test_the_board_and_the_page_of_a_seller_count_the_pairs_of_the_configuration(
    on_day: OnDay,
) -> None:
    app = on_day(funnel())
    pairs = parse('conversions = [["call", "invoice"]]', Path("config.toml")).pairs()
    app.setup = msgspec.structs.replace(app.setup, pairs=pairs)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("3")
        await wait_for(pilot, lambda: board(pilot).cursor == "seller:ivanov", "the sellers")
        shares = [column.key for column in board(pilot).sheet.columns if ">" in column.key]
        assert shares == ["call_made>invoice_issued"]
        await pilot.press("w")
        await wait_for(pilot, lambda: "by week" in screen_text(pilot), "the weeks")
        assert any("call_made>invoice_issued" in line.key for line in board(pilot).sheet.lines)
        await pilot.press("w")
        await wait_for(pilot, lambda: board(pilot).cursor == "seller:ivanov", "the sellers")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "calls → invoices" in screen_text(pilot), "the page")
