"""The board of work turns up its faces: sources of norms, lengths of calls, norms that grow."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cockpit.tui.pages.figures import FiguresPage
from cockpit.tui.sections import doing
from events.sqlite import SqliteLog
from events.trace import Trace
from events.vocabulary import AbsenceSet, NormSet, RampHeld
from events.vocabulary.fact import Fact
from projections.reports.activity import ActivityRow
from tests.tui.conftest import Start
from tests.tui.pictures import SIZES, Compare, after
from tests.tui.waiting import board, figure, opened, screen_text, wait_for
from tests.tui.work_world import FRIDAY, log_one, work

WIDE = (120, 40)


def titled(pilot: Pilot[None], words: str) -> bool:
    """Whether the board's title has these words."""
    return words in board(pilot).sheet.title


def decided(path: Path) -> list[Fact]:
    """The steps and holds in the log, but for those the world began with."""
    with SqliteLog.open(path, writable=False) as log:
        trace = Trace(kinds=("norm_set", "ramp_held"), sellers=("petrova", "ivanov"))
        found = [event.body for event in log.find(trace) if isinstance(event.body, Fact)]
        return found[2:]


async def test_n_walks_through_the_sources_and_ends_with_all_of_them(
    start: Start, log_file: Path
) -> None:
    async with start(work(log_file)).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("2")
        shown = {}
        for title in ("Activities", "from the plan", "own best", "benchmark"):
            await wait_for(pilot, partial(titled, pilot, title), title)
            shown[title] = figure(pilot, "seller:petrova", "call_made")
            await pilot.press("n")
        assert shown == {
            "Activities": "16/8h +8 ▲ ",
            "from the plan": "16  ",
            "own best": "16/9b +7 ▲ ",
            "benchmark": "16/12s +4 ▲ ",
        }
        await wait_for(pilot, lambda: "Norms by source" in board(pilot).sheet.title, "the table")
        assert figure(pilot, "petrova|call_made|*|*", "sector") == "12"
        await pilot.press("n")
        await wait_for(pilot, lambda: "Activities" in board(pilot).sheet.title, "the first again")


async def test_volume_is_said_first_and_the_row_tells_its_parts(
    start: Start, log_file: Path
) -> None:
    async with start(work(log_file)).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("2")
        await wait_for(pilot, lambda: "Volume first: Иванов Илья 75%" in screen_text(pilot), "him")
        await pilot.press("down", "down")
        await wait_for(pilot, lambda: "incoming 12" in screen_text(pilot), "the parts")
        assert "50 calls < 30 s not counted" in screen_text(pilot)


async def test_of_who_is_absent_the_board_says_so(start: Start, log_file: Path) -> None:
    away = AbsenceSet(seller="ivanov", first=FRIDAY, last=FRIDAY)
    log_one(log_file, away)
    async with start(log_file).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("2")
        await wait_for(pilot, partial(titled, pilot, "Activities"), "the board")
        board(pilot).point("seller:ivanov")
        await wait_for(pilot, lambda: ", away" in screen_text(pilot), "his absence")
        assert "of —" not in screen_text(pilot)


async def test_l_shows_how_long_people_talk_and_who_only_dials(
    start: Start, log_file: Path
) -> None:
    async with start(work(log_file)).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("2", "l")
        await wait_for(pilot, lambda: "Structure of calls" in board(pilot).sheet.title, "calls")
        assert figure(pilot, "seller:sidorov", "under_1").split() == ["62", "87%"]
        assert "Sergey Sidorov: dialling, not talking" in screen_text(pilot)
        await pilot.press("down", "down", "enter")
        await wait_for(pilot, lambda: isinstance(board(pilot), FiguresPage), "his figures")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "their rows")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "events" in screen_text(pilot), "the events")
        await pilot.press("escape", "escape", "l")
        await wait_for(pilot, lambda: "Activities" in board(pilot).sheet.title, "the first again")


