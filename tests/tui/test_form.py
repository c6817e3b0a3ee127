"""The form: every field by keyboard, in Cyrillic too, and nothing lost by a refusal."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cockpit.tui.screens.form import Field, Form
from cockpit.tui.screens.help import HelpScreen
from cockpit.tui.widgets.pick import Pick
from tests.tui.conftest import Start
from tests.tui.waiting import opened, screen_text, wait_for

FIELDS = (
    Field("metric", "metric", "calls", choices=("calls", "meetings", "proposals"),
          words={"calls": "calls made", "proposals": "предложения"}),
    Field("target", "to", "70", hint="a whole number"),
    Field("action", "action in words", personal=True),
)  # fmt: skip


def wrong(values: Mapping[str, str]) -> dict[str, str]:
    """A number and some words are wanted."""
    found = {}
    if not values["target"].isdigit():
        found["target"] = "type a whole number, as in 70"
    if not values["action"]:
        found["action"] = "say what changes"
    return found


class Shown:
    """A form over the stand-up, and what it gave back."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.given: list[dict[str, str] | None] = []

    async def over(self, pilot: Pilot[None]) -> Form:
        """The form on the screen."""
        await opened(pilot)
        pilot.app.push_screen(self.form, self.given.append)
        await wait_for(pilot, lambda: self.form.focused is not None, "the form")
        return self.form


def focused(form: Form) -> str:
    """The id of what has the cursor."""
    assert form.focused is not None
    return form.focused.id or ""


SIZES: list[tuple[int, int]] = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
async def test_enter_leads_through_the_fields_and_accepts_in_the_last(
    start: Start, size: tuple[int, int]
) -> None:
    shown = Shown(Form("Correction", FIELDS, wrong))
    async with start().run_test(size=size) as pilot:
        form = await shown.over(pilot)
        assert focused(form) == "field-metric"
        await pilot.press("right", "enter")
        assert focused(form) == "field-target"
        await pilot.press("8", "5", "enter", *"Звонить до полудня", "enter")
        await wait_for(pilot, lambda: bool(shown.given), "the values")
    assert shown.given == [{"metric": "meetings", "target": "85", "action": "Звонить до полудня"}]


async def test_a_refusal_is_said_under_the_field_and_loses_nothing(start: Start) -> None:
    shown = Shown(Form("Correction", FIELDS, wrong))
    async with start().run_test(size=(80, 24)) as pilot:
        form = await shown.over(pilot)
        await pilot.press("tab", "x", "tab", *"Calls first", "f10")
        await wait_for(pilot, lambda: "as in 70" in screen_text(pilot), "the refusal")
        assert shown.given == []
        assert focused(form) == "field-target"
        assert form.values == {"metric": "calls", "target": "x", "action": "Calls first"}
        await pilot.press("backspace", "9", "f10")
        await wait_for(pilot, lambda: bool(shown.given), "the values")
    assert shown.given == [{"metric": "calls", "target": "9", "action": "Calls first"}]


async def test_esc_gives_nothing_back(start: Start) -> None:
    shown = Shown(Form("Correction", FIELDS, wrong))
    async with start().run_test(size=(80, 24)) as pilot:
        await shown.over(pilot)
        await pilot.press("right", "escape")
        await wait_for(pilot, lambda: bool(shown.given), "an end")
    assert shown.given == [None]


async def test_a_form_that_is_ready_takes_one_enter(start: Start) -> None:
    shown = Shown(Form("Correction", FIELDS, ready=True))
    async with start().run_test(size=(80, 24)) as pilot:
        form = await shown.over(pilot)
        assert focused(form) == "form-ok"
        await pilot.press("enter")
        await wait_for(pilot, lambda: bool(shown.given), "the values")
    assert shown.given == [{"metric": "calls", "target": "70", "action": ""}]


async def test_arrows_walk_fields_and_choices_and_letters_find_a_choice(start: Start) -> None:
    shown = Shown(Form("Correction", FIELDS, wrong))
    async with start().run_test(size=(80, 24)) as pilot:
        form = await shown.over(pilot)
        await pilot.press("left")
        assert form.values["metric"] == "calls"
        await pilot.press("п")
        assert form.values["metric"] == "proposals"
        await pilot.press("right")
        assert form.values["metric"] == "proposals"
        await pilot.press("down", "down", "up")
        assert focused(form) == "field-target"
        await pilot.press("up", "up")
        assert focused(form) == "form-no"


async def test_a_letter_finds_a_choice_whichever_layout_is_on(start: Start) -> None:
    shown = Shown(Form("Correction", FIELDS, wrong))
    async with start().run_test(size=(80, 24)) as pilot:
        form = await shown.over(pilot)
        for key, choice in (("ь", "meetings"), ("g", "proposals"), ("С", "calls"), ("z", "calls"),
                            ("c", "calls"), ("M", "meetings")):  # fmt: skip
            await pilot.press(key)
            assert (key, form.values["metric"]) == (key, choice)
        assert form.values["target"] == "70"
        assert focused(form) == "field-metric"


async def test_letters_typed_into_a_form_do_nothing_below_it(start: Start) -> None:
    shown = Shown(Form("Correction", FIELDS, wrong))
    async with start().run_test(size=(80, 24)) as pilot:
        form = await shown.over(pilot)
        await pilot.press("g", "q", "question_mark", "tab", *"gq?")
        assert pilot.app.screen is form
        assert form.values["target"] == "gq?"
        await pilot.press("f1")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen), "help")
        await pilot.press("escape")
        assert pilot.app.screen is form


async def test_other_fields_follow_a_choice(start: Start) -> None:
    def follow(key: str, values: Mapping[str, str]) -> dict[str, str]:
        assert key == "metric"
        return {"target": str(len(values["metric"]))}

    shown = Shown(Form("Correction", FIELDS, wrong, follow=follow))
    async with start().run_test(size=(80, 24)) as pilot:
        form = await shown.over(pilot)
        await pilot.press("right")
        await wait_for(pilot, lambda: form.values["target"] == "8", "what follows")


@pytest.mark.parametrize("size", SIZES)
async def test_a_long_form_scrolls_and_its_buttons_stay(
    start: Start, size: tuple[int, int]
) -> None:
    many = tuple(Field(f"k{place}", f"criterion {place}", hint="0 to 5") for place in range(30))
    shown = Shown(Form("Card", many))
    async with start().run_test(size=size) as pilot:
        form = await shown.over(pilot)
        await pilot.press("up", "up", "up")
        assert focused(form) == "field-k29"
        await wait_for(pilot, lambda: "criterion 29" in screen_text(pilot), "the last field")
        assert " OK " in screen_text(pilot)
        assert form.query_one("#form").size.height <= size[1] * 9 // 10


async def test_everything_can_be_clicked(start: Start) -> None:
    shown = Shown(Form("Correction", FIELDS))
    async with start().run_test(size=(80, 24)) as pilot:
        form = await shown.over(pilot)
        pick = form.query_one(Pick)
        await pilot.click(pick, offset=(pick.size.width - 1, 0))
        await pilot.click("#field-action")
        assert isinstance(form.focused, Input)
        await pilot.press(*"да")
        await pilot.click("#form-ok")
        await wait_for(pilot, lambda: bool(shown.given), "the values")
    assert shown.given == [{"metric": "meetings", "target": "70", "action": "да"}]
