"""What is done while a month is replayed."""

from __future__ import annotations

from typing import Final

from cockpit.tui.actions.action import FIGURES, PAST, Action
from cockpit.words import mark


def _counted(measure: str, key: str, title: str, tooltip: str) -> Action:
    """The measure a replay counts in."""
    return Action(
        id=f"replay.{measure}", keys=key, call=f"screen.measure('{measure}')", room="replay",
        title=title, tooltip=tooltip, group=FIGURES,
    )  # fmt: skip


def _speed(number: int) -> Action:
    """The digit that says how many days pass in a second."""
    return Action(
        id=f"replay.speed.{number}", keys=str(number), call=f"screen.speed({number})",
        room="replay", title=mark("Days a second"),
        tooltip=mark("How many days pass in a second while the month is played"), group=PAST,
    )  # fmt: skip


ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="replay.on", keys="right", call="screen.day(1)", room="replay",
        title=mark("A day on"), tooltip=mark("See the month a working day later"),
        group=PAST, footer=1, other="replay.back", label=mark("Day"),
    ),
    Action(
        id="replay.back", keys="left", call="screen.day(-1)", room="replay",
        title=mark("A day back"), tooltip=mark("See the month a working day earlier"), group=PAST,
    ),
    Action(
        id="replay.week_on", keys="l,shift+right", call="screen.week(1)", room="replay",
        title=mark("A week on"), tooltip=mark("See the month a week later"),
        group=PAST,
    ),
    Action(
        id="replay.week_back", keys="h,shift+left", call="screen.week(-1)", room="replay",
        title=mark("A week back"), tooltip=mark("See the month a week earlier"), group=PAST,
    ),
    Action(
        id="replay.event_on", keys="right_square_bracket", call="screen.event(1)", room="replay",
        title=mark("An event on"), tooltip=mark("See the month an event later"),
        group=PAST,
    ),
    Action(
        id="replay.event_back", keys="left_square_bracket", call="screen.event(-1)", room="replay",
        title=mark("An event back"), tooltip=mark("See the month an event earlier"), group=PAST,
    ),
    Action(
        id="replay.play", keys="space", call="screen.play", room="replay",
        title=mark("Play"), tooltip=mark("Let the days pass by themselves, or stop them"),
        group=PAST, footer=4,
    ),
    *(_speed(number) for number in range(1, 10)),
    _counted("revenue", "r", mark("Revenue"), mark("Count plan and fact in revenue")),
    _counted("margin", "m", mark("Margin"), mark("Count plan and fact in margin")),
    _counted("profit", "p", mark("Profit"), mark("Count plan and fact in profit")),
    Action(
        id="replay.mode", keys="e", call="screen.switch('mode')", room="replay",
        title=mark("Morning/evening"),
        tooltip=mark("In the morning today is not yet due, in the evening it is"), group=FIGURES,
    ),
    Action(
        id="replay.share", keys="f2", call="screen.share", room="replay",
        title=mark("Share"),
        tooltip=mark("Hide what others may not see: names of clients, telephones, ranks"),
        group=FIGURES,
    ),
    Action(
        id="replay.compare", keys="d", call="screen.compare", room="replay",
        title=mark("Compare"),
        tooltip=mark("Mark this moment and see what changes against it, or forget the mark"),
        group=PAST, footer=5,
    ),
    Action(
        id="replay.dial", keys="k", call="screen.switch_dial", room="replay",
        title=mark("Dial"),
        tooltip=mark("Move what had happened, what was known, or both at once"), group=PAST,
    ),
    Action(
        id="replay.now", keys="0", call="screen.now", room="replay",
        title=mark("As known now"), tooltip=mark("See the same day with all that is known by now"),
        group=PAST,
    ),
    Action(
        id="replay.closed", keys="c", call="screen.closed", room="replay",
        title=mark("As it was closed"),
        tooltip=mark("See the whole month as it was known when it was closed"), group=PAST,
    ),
    Action(
        id="replay.board", keys="o", call="screen.board", room="replay",
        title=mark("Next board"), tooltip=mark("Show another board of the same moment"),
        group=PAST,
    ),
    Action(
        id="replay.story", keys="s", call="screen.story", room="replay",
        title=mark("Story"), tooltip=mark("Tell how the month came about, as of this moment"),
        group=PAST, footer=6,
    ),
    Action(
        id="replay.bridge", keys="b", call="screen.bridge", room="replay",
        title=mark("Bridge"),
        tooltip=mark("Through what the deviation came about: volume, conversions, average check"),
        group=PAST,
    ),
    Action(
        id="replay.ledger", keys="tab", call="screen.switch_focus", room="replay",
        title=mark("Ledger"), tooltip=mark("Move the cursor between the board and the events"),
        group=PAST,
    ),
    Action(
        id="replay.leave", keys="q,ctrl+q", call="screen.leave", room="replay",
        title=mark("End"), tooltip=mark("Leave the replay"), group=PAST, footer=9,
    ),
)  # fmt: skip
