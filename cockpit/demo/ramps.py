"""Norms that grow in the demo: with the newcomer every week, with the laggard they are held."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from typing import Final

from cockpit.demo.cast import Person
from cockpit.demo.characters import LAGGARD, NEWCOMER
from cockpit.demo.entry import Entry, soon
from cockpit.demo.setting import HEAD, Setting, walk
from events.vocabulary import NormSet, RampHeld, RampStarted

CALL: Final = "call_made"
FIRST: Final = 18
GOAL: Final = 30
HIGHER: Final = 32
EARLY: Final = 8 * 60 + 50
WEEK: Final = dt.timedelta(days=7)


def ramps_of(setting: Setting, people: Sequence[Person]) -> Iterator[Entry]:
    """What was decided of them on Mondays; that of the week of today is still to be decided."""
    for person in people:
        if person.character is NEWCOMER:
            yield from _growing(setting, person)
        elif person.character is LAGGARD:
            yield from _held(setting, person)


def _growing(setting: Setting, person: Person) -> Iterator[Entry]:
    """From the day after hiring on a tenth more every week."""
    evening = setting.at(person.hired, 17 * 60 + 40)
    yield soon(evening, HEAD, RampStarted(activity=CALL, goal=GOAL, seller=person.key))
    norm = NormSet(
        activity=CALL, count=FIRST, since=setting.step(person.hired, 1), seller=person.key
    )
    yield soon(evening, HEAD, norm, seconds=40)
    count = FIRST
    for day in _mondays(setting, person.hired):
        count = min(GOAL, math.ceil(count * 1.1))
        step = NormSet(activity=CALL, count=count, since=day, seller=person.key)
        yield soon(setting.at(day, EARLY), HEAD, step)


def _held(setting: Setting, person: Person) -> Iterator[Entry]:
    """Begun three weeks ago, and held in both weeks since, as the calls were too few."""
    begun = walk(setting.days, _monday(setting.spec.today) - 3 * WEEK, 0)
    if begun <= setting.opened or begun >= setting.spec.today:
        return
    started = RampStarted(activity=CALL, goal=HIGHER, seller=person.key)
    yield soon(setting.at(begun, EARLY), HEAD, started)
    held = RampHeld(activity=CALL, seller=person.key, because="attainment")
    for day in _mondays(setting, begun):
        yield soon(setting.at(day, EARLY), HEAD, held)


def _mondays(setting: Setting, after: dt.date) -> Iterator[dt.date]:
    """The first working days of the weeks after a day, up to the week before that of today."""
    monday = _monday(after) + WEEK
    while monday < _monday(setting.spec.today):
        day = walk(setting.days, monday, 0)
        if day < monday + WEEK:
            yield day
        monday += WEEK


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
