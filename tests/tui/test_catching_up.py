"""Catching up on a seller's page: three numbers of deals, what-if, and a correction of it."""

from __future__ import annotations

import datetime as dt

import pytest
from textual.pilot import Pilot

from cockpit import words
from cockpit.tui.pages import seller as pages_seller
from cockpit.tui.pages.seller import SellerPage
from cockpit.tui.screens.form import Form
from cockpit.tui.sheet import Sheet
from tests.tui.conftest import Start
from tests.tui.waiting import board, opened, row, screen_text, settled, wait_for

SALE = "catch-up/ivanov|payment_received"
MEETINGS = "catch-up/ivanov|meeting_held/now"
PROPOSALS = "catch-up/ivanov|proposal_sent/now"
DAY = "catch-up/day/"

# The check is (14 × 75 000 + 5 × 3 075 000 ÷ 35) ÷ 19 = 78 383.46, few own sales mixed with the
# department's: to bring 313 636, 995 455 and 1 950 000 takes 5, 13 and 25 of it.


async def on_page(pilot: Pilot[None], key: str) -> SellerPage:
    """The page of who lags most, with the cursor on a row of catching up."""
    await opened(pilot)
    await pilot.press("enter")
    page = board(pilot)
    assert isinstance(page, SellerPage)
    await wait_for(pilot, lambda: key in [line.key for line in page.sheet.lines], key)
    page.point(key)
    return page


@pytest.mark.parametrize("language", ["en", "ru", "hu", "bg"])
async def test_the_words_of_a_row_are_seen_whole_on_a_small_screen(
    start: Start, language: str
) -> None:
    """In their column, or below it while the cursor is on the row."""
    words.use(language)
    async with start().run_test(size=(80, 24)) as pilot:
        page = await on_page(pilot, MEETINGS)
        rows = [line for line in page.sheet.lines if line.key.startswith(("plan-fact/", "catch"))]
        said = {line.key: line.cells[2].text for line in rows if len(line.cells) > 2}
        assert len(said) > 12
        for key, text in said.items():
            page.point(key)
            await pilot.pause()
            assert text in " ".join(screen_text(pilot).split()), key


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_page_names_three_numbers_of_deals(start: Start, size: tuple[int, int]) -> None:
    async with start().run_test(size=size) as pilot:
        await on_page(pilot, f"{SALE}/now")
        assert row(pilot, f"{SALE}/gap")[1] == "313,636"
        assert row(pilot, f"{SALE}/now")[:2] == ["deals to the line now", "5"]
        assert row(pilot, f"{SALE}/until")[:2] == ["to be on it on Fri 04-19", "13"]
        assert row(pilot, f"{SALE}/month")[:2] == ["to finish the plan", "25"]
        assert row(pilot, f"{SALE}/now")[2] == "mixed, own 14"
        assert row(pilot, DAY)[1:3] == ["Fri 04-19", "5 working days"]


async def test_with_another_check_fewer_deals_are_needed_and_x_goes_back(start: Start) -> None:
    async with start().run_test(size=(80, 24)) as pilot:
        page = await on_page(pilot, f"{SALE}/check")
        before = row(pilot, f"{SALE}/check")
        await pilot.press("plus")
        assert row(pilot, f"{SALE}/now")[1] == "4"
        assert row(pilot, f"{SALE}/check")[1] == "78,410"
        assert "with 78,410 you need 4 deals, not 5" in screen_text(pilot)
        await pilot.press("minus", "minus")
        assert row(pilot, f"{SALE}/now")[1] == "6"
        await pilot.press("x")
        assert row(pilot, f"{SALE}/check") == before
        assert page.cursor == f"{SALE}/check"


