"""The deals that are still being worked on, for whoever has to name one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from events.vocabulary.people import Recognition
from projections.deals import deals
from projections.source import Turn


class OpenDeal(msgspec.Struct, frozen=True, kw_only=True):
    """A deal that is neither sold nor lost, or still has to be paid; whose it is, and with whom."""

    deal: str
    seller: str | None = None
    client: str | None = None


def open_deals(turns: Iterable[Turn], recognition: Recognition) -> tuple[OpenDeal, ...]:
    """The open deals that some turns are of, the newest first, with the client written last."""
    clients: dict[str, tuple[int, str]] = {}

    def heard() -> Iterator[Turn]:
        for turn in turns:
            if turn.client and turn.seq > clients.get(turn.deal, (0, ""))[0]:
                clients[turn.deal] = turn.seq, turn.client
            yield turn

    found = [
        OpenDeal(deal=key, seller=each.seller, client=clients.get(key, (0, None))[1])
        for key, each in deals(heard(), recognition).items()
        if not each.lost and (each.sold is None or each.open)
    ]
    return tuple(reversed(found))
