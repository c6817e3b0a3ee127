"""The screen keeps to its own rules: sizes, documents, names, words that fit."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual.app import App
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget

import cockpit.tui
from cockpit import words
from cockpit.formats import face
from cockpit.render.cells import width
from cockpit.tui.actions import ACTIONS, footer, of
from cockpit.tui.agenda import DEFAULT
from cockpit.tui.keys_page import PAGE, page
from cockpit.tui.screens.help import sheet
from cockpit.tui.sections import SECTIONS, brief, name
from cockpit.tui.sheet import lay, pieces
from cockpit.tui.widgets.agenda import Entry, line
from cockpit.tui.widgets.clock import Reading, state
from cockpit.tui.widgets.keyline import drawn, entries, fitted
from cockpit.tui.widgets.paint import PaintedScroll
from cockpit.words import LANGUAGES, t
from tests.tui.test_keys import ROOMS

FOLDER = Path(cockpit.tui.__file__).parent
NARROW = 80
SIDE = 20


def classes() -> Iterator[type]:
    """Every class the screen is made of."""
    for module in walk_packages([str(FOLDER)], "cockpit.tui."):
        for _, found in inspect.getmembers(import_module(module.name), inspect.isclass):
            if found.__module__ == module.name:
                yield found


def test_the_page_of_keys_is_what_the_registry_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m cockpit.tui.keys_page"


def test_the_page_of_keys_lists_every_action() -> None:
    text = page()
    assert [action.id for action in ACTIONS if f"`{action.id}`" not in text] == []


def test_the_app_only_puts_screens_and_themes_together() -> None:
    assert len((FOLDER / "app.py").read_text().splitlines()) <= 120
    from cockpit.tui.app import Cockpit

    assert len(inspect.getsource(Cockpit).splitlines()) <= 100


def test_no_word_is_asked_for_inside_of_another_text() -> None:
    """Where it is, the catalogues are not made of it."""
    found = [
        f"{file}:{call.lineno}"
        for file in FOLDER.parent.rglob("*.py")
        for joined in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("t", "n")
        and isinstance(call.args[0], ast.Constant)
    ]
    assert found == []


def test_no_private_name_of_textual_is_taken() -> None:
    private = {
        attribute
        for base in (App, Screen, ScrollView, Widget)
        for attribute in dir(base)
        if attribute.startswith("_") and not attribute.startswith("__")
    }
    for found in classes():
        if issubclass(found, App | Widget):
            made = {key for key in vars(found) if key.startswith("_") and key not in PRIVATE_MADE}
            assert made & private == ({"_size_updated"} if found is PaintedScroll else set()), found


PRIVATE_MADE = {
    "_decorated_handlers", "_merged_bindings", "_component_classes", "_css_type_name",
    "_css_type_names", "_inherit_bindings", "_inherit_css", "_inherit_component_classes",
    "_reactives", "_computes", "_selector_names", "_default_css", "_get_component_classes",
}  # fmt: skip
"""What Textual itself puts into every subclass."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ROOMS)
def test_the_line_of_keys_fits_eighty_columns_in_every_language(place: str, language: str) -> None:
    words.use(language)
    named = entries(footer(*ROOMS[place]), {})
    shown, gap = fitted(named, NARROW)
    assert shown == named
    margin, gaps = 1, gap * (len(shown) - 1)
    assert margin + sum(entry.width for entry in shown) + gaps <= NARROW


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ROOMS)
def test_no_word_of_the_line_of_keys_is_cut(place: str, language: str) -> None:
    words.use(language)
    named = entries(footer(*ROOMS[place]), {})
    for room in range(40, NARROW + 1):
        line = "".join(text for text, _ in drawn(named, room))
        assert width(line) == room
        shown, _ = fitted(named, room)
        assert all(f"{entry.keys} {entry.words}" in line for entry in shown)
        assert "…" not in line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", range(len(DEFAULT)))
def test_no_item_of_the_agenda_is_cut(place: int, language: str) -> None:
    words.use(language)
    item = DEFAULT[place]
    entry = Entry(id=item.id, name=name(item.id), brief=brief(item.id), box=item.seconds)
    drawn = "".join(text for text, _ in line(entry, place + 1, SIDE, here=False))
    assert "…" not in drawn
    assert entry.brief in drawn or entry.name in drawn


def test_where_keys_do_not_fit_help_and_the_way_out_stay() -> None:
    named = entries(footer(*ROOMS["seller"]), {})
    shown, _ = fitted(named, 40)
    assert sum(entry.width + 1 for entry in shown) <= 40
    assert shown[-2:] == named[-2:]
    assert shown[0] == named[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ROOMS)
@pytest.mark.parametrize("room", [70, 82])
def test_the_help_says_every_word_of_what_a_key_does(place: str, language: str, room: int) -> None:
    words.use(language)
    made = sheet(ROOMS[place], {}, "", room)
    layout = lay(made, room)
    drawn = ["".join(text for text, _ in pieces(line.cells, made, layout, room))
             for line in made.lines]  # fmt: skip
    assert {width(line) for line in drawn} == {room}
    said = " ".join(" ".join(line.split()) for line in drawn)
    told = [t(action.tooltip) for action in of(*ROOMS[place])]
    for text in told:
        assert all(word in said for word in text.split())
    assert said.count("…") == sum(line.count("…") for line in map(t, set(told))) + sum(
        " … " in line.cells[0].text for line in made.lines
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_side_fit_it_in_every_language(language: str) -> None:
    words.use(language)
    for item in DEFAULT:
        entry = Entry(id=item.id, name=name(item.id), box=item.seconds)
        drawn = "".join(text for text, _ in line(entry, 1, SIDE, here=True))
        assert width(drawn) == SIDE
        assert drawn.endswith(f"{face(item.seconds)} ")
    for reading in (
        Reading(held=True, running=True),
        Reading(held=True),
        Reading(held=True, running=True, item=9, box=10),
        Reading(held=True, running=True, item=10, box=10),
    ):
        assert width(f" {state(reading)[0]}") <= SIDE


def test_every_item_of_the_agenda_has_its_section() -> None:
    assert {item.section for item in DEFAULT} == set(SECTIONS)
