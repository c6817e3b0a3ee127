"""The board of quality: who talks how, the topic of today, a card and a training from the keys."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from cockpit.tui.agenda import Item
from cockpit.tui.screens.form import Form
from cockpit.tui.screens.training import TrainingScreen
from cockpit.tui.sections.quality import QualitySection
from events.envelope import Draft, Event
from events.sqlite import SqliteLog
from events.trace import Trace
from events.vocabulary import (
    CardFilled,
    CardTemplateSet,
    CorrectionAgreed,
    Criterion,
    MicroTrainingHeld,
)
from events.vocabulary.fact import Fact
from tests.tui.conftest import Start
from tests.tui.pictures import Compare, after
from tests.tui.waiting import Clock, board, figure, opened, screen_text, wait_for
from tests.tui.world import TODAY, at, build

AGENDA = (
    Item(id="plan_fact", seconds=90, section="plan_fact"),
    Item(id="quality", seconds=60, section="quality"),
)
CRITERIA = (
    Criterion(id="needs", text="Asks before offering", weight=2, guide="10 for three questions"),
    Criterion(id="next_step", text="Agrees the next step with a date", guide="0 without a date"),
)
WIDE, NARROW = (120, 40), (80, 24)


def write(path: Path, *facts: Fact) -> None:
    """Facts of the morning of the day."""
    with SqliteLog.open(path) as log:
        log.append([Draft(body=body, occurred_at=at(TODAY, 9), actor="head") for body in facts])


def card(seller: str, needs: int, step: int) -> CardFilled:
    return CardFilled(
        seller=seller,
        template="talk",
        revision=1,
        evidence="live",
        scores={"needs": needs, "next_step": step},
        note="seen",
    )


@pytest.fixture
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The known log with ids that are always the same, for the draw follows from them."""
    numbers = count()
    path = tmp_path / "sales.db"
    with monkeypatch.context() as patch:
        patch.setattr("events.envelope.new_id", lambda: f"{next(numbers):032x}")
        build(path)
    return path


@pytest.fixture
def carded(log_file: Path) -> Path:
    """Ivanov's mean is 22/6, petrova's 25/3; sidorov was not heard."""
    write(
        log_file,
        CardTemplateSet(template="talk", revision=1, criteria=CRITERIA),
        card("ivanov", 2, 7),
        card("ivanov", 4, 3),
        card("petrova", 9, 7),
    )
    return log_file


def found(path: Path, kind: str) -> list[Event]:
    with SqliteLog.open(path, writable=False) as log:
        return log.reveal(list(log.find(Trace(kinds=(kind,)))))


async def shown(pilot: Pilot[None]) -> QualitySection:
    """The board once it knows its rows and the calls of the week."""
    await opened(pilot)
    await pilot.press("2")
    await wait_for(pilot, lambda: "Asks before" in screen_text(pilot), "the weakest criterion")
    await wait_for(pilot, lambda: "f fills a card" in screen_text(pilot), "the call to hear")
    section = board(pilot)
    assert isinstance(section, QualitySection)
    return section


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_board_names_the_weakest_criterion_and_the_topic_of_today(
    start: Start, carded: Path, size: tuple[int, int]
) -> None:
    async with start(agenda=AGENDA).run_test(size=size) as pilot:
        section = await shown(pilot)
        assert [line.key for line in section.sheet.lines] == [
            "seller:ivanov", "seller:petrova", "seller:sidorov",
        ]  # fmt: skip
        assert figure(pilot, "seller:ivanov", "mean") == "3.7"
        assert figure(pilot, "seller:ivanov", "weakest_mean") == "3.0"
        assert figure(pilot, "seller:petrova", "weakest") == CRITERIA[1].text
        assert figure(pilot, "seller:sidorov", "mean") == "—"
        assert figure(pilot, "department", "cards") == "3"
        assert "finding the need: Three open questions" in screen_text(pilot)
        await pilot.press("down")
        await wait_for(pilot, lambda: "No talk ends without" in screen_text(pilot), "next topic")


async def test_f_fills_a_card_of_the_call_that_was_drawn(
    start: Start, carded: Path, clock: Clock
) -> None:
    async with start(agenda=AGENDA).run_test(size=WIDE) as pilot:
        section = await shown(pilot)
        assert section.cursor == "seller:ivanov"
        first = section._waiting("ivanov")[0].call
        await pilot.press("f")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the form")
        await wait_for(pilot, lambda: f"call {first.seq}," in screen_text(pilot), "the call")
        await pilot.press("down", "1", "0", "enter", "9", "enter", *"budget", "enter")
        await wait_for(pilot, lambda: len(found(carded, "card_filled")) == 4, "the card")
        await wait_for(pilot, lambda: figure(pilot, "seller:ivanov", "cards") == "3", "the news")
        assert found(carded, "card_filled")[-1].body == CardFilled(
            seller="ivanov",
            template="talk",
            revision=1,
            evidence="call",
            scores={"needs": 10, "next_step": 9},
            note="budget",
            call=first.id,
        )
        assert [each.call.seq for each in section._waiting("ivanov")] != [first.seq]
        assert len(section._waiting("ivanov")) == 1
        await pilot.press("u")
        await wait_for(pilot, lambda: figure(pilot, "seller:ivanov", "cards") == "2", "taken back")


