"""The whole story but for the everyday calls, in the order it was written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from cockpit.demo.cast import Person, cast_of, helper
from cockpit.demo.clients import Clients, Portfolio, first_clients, portfolio_of, registration
from cockpit.demo.closing import closings_of, with_late_payment
from cockpit.demo.course import steps_of
from cockpit.demo.deal import Deal
from cockpit.demo.entry import Entry
from cockpit.demo.frame import frame_of, handed_over
from cockpit.demo.heard import with_calls
from cockpit.demo.keys import keys_of
from cockpit.demo.late_client import late_deal, late_money
from cockpit.demo.lost_client import regular_orders, win_back
from cockpit.demo.plans import plans_of
from cockpit.demo.quality import team_of
from cockpit.demo.ramps import ramps_of
from cockpit.demo.repairs import with_mistakes
from cockpit.demo.sales import sales_of
from cockpit.demo.setting import Setting
from cockpit.demo.standups import standups_of
from cockpit.demo.steps import timed
from cockpit.demo.windfalls import paid_after_leaving, service_contracts, unclaimed
from events.vocabulary import ClientRegistered

FIRST_INVOICE = 101


class Story(msgspec.Struct, frozen=True):
    """Who sells to whom, and everything that was written down until now, in that order."""

    people: tuple[tuple[Person, Portfolio], ...]
    entries: list[Entry]


def story_of(setting: Setting) -> Story:
    """Tell it from the plans to the last repair."""
    cast = cast_of(setting)
    clients = Clients(setting)
    people = tuple((person, portfolio_of(setting, person, clients)) for person in cast)
    deals = [
        deal
        for person, portfolio in people
        for deal in sales_of(setting, person, portfolio, clients)
        if deal.opened <= setting.spec.today
    ]
    regular = clients.make(
        helper(cast, "away", "ordinary"), setting.days[1], setting.dice("regular"),
        setting.nation.regular_client,
    )  # fmt: skip
    orders = regular_orders(setting, regular)
    told = chain(
        frame_of(setting, cast),
        plans_of(setting, cast),
        ramps_of(setting, cast),
        first_clients(setting, people),
        _sold(setting, cast, [*deals, *orders, *_after_leaving(setting, cast, clients)]),
        _late(setting, cast, clients),
        win_back(setting, regular) if orders else (),
        unclaimed(setting),
        service_contracts(setting, people),
        handed_over(setting, people),
        standups_of(setting, cast),
        team_of(people, setting),
        closings_of(setting),
    )
    entries = sorted((e for e in told if e.recorded < setting.now), key=_order)
    entries = sorted(with_calls(setting, entries), key=_order)
    entries = sorted(with_late_payment(setting, cast, entries), key=_order)
    corrected = (e for e in with_mistakes(setting, cast, entries) if e.recorded < setting.now)
    return Story(people, sorted(corrected, key=_order))


def _after_leaving(setting: Setting, cast: Sequence[Person], clients: Clients) -> Iterator[Deal]:
    for person in cast:
        if person.left is not None:
            day = setting.step(person.left, -1)
            client = clients.make(person, day, setting.dice("after leaving"))
            yield paid_after_leaving(setting, client, person.left)


def _order(entry: Entry) -> dt.datetime:
    return entry.recorded


def _sold(setting: Setting, cast: Sequence[Person], deals: Sequence[Deal]) -> Iterator[Entry]:
    """Every deal's steps; deals and invoices are numbered as their days come."""
    by_key = {person.key: person for person in cast}
    invoiced = sorted(
        (deal.invoiced, place) for place, deal in enumerate(deals) if deal.invoiced is not None
    )
    numbers = {place: str(FIRST_INVOICE + n) for n, (_, place) in enumerate(invoiced)}
    opened = sorted((deal.opened, place) for place, deal in enumerate(deals))
    for number, (_, place) in enumerate(opened, start=1):
        deal = deals[place]
        dice = setting.dice("deal", number)
        steps = steps_of(
            setting.nation, deal, f"d{number}", numbers.get(place), _registered(setting, deal), dice
        )
        yield from timed(setting, by_key[deal.seller], steps, dice)


def _registered(setting: Setting, deal: Deal) -> ClientRegistered:
    return registration(setting, deal.client)


def _late(setting: Setting, cast: Sequence[Person], clients: Clients) -> Iterator[Entry]:
    """The client who pays late, with the first of all invoices."""
    person = helper(tuple(cast), "ordinary", "laggard")
    day = setting.worked[0]
    dice = setting.dice("late client")
    client = clients.make(person, day, dice, setting.nation.late_client)
    deal = late_deal(setting, client)
    number, key = str(FIRST_INVOICE - 1), "d0"
    contact = dice.pick(setting.nation.contacts)
    steps = [
        *steps_of(setting.nation, deal, key, None, _registered(setting, deal), dice),
        *late_money(setting, deal, keys_of(deal, key), number, contact),
    ]
    yield from timed(setting, person, steps, dice)
