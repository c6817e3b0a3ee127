"""Everything that can be done on the screen, once: footer, help, palette, keymap and manual derive.

An `id` is public: the user's keymap names it. `call` is the method that does it, on the screen, the
app or the focused widget as Textual writes it. `footer` is the place in the line of keys; an action
without one is in the help and in the palette.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Final, Literal

import msgspec
from textual.binding import Binding, BindingType

from cockpit.tui.keys import keys, shown
from cockpit.words import language, mark, t

Room = Literal[
    "app",
    "desk",
    "standup",
    "figures",
    "stretch",
    "dials",
    "replay",
    "board",
    "row",
    "agree",
    "seller",
    "deeper",
    "help",
    "form",
    "pick",
    "leaving",
]

MEETING: Final = mark("Meeting")
FIGURES: Final = mark("Figures")
PAST: Final = mark("The past")
GETTING_ABOUT: Final = mark("Getting about")
FILLING_IN: Final = mark("Filling in")

MOST: Final = 7
"""So many keys are named at once."""


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a person can do; `title`, `tooltip` and `label` are message ids, spoken when drawn.

    In the line of keys an action stands with the one that is its `other` half, under `label`.
    """

    id: str
    keys: str
    call: str
    room: Room
    title: str
    tooltip: str
    group: str
    footer: int | None = None
    other: str | None = None
    label: str | None = None


