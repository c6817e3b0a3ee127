"""When money comes in: the payments of a seller's month, made to lead where the character leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from cockpit.demo.cast import Person
from cockpit.demo.characters import NEWCOMER
from cockpit.demo.deal import Paid
from cockpit.demo.dice import Dice
from cockpit.demo.setting import Setting, walk


def payments_of(
    setting: Setting, person: Person, days: Sequence[dt.date], plan: int, dice: Dice
) -> list[Paid]:
    """The payments of a month: sums that make the attainment, spread as the character spreads."""
    character = person.character
    current = f"{days[0]:%Y-%m}" == f"{setting.spec.today:%Y-%m}"
    attain = character.now if current else dice.between(*character.attain)
    if character is NEWCOMER:
        days = [day for day in days if _pays(person, day, setting)]
    count = min(character.payments, len(days))
    weights = [85 + dice.between(0, 30) for _ in range(count)]
    slots = []
    for number, weight in enumerate(weights):
        place = (number + character.place) * len(days) / count
        day = days[min(int(place), len(days) - 1)]
        amount = plan * attain * weight // sum(weights) // 100
        amount = amount // setting.nation.step * setting.nation.step
        if amount and _pays(person, day, setting):
            slots.append(Paid(day, amount))
    return slots


def _pays(person: Person, day: dt.date, setting: Setting) -> bool:
    """Nothing comes in before a seller has had some days, or after leaving."""
    if day <= setting.days[1] or (
        person.character is NEWCOMER and day < walk(setting.days, person.hired, 4)
    ):
        return False
    return person.left is None or day <= person.left


def grouped(slots: Sequence[Paid], dice: Dice) -> Iterator[tuple[Paid, ...]]:
    """One payment a deal, now and then two or three in a row."""
    place = 0
    while place < len(slots):
        count = dice.weighted(((1, 86), (2, 11), (3, 3)))
        yield tuple(slots[place : place + count])
        place += count
