"""A client's deals as the log has them, for facts that belong to one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from events.envelope import Event
from events.log import Log
from events.trace import Trace
from events.vocabulary import (
    AmountSet,
    DealLost,
    DealOpened,
    DealWon,
    EventVoided,
    LeadReceived,
    TemperatureSet,
)
from events.vocabulary.fact import Cuts

CUTS: Final = ("channel", "segment", "territory", "product", "group", "temperature")

_KINDS: Final = (
    "lead_received",
    "lead_qualified",
    "temperature_set",
    "stage_entered",
    "deal_opened",
    "amount_set",
    "deal_won",
    "deal_lost",
)


class Deal(msgspec.Struct, kw_only=True):
    """A deal, or a lead that may become one; `opened` says that work on a sale began."""

    deal: str
    client: str | None = None
    opened: bool = False
    closed: bool = False
    amount: int | None = None
    cuts: dict[str, str] = msgspec.field(default_factory=dict)


def deals_of(log: Log, client: str) -> list[Deal]:
    """The deals of a client, closed ones included, in the order they came up."""
    return list(_fold(log.find(Trace(kinds=_KINDS, clients=(client,)))).values())


def deal_of(log: Log, key: str) -> Deal | None:
    """The deal of a key, None where no event names it."""
    return _fold(log.find(Trace(kinds=_KINDS, deals=(key,)))).get(key)


def _fold(found: Iterable[Event]) -> dict[str, Deal]:
    """What the events that still hold say of each deal."""
    events = list(found)
    gone = withdrawn(events)
    deals: dict[str, Deal] = {}
    for event in events:
        if event.id not in gone and event.kind in _KINDS and event.deal is not None:
            _tell(deals.setdefault(event.deal, Deal(deal=event.deal)), event)
    return deals


def _tell(deal: Deal, event: Event) -> None:
    """Add to a deal what an event says of it."""
    body = event.body
    deal.client = event.client or deal.client
    if isinstance(body, LeadReceived | DealOpened):
        deal.opened = deal.opened or isinstance(body, DealOpened)
    if isinstance(body, DealOpened | AmountSet | DealWon):
        deal.amount = deal.amount if body.amount is None else body.amount
    if isinstance(body, DealWon | DealLost):
        deal.closed = True
    if isinstance(body, Cuts | TemperatureSet):
        deal.cuts.update(cuts_of(body))


def cuts_of(holder: object) -> dict[str, str]:
    """The dimensions reports cut by, as far as an event or a client says them."""
    said = {name: getattr(holder, name, None) for name in CUTS}
    return {name: value for name, value in said.items() if value is not None}


def withdrawn(events: Iterable[Event]) -> set[str]:
    """The ids of what was voided, by voids that were not voided themselves."""
    voids = {e.id: e.body.target for e in events if isinstance(e.body, EventVoided)}
    taken_back = {target for target in voids.values() if target in voids}
    return {target for void, target in voids.items() if void not in taken_back}
