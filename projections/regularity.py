"""Whether clients buy as regularly as they used to (requirement row 63, feature P14).

A client with three sales or more has an interval of its own: the median of the days between them,
those of one day being one. The next sale is expected when it has passed since the last one, and is
in time where it comes within a quarter of the interval of that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

import msgspec

from projections.fold.sales import is_sale
from projections.period import Period
from projections.source import Version
from projections.state import Settings

REGULARITY: Final = "regularity"
"""What it is called among the activities that a premium is paid for."""

FEWEST: Final = 3
TOLERANCE: Final = Fraction(1, 4)

_Sale = tuple[dt.date, int, str | None]
"""Day, place in the log and seller."""


class Regular(msgspec.Struct, frozen=True):
    """Of the sales expected in a month from a seller's clients so many came in time."""

    expected: int
    in_time: int
    clients: tuple[str, ...]


def regular(sales: Iterable[Version], month: Period, settings: Settings) -> dict[str, Regular]:
    """By seller; a client belongs to whoever sold to it last before the month.

    A client from whom nothing is expected in the month, because it was late before or is not due
    yet, says nothing. `sales` may hold other events as well, in any order.
    """
    found: dict[str, list[tuple[str, int, int]]] = {}
    for client, dated in _by_client(sales, settings).items():
        before = [sale for sale in dated if sale[0] < month.first]
        days = sorted({day for day, _, _ in before})
        seller = before[-1][2] if before else None
        if len(days) < FEWEST or seller is None:
            continue
        later = sorted({day for day, _, _ in dated if month.first <= day <= month.last})
        expected, in_time = _expected(days, later, month)
        if expected:
            found.setdefault(seller, []).append((client, expected, in_time))
    return {
        seller: Regular(
            sum(expected for _, expected, _ in told),
            sum(in_time for _, _, in_time in told),
            tuple(sorted(client for client, _, _ in told)),
        )
        for seller, told in found.items()
    }


def _by_client(sales: Iterable[Version], settings: Settings) -> dict[str, list[_Sale]]:
    found: dict[str, list[_Sale]] = {}
    for version in sales:
        client: str | None = getattr(version.body, "client", None)
        if client is not None and is_sale(version.body, settings.recognition):
            sale = (version.day, version.seq, getattr(version.body, "seller", None))
            found.setdefault(client, []).append(sale)
    return {client: sorted(dated, key=lambda sale: sale[:2]) for client, dated in found.items()}


def _expected(days: Sequence[dt.date], later: Sequence[dt.date], month: Period) -> tuple[int, int]:
    """How many sales were due up to a day of the month, or came in it in time; and how many did.

    Each is counted once: when it comes in time, else in the month in which its time runs out. One
    that comes sooner than expected is one more, and only moves the next.
    """
    interval = _median([(after - before).days for before, after in pairwise(days)])
    soonest, latest = interval * (1 - TOLERANCE), interval * (1 + TOLERANCE)
    expected = in_time = 0
    last = days[-1]
    for came in (*later, None):
        ends = last + dt.timedelta(days=int(latest))
        if came is not None and soonest <= (came - last).days <= latest:
            expected += 1
            in_time += 1
        elif (came is None or came > ends) and month.first <= ends <= month.last:
            expected += 1
        last = came or last
    return expected, in_time


def _median(values: list[int]) -> Fraction:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle], 2)
