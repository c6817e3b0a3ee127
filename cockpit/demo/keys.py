"""What all facts of one deal have in common."""

from __future__ import annotations

from typing import TypedDict

import msgspec

from cockpit.demo.clients import Client
from cockpit.demo.deal import Deal


class Who(TypedDict):
    """Whom a fact is about."""

    deal: str
    seller: str
    client: str


class CutBy(TypedDict):
    """What reports cut a fact by."""

    channel: str
    segment: str
    territory: str
    product: str
    group: str
    temperature: str


class Keys(msgspec.Struct, frozen=True):
    """Given to every fact of a deal by name."""

    who: Who
    cuts: CutBy


def keys_of(deal: Deal, key: str) -> Keys:
    """The people and the cuts of a deal known as `key`."""
    return keys_for(deal.client, key, deal.seller, deal.product, deal.temperature)


def keys_for(client: Client, key: str, seller: str, product: str, temperature: str) -> Keys:
    """The same where there is no story of a deal behind it."""
    return Keys(
        who={"deal": key, "seller": seller, "client": client.key},
        cuts={
            "channel": client.channel,
            "segment": client.segment,
            "territory": client.territory,
            "product": product,
            "group": client.group,
            "temperature": temperature,
        },
    )
