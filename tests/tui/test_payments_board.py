"""The board of payments on the day printed with feature P6."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from cockpit.render.lines import with_clients
from cockpit.tui import picture
from cockpit.tui.frame import frame, inner, window
from cockpit.tui.sections.base import Drawn
from cockpit.tui.sections.payments import PaymentsSection, nothing_to_say, sheet
from cockpit.tui.sheet import Sheet, lay
from cockpit.tui.view import View
from events.envelope import Draft
from events.sqlite import SqliteLog
from projections.reports.payments import Payments
from tests.projections.payment_days import Dated, K, ask, paid, report
from tests.tui import money_world
from tests.tui.conftest import OnDay
from tests.tui.money_world import CLIENTS, SELLERS
from tests.tui.waiting import board, figure, opened, screen_text, wait_for
from tests.tui.world import TODAY, at


def drawn() -> Drawn:
    return Drawn(names=with_clients(SELLERS, CLIENTS), view=View(today=TODAY), keymap={})


def seen(found: Payments, width: int, height: int = 40) -> list[str]:
    """The board as lines of text."""
    made = sheet(found, drawn(), width, tall=height >= 30)
    return text(made, width, height)


def text(made: Sheet, width: int, height: int) -> list[str]:
    lines = frame(made, lay(made, inner(width)), window(made, height), None, width, height)
    return ["".join(part for part, _ in line) for line, _ in lines]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_board_shows_the_day_of_the_feature_page(
    on_day: OnDay, size: tuple[int, int]
) -> None:
    async with on_day(money_world.board()).run_test(size=size) as pilot:
        await opened(pilot)
        shown = screen_text(pilot)
        assert "cash plan to date 900" in shown
        assert "received 610" in shown
        assert "needed today 290" in shown
        assert "does NOT close by 69.8" in shown
        assert figure(pilot, "1", "client") == "! Ромашка"
        assert figure(pilot, "1", "agreed") == "promised today"
        assert figure(pilot, "1", "broken") == "1"
        assert figure(pilot, "1", "expected") == "80.8"
        assert figure(pilot, "1", "step") == "call today"
        assert figure(pilot, "2", "reliability") == "92%"
        assert figure(pilot, "3", "client") == "! 李小龍貿易公司"
        assert figure(pilot, "3", "reliability").startswith("≈")
        assert figure(pilot, "4", "agreed") == "due 04-22"
        assert figure(pilot, "department", "expected") == "220.2"


async def test_the_promises_of_the_line_under_the_cursor_stand_below(on_day: OnDay) -> None:
    async with on_day(money_world.board()).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        board(pilot).point("1")
        await wait_for(pilot, lambda: "04-11 broken" in screen_text(pilot), "the broken promise")
        assert "04-15 awaited" in screen_text(pilot)
        assert "O×r×r" in screen_text(pilot)
        assert "call today · Ромашка · no. 1 of" in screen_text(pilot)
        await pilot.press("down")
        await wait_for(pilot, lambda: "no. 2 of 04-02" in screen_text(pilot), "the next line")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
async def test_client_and_next_step_of_the_line_under_the_cursor_are_seen_whole(
    on_day: OnDay, size: tuple[int, int]
) -> None:
    async with on_day(money_world.board()).run_test(size=size) as pilot:
        await opened(pilot)
        for line in [each for each in board(pilot).sheet.lines if each.opens]:
            board(pilot).point(line.key)
            await pilot.pause()
            client, step = line.cells[0].text.removeprefix("!").strip(), line.cells[-1].text
            assert " · ".join(part for part in (step, client) if part) in screen_text(pilot)


def test_client_and_next_step_come_before_the_number_of_the_invoice() -> None:
    names = with_clients(
        SELLERS, {key: f"{name} and Partners Limited" for key, name in CLIENTS.items()}
    )
    made = sheet(report(*money_world.board()), replace(drawn(), names=names), 92, tall=True)
    keys = [made.columns[place].key for place in lay(made, inner(92)).columns]
    assert keys[0] == "client"
    assert keys[-1] == "step"
    assert not {"invoice", "issued"} & set(keys)
    assert {"broken", "seller", "agreed"} <= set(keys)


async def test_enter_on_a_line_lists_invoice_and_promises(on_day: OnDay) -> None:
    async with on_day(money_world.board()).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        board(pilot).point("1")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "3 events" in screen_text(pilot), "the papers")
        shown = screen_text(pilot)
        assert "Ромашка, no. 1" in shown
        assert shown.count("promise to pay") == 2
        await pilot.press("escape")
        await wait_for(pilot, lambda: board(pilot).cursor == "1", "the way back to the line")


async def test_enter_on_the_total_leads_to_every_figure_of_the_day(on_day: OnDay) -> None:
    async with on_day(money_world.board()).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("end", "enter")
        await wait_for(pilot, lambda: "needed today" in screen_text(pilot), "the figures")
        await wait_for(
            pilot, lambda: figure(pilot, "department/need", "value") == "290,000", "need"
        )
        assert figure(pilot, "department/cash_plan", "formula") == "T×w÷W = 1,980,000 × 10 ÷ 22"
        board(pilot).point("department/cash_fact")
        await pilot.press("enter")
        await wait_for(pilot, lambda: "610,000" in screen_text(pilot), "the payments")


async def test_the_formula_of_a_line_is_a_question_mark_away(on_day: OnDay) -> None:
    async with on_day(money_world.board()).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        board(pilot).point("2")
        await pilot.press("?")
        await wait_for(
            pilot, lambda: "O×r = 70,000 × 92% = 64,400" in screen_text(pilot), "the formula"
        )


async def test_a_payment_logged_elsewhere_moves_the_verdict_by_itself(
    on_day: OnDay, tmp_path: Path
) -> None:
    async with on_day(money_world.board()).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        board(pilot).point("2")
        with SqliteLog.open(tmp_path / "money.db") as log:
            body = paid(None, 290 * K, TODAY)[1]
            log.append([Draft(body=body, occurred_at=at(TODAY, 9), actor="head")])
        await wait_for(
            pilot, lambda: "nothing is needed today" in screen_text(pilot), "the verdict"
        )
        assert board(pilot).cursor == "2"


@pytest.mark.parametrize(
    ("story", "words"),
    [
        (money_world.board, None),
        (money_world.at_once, "the usual sale takes one touch"),
        (money_world.settled, "nothing is needed, due or overdue today"),
        (list, "nobody owes anything"),
    ],
)
def test_the_meeting_hears_when_there_is_nothing_to_say(
    story: Callable[[], list[Dated]], words: str | None
) -> None:
    said = PaymentsSection().nothing_to_say(report(*story()))
    assert said is None if words is None else words in (said or "")


def test_where_a_sale_takes_one_touch_the_board_is_one_line_that_says_so() -> None:
    found = report(*money_world.at_once())
    shown = [line.strip() for line in seen(found, 60) if line.strip()]
    assert shown[1].startswith("payments need no plan: the usual sale takes one touch")
    assert not any("Ромашка" in line for line in shown)
    assert nothing_to_say(found) is not None


def test_a_need_that_is_covered_is_said_to_be() -> None:
    shown = "\n".join(seen(report(*money_world.easy()), 92))
    assert "▲ today closes: 1 line in control brings 80.8 of 70.0" in shown
    assert "overdue or for today, yet not needed" in shown


def test_what_was_paid_credited_and_written_off_of_an_instalment_is_told() -> None:
    found = report(*money_world.moved())
    row = next(row for row in found.rows if row.key == "5#1")
    assert row.open == 4 * K
    board = PaymentsSection()
    board._given = (found, drawn())
    opening = board.opening("5#1")
    assert opening is not None
    assert opening.title == "Омега, no. 5#1"


@pytest.mark.parametrize("width", [58, 60, 72, 92, 172])
def test_no_script_shifts_a_column(width: int) -> None:
    found = report(*money_world.moved())
    made = sheet(found, drawn(), width, tall=True)
    lines = text(made, width, 40)
    assert {cell_len(line) for line in lines} == {width}
    owed = [cell_len(line.split(amount)[0] + amount) for amount in ("180.0", " 90.0", " 60.0")
            for line in lines if amount in line and line.startswith(" !")]  # fmt: skip
    assert len(owed) == 4
    assert len(set(owed)) == 1


def test_by_day_shows_the_overdue_in_front_and_every_day_of_the_month() -> None:
    found = report(*money_world.moved())
    labels = next(line for line in seen(found, 92) if "late" in line).split()
    assert labels[0] == "late"
    assert [int(label) for label in labels[1:17]] == list(range(15, 31))


def test_the_question_leaves_out_what_changes_no_payment() -> None:
    board = PaymentsSection()
    one = board.question(View(today=TODAY, measure="margin", reading="period"))
    assert one == board.question(View(today=TODAY)) == ask()


def test_a_word_too_long_for_its_bar_is_cut_and_a_figure_is_not() -> None:
    bars = [
        picture.Column(label="просрочено", value=3, figure="1 234 567"),
        picture.Column(label="", value=0),
        picture.Column(label="18", value=2, figure="2"),
        picture.Column(label="19", value=1),
    ]
    *_, labels = picture.columns(bars, 12, 1)
    assert "".join(text for text, _ in labels) == "прос… 18 19"
