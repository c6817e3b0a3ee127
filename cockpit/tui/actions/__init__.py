"""Everything that can be done on the screen, once: footer, help, palette, keymap and manual derive.

A module lists the actions of one part of the work; here they are one registry.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Final

from textual.binding import Binding, BindingType

from cockpit.tui.actions import boards, everywhere, figures, forms, meeting, replays
from cockpit.tui.actions.action import Action, Room
from cockpit.tui.keys import exists, keys, shown
from cockpit.words import language, t

__all__ = [
    "ACTIONS",
    "Action",
    "Room",
    "action_of",
    "bindings",
    "complaints",
    "footer",
    "key_of",
    "keymap",
    "keys_of",
    "of",
]

MOST: Final = 7
"""So many keys are named at once."""

_BOARDS: Final[frozenset[Room]] = frozenset({"row", "board", "seller", "deeper", "jump", "app"})
_FIGURES: Final[frozenset[Room]] = _BOARDS | {"agree", "figures", "stretch", "dials"}
_TOGETHER: Final[tuple[frozenset[Room], ...]] = (
    _FIGURES | {"desk"},
    _FIGURES | {"standup"},
    _BOARDS | {"replay"},
    frozenset({"help", "board", "app"}),
    frozenset({"leaving", "row", "board"}),
    frozenset({"form", "pick", "app"}),
)
"""The rooms whose keys are heard in one place, where a key should mean one thing."""

ACTIONS: Final[tuple[Action, ...]] = (
    *boards.ACTIONS,
    *meeting.ACTIONS,
    *figures.ACTIONS,
    *replays.ACTIONS,
    *everywhere.ACTIONS,
    *forms.ACTIONS,
)


def of(*rooms: Room) -> tuple[Action, ...]:
    """The actions of these rooms, in the order of the registry."""
    return tuple(action for action in ACTIONS if action.room in rooms)


def bindings(*rooms: Room) -> list[BindingType]:
    """The bindings of these rooms, each letter with its twin; words are drawn elsewhere."""
    return [
        Binding(keys(action.keys), action.call, id=action.id, show=False) for action in of(*rooms)
    ]


def keymap(chosen: Mapping[str, str]) -> dict[str, str]:
    """A user's keymap by the ids of actions, with the twins added; other ids are left out."""
    known = {action.id for action in ACTIONS}
    return {name: keys(text) for name, text in chosen.items() if name in known}


def complaints(chosen: Mapping[str, str]) -> list[str]:
    """What is wrong with a user's keymap: ids and keys that are none, keys that would mean two
    things.
    """
    known = {action.id for action in ACTIONS}
    said = [
        t("keys: there is no action {id}; did you mean {near}?", id=name, near=_near(name))
        for name in chosen
        if name not in known
    ]
    said += [
        t("keys: {key} of {id} is no key; type one like z, ctrl+s or f5", key=key, id=action.id)
        for action in ACTIONS
        for key in keys_of(action, chosen)
        if not exists(key)
    ]
    meanings: dict[str, list[Action]] = {}
    for action in ACTIONS:
        for key in keys_of(action, chosen):
            meanings.setdefault(key, []).append(action)
    for key, found in meanings.items():
        touched = next((action for action in found if action.id in chosen), None)
        others = [action.id for action in found if touched and _clash(touched, action)]
        if others:
            said.append(t("keys: {key} already means {id}", key=key, id=", ".join(others)))
    return said


def _clash(one: Action, other: Action) -> bool:
    """Whether two actions under one key are heard in one place."""
    return one is not other and any({one.room, other.room} <= rooms for rooms in _TOGETHER)


def _near(name: str) -> str:
    """The id that was probably meant."""
    ids = [action.id for action in ACTIONS]
    return max(ids, key=lambda each: SequenceMatcher(None, each, name).ratio())


def keys_of(action: Action, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of an action, without twins, as the user's keymap has them."""
    text = chosen.get(action.id, action.keys)
    names = (name.strip() for name in text.split(","))
    return tuple("question_mark" if name == "?" else name for name in names)


def footer(*rooms: Room) -> tuple[Action, ...]:
    """What the line of keys names; of equal keys those of the room that is named first.

    Of more than can be taken in at a glance those before help and the way out go.
    """
    named: dict[str, Action] = {}
    for room in rooms:
        for action in of(room):
            named.setdefault(action.keys, action)
    listed = [action for action in named.values() if action.footer is not None]
    ordered = sorted(listed, key=lambda action: action.footer or 0)
    while len(ordered) > MOST:
        del ordered[-3]
    return tuple(ordered)


def action_of(name: str) -> Action:
    """The action of an id; raises StopIteration for an id that is none."""
    return next(action for action in ACTIONS if action.id == name)


def key_of(name: str, chosen: Mapping[str, str]) -> str:
    """The first key of an action as it is drawn; raises StopIteration for an id that is none."""
    return shown(keys_of(action_of(name), chosen)[0], language())
