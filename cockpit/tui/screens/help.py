"""Help: what the screen shows, and every key of it, from the registry of actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Final, Protocol, runtime_checkable

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from cockpit.render.cells import width as cells_of
from cockpit.render.cells import wrap
from cockpit.tui.actions import Action, Room, bindings, keys_of, of
from cockpit.tui.frame import inner
from cockpit.tui.keys import shown
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.widgets.board import Board
from cockpit.words import language, t

_KEYS: Final = 16
_GAP: Final = 3
_FEWEST: Final = 20
"""The least cells of the keys, those before what they do, and the least of that."""


@runtime_checkable
class Explained(Protocol):
    """A screen that says which keys work on it."""

    def rooms(self) -> Sequence[Room]:
        """The rooms whose keys work now, from the innermost."""
        ...


@runtime_checkable
class Reckoned(Protocol):
    """A screen that says how a figure on it came about."""

    def explained(self) -> str:
        """The formula of the figure under the cursor; "" for none."""
        ...


class HelpBoard(Board, can_focus=True):
    """A board that hears the keys itself, and breaks its lines for the width there is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("board")

    def __init__(self, made: Callable[[int], Sheet], *, id: str) -> None:  # noqa: A002
        """`made` makes the sheet for a width in cells."""
        super().__init__(id=id)
        self._made = made

    def on_resize(self) -> None:
        """Break the lines anew."""
        self.draw(self._made(inner(self.size.width)))


class HelpScreen(ModalScreen[None]):
    """Lies on top of the screen it explains."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("help")

    def __init__(self, rooms: Sequence[Room], keymap: Mapping[str, str], formula: str = "") -> None:
        """`rooms` are those whose keys work on the screen below, from the innermost.

        `formula` is that of the figure under the cursor there.
        """
        super().__init__()
        self._made = partial(sheet, rooms, keymap, formula)

    def compose(self) -> ComposeResult:
        """One board."""
        yield HelpBoard(self._made, id="help")

    def on_mount(self) -> None:
        """It hears the keys."""
        self.query_one("#help", Board).focus()


def sheet(rooms: Sequence[Room], keymap: Mapping[str, str], formula: str, width: int) -> Sheet:
    """The formula that was asked for, the keys by group, then how figures are to be read."""
    actions = [action for room in rooms for action in of(room)]
    terms = [term for term, _ in _reading()] + [_keys([action], keymap) for action in actions]
    room = max(_FEWEST, width - max(_KEYS, 2 + max(map(cells_of, terms))) - _GAP)
    lines: list[Line] = []
    if formula:
        lines.append(_words("formula", t("The figure under the cursor")))
        lines += [
            Line(f"formula/{place}", (Cell(f"  {text}"),), opens=False)
            for place, text in enumerate(wrap(formula, width - 2))
        ]
    for group in dict.fromkeys(action.group for action in actions):
        lines.append(_words(f"group/{group}", t(group)))
        members = [action for action in actions if action.group == group]
        for run in _runs(members):
            lines += _told(run[0].id, _keys(run, keymap), t(run[0].tooltip), room)
    lines.append(_words("reading", t("How to read it")))
    for place, (term, said) in enumerate(_reading()):
        lines += _told(f"reading/{place}", term, said, room)
    return Sheet(
        title=t("Help"),
        aside=((t("Esc closes"), "muted"),),
        columns=(
            Column(key="keys", title="", align="left", width=_KEYS),
            Column(key="words", title="", align="left", elastic=True),
        ),
        lines=tuple(lines),
    )


def _told(key: str, term: str, said: str, room: int) -> list[Line]:
    """A term at the left, and what is said of it in as many lines of so many cells as it takes."""
    return [
        Line(f"{key}/{place}", (Cell("" if place else f"  {term}"), Cell(text)), opens=False)
        for place, text in enumerate(wrap(said, room))
    ]


def _runs(actions: Sequence[Action]) -> list[list[Action]]:
    """Actions that do the same to another place of the agenda make one line."""
    runs: list[list[Action]] = []
    for action in actions:
        if runs and runs[-1][0].title == action.title:
            runs[-1].append(action)
        else:
            runs.append([action])
    return runs


def _keys(run: Sequence[Action], keymap: Mapping[str, str]) -> str:
    """The keys of a line as the spoken language has them on the keyboard."""
    if len(run) > 1:
        first, last = (keys_of(action, keymap)[0] for action in (run[0], run[-1]))
        return f"{shown(first, language())} … {shown(last, language())}"
    return ", ".join(shown(key, language()) for key in keys_of(run[0], keymap))


def _words(key: str, text: str) -> Line:
    """The title of a group."""
    return Line(key, (Cell(text, "strong"),), opens=False)


def _reading() -> list[tuple[str, str]]:
    """The words a figure cannot be read without."""
    return [
        (t("line"), t("the plan as of now: plan × working days passed ÷ working days")),
        (t("as of"), t("what had happened by then")),
        (t("known at"), t("what had been recorded by then; what came later is left out")),
        (t("morning"), t("today is not yet due")),
        (t("evening"), t("today counts as a day passed")),
        (t("▼ ▲ ="), t("behind, ahead of, on the line or the norm")),
        ("▸ Σ", t("the item and the whole: time spent, then what is left (−) or over (+)")),
        (t("pace"), t("how many times faster than so far the rest has to be sold")),
        (t("by cohort"), t("of those that entered a step in the month, how many went on")),
        (t("* and grey"), t("fewer than ten: too few to compare")),
        (t("—"), t("not known; never a zero")),
    ]
