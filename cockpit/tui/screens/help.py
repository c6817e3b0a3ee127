"""Help: what the screen shows, and every key of it, from the registry of actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final, Protocol, runtime_checkable

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from cockpit.render.cells import wrap
from cockpit.tui.actions import Action, Room, bindings, keys_of, of
from cockpit.tui.keys import shown
from cockpit.tui.sheet import Cell, Column, Line, Sheet
from cockpit.tui.widgets.board import Board
from cockpit.words import language, t

_FORMULA: Final = 60
"""Cells of a formula's line that the page has at every size."""


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
    """A board that hears the keys itself."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("board")


class HelpScreen(ModalScreen[None]):
    """Lies on top of the screen it explains."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("help")

    def __init__(self, rooms: Sequence[Room], keymap: Mapping[str, str], formula: str = "") -> None:
        """`rooms` are those whose keys work on the screen below, from the innermost.

        `formula` is that of the figure under the cursor there.
        """
        super().__init__()
        self._sheet = sheet(rooms, keymap, formula)

    def compose(self) -> ComposeResult:
        """One board."""
        yield HelpBoard(id="help")

    def on_mount(self) -> None:
        """Draw it."""
        board = self.query_one("#help", Board)
        board.draw(self._sheet)
        board.focus()


def sheet(rooms: Sequence[Room], keymap: Mapping[str, str], formula: str = "") -> Sheet:
    """The formula that was asked for, the keys by group, then how figures are to be read."""
    lines: list[Line] = []
    if formula:
        lines.append(_words("formula", t("The figure under the cursor")))
        lines += [
            Line(f"formula/{place}", (Cell(f"  {text}"),), opens=False)
            for place, text in enumerate(wrap(formula, _FORMULA))
        ]
    actions = [action for room in rooms for action in of(room)]
    for group in dict.fromkeys(action.group for action in actions):
        lines.append(_words(f"group/{group}", t(group)))
        members = [action for action in actions if action.group == group]
        lines += [
            Line(run[0].id, (Cell(f"  {_keys(run, keymap)}"), Cell(t(run[0].tooltip))), opens=False)
            for run in _runs(members)
        ]
    lines.append(_words("reading", t("How to read it")))
    lines += [
        Line(f"reading/{place}", (Cell(f"  {term}"), Cell(said)), opens=False)
        for place, (term, said) in enumerate(_reading())
    ]
    return Sheet(
        title=t("Help"),
        aside=((t("Esc closes"), "muted"),),
        columns=(
            Column(key="keys", title="", align="left", width=16),
            Column(key="words", title="", align="left", elastic=True),
        ),
        lines=tuple(lines),
    )


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
    return Line(key, (Cell(text, "strong"), Cell("")), opens=False)


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
