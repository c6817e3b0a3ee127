"""Corrections on the screen: agreed from any figure, answered for the next morning."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cockpit.tui.agenda import Item
from cockpit.tui.screens.form import Form
from cockpit.tui.widgets.clock import Clock as ClockFace
from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    CallMade,
    CorrectionAgreed,
    CorrectionReviewed,
    ItemStarted,
    MeetingHeld,
    StandupPaused,
    StandupStarted,
)
from events.vocabulary.fact import Fact
from tests.projections.payment_days import on
from tests.tui.conftest import OnDay, Start
from tests.tui.funnel_world import deals, funnel
from tests.tui.waiting import Clock, board, figure, row, screen_text, settled, standup, wait_for
from tests.tui.world import TODAY, at

WIDE = (120, 40)
NARROW = (80, 24)
AGENDA = tuple(
    Item(id=name, seconds=100, section=name)
    for name in ("rhythm", "plan_fact", "activity", "conversions", "corrections", "close")
)
PLAN_FACT, ACTIVITY, CONVERSIONS = "plan_fact", "activity", "conversions"


def agreed(path: Path) -> list[CorrectionAgreed]:
    """What the log has of agreements, in plain words."""
    with SqliteLog.open(path, writable=False) as log:
        bodies = [event.body for event in log.reveal(list(log.read()))]
    return [body for body in bodies if isinstance(body, CorrectionAgreed)]


def answers(path: Path) -> list[CorrectionReviewed]:
    """What the log has of answers."""
    with SqliteLog.open(path, writable=False) as log:
        bodies = [event.body for event in log.reveal(list(log.read()))]
    return [body for body in bodies if isinstance(body, CorrectionReviewed)]


async def begun(pilot: Pilot[None]) -> None:
    """The stand-up, once it is known who lags."""
    await wait_for(pilot, lambda: standup(pilot).lagging is not None, "who lags")


async def at_item(pilot: Pilot[None], item: str) -> None:
    """Give the floor to an item, and wait for its rows."""
    places = [each.id for each in standup(pilot).setup.agenda]
    await pilot.press(str(places.index(item) + 1))
    await wait_for(pilot, lambda: board(pilot).id == item, item)
    await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), f"rows of {item}")


async def form(pilot: Pilot[None]) -> Form:
    """The form, once its fields are there."""
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "a form")
    found = pilot.app.screen
    assert isinstance(found, Form)
    await wait_for(pilot, lambda: bool(found.values) and found.focused is not None, "fields")
    await wait_for(pilot, lambda: found.focused is not found.query_one("#form-no"), "the cursor")
    return found


async def agree(pilot: Pilot[None], path: Path) -> CorrectionAgreed:
    """Agree what is proposed for the row under the cursor."""
    before = len(agreed(path))
    await pilot.press("t")
    await form(pilot)
    await pilot.press("enter")
    await wait_for(pilot, lambda: len(agreed(path)) > before, "the agreement in the log")
    return agreed(path)[-1]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_two_keys_agree_a_correction_with_who_lags_most(
    start: Start, log_file: Path, size: tuple[int, int]
) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=size) as pilot:
        await begun(pilot)
        await at_item(pilot, PLAN_FACT)
        body = await agree(pilot, log_file)
        await wait_for(pilot, lambda: "Agreed: Иванов Илья" in screen_text(pilot), "the toast")
    assert (body.seller, body.metric) == ("ivanov", "call_made")
    assert body.standup is not None
    assert body.until > TODAY
    assert float(body.target) > float(body.before)
    assert body.action


@pytest.mark.parametrize(("item", "kind"), [(ACTIVITY, "call_made"), (CONVERSIONS, ">")])
async def test_the_board_says_what_a_correction_is_about(
    start: Start, item: str, kind: str
) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=WIDE) as pilot:
        await begun(pilot)
        await at_item(pilot, item)
        await pilot.press("t")
        found = await form(pilot)
        assert kind in found.values["metric"]


async def test_a_figure_of_a_sellers_page_is_what_the_correction_is_about(start: Start) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=WIDE) as pilot:
        await begun(pilot)
        await at_item(pilot, PLAN_FACT)
        await pilot.press("enter")
        page = board(pilot)

        def held() -> list[str]:
            return [line.key for line in page.sheet.lines if "meeting_held>" in line.key]

        await wait_for(pilot, lambda: bool(held()), "the conversions of the page")
        page.point(held()[0])
        await pilot.press("t")
        found = await form(pilot)
        assert found.values["metric"].startswith("meeting_held>")
        assert found.values["before"].endswith("%")


@pytest.mark.parametrize(("keys", "said"), [
    ((), "judged by cohort: 80% of 30"),
    (("c",), "judged by cohort: 80% of 30 · the board shows it for the period: 78% of 32"),
])  # fmt: skip
async def test_a_conversion_begins_with_the_share_of_its_board_and_says_how_it_is_read(
    on_day: OnDay, keys: tuple[str, ...], said: str
) -> None:
    again = [(on(10), CallMade(deal=f"ivanov-0409-{place}", seller="ivanov", seconds=90))
             for place in range(2)]  # fmt: skip
    meeting = (on(10), MeetingHeld(deal="ivanov-0409-0", seller="ivanov"))
    async with on_day([*funnel(), *again, meeting]).run_test(size=WIDE) as pilot:
        await begun(pilot)
        await at_item(pilot, CONVERSIONS)
        board(pilot).point("seller:ivanov")
        assert figure(pilot, "seller:ivanov", "call_made>meeting_held").startswith("80% of 30")
        await pilot.press(*keys)
        share = "78% of 32" if keys else "80% of 30"
        await wait_for(
            pilot,
            lambda: figure(pilot, "seller:ivanov", "call_made>meeting_held").startswith(share),
            "the reading",
        )
        await pilot.press("t")
        found = await form(pilot)
        assert found.values["metric"] == "call_made>meeting_held"
        assert found.values["before"] == "80%"
        assert 80 < int(found.values["target"].removesuffix("%")) <= 100
        assert said in " ".join(screen_text(pilot).split())
        found.query_one("#field-metric").focus()
        found.put({"metric": "call_made"})
        await wait_for(pilot, lambda: "judged" not in screen_text(pilot), "no reading of a count")


async def test_from_and_to_say_their_unit(on_day: OnDay) -> None:
    async with on_day(funnel()).run_test(size=WIDE) as pilot:
        await begun(pilot)
        board(pilot).point("seller:ivanov")
        await pilot.press("t")
        found = await form(pilot)
        found.query_one("#field-metric").focus()
        for metric, unit in (
            ("revenue", "₽ a day"), ("average_check", "₽"), ("call_made", "calls a day"),
            ("call_made>meeting_held", "per cent"),
        ):  # fmt: skip
            found.put({"metric": metric})
            await settled(pilot)
            lines = [line.strip() for line in screen_text(pilot).splitlines()]
            below = [lines[place + 1] for place, line in enumerate(lines)
                     if line.startswith(("from value", "to value"))]  # fmt: skip
            assert all(unit in words.partition(" · ")[0] for words in below), (metric, below)
            assert len(below) == 2


async def test_t_on_a_red_conversion_outside_the_chain_is_about_that_one(on_day: OnDay) -> None:
    leads = deals("ivanov", "web", on(9), leads=200, numbers=(20, 16, 14, 12, 10))
    others = deals("petrova", "fair", on(10), leads=90, numbers=(90, 72, 63, 54, 45))
    metric = "lead_received>payment_received"
    async with on_day([*funnel()[:2], *leads, *others]).run_test(size=WIDE) as pilot:
        await begun(pilot)
        await at_item(pilot, CONVERSIONS)
        board(pilot).point("seller:ivanov")
        assert figure(pilot, "seller:ivanov", metric).startswith("▼5% of 200")
        await pilot.press("t")
        found = await form(pilot)
        assert (found.values["metric"], found.values["before"], found.values["target"]) == (
            metric, "5%", "10%")  # fmt: skip
        hint = "judged by cohort: 5% of 200"
        await wait_for(pilot, lambda: hint in " ".join(screen_text(pilot).split()), hint)
        await pilot.press("escape")
        await pilot.press("enter")

        def told() -> list[str]:
            return [line.key for line in board(pilot).sheet.lines if metric in line.key]

        await wait_for(pilot, lambda: bool(told()), "the conversions of the page")
        board(pilot).point(told()[0])
        await pilot.press("t")
        assert (await form(pilot)).values["metric"] == metric


async def test_the_day_that_counts_is_the_day_the_stand_up_is_of(
    start: Start, clock: Clock, log_file: Path
) -> None:
    clock.pass_by(9 * 24 * 3600)
    now = clock()
    async with start(agenda=AGENDA, today=TODAY).run_test(notifications=True, size=WIDE) as pilot:
        await begun(pilot)
        await at_item(pilot, PLAN_FACT)
        await pilot.press("t")
        found = await form(pilot)
        until = found.values["until"]
        found.put({"until": (TODAY - dt.timedelta(days=3)).isoformat()})
        await pilot.press("enter")
        await wait_for(pilot, lambda: "gone by" in screen_text(pilot), "the refusal")
        found.put({"until": until})
        await pilot.press("f10")
        await wait_for(pilot, lambda: bool(agreed(log_file)), "the agreement in the log")
    (body,) = agreed(log_file)
    assert TODAY < body.until < now.date()
    assert body.until.isoformat() == until
    with SqliteLog.open(log_file, writable=False) as log:
        last = list(log.read())[-1]
    assert dt.datetime.fromisoformat(last.occurred_at) == now - dt.timedelta(days=9)
    assert dt.datetime.fromisoformat(last.recorded_at) > now


async def test_who_lags_and_is_away_is_said_to_be_away(start: Start, clock: Clock) -> None:
    clock.pass_by(7 * 24 * 3600)
    async with start(agenda=AGENDA).run_test(size=WIDE) as pilot:
        await begun(pilot)
        await at_item(pilot, "corrections")
        rows = [line.key for line in board(pilot).sheet.lines]
        assert rows[rows.index("seller:sidorov") + 1] == "away:sidorov"
        assert rows[rows.index("seller:ivanov") + 1] == "none:ivanov"
        assert "away" in screen_text(pilot)


async def test_with_another_metric_the_proposal_is_another_one(start: Start) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=WIDE) as pilot:
        await begun(pilot)
        await at_item(pilot, PLAN_FACT)
        await pilot.press("t")
        found = await form(pilot)
        before = found.values
        found.query_one("#field-metric").focus()
        await pilot.press("right")
        await wait_for(pilot, lambda: found.values["target"] != before["target"], "the target")
        assert found.values["action"] != before["action"]
        await pilot.press("escape")


async def test_esc_writes_nothing_and_a_wrong_day_is_said(start: Start, log_file: Path) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=NARROW) as pilot:
        await begun(pilot)
        await at_item(pilot, PLAN_FACT)
        await pilot.press("t")
        found = await form(pilot)
        found.put({"until": "20.04"})
        await pilot.press("enter")
        await wait_for(pilot, lambda: "nobody works on" in screen_text(pilot), "the refusal")
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is standup(pilot), "the stand-up")
    assert agreed(log_file) == []


async def test_a_fourth_open_one_is_refused(start: Start, log_file: Path) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=WIDE) as pilot:
        await begun(pilot)
        await at_item(pilot, PLAN_FACT)
        for _ in range(3):
            await agree(pilot, log_file)
        await pilot.press("t")
        await wait_for(pilot, lambda: "3 open corrections" in screen_text(pilot), "the refusal")
        await wait_for(pilot, lambda: pilot.app.screen is standup(pilot), "the stand-up")
    assert len(agreed(log_file)) == 3


async def test_the_next_morning_begins_with_yesterdays_corrections(
    start: Start, log_file: Path, clock: Clock
) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=WIDE) as pilot:
        await begun(pilot)
        await at_item(pilot, PLAN_FACT)
        body = await agree(pilot, log_file)
        await at_item(pilot, "corrections")
        key = f"correction:{body.correction}"
        await wait_for(pilot, lambda: key in [line.key for line in board(pilot).sheet.lines],
                       "the agreement on the board")  # fmt: skip
        await pilot.press("q")
        await wait_for(pilot, lambda: pilot.app.screen is not standup(pilot), "the question")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: not pilot.app.is_running, "the end")
    clock.time = at(TODAY + dt.timedelta(days=1), 10)
    async with start(agenda=AGENDA).run_test(notifications=True, size=NARROW) as pilot:
        await wait_for(pilot, lambda: board(pilot).id == "rhythm", "the rhythm")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "yesterday's corrections")
        assert row(pilot, key)[0] == "Иванов Илья"
        await wait_for(pilot, lambda: body.action[:20] in screen_text(pilot), "the action")
        board(pilot).point(key)
        await pilot.press("enter")
        found = await form(pilot)
        assert found.values["verdict"] == "done"
        found.put({"note": "сделал 12"})
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(answers(log_file)), "the answer in the log")
        await wait_for(pilot, lambda: "done" in row(pilot, key), "the answer on the board")
    (answer,) = answers(log_file)
    assert (answer.correction, answer.verdict, answer.note) == (
        body.correction, "done", "сделал 12")  # fmt: skip


async def test_a_correction_is_moved_to_another_day(start: Start, log_file: Path) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=NARROW) as pilot:
        await begun(pilot)
        await at_item(pilot, PLAN_FACT)
        body = await agree(pilot, log_file)
        await at_item(pilot, "corrections")
        key = f"correction:{body.correction}"
        await wait_for(pilot, lambda: key in [line.key for line in board(pilot).sheet.lines],
                       "the agreement on the board")  # fmt: skip
        board(pilot).point(key)
        await pilot.press("enter")
        found = await form(pilot)
        found.query_one("#field-verdict").focus()
        await pilot.press("3")
        assert found.values["verdict"] == "moved"
        found.put({"until": "yesterday"})
        await pilot.press("f10")
        await wait_for(pilot, lambda: "has gone by" in screen_text(pilot), "the refusal")
        found.put({"until": "26.04"})
        await pilot.press("f10")
        await wait_for(pilot, lambda: bool(answers(log_file)), "the answer in the log")
    (answer,) = answers(log_file)
    assert (answer.verdict, answer.until) == ("moved", dt.date(2024, 4, 26))


async def test_who_lags_with_nothing_agreed_stands_out_in_words(start: Start) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=NARROW) as pilot:
        await begun(pilot)
        await at_item(pilot, "corrections")
        keys = [line.key for line in board(pilot).sheet.lines]
        assert keys[:2] == ["seller:ivanov", "none:ivanov"]
        assert "none:petrova" not in keys
        assert screen_text(pilot).count("no correction: t agrees one") == 2


async def test_where_rows_fill_the_board_the_correction_under_the_cursor_is_still_told(
    start: Start, log_file: Path
) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=(80, 14)) as pilot:
        await begun(pilot)
        await at_item(pilot, PLAN_FACT)
        body = await agree(pilot, log_file)
        await at_item(pilot, "corrections")
        key = f"correction:{body.correction}"
        await wait_for(pilot, lambda: key in [line.key for line in board(pilot).sheet.lines],
                       "the agreement on the board")  # fmt: skip
        board(pilot).point(key)
        await wait_for(pilot, lambda: "too early (0 of" in screen_text(pilot), "its effect")
        board(pilot).point("seller:ivanov")
        await wait_for(pilot, lambda: "1 agreed · done on time" in screen_text(pilot), "the sums")
        assert "too early (0 of" not in screen_text(pilot)


async def test_nothing_is_agreed_about_a_row_of_everybody(start: Start) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=NARROW) as pilot:
        await begun(pilot)
        await at_item(pilot, PLAN_FACT)
        page = standup(pilot)
        assert page.stage.board.subject("department") is None
        assert page.query_one(ClockFace) is not None


async def test_a_meeting_gone_on_with_points_at_the_seller_whose_turn_it_was(
    start: Start, log_file: Path
) -> None:
    steps: list[Fact] = [
        StandupStarted(standup="x", present=("ivanov", "petrova", "sidorov")),
        ItemStarted(standup="x", item="corrections", seconds=60, seller="sidorov"),
        StandupPaused(standup="x"),
    ]
    with SqliteLog.open(log_file) as log:
        log.append([Draft(body=step, occurred_at=at(TODAY, 9), actor="head") for step in steps])
    async with start(agenda=AGENDA).run_test(size=WIDE) as pilot:
        await wait_for(pilot, lambda: board(pilot).id == "corrections", "the item")
        await wait_for(pilot, lambda: bool(board(pilot).sheet.lines), "its board")
        assert board(pilot).sheet.lines[0].key != "seller:sidorov"
        assert board(pilot).cursor == "seller:sidorov"


async def test_words_are_refused_where_a_figure_of_the_metric_is_meant(
    start: Start, log_file: Path
) -> None:
    async with start(agenda=AGENDA).run_test(notifications=True, size=NARROW) as pilot:
        await begun(pilot)
        await at_item(pilot, PLAN_FACT)
        await pilot.press("t")
        found = await form(pilot)
        found.put({"before": "a few", "target": "12,5"})
        await pilot.press("enter")
        said = "a few is no number: type calls a day, as in 12"
        await wait_for(pilot, lambda: said in screen_text(pilot), said)
        assert not agreed(log_file)
        found.put({"before": "5.0"})
        await pilot.press("f10")
        await wait_for(pilot, lambda: bool(agreed(log_file)), "the agreement in the log")
    assert (agreed(log_file)[0].before, agreed(log_file)[0].target) == ("5", "12.5")
