"""What is done with the rows of a board, and one level deeper."""

from __future__ import annotations

from typing import Final

from cockpit.tui.actions.action import FIGURES, GETTING_ABOUT, Action
from cockpit.words import mark

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="row.open", keys="enter", call="open", room="row",
        title=mark("Open"), tooltip=mark("Open the row under the cursor"),
        group=GETTING_ABOUT, footer=1,
    ),
    Action(
        id="row.up", keys="up", call="cursor(-1)", room="board",
        title=mark("Up"), tooltip=mark("Move the cursor a row up"), group=GETTING_ABOUT,
    ),
    Action(
        id="row.down", keys="down", call="cursor(1)", room="board",
        title=mark("Down"), tooltip=mark("Move the cursor a row down"), group=GETTING_ABOUT,
    ),
    Action(
        id="row.page_up", keys="pageup", call="page(-1)", room="board",
        title=mark("Page up"), tooltip=mark("Move the cursor a screenful up"), group=GETTING_ABOUT,
    ),
    Action(
        id="row.page_down", keys="pagedown", call="page(1)", room="board",
        title=mark("Page down"), tooltip=mark("Move the cursor a screenful down"),
        group=GETTING_ABOUT,
    ),
    Action(
        id="row.first", keys="home", call="cursor(-9999)", room="board",
        title=mark("First row"), tooltip=mark("Move the cursor to the first row"),
        group=GETTING_ABOUT,
    ),
    Action(
        id="row.last", keys="end", call="cursor(9999)", room="board",
        title=mark("Last row"), tooltip=mark("Move the cursor to the last row"),
        group=GETTING_ABOUT,
    ),
    Action(
        id="seller.next", keys="right", call="screen.seller(1)", room="seller",
        title=mark("Next seller"), tooltip=mark("The page of the next seller"),
        group=GETTING_ABOUT, footer=2, other="seller.previous", label=mark("Seller"),
    ),
    Action(
        id="seller.previous", keys="left", call="screen.seller(-1)", room="seller",
        title=mark("Previous seller"), tooltip=mark("The page of the seller before"),
        group=GETTING_ABOUT,
    ),
    Action(
        id="what_if.more", keys="plus", call="screen.what_if(1)", room="seller",
        title=mark("What if more"),
        tooltip=mark("Try the check, the conversion or the day under the cursor one step up"),
        group=FIGURES,
    ),
    Action(
        id="what_if.less", keys="minus", call="screen.what_if(-1)", room="seller",
        title=mark("What if less"), tooltip=mark("Try it one step down"), group=FIGURES,
    ),
    Action(
        id="what_if.none", keys="x", call="screen.as_it_is", room="seller",
        title=mark("As it is"), tooltip=mark("Try nothing any more"), group=FIGURES,
    ),
    Action(
        id="page.back", keys="escape", call="screen.back", room="deeper",
        title=mark("Back"), tooltip=mark("One level back"), group=GETTING_ABOUT, footer=0,
    ),
)  # fmt: skip
