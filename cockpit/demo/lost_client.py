"""A client who bought every fortnight, until it did not."""

from __future__ import annotations

from collections.abc import Iterator

from cockpit.demo.clients import Client
from cockpit.demo.deal import Deal, Paid
from cockpit.demo.entry import Entry, soon
from cockpit.demo.setting import HEAD, Setting
from events.vocabulary import (
    LostClientDecided,
    ReturnPathAttached,
    ReturnStepDone,
)

RHYTHM = 10
"""Working days between two orders of the regular client."""

SILENCE = 42
"""Working days the regular client has been silent, much more than twice its rhythm."""


def regular_orders(setting: Setting, client: Client) -> list[Deal]:
    """An order every fortnight until it stops; nothing where the story is too short for it."""
    dice = setting.dice("regular client")
    nation = setting.nation
    last = len(setting.worked) - SILENCE
    deals = []
    for place in range(3, last, RHYTHM):
        opened = setting.worked[place]
        amount = nation.plan_unit * dice.between(20, 26) // 1000 // nation.step * nation.step
        deals.append(
            Deal(
                seller=client.seller,
                client=client,
                fresh=place == 3,
                repeat=True,
                product=nation.products[0][0],
                temperature="hot",
                opened=opened,
                invoiced=opened,
                amount=amount,
                cost=amount * 6 // 10,
                direct=amount // 25,
                payments=(Paid(setting.step(opened, dice.between(2, 5)), amount),),
            )
        )
    return deals if len(deals) >= 3 else []


def win_back(setting: Setting, client: Client) -> Iterator[Entry]:
    """The head decides to work on the lost client, and one step of the way back is done."""
    nation, seller = setting.nation, client.seller
    day, later = setting.worked[-12], setting.worked[-7]
    decided = LostClientDecided(
        client=client.key, decision="work", reason=nation.lost_client, seller=seller
    )
    path = ReturnPathAttached(
        client=client.key,
        path=nation.return_path,
        seller=seller,
        due=setting.step(setting.spec.today, 4),
    )
    done = ReturnStepDone(
        client=client.key, path=nation.return_path, step=nation.return_steps[0], seller=seller
    )
    yield soon(setting.at(day, 10 * 60), HEAD, decided)
    yield soon(setting.at(day, 10 * 60 + 4), HEAD, path)
    yield soon(setting.at(later, 12 * 60), seller, done)