def _jump(place: int) -> Action:
    """The digit that goes to a place of the agenda."""
    return Action(
        id=f"item.{place}", keys=str(place), call=f"screen.jump({place})", room="standup",
        title=mark("Go to item"), tooltip=mark("Go to the item with this number on the agenda"),
        group=MEETING,
    )  # fmt: skip


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
        id="row.open", keys="enter", call="open", room="row",
        title=mark("Open"), tooltip=mark("Open the row under the cursor"),
        group=GETTING_ABOUT, footer=1,
    ),
    Action(
        id="correction.agree", keys="t", call="screen.correct", room="agree",
        title=mark("Correct"), tooltip=mark("Agree a correction about what is under the cursor"),
        group=MEETING, footer=3,
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
        id="view.share", keys="f2", call="screen.share", room="figures",
        title=mark("Share"),
        tooltip=mark("Hide what others may not see: names of clients, telephones, ranks"),
        group=FIGURES,
    ),
    Action(
        id="measure.revenue", keys="r", call="screen.measure('revenue')", room="figures",
        title=mark("Revenue"), tooltip=mark("Count plan and fact in revenue"), group=FIGURES,
    ),
    Action(
        id="measure.margin", keys="m", call="screen.measure('margin')", room="figures",
        title=mark("Margin"), tooltip=mark("Count plan and fact in margin"), group=FIGURES,
    ),
    Action(
        id="measure.profit", keys="p", call="screen.measure('profit')", room="figures",
        title=mark("Profit"), tooltip=mark("Count plan and fact in profit"), group=FIGURES,
    ),
    Action(
        id="mode.switch", keys="e", call="screen.switch('mode')", room="figures",
        title=mark("Morning/evening"),
        tooltip=mark("In the morning today is not yet due, in the evening it is"), group=FIGURES,
    ),
    Action(
        id="per.switch", keys="d", call="screen.switch('per')", room="stretch",
        title=mark("Day/week/month"), tooltip=mark("Count activities over a day, week or month"),
        group=FIGURES,
    ),
    Action(
        id="norm.switch", keys="n", call="screen.turn_work('norms')", room="figures",
        title=mark("Source of the norm"),
        tooltip=mark("Judge activities by the plan, the own best, the sector, or see all sources"),
        group=FIGURES,
    ),
    Action(
        id="calls.open", keys="l", call="screen.turn_work('calls')", room="figures",
        title=mark("Call lengths"),
        tooltip=mark("How long people talk, with whom and how far, or activities again"),
        group=FIGURES,
    ),
    Action(
        id="ramp.open", keys="h", call="screen.turn_work('ramp')", room="figures",
        title=mark("Growing norms"),
        tooltip=mark("Norms that grow; pressed again it writes this week's step or hold"),
        group=FIGURES,
    ),
    Action(
        id="reading.switch", keys="c", call="screen.switch('reading')", room="figures",
        title=mark("Cohort/period"),
        tooltip=mark("Read conversions by cohort, or event against event in the period"),
        group=FIGURES,
    ),
    Action(
        id="bridge.open", keys="b", call="screen.bridge", room="figures",
        title=mark("Bridge"),
        tooltip=mark("Through what the deviation came about: volume, conversions, average check"),
        group=FIGURES,
    ),
    Action(
        id="cut.switch", keys="v", call="screen.switch('by')", room="figures",
        title=mark("Cut conversions"),
        tooltip=mark("Cut conversions by seller, channel, segment, product, territory, audience"),
        group=FIGURES,
    ),
    Action(
        id="weekly.switch", keys="w", call="screen.switch('weekly')", room="figures",
        title=mark("Conversions by week"),
        tooltip=mark("Show conversions week by week, or of the month"), group=FIGURES,
    ),
    Action(
        id="dials.back", keys="left_square_bracket", call="screen.dial(-1)", room="dials",
        title=mark("A day back"), tooltip=mark("Look at the figures as of a working day earlier"),
        group=PAST,
    ),
    Action(
        id="dials.on", keys="right_square_bracket", call="screen.dial(1)", room="dials",
        title=mark("A day on"), tooltip=mark("Look at the figures as of a working day later"),
        group=PAST,
    ),
    Action(
        id="dials.switch", keys="k", call="screen.switch_dial", room="dials",
        title=mark("Which dial moves"),
        tooltip=mark("Move what had happened, what was known, or both at once"), group=PAST,
    ),
    Action(
        id="dials.now", keys="0", call="screen.now", room="dials",
        title=mark("Back to now"), tooltip=mark("Both dials to now, where facts can be logged"),
        group=PAST,
    ),
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
        id="replay.board", keys="o", call="screen.board", room="replay",
        title=mark("Next board"), tooltip=mark("Show another board of the same moment"),
        group=PAST,
    ),
    Action(
        id="replay.story", keys="s", call="screen.story", room="replay",
        title=mark("Story"), tooltip=mark("Tell how the month came about, as of this moment"),
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
    Action(
        id="app.palette", keys="g,ctrl+p", call="app.command_palette", room="app",
        title=mark("Go to"), tooltip=mark("Find any seller, item or action by name"),
        group=GETTING_ABOUT, footer=7,
    ),
    Action(
        id="app.help", keys="?,f1", call="app.help", room="app",
        title=mark("Help"), tooltip=mark("What this screen shows, and every key"),
        group=GETTING_ABOUT, footer=8,
    ),
    Action(
        id="app.theme", keys="f3", call="app.next_theme", room="app",
        title=mark("Colours"),
        tooltip=mark("Other colours: dark, light, high contrast, safe for the colour-blind"),
        group=GETTING_ABOUT,
    ),
    Action(
        id="help.back", keys="escape,?,f1", call="screen.dismiss", room="help",
        title=mark("Back"), tooltip=mark("Close the help"), group=GETTING_ABOUT, footer=0,
    ),
    Action(
        id="desk.start", keys="s", call="screen.start", room="desk",
        title=mark("Start"), tooltip=mark("Start the stand-up, or go on with the one that is open"),
        group=MEETING, footer=2,
    ),
    Action(
        id="desk.leave", keys="q,ctrl+q", call="app.quit", room="desk",
        title=mark("Leave"), tooltip=mark("Leave; nothing is written"), group=MEETING, footer=9,
    ),
    Action(
        id="leaving.stay", keys="escape", call="screen.stay", room="leaving",
        title=mark("Back"), tooltip=mark("Go back to the stand-up"), group=GETTING_ABOUT, footer=0,
    ),
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
    Action(
        id="standup.leave", keys="q,ctrl+q", call="screen.leave", room="standup",
        title=mark("End"), tooltip=mark("Close the stand-up and leave; it is in the log"),
        group=MEETING, footer=9,
    ),
)  # fmt: skip


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
    """What is wrong with a user's keymap: ids that are none, keys that would mean two things."""
    known = {action.id for action in ACTIONS}
    said = [
        t("Keymap: there is no action {id}; did you mean {near}?", id=name, near=_near(name))
        for name in chosen
        if name not in known
    ]
    meanings: dict[str, list[str]] = {}
    for action in ACTIONS:
        for key in keys_of(action, chosen):
            meanings.setdefault(key, []).append(action.id)
    for key, ids in meanings.items():
        touched = [name for name in ids if name in chosen]
        others = [name for name in ids if name not in touched[:1]]
        if touched and others:
            said.append(t("Keymap: {key} already means {id}", key=key, id=", ".join(others)))
    return said


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


def key_of(name: str, chosen: Mapping[str, str]) -> str:
    """The first key of an action as it is drawn; raises StopIteration for an id that is none."""
    action = next(action for action in ACTIONS if action.id == name)
    return shown(keys_of(action, chosen)[0], language())