async def test_another_conversion_and_another_day_are_tried(start: Start) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        page = await on_page(pilot, PROPOSALS)
        share = row(pilot, PROPOSALS)[2]
        await pilot.press("minus")
        assert row(pilot, PROPOSALS)[2] != share
        page.point(DAY)
        await pilot.press("plus")
        await wait_for(pilot, lambda: row(pilot, DAY)[1] == "Mon 04-22", "the other day")
        assert row(pilot, DAY)[2] == "6 working days"
        await pilot.press("x")
        await wait_for(pilot, lambda: row(pilot, DAY)[1] == "Fri 04-19", "the day as it is")
        assert row(pilot, PROPOSALS)[2] == share


async def test_what_is_tried_becomes_the_correction(start: Start) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        page = await on_page(pilot, DAY)
        await pilot.press("plus")
        await wait_for(pilot, lambda: row(pilot, DAY)[1] == "Mon 04-22", "the other day")
        page.point(f"{SALE}/check")
        await pilot.press("plus", "t")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the form")
        form = pilot.app.screen
        assert isinstance(form, Form)
        await wait_for(pilot, lambda: bool(form.values), "its fields")
        assert form.values["metric"] == "average_check"
        assert form.values["target"] == "78,410"
        assert dt.date.fromisoformat(form.values["until"]) == dt.date(2024, 4, 22)


@pytest.mark.parametrize(
    ("key", "judged"), [(MEETINGS, "by cohort"), (PROPOSALS, "for the period")]
)
async def test_a_conversion_tried_is_aimed_at_from_the_share_it_is_judged_by(
    start: Start, key: str, judged: str
) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        await on_page(pilot, key)
        await pilot.press("plus", "plus", "t")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the form")
        form = pilot.app.screen
        assert isinstance(form, Form)
        await wait_for(pilot, lambda: bool(form.values), "its fields")
        assert form.values["metric"].startswith(key.split("|")[1].removesuffix("/now"))
        before = int(form.values["before"].rstrip("%"))
        hint = f"judged {judged}: {before}%"
        await wait_for(pilot, lambda: hint in screen_text(pilot), hint)
        if before < 100:
            assert before < int(form.values["target"].rstrip("%")) <= 100
        else:
            assert form.values["target"] == ""
            assert "everything goes on already" in screen_text(pilot)


async def test_another_seller_begins_with_the_facts(start: Start) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        page = await on_page(pilot, f"{SALE}/check")
        await pilot.press("plus", "right", "left")
        await wait_for(pilot, lambda: page.seller == "ivanov", "the page again")
        key = f"{SALE}/now"
        await wait_for(pilot, lambda: key in [line.key for line in page.sheet.lines], key)
        assert row(pilot, key)[1] == "5"


async def test_the_pieces_of_a_page_behind_the_first_are_drawn_together(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_seller, "_GATHERED", 60)
    drawn: list[set[str]] = []
    draw = SellerPage.draw

    def noted(page: SellerPage, sheet: Sheet) -> None:
        drawn.append({line.key.partition("/")[0] for line in sheet.lines})
        draw(page, sheet)

    monkeypatch.setattr(SellerPage, "draw", noted)
    async with start().run_test(size=(120, 40)) as pilot:
        await on_page(pilot, DAY)
        pieces = {"plan-fact", "catch-up", "activity", "conversions"}
        await wait_for(pilot, lambda: bool(drawn) and drawn[-1] >= pieces, "the whole page")
        assert all(not found or found == {"plan-fact"} or found >= pieces for found in drawn)


async def test_a_board_that_grows_below_its_end_is_scrolled_to_there(start: Start) -> None:
    async with start().run_test(size=(80, 24)) as pilot:
        page = await on_page(pilot, DAY)
        await wait_for(pilot, lambda: page.show_vertical_scrollbar, "the bar")
        await settled(pilot)
        more, bar = page.virtual_size.height + 5, page.vertical_scrollbar
        page.grow(page.size.width, more)
        assert (page.virtual_size.height, bar.window_virtual_size) == (more, more)
        assert page.max_scroll_y == more - page.size.height
        page.grow(page.size.width, page.size.height)
        await wait_for(pilot, lambda: not page.show_vertical_scrollbar, "no bar")
