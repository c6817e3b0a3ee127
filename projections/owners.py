"""Who looks after an invoice now: whoever its client or deal went to since it was issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from events.vocabulary import HandedOver
from projections.receivables import Bill
from projections.source import Version

Step = tuple[dt.date, int, str]
"""The day and the position of a hand-over, and whom to."""

_NOWHERE: Final = (None, None)


def owners(bills: Mapping[str, Bill], handed: Iterable[Version]) -> dict[str, str | None]:
    """The seller of each invoice after the hand-overs; credit for it stays where it was.

    A hand-over of a deal takes the deal's invoices along, one of a client all of the client's.
    """
    deals: dict[str | None, list[Step]] = {}
    clients: dict[str | None, list[Step]] = {}
    for version in handed:
        body = version.body
        if isinstance(body, HandedOver):
            step = (version.day, version.seq, body.to)
            if body.deal is not None:
                deals.setdefault(body.deal, []).append(step)
            elif body.client is not None:
                clients.setdefault(body.client, []).append(step)
    found: dict[str, str | None] = {}
    for number, bill in bills.items():
        found[number] = bill.seller
        went = (deals.get(bill.deal), clients.get(bill.client))
        if went == _NOWHERE:
            continue
        steps = [step for its in went for step in its or () if step[0] >= bill.issued]
        if steps:
            found[number] = max(steps)[2]
    return found