async def test_a_card_stays_about_its_call_though_somebody_else_rates_it_meanwhile(
    start: Start, carded: Path
) -> None:
    async with start(agenda=AGENDA).run_test(size=WIDE) as pilot:
        section = await shown(pilot)
        first = section._waiting("ivanov")[0].call
        await pilot.press("f")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the form")
        write(carded, replace(card("ivanov", 5, 5), evidence="call", call=first.id))
        await wait_for(
            pilot, lambda: first.id not in [one.call.id for one in section._waiting("ivanov")], "it"
        )
        await pilot.press("down", "8", "enter", "9", "enter", *"budget", "enter")
        await wait_for(pilot, lambda: len(found(carded, "card_filled")) == 5, "the card")
        body = found(carded, "card_filled")[-1].body
        assert isinstance(body, CardFilled)
        assert (body.evidence, body.call) == ("call", first.id)


async def test_a_card_without_scores_or_note_is_not_taken(start: Start, carded: Path) -> None:
    async with start(agenda=AGENDA).run_test(size=WIDE) as pilot:
        await shown(pilot)
        await pilot.press("f")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Form), "the form")
        await pilot.press("down", "1", "1", "f10")
        await wait_for(pilot, lambda: "11 is no score" in screen_text(pilot), "what is wrong")
        assert "a score is missing" in screen_text(pilot)
        assert "A few words" in screen_text(pilot)
        await pilot.press("escape")
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, Form), "the board again")
        assert len(found(carded, "card_filled")) == 3


async def test_a_holds_two_minutes_of_training_and_logs_them(
    start: Start, carded: Path, clock: Clock
) -> None:
    async with start(agenda=AGENDA).run_test(size=NARROW) as pilot:
        await shown(pilot)
        await pilot.press("a")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TrainingScreen), "the text")
        await wait_for(pilot, lambda: "In pairs" in screen_text(pilot), "all of the text")
        assert "Held with all 3 sellers present" in screen_text(pilot)
        clock.pass_by(130)
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(found(carded, "micro_training_held")), "the training")
        (event,) = found(carded, "micro_training_held")
        assert isinstance(event.body, MicroTrainingHeld)
        assert (event.body.topic, event.body.seconds) == ("needs", 130)
        assert sorted(event.body.sellers) == ["ivanov", "petrova", "sidorov"]
        assert event.body.standup is not None


async def test_a_training_may_be_of_one_or_only_read(start: Start, carded: Path) -> None:
    async with start(agenda=AGENDA).run_test(size=WIDE) as pilot:
        await shown(pilot)
        await pilot.press("a")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TrainingScreen), "the text")
        await pilot.press("escape")
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, TrainingScreen), "back")
        await pilot.press("down", "a")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TrainingScreen), "the text")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: bool(found(carded, "micro_training_held")), "the training")
        (event,) = found(carded, "micro_training_held")
        assert isinstance(event.body, MicroTrainingHeld)
        assert (event.body.topic, event.body.sellers) == ("next_step", ("petrova",))


async def test_enter_opens_the_cards_behind(start: Start, carded: Path) -> None:
    async with start(agenda=AGENDA).run_test(size=WIDE) as pilot:
        await shown(pilot)
        await pilot.press("enter")
        await wait_for(pilot, lambda: "2 events" in screen_text(pilot), "the cards")
        assert "9/20" in screen_text(pilot)
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(board(pilot), QualitySection), "the board again")


async def test_without_a_card_the_item_has_nothing_to_say(start: Start) -> None:
    async with start(agenda=AGENDA).run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        await pilot.press("2")
        await wait_for(
            pilot, lambda: "cockpit card template --default" in screen_text(pilot), "what to type"
        )
        await pilot.press("f")
        await wait_for(pilot, lambda: "nothing to fill in" in screen_text(pilot), "the reason")
        await pilot.press("a")
        await wait_for(pilot, lambda: "No topic here" in screen_text(pilot), "the reason")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_board_looks_as_it_did(
    snap_compare: Compare, start: Start, carded: Path, size: tuple[int, int]
) -> None:
    before = after("2", shows="f fills a card")
    assert snap_compare(start(agenda=AGENDA), terminal_size=size, run_before=before)


def test_the_training_looks_as_it_did(snap_compare: Compare, start: Start, carded: Path) -> None:
    before = after("2", shows="f fills a card")

    async def run(pilot: Pilot[None]) -> None:
        await before(pilot)
        await pilot.press("a")
        await wait_for(pilot, lambda: "In pairs" in screen_text(pilot), "the text")

    assert snap_compare(start(agenda=AGENDA), terminal_size=NARROW, run_before=run)


async def test_t_agrees_a_correction_of_the_weakest_criterion(start: Start, carded: Path) -> None:
    async with start(agenda=AGENDA).run_test(size=WIDE) as pilot:
        await shown(pilot)
        await pilot.press("t")
        await wait_for(pilot, lambda: "finding the need" in screen_text(pilot), "the topic")
        await wait_for(
            pilot,
            lambda: isinstance(form := pilot.app.screen, Form) and bool(form.values),
            "the proposal",
        )
        await pilot.press("f10")
        await wait_for(pilot, lambda: bool(found(carded, "correction_agreed")), "the correction")
        (event,) = found(carded, "correction_agreed")
        assert isinstance(event.body, CorrectionAgreed)
        assert (event.body.metric, event.body.topic) == ("quality:needs", "needs")
        assert event.body.seller == "ivanov"