@pytest.mark.parametrize("keys", [("2",), ("2", "l")], ids=["activities", "calls"])
async def test_the_departments_row_opens_into_its_events(
    start: Start, log_file: Path, keys: tuple[str, ...]
) -> None:
    async with start(work(log_file)).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press(*keys)
        title = "Structure of calls" if "l" in keys else "Activities"
        await wait_for(pilot, partial(titled, pilot, title), title)
        await pilot.press("end", "enter")
        await wait_for(pilot, lambda: isinstance(board(pilot), FiguresPage), "its figures")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "its formulas")
        assert titled(pilot, "DEPARTMENT")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "events" in screen_text(pilot), "the events")


async def test_calls_are_summed_as_a_number_and_not_as_money(start: Start, log_file: Path) -> None:
    async with start(work(log_file)).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("2")
        await wait_for(pilot, partial(titled, pilot, "Activities"), "activities")
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "her formulas")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "events · Σ" in screen_text(pilot), "the sum")
        ((said, _),) = board(pilot).sheet.notes[0]
        assert re.fullmatch(r"\d+ events · Σ \d+", said)
        assert board(pilot).sheet.title.endswith(", calls")


async def test_h_shows_what_grows_and_again_writes_this_weeks_decision_once(
    start: Start, log_file: Path
) -> None:
    async with start(work(log_file)).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("2", "h")
        await wait_for(pilot, lambda: "Growing norms" in board(pilot).sheet.title, "what grows")
        assert figure(pilot, "ivanov|call_made", "ramp_state") == "= on hold"
        assert figure(pilot, "petrova|call_made", "next") == "9"
        await pilot.press("end", "h", "h")
        await wait_for(
            pilot,
            lambda: figure(pilot, "petrova|call_made", "ramp_state") == "= until Monday",
            "the step",
        )
        await pilot.press("h", "home", "h")
        await wait_for(
            pilot,
            lambda: figure(pilot, "ivanov|call_made", "ramp_state") == "= until Monday",
            "the hold",
        )
    step, hold = decided(log_file)
    assert isinstance(step, NormSet)
    assert (step.seller, step.count) == ("petrova", 9)
    assert hold == RampHeld(activity="call_made", seller="ivanov", because="attainment")


async def test_what_is_to_be_decided_of_a_growing_norm_is_said_to_its_end(
    start: Start, log_file: Path
) -> None:
    async with start(work(log_file)).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("2", "h")
        await wait_for(pilot, lambda: "Growing norms" in board(pilot).sheet.title, "what grows")
        for key in ("home", "end"):
            await pilot.press(key)
            said = "".join(text for line in board(pilot).footnotes() for text, _ in line)
            assert "again writes it to the log" in said
            assert "…" not in said


async def test_the_legend_of_the_bars_is_whole_at_every_width(start: Start, log_file: Path) -> None:
    for size, legend in (((80, 24), "█>3 ▓1–3 ░<1"), (WIDE, "█ > 3 ▓ 1–3 ░ < 1 min")):
        async with start(work(log_file)).run_test(size=size) as pilot:
            await opened(pilot)
            await pilot.press("2", "l")
            await wait_for(pilot, lambda: "dialling" in screen_text(pilot), "the calls")
            assert legend in screen_text(pilot)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    ("keys", "shows"),
    [("2", "16/8"), ("2l", "dialling"), ("2nnnn", "12"), ("2h", "on hold")],
    ids=["activities", "calls", "norms", "growing"],
)
def test_its_faces_look_as_they_did(
    snap_compare: Compare,
    start: Start,
    log_file: Path,
    size: tuple[int, int],
    keys: str,
    shows: str,
) -> None:
    app = start(work(log_file))
    assert snap_compare(app, terminal_size=size, run_before=after(*keys, shows=shows))


@pytest.mark.parametrize(
    ("norm", "fact", "said"),
    [("1.04", 1, "1/1.0 ="), ("1.06", 1, "1/1.1 ▼"), ("0.9", 1, "1/0.9 ▲"), ("26", 25, "25/26 ▼")],
)
def test_a_sign_says_no_other_than_the_figures_beside_it(norm: str, fact: int, said: str) -> None:
    due = Fraction(norm)
    row = ActivityRow(key="x", seller="x", activity="call_made", fact=fact, norm=due,
                      deviation=fact - due)  # fmt: skip
    assert doing.cell(row).text == said
