"""The deals that are still being worked on, for whoever has to name one of them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from events.vocabulary.people import Recognition
from projections.deals import deals
from projections.fold.turns import turns
from projections.source import Version


class OpenDeal(msgspec.Struct, frozen=True, kw_only=True):
    """A deal that is neither sold nor lost, or still has to be paid; whose it is, and with whom."""

    deal: str
    seller: str | None = None
    client: str | None = None


def open_deals(facts: Sequence[Version], recognition: Recognition) -> tuple[OpenDeal, ...]:
    """The open deals that facts of `projections.deals.DEAL_KINDS` name, the newest first."""
    clients: dict[str, str] = {}
    for version in facts:
        deal, client = (getattr(version.body, name, None) for name in ("deal", "client"))
        if deal and client:
            clients[deal] = client
    found = [
        OpenDeal(deal=key, seller=each.seller, client=clients.get(key))
        for key, each in deals(turns(facts), recognition).items()
        if not each.lost and (each.sold is None or each.open)
    ]
    return tuple(reversed(found))
