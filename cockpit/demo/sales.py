"""The sales of the demo as they were meant to come out, before anybody writes anything down.

The story is told from its end: a seller's month is a row of payments that lead where the
character leads, and every payment gets the days of work that came before it. So the board of any
day shows who is ahead and who is behind, and every step of the way there is in the log.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from cockpit.demo.cast import Person
from cockpit.demo.clients import Client, Clients, Portfolio
from cockpit.demo.deal import Deal, Paid
from cockpit.demo.dice import Dice
from cockpit.demo.plans import personal_plan
from cockpit.demo.setting import Setting, last_upto, next_month, walk
from cockpit.demo.slots import grouped, payments_of
from events.vocabulary.deals import LossReason

LOSSES: tuple[tuple[LossReason, int], ...] = (
    ("price", 24), ("competitor", 16), ("budget", 12), ("no_decision_maker", 10), ("silence", 22),
    ("timing", 8), ("poor_fit", 4), ("service", 2), ("unknown", 2),
)  # fmt: skip


def sales_of(
    setting: Setting, person: Person, portfolio: Portfolio, clients: Clients
) -> Iterator[Deal]:
    """Everything one seller works on, month by month and one month past today."""
    ahead = f"{next_month(setting.spec.today):%Y-%m}"
    for month in (*setting.months, ahead):
        plan = personal_plan(setting, person, month)
        if plan is None:
            continue
        dice = setting.dice("sales", person.key, month)
        days = setting.days_of(month)
        for payments in grouped(payments_of(setting, person, days, plan, dice), dice):
            yield _won(setting, person, payments, portfolio, clients, dice)
        mine = person.days[bisect_left(person.days, days[0]) : bisect_right(person.days, days[-1])]
        for _ in range(person.character.lost * len(mine) // len(days)):
            yield _lost(setting, person, dice.pick(mine), clients, portfolio, dice)


def _won(
    setting: Setting,
    person: Person,
    payments: tuple[Paid, ...],
    portfolio: Portfolio,
    clients: Clients,
    dice: Dice,
) -> Deal:
    """The work before a payment, as long as there are days for it."""
    amount = sum(paid.amount for paid in payments)
    room = bisect_left(person.days, payments[0].day)
    regular = dice.chance(person.character.existing) or room < 6
    lags = (0, 0, 0, dice.between(1, 6)) if regular else _lags(dice, room)
    invoiced = walk(person.days, last_upto(person.days, payments[0].day), -lags[3])
    proposed = walk(person.days, invoiced, -lags[2])
    met = walk(person.days, proposed, -lags[1])
    opened = walk(person.days, met, -lags[0])
    client, fresh = _client(person, opened, portfolio, clients, dice, existing=regular)
    return Deal(
        seller=person.key,
        client=client,
        fresh=fresh,
        repeat=regular,
        product=dice.weighted(setting.nation.products),
        temperature=dice.weighted((("hot", 60), ("warm", 36), ("cold", 4))),
        opened=opened,
        qualified=None if regular else opened,
        met=None if regular else met,
        proposed=proposed,
        invoiced=invoiced,
        amount=amount,
        cost=amount * dice.between(5_400, 6_400) // 10_000,
        direct=amount * dice.between(300, 700) // 10_000,
        payments=payments,
        split=len(payments) > 1 and dice.chance(70),
        late=dice.chance(18),
    )


def _lags(dice: Dice, room: int) -> tuple[int, int, int, int]:
    """Working days from lead to meeting, proposal, invoice and payment, within `room`."""
    lags = [dice.between(1, 4), dice.between(0, 2), dice.between(1, 4), dice.between(1, 7)]
    while sum(lags) >= room:
        lags[lags.index(max(lags))] -= 1
    return lags[0], lags[1], lags[2], lags[3]


def _client(
    person: Person,
    opened: dt.date,
    portfolio: Portfolio,
    clients: Clients,
    dice: Dice,
    *,
    existing: bool,
) -> tuple[Client, bool]:
    """One that is known, or a new one (True) that becomes known with this deal."""
    known = portfolio.known(opened)
    if existing and known:
        return portfolio.clients[int(dice.share() * known)], False
    client = clients.make(person, opened, dice)
    portfolio.add(client)
    return client, True


def _lost(
    setting: Setting,
    person: Person,
    opened: dt.date,
    clients: Clients,
    portfolio: Portfolio,
    dice: Dice,
) -> Deal:
    """A lead that goes some of the way; most are given up in words, some just fall silent."""
    reached = dice.weighted(((0, 34), (1, 26), (2, 20), (3, 15), (4, 5)))
    lags = [dice.between(0, 2), dice.between(1, 6), dice.between(0, 3), dice.between(1, 6)]
    days: list[dt.date | None] = [None] * 4
    day = opened
    for place in range(reached):
        day = days[place] = walk(person.days, day, lags[place])
    end = walk(person.days, day, dice.between(3, 12))
    told = dice.chance(84) and end > day
    amount = setting.nation.plan_unit // person.character.payments * dice.between(50, 170) // 100
    amount = amount // setting.nation.step * setting.nation.step
    client, fresh = _client(person, opened, portfolio, clients, dice, existing=False)
    return Deal(
        seller=person.key,
        client=client,
        fresh=fresh,
        repeat=False,
        product=dice.weighted(setting.nation.products),
        temperature=dice.weighted((("hot", 8), ("warm", 42), ("cold", 50))),
        opened=opened,
        qualified=days[0],
        met=days[1],
        proposed=days[2],
        invoiced=days[3],
        lost=end if told else None,
        reason=dice.weighted(LOSSES),
        amount=amount,
        cost=amount * dice.between(5_400, 6_400) // 10_000,
        direct=amount * dice.between(300, 700) // 10_000,
    )
