"""What is done in the desk check and in the stand-up, and with the row of a seller."""

from __future__ import annotations

from typing import Final

from cockpit.tui.actions.action import GETTING_ABOUT, MEETING, Action
from cockpit.words import mark


def _jump(place: int) -> Action:
    """The digit that goes to a place of the agenda."""
    return Action(
        id=f"item.{place}", keys=str(place), call=f"screen.jump({place})", room="standup",
        title=mark("Go to item"), tooltip=mark("Go to the item with this number on the agenda"),
        group=MEETING,
    )  # fmt: skip


ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="correction.agree", keys="t", call="screen.correct", room="agree",
        title=mark("Correct"), tooltip=mark("Agree a correction about what is under the cursor"),
        group=MEETING, footer=3,
    ),
    Action(
        id="item.next", keys="right", call="screen.step(1)", room="standup",
        title=mark("Next item"), tooltip=mark("Give the floor to the next item of the agenda"),
        group=MEETING, footer=2, other="item.previous", label=mark("Item"),
    ),
    Action(
        id="item.previous", keys="left", call="screen.step(-1)", room="standup",
        title=mark("Previous item"), tooltip=mark("Go back to the item before"), group=MEETING,
    ),
    *(_jump(place) for place in range(1, 10)),
    Action(
        id="clock.pause", keys="space", call="screen.pause", room="standup",
        title=mark("Pause"), tooltip=mark("Stop the clock, or let it run on"),
        group=MEETING, footer=4,
    ),
    Action(
        id="view.present", keys="P", call="screen.present", room="standup",
        title=mark("Present"),
        tooltip=mark("The board alone with a large clock, veiled for others; again ends it"),
        group=MEETING,
    ),
    Action(
        id="turns.order", keys="o", call="screen.order", room="standup",
        title=mark("Order of sellers"),
        tooltip=mark("Who lags most speaks first, or another one every day"), group=MEETING,
    ),
    Action(
        id="board.fill", keys="f", call="screen.fill", room="standup",
        title=mark("Fill in"), tooltip=mark("Open the form of the board that is seen"),
        group=MEETING,
    ),
    Action(
        id="training.hold", keys="a", call="screen.train", room="standup",
        title=mark("Two minutes of training"),
        tooltip=mark("Show the training on the topic of this seller, and log it once held"),
        group=MEETING,
    ),
    Action(
        id="deed.undo", keys="u", call="screen.undo", room="standup",
        title=mark("Take back"), tooltip=mark("Take back what was written last on the screen"),
        group=MEETING,
    ),
    Action(
        id="deed.redo", keys="U", call="screen.redo", room="standup",
        title=mark("Bring back"), tooltip=mark("Bring back what was taken back last"),
        group=MEETING,
    ),
    Action(
        id="desk.start", keys="s", call="screen.start", room="desk",
        title=mark("Start"), tooltip=mark("Start the stand-up, or go on with the one that is open"),
        group=MEETING, footer=2,
    ),
    Action(
        id="desk.payments", keys="tab", call="screen.switch_focus", room="desk",
        title=mark("Payments today"),
        tooltip=mark("Move the cursor between what sags and the payments of today"),
        group=GETTING_ABOUT,
    ),
    Action(
        id="desk.leave", keys="q,ctrl+q", call="screen.leave", room="desk",
        title=mark("Leave"), tooltip=mark("Leave; nothing is written"), group=MEETING, footer=9,
    ),
    Action(
        id="leaving.stay", keys="escape", call="screen.stay", room="leaving",
        title=mark("Back"), tooltip=mark("Go back to the stand-up"), group=GETTING_ABOUT, footer=0,
    ),
    Action(
        id="standup.leave", keys="q,ctrl+q", call="screen.leave", room="standup",
        title=mark("End"), tooltip=mark("Close the stand-up and leave; it is in the log"),
        group=MEETING, footer=9,
    ),
)  # fmt: skip
