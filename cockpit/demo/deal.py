"""A sale of the demo as it was meant to come out."""

from __future__ import annotations

import datetime as dt

import msgspec

from cockpit.demo.clients import Client
from events.vocabulary.deals import LossReason, Temperature


class Paid(msgspec.Struct, frozen=True):
    """A sum that comes in on a day."""

    day: dt.date
    amount: int


class Deal(msgspec.Struct, frozen=True, kw_only=True):
    """A sale from the first interest to its end; the days of steps not reached are None.

    `repeat` deals begin with an order instead of a lead. `cost` and `direct` belong to `amount`,
    all in minor units. `fresh` says that the client becomes known with it, `split` that the
    invoice names the payments as instalments, `late` that they come after a promise was broken.
    """

    seller: str
    client: Client
    fresh: bool
    repeat: bool
    product: str
    temperature: Temperature
    opened: dt.date
    qualified: dt.date | None = None
    met: dt.date | None = None
    proposed: dt.date | None = None
    invoiced: dt.date | None = None
    lost: dt.date | None = None
    reason: LossReason = "unknown"
    amount: int
    cost: int
    direct: int
    payments: tuple[Paid, ...] = ()
    split: bool = False
    late: bool = False
