"""Who looks after an invoice now: whoever its client or deal went to since it was issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from events.vocabulary import HandedOver
from projections.receivables import Bill
from projections.source import Version

Step = tuple[dt.date, int, str]
"""The day and the position of a hand-over, and whom to."""

_NOWHERE: Final = (None, None)


class Owners:
    """Who looks after invoices once all hand-overs are known; credit stays where it was."""

    def __init__(self, handed: Iterable[Version]) -> None:
        """A hand-over of a deal takes the deal's invoices along, one of a client all of the
        client's.
        """
        self._deals: dict[str | None, list[Step]] = {}
        self._clients: dict[str | None, list[Step]] = {}
        for version in handed:
            body = version.body
            if isinstance(body, HandedOver):
                step = (version.day, version.seq, body.to)
                if body.deal is not None:
                    self._deals.setdefault(body.deal, []).append(step)
                elif body.client is not None:
                    self._clients.setdefault(body.client, []).append(step)

    def of(self, bill: Bill) -> str | None:
        """The seller of an invoice."""
        went = (self._deals.get(bill.deal), self._clients.get(bill.client))
        if went == _NOWHERE:
            return bill.seller
        steps = [step for its in went for step in its or () if step[0] >= bill.issued]
        return max(steps)[2] if steps else bill.seller
