"""How a form is filled in."""

from __future__ import annotations

from typing import Final

from cockpit.tui.actions.action import FILLING_IN, Action
from cockpit.words import mark

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="form.next", keys="down,tab", call="screen.field(1)", room="form",
        title=mark("Next field"), tooltip=mark("Go to the next field"), group=FILLING_IN,
        footer=1, other="form.previous", label=mark("Field"),
    ),
    Action(
        id="form.previous", keys="up,shift+tab", call="screen.field(-1)", room="form",
        title=mark("Previous field"), tooltip=mark("Go to the field before"), group=FILLING_IN,
    ),
    Action(
        id="form.enter", keys="enter", call="screen.enter", room="form",
        title=mark("Accept"),
        tooltip=mark("Go to the next field; in the last one and on OK, accept the form"),
        group=FILLING_IN, footer=3,
    ),
    Action(
        id="form.accept", keys="f10", call="screen.accept", room="form",
        title=mark("OK"), tooltip=mark("Accept the form from any field"), group=FILLING_IN,
        footer=4,
    ),
    Action(
        id="form.back", keys="escape", call="screen.back", room="form",
        title=mark("Back"), tooltip=mark("Close the form; nothing is written"),
        group=FILLING_IN, footer=0,
    ),
    Action(
        id="form.help", keys="f1", call="app.help", room="form",
        title=mark("Help"), tooltip=mark("Every key of the form"), group=FILLING_IN,
    ),
    Action(
        id="pick.next", keys="right", call="walk(1)", room="pick",
        title=mark("Next choice"), tooltip=mark("The next of the choices of a field"),
        group=FILLING_IN, footer=2, other="pick.previous", label=mark("Choose"),
    ),
    Action(
        id="pick.previous", keys="left", call="walk(-1)", room="pick",
        title=mark("Previous choice"), tooltip=mark("The choice before"), group=FILLING_IN,
    ),
)  # fmt: skip
