"""Who sells in the demo: eight characters, and more of the ordinary kind where more are asked."""

from __future__ import annotations

import datetime as dt

import msgspec

from cockpit.demo.characters import AWAY, CAST, LEAVER, NEWCOMER, ORDINARY, SOLID, Character
from cockpit.demo.dice import Dice
from cockpit.demo.nations import Nation
from cockpit.demo.setting import Setting, last_upto, months_back, walk
from events.vocabulary.people import AbsenceReason


class Absence(msgspec.Struct, frozen=True):
    """Days away, both ends included."""

    first: dt.date
    last: dt.date
    reason: AbsenceReason


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A seller of the story; `days` are the days worked, leave and the day of opening left out."""

    key: str
    name: str
    character: Character
    team: str
    territory: str
    hired: dt.date
    left: dt.date | None
    absences: tuple[Absence, ...]
    days: tuple[dt.date, ...]

    def works(self, day: dt.date) -> bool:
        """Whether the seller works on a day."""
        return bool(self.days) and last_upto(self.days, day) == day


def cast_of(setting: Setting) -> tuple[Person, ...]:
    """Everybody who sells at some time of the story, in the order of hiring by the head."""
    return tuple(_person(setting, index) for index in range(setting.spec.sellers))


def _person(setting: Setting, index: int) -> Person:
    dice = setting.dice("person", index)
    key, name = _name(setting.nation, index)
    character = CAST[index] if index < len(CAST) else _ordinary(dice)
    hired = _hiring_day(setting) if character is NEWCOMER else setting.opened
    left = _leaving_day(setting) if character is LEAVER else None
    absences = tuple(_absences(setting, character, dice))
    days = tuple(
        day
        for day in setting.days
        if setting.opened < day
        and hired <= day <= (left or day)
        and not any(a.first <= day <= a.last for a in absences)
    )
    return Person(
        key=key,
        name=name,
        character=character,
        team=setting.nation.teams[index % 2],
        territory=setting.nation.territories[index % len(setting.nation.territories)],
        hired=hired,
        left=left,
        absences=absences,
        days=days,
    )


def _name(nation: Nation, index: int) -> tuple[str, str]:
    if index < len(nation.people):
        return nation.people[index]
    rest = index - len(nation.people)
    key, family = nation.family_names[rest % len(nation.family_names)]
    given = nation.given_names[rest % len(nation.given_names)]
    again = rest // (len(nation.family_names) * len(nation.given_names))
    round_ = rest // len(nation.family_names)
    return (f"{key}{round_ + 1}" if round_ else key), f"{given} {family}{' II' * again}"


def _ordinary(dice: Dice) -> Character:
    return msgspec.structs.replace(
        ORDINARY,
        plan=dice.between(80, 120),
        now=dice.between(80, 115),
        payments=dice.between(12, 18),
        place=dice.share() * 0.6,
        calls=dice.between(18, 34),
        short=dice.between(25, 45),
        weak=dice.between(0, 4),
        norms=dice.chance(50),
    )


def _hiring_day(setting: Setting) -> dt.date:
    """A working day in the middle of a month, about two weeks ago."""
    about = setting.spec.today - dt.timedelta(days=12)
    if about.day < 9:
        about = months_back(about, 1).replace(day=17)
    elif about.day > 22:
        about = about.replace(day=16)
    return walk(setting.days, about, 0)


def _leaving_day(setting: Setting) -> dt.date:
    """A working day three and a half weeks ago, but not in the very first days of the story."""
    day = last_upto(setting.days, setting.spec.today - dt.timedelta(days=24))
    return max(day, setting.days[6])


def _absences(setting: Setting, character: Character, dice: Dice) -> list[Absence]:
    """The one on leave is away from three working days ago for two weeks; others were before."""
    today = setting.spec.today
    if character is AWAY:
        first = setting.step(today, -3)
        return [Absence(first, setting.step(first, 9), "leave")]
    past = [day for day in setting.worked if day < today - dt.timedelta(days=45)]
    if character is SOLID and len(past) > 15:
        first = past[dice.between(2, len(past) - 12)]
        return [Absence(first, setting.step(first, 9), "leave")]
    if character.name == "ordinary" and len(setting.worked) > 14:
        first = setting.worked[-dice.between(9, 13)]
        return [Absence(first, setting.step(first, 1), "sick")]
    return []


def helper(people: tuple[Person, ...], *names: str) -> Person:
    """The first seller of one of these characters, else the first of all."""
    for name in names:
        for person in people:
            if person.character.name == name:
                return person
    return people[0]
