"""The stand-ups of the demo: held on most days, with corrections that are looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from cockpit.demo.cast import Person
from cockpit.demo.corrections import Open, agreed, reviewed
from cockpit.demo.dice import Dice
from cockpit.demo.entry import Entry
from cockpit.demo.meeting import Meeting
from cockpit.demo.setting import Setting
from cockpit.tui.agenda import BOXES, DEFAULT
from events.vocabulary import (
    CaseDiscussed,
    ItemEnded,
    ItemStarted,
    MicroTrainingHeld,
    StandupClosed,
    StandupStarted,
)

TUESDAY, WEDNESDAY = 1, 2
TURN = 60


def missed(setting: Setting) -> set[dt.date]:
    """Days without a stand-up: the fourth last, and one in twelve; never the last one."""
    dice = setting.dice("missed stand-ups")
    days = setting.worked
    return {day for day in days[:-1] if dice.chance(8)} | set(days[-4:-3])


def standups_of(setting: Setting, people: Sequence[Person]) -> Iterator[Entry]:
    """Every stand-up until yesterday."""
    waiting: list[Open] = []
    skipped = missed(setting)
    for day in setting.worked:
        present = [person for person in people if person.works(day)]
        if day not in skipped and present:
            yield from _standup(setting, day, present, waiting)


def _standup(
    setting: Setting, day: dt.date, present: Sequence[Person], waiting: list[Open]
) -> Iterator[Entry]:
    dice = setting.dice("stand-up", day)
    meeting = Meeting(setting, day, dice)
    here = tuple(person.key for person in present)
    yield meeting.say(StandupStarted(standup=meeting.key, present=here))
    lagging = [person for person in present if person.character.lagging] or list(present[-1:])
    uncorrected: tuple[str, ...] = ()
    for item in DEFAULT:
        seconds = item.seconds * dice.between(70, 112) // 100
        yield meeting.say(ItemStarted(standup=meeting.key, item=item.id, seconds=item.seconds), 2)
        before = meeting.length
        if item.id == "rhythm":
            yield from reviewed(setting, meeting, day, here, waiting, dice)
        elif item.id == "corrections":
            yield from _turns(setting, meeting, day, lagging, waiting, dice)
            busy = {each.seller for each in waiting}
            uncorrected = tuple(p.key for p in lagging if p.key not in busy)
        elif item.id == "quality":
            yield from _trained(setting, meeting, day, here, dice)
        elif item.id == "case":
            yield from _discussed(setting, meeting, day, lagging, dice)
        rest = max(1, seconds - (meeting.length - before))
        spent = meeting.length - before + rest
        yield meeting.say(ItemEnded(standup=meeting.key, item=item.id, seconds=spent), rest)
    closed = StandupClosed(standup=meeting.key, seconds=meeting.length, uncorrected=uncorrected)
    yield meeting.say(closed, 1)


def _turns(
    setting: Setting,
    meeting: Meeting,
    day: dt.date,
    lagging: Sequence[Person],
    waiting: list[Open],
    dice: Dice,
) -> Iterator[Entry]:
    """The head gives the floor to each who lags, one after the other, and takes it back."""
    own = setting.dice("turns", day)
    key, opening = meeting.key, own.between(8, 20)
    item = ItemStarted(standup=key, item="corrections", seconds=BOXES["corrections"])
    yield meeting.say(ItemEnded(standup=key, item=item.item, seconds=opening), opening)
    for person in lagging:
        turn = ItemStarted(standup=key, item=item.item, seconds=TURN, seller=person.key)
        yield meeting.say(turn, 1)
        before, took = meeting.length, own.between(35, 72)
        yield from agreed(setting, meeting, day, [person], waiting, dice)
        rest = max(1, took - (meeting.length - before))
        spent = meeting.length - before + rest
        over = ItemEnded(standup=key, item=item.item, seconds=spent, seller=person.key)
        yield meeting.say(over, rest)
    yield meeting.say(item, 1)


def _trained(
    setting: Setting, meeting: Meeting, day: dt.date, here: tuple[str, ...], dice: Dice
) -> Iterator[Entry]:
    """Two minutes of training on Wednesdays."""
    if day.weekday() == WEDNESDAY:
        topic = dice.pick(setting.nation.topics).topic
        seconds = dice.between(90, 150)
        training = MicroTrainingHeld(
            topic=topic, seconds=seconds, sellers=here, standup=meeting.key
        )
        yield meeting.say(training, seconds)


def _discussed(
    setting: Setting, meeting: Meeting, day: dt.date, lagging: Sequence[Person], dice: Dice
) -> Iterator[Entry]:
    """A hard case on Tuesdays."""
    if day.weekday() == TUESDAY:
        case = dice.pick(setting.nation.cases)
        seller = dice.pick(lagging).key
        yield meeting.say(CaseDiscussed(words=case, seller=seller, standup=meeting.key), 60)
