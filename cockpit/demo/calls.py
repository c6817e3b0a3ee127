"""The telephone: a day's calls of every seller, as many as the story has room for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from cockpit.demo.cast import Person
from cockpit.demo.clients import Client, Portfolio
from cockpit.demo.entry import Entry
from cockpit.demo.setting import MORNING, Setting, walk
from events.vocabulary import CallMade
from events.vocabulary.plans import Direction

EARLIEST = 8 * 60 + 35
LATEST = 17 * 60 + 45
DIRECTIONS: tuple[Direction, Direction] = ("out", "in")


class Shift(msgspec.Struct, frozen=True):
    """A seller's day at the telephone; `until` is the minute it ends."""

    person: Person
    portfolio: Portfolio
    day: dt.date
    calls: int
    until: int


def shifts_of(
    setting: Setting, people: Sequence[tuple[Person, Portfolio]], wanted: int | None
) -> list[Shift]:
    """Who telephones how often on which day: by character, or scaled to `wanted` calls in all."""
    today = setting.spec.today
    days = [*setting.worked, *([today] if today in setting.days else [])]
    natural = [
        _shift(setting, person, portfolio, day)
        for day in days
        for person, portfolio in people
        if person.works(day)
    ]
    return natural if wanted is None else _scaled(natural, wanted)


def _shift(setting: Setting, person: Person, portfolio: Portfolio, day: dt.date) -> Shift:
    dice = setting.dice("calls of a day", person.key, day)
    count = max(1, person.character.calls * dice.between(75, 125) // 100)
    if day == setting.spec.today:
        return Shift(person, portfolio, day, min(count, dice.between(0, 2)), MORNING - 8)
    return Shift(person, portfolio, day, count, LATEST)


def _scaled(natural: Sequence[Shift], wanted: int) -> list[Shift]:
    """The same proportions, exactly `wanted` in all; this morning stays as it is."""
    weight = sum(shift.calls for shift in natural if shift.until == LATEST)
    left = wanted
    scaled = []
    for shift in natural:
        if shift.until == LATEST:
            count = left * shift.calls // weight
            weight -= shift.calls
        else:
            count = 0
        left -= count
        scaled.append(msgspec.structs.replace(shift, calls=count))
    return scaled


def calls_of(setting: Setting, shift: Shift) -> Iterator[Entry]:
    """The calls of one shift in the order they were made."""
    dice = setting.dice("telephone", shift.person.key, shift.day)
    share, character, person = dice.share, shift.person.character, shift.person
    midnight = setting.at(shift.day, 0)
    open_ = midnight + dt.timedelta(minutes=EARLIEST)
    span = (shift.until - EARLIEST) * 60
    known = shift.portfolio.known(shift.day)
    clients = shift.portfolio.clients
    next_day = walk(person.days, shift.day, 1)
    can_be_late = 0 < (next_day - shift.day).days < 3 and next_day < setting.spec.today
    for second in sorted([share() * span for _ in range(shift.calls)]):
        occurred = open_ + dt.timedelta(seconds=second)
        seconds = _length(share(), share(), character.short, character.long)
        client = clients[int(share() * known)] if known and share() < 0.45 else None
        if can_be_late and share() < 0.02:
            recorded = setting.at(next_day, EARLIEST + share() * (LATEST - EARLIEST))
        else:
            recorded = occurred + dt.timedelta(seconds=(seconds or 60) + 30 + share() * 150)
        yield Entry(recorded, occurred, person.key, _call(person, client, seconds, share()))


def _length(kind: float, within: float, short: int, long: int) -> int | None:
    """Seconds of talk: under one, up to three, over three minutes; rarely not measured."""
    kind *= 101
    if kind < short:
        return int(within * 59)
    if kind < short + long:
        return 181 + int(within * within * 1200)
    return 60 + int(within * 121) if kind < 100 else None


def _call(person: Person, client: Client | None, seconds: int | None, chance: float) -> CallMade:
    direction = DIRECTIONS[chance < 0.15]
    reached = None if seconds is None else seconds >= 60 and chance < 0.7
    if client is None:
        return CallMade(
            seller=person.key,
            direction=direction,
            seconds=seconds,
            reached=reached,
            territory=person.territory,
        )
    return CallMade(
        seller=person.key,
        client=client.key,
        direction=direction,
        seconds=seconds,
        reached=reached,
        channel=client.channel,
        segment=client.segment,
        territory=client.territory,
        group=client.group,
    )
