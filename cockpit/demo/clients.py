"""Who buys in the demo."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from cockpit.demo.cast import Person
from cockpit.demo.dice import Dice
from cockpit.demo.entry import Entry, soon
from cockpit.demo.nations import Nation
from cockpit.demo.setting import HEAD, Setting
from events.vocabulary import ClientRegistered

PORTFOLIO = 10
"""Clients that every seller has from the first day."""


class Client(msgspec.Struct, frozen=True, kw_only=True):
    """A client and what reports cut by; `since` is the day it became known."""

    key: str
    name: str
    seller: str
    since: dt.date
    channel: str
    segment: str
    territory: str
    group: str
    grade: Literal["A", "B", "C"]


class Portfolio:
    """The clients of one seller in the order they became known."""

    def __init__(self) -> None:
        """Nobody is known yet."""
        self.clients: list[Client] = []
        self.keys: list[str] = []
        self._since: list[dt.date] = []

    def add(self, client: Client) -> None:
        """Another client, known not before the ones already there unless put in its place."""
        place = bisect_right(self._since, client.since)
        self.clients.insert(place, client)
        self.keys.insert(place, client.key)
        self._since.insert(place, client.since)

    def known(self, day: dt.date) -> int:
        """How many of them, from the first on, are known before a day."""
        return bisect_right(self._since, day - dt.timedelta(days=1))


class Clients:
    """Makes clients, each with a name and a key of its own."""

    def __init__(self, setting: Setting) -> None:
        """The names fall in an order of their own for every story."""
        self._setting = setting
        nation = setting.nation
        self._names = len(nation.first) * len(nation.second)
        self._shift = setting.dice("client names").between(0, self._names - 1)
        self._made = 0

    def make(self, person: Person, since: dt.date, dice: Dice, name: str | None = None) -> Client:
        """A client of a seller, of a name given or drawn."""
        nation = self._setting.nation
        self._made += 1
        return Client(
            key=f"c{self._made}",
            name=name or self._name(nation, self._made),
            seller=person.key,
            since=since,
            channel=dice.weighted(nation.channels),
            segment=dice.weighted(nation.segments),
            territory=person.territory,
            group=dice.weighted(nation.groups),
            grade=dice.weighted((("A", 20), ("B", 35), ("C", 45))),
        )

    def _name(self, nation: Nation, number: int) -> str:
        """Steps through all pairs of words (the step shares no factor with their number)."""
        place = (self._shift + number * 997) % self._names
        first = nation.first[place % len(nation.first)]
        second = nation.second[place // len(nation.first)]
        lap = number // self._names
        town = f" {nation.towns[(lap - 1) % len(nation.towns)]}" if lap else ""
        tail = f" {lap // len(nation.towns) + 1}" if lap > len(nation.towns) else ""
        return nation.pattern.format(first=first, second=second) + town + tail


def portfolio_of(setting: Setting, person: Person, clients: Clients) -> Portfolio:
    """The clients a seller starts with, at different grades."""
    portfolio = Portfolio()
    dice = setting.dice("portfolio", person.key)
    for _ in range(PORTFOLIO):
        portfolio.add(clients.make(person, person.hired, dice))
    return portfolio


def registration(setting: Setting, client: Client) -> ClientRegistered:
    """What is written down of a client; every third has a person with a telephone."""
    nation, dice = setting.nation, setting.dice("contact", client.key)
    spoken = dice.chance(35)
    return ClientRegistered(
        client=client.key,
        name=client.name,
        seller=client.seller,
        channel=client.channel,
        segment=client.segment,
        territory=client.territory,
        group=client.group,
        grade=client.grade,
        contact=dice.pick(nation.contacts) if spoken else None,
        phone=nation.phone.format(number=dice.between(0, 9999)) if spoken else None,
    )


def first_clients(setting: Setting, people: Sequence[tuple[Person, Portfolio]]) -> Iterator[Entry]:
    """The head writes down whom everybody serves when the log begins, or a seller starts."""
    for person, portfolio in people:
        minute = 15 * 60 + 30 if person.hired == setting.opened else 9 * 60 + 20
        for place, client in enumerate(portfolio.clients[:PORTFOLIO]):
            at = setting.at(person.hired, minute + place / 6)
            yield soon(at, HEAD, registration(setting, client))
