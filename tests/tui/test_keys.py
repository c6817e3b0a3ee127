"""Keys work whichever keyboard layout is on."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import chain

import pytest
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

from cockpit import words
from cockpit.render.cells import width as cells_of
from cockpit.tui.actions import (
    ACTIONS,
    Action,
    Room,
    bindings,
    complaints,
    footer,
    keymap,
    keys_of,
)
from cockpit.tui.app import Cockpit
from cockpit.tui.keys import TWINS, keys, shown, twin
from cockpit.tui.screens.desk import DeskScreen
from cockpit.tui.screens.form import Form
from cockpit.tui.screens.help import HelpBoard, HelpScreen
from cockpit.tui.screens.leaving import ChoiceBoard, Leaving
from cockpit.tui.screens.replay import ReplayScreen
from cockpit.tui.screens.standup import StandupScreen
from cockpit.tui.sections.base import Drawn
from cockpit.tui.sections.close import sheet
from cockpit.tui.view import View
from cockpit.tui.widgets.pick import Pick
from cockpit.tui.widgets.stage import Stage
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.lagging import Lagging, LaggingRow
from tests.tui.world import TODAY

STACKS: dict[str, tuple[type[DOMNode], ...]] = {
    "stand-up": (Stage, StandupScreen, Cockpit),
    "desk check": (Stage, DeskScreen, Cockpit),
    "replay": (Stage, ReplayScreen, Cockpit),
    "help": (HelpBoard, HelpScreen, Cockpit),
    "leaving": (ChoiceBoard, Leaving, Cockpit),
    "form": (Pick, Form, Cockpit),
}
"""What hears a key at each place, from the innermost."""

ROOMS: dict[str, tuple[Room, ...]] = {
    "section": ("row", "agree", "board", "standup", "figures", "stretch", "dials", "jump", "app"),
    "seller": (
        "seller",
        "agree",
        "deeper",
        "row",
        "board",
        "standup",
        "figures",
        "stretch",
        "dials",
        "jump",
        "app",
    ),
    "figure": ("row", "deeper", "board", "standup", "figures", "stretch", "dials", "jump", "app"),
    "replay": ("row", "board", "replay", "jump", "app"),
    "desk": ("row", "agree", "board", "desk", "figures", "stretch", "dials", "jump", "app"),
    "behind a line": (
        "deeper",
        "agree",
        "row",
        "board",
        "desk",
        "figures",
        "stretch",
        "dials",
        "jump",
        "app",
    ),
    "help": ("board", "help", "app"),
    "leaving": ("leaving", "row", "board"),
    "form": ("pick", "form"),
}


def bound(node: type[DOMNode]) -> list[Binding]:
    """The bindings a class declares, a key each."""
    return list(Binding.make_bindings(node.BINDINGS))


def is_letter(key: str) -> bool:
    """Whether the last part of a chord is a Latin letter."""
    last = key.split("+")[-1]
    return len(last) == 1 and last.isascii() and last.isalpha()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("n", "n,т"),
        ("ctrl+s", "ctrl+s,ctrl+ы"),
        ("q,ctrl+q", "q,й,ctrl+q,ctrl+й"),
        ("?", "question_mark,comma"),
        ("right", "right"),
        ("f1", "f1"),
        ("5", "5"),
    ],
)
def test_a_letter_is_bound_together_with_its_cyrillic_twin(given: str, expected: str) -> None:
    assert keys(given) == expected


def test_every_letter_has_a_twin_of_its_own() -> None:
    letters = [key for key in TWINS if len(key) == 1]
    assert sorted(letters) == [chr(code) for code in range(ord("a"), ord("z") + 1)]
    assert len(set(TWINS.values())) == len(TWINS)


@pytest.mark.parametrize("place", STACKS)
def test_every_letter_bound_anywhere_also_fires_from_a_cyrillic_layout(place: str) -> None:
    for node in STACKS[place]:
        actions = {binding.key: binding.action for binding in bound(node)}
        for key in filter(is_letter, actions):
            other = twin(key)
            assert other is not None
            assert actions.get(other) == actions[key], f"{node.__name__}: {key}"


@pytest.mark.parametrize("place", STACKS)
def test_no_key_means_two_things_in_one_place(place: str) -> None:
    for node in STACKS[place]:
        meanings: dict[str, set[str]] = defaultdict(set)
        for binding in bound(node):
            meanings[binding.key].add(binding.action)
        assert [key for key, found in meanings.items() if len(found) > 1] == []


def test_every_chord_has_a_plain_twin() -> None:
    for action in ACTIONS:
        names = keys_of(action, {})
        assert any("+" not in name for name in names), action.id


def test_ids_are_unique_and_every_action_is_bound_by_its_id() -> None:
    ids = [action.id for action in ACTIONS]
    assert len(set(ids)) == len(ids)
    rooms: set[Room] = {action.room for action in ACTIONS}
    made = chain.from_iterable(bindings(room) for room in rooms)
    assert {binding.id for binding in made if isinstance(binding, Binding)} == set(ids)


@pytest.mark.parametrize("place", ROOMS)
def test_the_line_of_keys_names_at_most_seven(place: str) -> None:
    assert 1 <= len(footer(*ROOMS[place])) <= 7


def test_every_action_has_a_method_that_does_it() -> None:
    targets: dict[Room, tuple[type[DOMNode], ...]] = {
        "app": (Cockpit, App),
        "desk": (DeskScreen, App),
        "figures": (DeskScreen, StandupScreen),
        "stretch": (DeskScreen, StandupScreen),
        "standup": (StandupScreen,),
        "dials": (StandupScreen,),
        "replay": (ReplayScreen,),
        "jump": (DeskScreen, StandupScreen, ReplayScreen),
        "seller": (StandupScreen,),
        "deeper": (StandupScreen,),
        "board": (Stage,),
        "row": (Stage,),
        "agree": (StandupScreen,),
        "help": (HelpScreen,),
        "leaving": (Leaving,),
        "form": (Form, Cockpit),
        "pick": (Pick,),
    }
    for action in ACTIONS:
        method = "action_" + action.call.split("(")[0].split(".")[-1]
        assert any(hasattr(target, method) for target in targets[action.room]), action.id


def test_a_user_keymap_gets_its_twins() -> None:
    assert keymap({"clock.pause": "z", "clock.stop": "y"}) == {"clock.pause": "z,я"}


def test_what_is_wrong_with_a_keymap_is_said() -> None:
    assert complaints({"clock.pause": "z"}) == []
    (unknown,) = complaints({"clock.stop": "z"})
    assert "clock.stop" in unknown
    (clash,) = complaints({"clock.pause": "r"})
    assert "measure.revenue" in clash
    assert "replay" not in clash
    assert complaints({"replay.play": "n"}) == []
    assert complaints({"leaving.stay": "q", "pick.next": "n"}) == []
    (both,) = complaints({"clock.pause": "z", "turns.order": "z"})
    assert "turns.order" in both or "clock.pause" in both
    for key in ("zz", "", "f99", "strg+s", "ctrl+", "z,pause"):
        (none,) = complaints({"clock.pause": key})
        assert "clock.pause" in none, key
    for key in ("Z", "ё", "+", "ctrl+k", "shift+f5", "insert", "number_sign", "#", "z,Z"):
        assert complaints({"clock.pause": key}) == [], key


def test_two_actions_of_a_room_under_one_key_clash_in_every_room() -> None:
    for room in {action.room for action in ACTIONS}:
        ids = [action.id for action in ACTIONS if action.room == room][:2]
        assert len(complaints(dict.fromkeys(ids, "z"))) == len(ids) - 1, room


def test_keys_are_shown_as_the_language_has_them_on_the_keyboard() -> None:
    assert shown("q", "en") == "q"
    assert shown("q", "ru") == "й"
    assert shown("right", "ru") == "→"
    assert shown("f1", "ru") == "F1"
    assert shown("question_mark", "ru") == "?"


def test_every_action_says_in_words_what_it_does() -> None:
    def complete(action: Action) -> bool:
        return bool(action.title and action.tooltip and action.group)

    assert [action.id for action in ACTIONS if not complete(action)] == []


@pytest.mark.parametrize(("language", "key"), [("en", "t"), ("ru", "е")])
def test_the_close_board_names_the_key_of_the_language(language: str, key: str) -> None:
    words.use(language)
    rows = (LaggingRow(key="seller:a", seller="a", deviation=Fraction(-5)),)
    behind = Lagging(
        name="lagging", question=Question(period=month_of(TODAY), dials=Dials(as_of=TODAY)),
        currency="RUB", minor_digits=2, columns=(), rows=rows, held=0,
    )  # fmt: skip
    drawn = Drawn(names={}, view=View(today=TODAY), keymap={})
    board = sheet([], 1, behind, drawn)
    how = next(line.cells[0].text for line in board.lines if line.key == "how")
    assert f" {key} " in how
    assert max(cells_of(line.cells[0].text) for line in board.lines) < 72
