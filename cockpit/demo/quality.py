"""How well people talk: cards every week, talks in private, tasks, and what clients say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from cockpit.demo.cast import Person
from cockpit.demo.characters import DIALLER
from cockpit.demo.clients import Portfolio
from cockpit.demo.dice import Dice
from cockpit.demo.entry import Entry, soon
from cockpit.demo.frame import TEMPLATE
from cockpit.demo.setting import HEAD, Setting
from events.vocabulary import (
    CardFilled,
    ComplaintClosed,
    ComplaintOpened,
    OneToOneHeld,
    SatisfactionScored,
    TaskDone,
    TaskSet,
)

WEDNESDAY = 2


def quality_of(setting: Setting, person: Person, portfolio: Portfolio) -> Iterator[Entry]:
    """A seller's cards, private talks, tasks and what the seller's clients say."""
    dice = setting.dice("quality", person.key)
    months: set[str] = set()
    for day in person.days:
        if day >= setting.spec.today:
            break
        if day.weekday() == WEDNESDAY:
            for place in range(dice.between(1, 2)):
                yield _card(setting, person, day, place, dice)
        month = f"{day:%Y-%m}"
        if month not in months and day.day >= 10:
            months.add(month)
            yield soon(setting.at(day, 16 * 60 + 5), HEAD, OneToOneHeld(seller=person.key))
            yield from _task(setting, person, day, dice)
            yield from _clients_say(setting, person, portfolio, day, dice)


def _card(setting: Setting, person: Person, day: dt.date, place: int, dice: Dice) -> Entry:
    behind = 1 if person.character is DIALLER else 0
    scores = {
        key: dice.between(6, 9) - (3 if number == person.character.weak else 0) - behind
        for number, (key, _, _) in enumerate(setting.nation.criteria)
    }
    card = CardFilled(
        seller=person.key,
        template=TEMPLATE,
        revision=1,
        evidence=dice.weighted((("call", 70), ("live", 20), ("chat", 10))),
        scores=scores,
        note=dice.pick(setting.nation.card_notes),
    )
    minute = 13 * 60 + 20 * place + dice.share() * 15
    return soon(setting.at(day, minute), HEAD, card, seconds=90)


def _task(setting: Setting, person: Person, day: dt.date, dice: Dice) -> Iterator[Entry]:
    due = setting.step(day, 4)
    key = f"{day:%Y-%m}-{person.key}"
    action = dice.pick(setting.nation.tasks)
    body = TaskSet(task=key, seller=person.key, action=action, due=due)
    yield soon(setting.at(day, 16 * 60 + 20), HEAD, body)
    if dice.chance(75) and person.works(due):
        done = TaskDone(task=key, seller=person.key)
        yield soon(setting.at(due, 17 * 60 + dice.share() * 30), person.key, done)


def _clients_say(
    setting: Setting, person: Person, portfolio: Portfolio, day: dt.date, dice: Dice
) -> Iterator[Entry]:
    known = portfolio.known(day)
    if not known:
        return
    client = dice.pick(portfolio.keys[:known])
    score = SatisfactionScored(client=client, score=dice.between(5, 10), seller=person.key)
    yield soon(setting.at(day, 11 * 60 + dice.share() * 60), HEAD, score)
    if dice.chance(25):
        key = f"{day:%Y-%m}-{person.key}"
        note = dice.pick(setting.nation.complaints)
        opened = ComplaintOpened(complaint=key, client=client, seller=person.key, note=note)
        yield soon(setting.at(day, 14 * 60), person.key, opened, seconds=120)
        if dice.chance(70):
            closed = ComplaintClosed(complaint=key, client=client, seller=person.key)
            yield soon(setting.at(setting.step(day, 3), 15 * 60), HEAD, closed)


def team_of(people: Sequence[tuple[Person, Portfolio]], setting: Setting) -> Iterator[Entry]:
    """The same for everybody."""
    for person, portfolio in people:
        yield from quality_of(setting, person, portfolio)
