"""Presentation mode: the board alone with a large clock, veiled, and one key back."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from cockpit.tui.widgets.bigclock import HEIGHT, BigClock, digits, shown
from cockpit.tui.widgets.clock import Reading
from cockpit.tui.widgets.keyline import KeyLine
from tests.tui.conftest import Start
from tests.tui.test_looks import drawn_signs
from tests.tui.waiting import Clock, board, opened, screen_text, settled, standup, wait_for

SIZES = ((80, 24), (120, 40))


async def presented(pilot: Pilot[None], key: str = "P") -> None:
    """The stand-up once its large clock is drawn."""
    await opened(pilot)
    await pilot.press(key)
    await wait_for(pilot, lambda: "█" in screen_text(pilot).splitlines()[0], "the large clock")


def large(text: str) -> str:
    """The first line of a time in dots."""
    return digits(text, 2)[0].rstrip()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["P", "З"])
async def test_the_board_stands_alone_under_a_large_clock(
    start: Start, size: tuple[int, int], key: str
) -> None:
    async with start().run_test(size=size) as pilot:
        await presented(pilot, key)
        await wait_for(pilot, lambda: large("5:00") in screen_text(pilot), "five minutes")
        text = screen_text(pilot)
        chrome = ("Agenda", "Space Pause", "Север stand-up", "? Help")
        assert [each for each in chrome if each in text] == []
        for said in ("Plan–fact", "▶ running", "0:00 of 5:00", "Иванов Илья", "DEPARTMENT"):
            assert said in text
        assert standup(pilot).stage.size == (size[0], size[1] - HEIGHT)
        await pilot.press(key)
        await wait_for(
            pilot, lambda: all(each in screen_text(pilot) for each in chrome), "what stood around"
        )
        assert "█" not in screen_text(pilot).splitlines()[0]


async def test_it_veils_what_share_mode_veils_and_leaves_that_as_it_was(start: Start) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        await presented(pilot)
        shared = [standup(pilot).view.share]
        for key in ("f2", "P", "f2", "P", "P"):
            await pilot.press(key)
            shared.append(standup(pilot).view.share)
        assert shared == [True, False, False, True, True, True]


@pytest.mark.parametrize("height", [32, 36, 40, 50])
async def test_the_picture_of_the_month_is_whole_or_not_there(start: Start, height: int) -> None:
    """More air between the lines leaves less room for it."""
    async with start().run_test(size=(120, height)) as pilot:
        await presented(pilot)
        await settled(pilot)
        text = screen_text(pilot)
        assert ("█ fact" in text) == ("7,200,000" in text)


async def test_esc_goes_back_level_by_level_and_then_out_of_it(start: Start) -> None:
    async with start().run_test(size=(120, 40)) as pilot:
        await presented(pilot)
        screen = standup(pilot)
        await pilot.press("enter")
        await wait_for(pilot, lambda: screen.stage.trail[-1] == "seller", "a seller's page")
        await pilot.press("escape")
        seen = [(len(screen.stage.trail), screen.query_one(KeyLine).region.height)]
        await pilot.press("escape")
        await wait_for(pilot, lambda: bool(screen.query_one(KeyLine).region.height), "the chrome")
        assert seen == [(1, 0)]


async def test_the_large_clock_goes_with_the_meeting(start: Start, clock: Clock) -> None:
    async with start().run_test(size=(80, 24)) as pilot:
        await presented(pilot)
        clock.pass_by(241)
        standup(pilot).tick()
        await wait_for(pilot, lambda: large("0:59") in screen_text(pilot), "what is left")
        assert "! nearly up" in screen_text(pilot)
        clock.pass_by(93)
        standup(pilot).tick()
        await wait_for(pilot, lambda: large("+0:34") in screen_text(pilot), "the overrun")
        assert "▲ over time" in screen_text(pilot)
        await pilot.press("right")
        await wait_for(pilot, lambda: large("4:00") in screen_text(pilot), "the next box")
        assert "over so far +0:34" in screen_text(pilot)
        assert standup(pilot).query_one(BigClock).size == (80, HEIGHT)


async def test_the_past_is_named_even_there(start: Start) -> None:
    async with start().run_test(size=(80, 24)) as pilot:
        await presented(pilot)
        assert "THE PAST" not in screen_text(pilot)
        await pilot.press("left_square_bracket")
        await wait_for(pilot, lambda: "THE PAST" in screen_text(pilot), "the banner")
        await pilot.press("0")
        await wait_for(pilot, lambda: "THE PAST" not in screen_text(pilot), "now")


async def test_plain_signs_make_a_plain_clock(start: Start) -> None:
    async with start(plain_signs=True).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("P")
        await wait_for(pilot, lambda: "####" in screen_text(pilot), "the clock")
        assert drawn_signs(screen_text(pilot)) == set()


async def test_jumping_labels_what_is_seen_and_no_agenda(start: Start) -> None:
    async with start().run_test(size=(80, 24)) as pilot:
        await presented(pilot)
        await pilot.press("j", "a")
        assert board(pilot).cursor == board(pilot).sheet.lines[0].key


@pytest.mark.parametrize(
    ("item", "box", "said"),
    [(0, 300, "5:00"), (299, 300, "0:01"), (300, 300, "0:00"), (334, 300, "+0:34"), (7, 0, "0:07")],
)
def test_the_large_clock_says_what_is_left(item: int, box: int, said: str) -> None:
    assert shown(Reading(item=item, box=box, running=True, held=True)) == said


def test_digits_are_told_apart_and_as_wide_as_each_other() -> None:
    drawn = {sign: digits(sign, 1) for sign in "0123456789"}
    assert len(set(drawn.values())) == 10
    assert {len(line) for lines in drawn.values() for line in lines} == {3}
    assert all(len(lines) == HEIGHT for lines in drawn.values())
