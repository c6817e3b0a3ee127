"""From days to moments: when in a day each step was taken, and when it was written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from cockpit.demo.cast import Person
from cockpit.demo.dice import Dice
from cockpit.demo.entry import Entry
from cockpit.demo.setting import HEAD, Setting, walk
from events.vocabulary import CallMade, Fact, MeetingHeld, PresentationGiven

FIRST_MINUTE = 9 * 60 + 35
LAST_MINUTE = 17 * 60 + 30
GAP = 12
"""Minutes between two steps of one deal that do not belong together."""

TALKS = (CallMade, MeetingHeld, PresentationGiven)


class Step(msgspec.Struct, frozen=True):
    """A fact of a day; steps of one deal follow each other in the order they are given.

    With `next_to` it comes minutes after the step before it, if that was on the same day.
    """

    day: dt.date
    body: Fact
    next_to: bool = False


def timed(setting: Setting, person: Person, steps: Iterable[Step], dice: Dice) -> Iterator[Entry]:
    """The steps of one deal with their moments.

    The seller writes down what happens on own working days, the head what happens on others.
    Talks are sometimes written down the next working day, and rarely much later.
    """
    ordered = sorted(steps, key=lambda step: step.day)
    for day, group in groupby(ordered, key=lambda step: step.day):
        today = list(group)
        actor = person.key if person.works(day) else HEAD
        written = setting.at(day, 0)
        for minute, step in zip(_minutes(today, dice), today, strict=True):
            occurred = setting.at(day, minute)
            recorded = _written_down(setting, person, occurred, step.body, dice)
            if recorded.date() == day:
                recorded = written = max(recorded, written + dt.timedelta(seconds=7))
            body = _explained(setting, occurred, recorded, step.body, dice)
            yield Entry(recorded, occurred, actor, body)


def _minutes(steps: Sequence[Step], dice: Dice) -> list[float]:
    """Rising minutes of a day for the steps of one deal."""
    anchors = [place == 0 or not step.next_to for place, step in enumerate(steps)]
    span = LAST_MINUTE - FIRST_MINUTE - GAP * sum(anchors)
    drawn = iter(sorted(dice.share() * span for _ in range(sum(anchors))))
    minutes: list[float] = []
    begun = 0
    for anchor in anchors:
        if anchor:
            minutes.append(FIRST_MINUTE + GAP * begun + next(drawn))
            begun += 1
        else:
            minutes.append(minutes[-1] + 0.5 + dice.share() * 1.5)
    return minutes


def _written_down(
    setting: Setting, person: Person, occurred: dt.datetime, body: Fact, dice: Dice
) -> dt.datetime:
    if isinstance(body, TALKS) and dice.chance(6):
        days = dice.weighted(((1, 85), (4, 8), (6, 7)))
        day = walk(person.days, occurred.date(), days)
        if day > occurred.date():
            return setting.at(day, 8 * 60 + 35 + dice.share() * 55)
    return occurred + dt.timedelta(seconds=45 + dice.share() * 300)


def _explained(
    setting: Setting, occurred: dt.datetime, recorded: dt.datetime, body: Fact, dice: Dice
) -> Fact:
    """Whoever is days late says why."""
    if isinstance(body, TALKS) and (recorded - occurred).days >= 3:
        return msgspec.structs.replace(body, note=dice.pick(setting.nation.late_notes))
    return body
