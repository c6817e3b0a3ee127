"""Who sells, since when, in which team and role, read from the log's facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from events.vocabulary.people import RoleSet, SellerHired, SellerLeft
from projections.source import Version

PEOPLE_KINDS = (SellerHired, SellerLeft, RoleSet)


class Spell(msgspec.Struct, frozen=True):
    """A time of employment, both days included; `last` is None while it lasts."""

    first: dt.date
    last: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Whether the person was employed on that day."""
        return self.first <= day and (self.last is None or day <= self.last)

    def meets(self, first: dt.date, last: dt.date) -> bool:
        """Whether the spell and the stretch have a day in common."""
        return self.first <= last and (self.last is None or self.last >= first)


class Person(msgspec.Struct, frozen=True):
    """A seller's spells in order, and each team and role with the day it began."""

    spells: tuple[Spell, ...] = ()
    teams: tuple[tuple[dt.date, str], ...] = ()
    roles: tuple[tuple[dt.date, str], ...] = ()

    def employed(self, day: dt.date) -> bool:
        """Whether the person was employed on that day."""
        return any(spell.covers(day) for spell in self.spells)

    def spell(self, day: dt.date) -> Spell | None:
        """The spell of that day or the last one before it, else the first one to come."""
        begun = [spell for spell in self.spells if spell.first <= day]
        return begun[-1] if begun else next(iter(self.spells), None)

    def team(self, day: dt.date) -> str | None:
        """The team on that day."""
        return _on(self.teams, day)

    def role(self, day: dt.date) -> str | None:
        """The role on that day."""
        return _on(self.roles, day)


def people(facts: Iterable[Version]) -> dict[str, Person]:
    """Everybody ever hired, by key; other kinds than `PEOPLE_KINDS` are passed over.

    A team or role that an event leaves out stays as it was. Who leaves without having been
    hired is nobody.
    """
    found: dict[str, Person] = {}
    for version in sorted(facts, key=lambda version: (version.day, version.seq)):
        body, day = version.body, version.day
        if isinstance(body, SellerHired):
            person = _placed(found.get(body.seller, Person()), day, body.team, body.role)
            found[body.seller] = _hired(person, day)
        elif isinstance(body, RoleSet) and body.seller in found:
            found[body.seller] = _placed(found[body.seller], day, body.team, body.role)
        elif isinstance(body, SellerLeft) and body.seller in found:
            found[body.seller] = _left(found[body.seller], day)
    return found


def _on(steps: tuple[tuple[dt.date, str], ...], day: dt.date) -> str | None:
    return next((name for since, name in reversed(steps) if since <= day), None)


def _placed(person: Person, day: dt.date, team: str | None, role: str | None) -> Person:
    teams = person.teams if team is None else (*person.teams, (day, team))
    roles = person.roles if role is None else (*person.roles, (day, role))
    return Person(person.spells, teams, roles)


def _hired(person: Person, day: dt.date) -> Person:
    if person.spells and person.spells[-1].last is None:
        return person
    return msgspec.structs.replace(person, spells=(*person.spells, Spell(day)))


def _left(person: Person, day: dt.date) -> Person:
    if not person.spells or person.spells[-1].last is not None:
        return person
    ended = Spell(person.spells[-1].first, day)
    return msgspec.structs.replace(person, spells=(*person.spells[:-1], ended))
