"""The board of payments printed with feature P6, with clients of three scripts.

Seen in the morning of Monday, 15 April 2024: 1 980 000 planned, 900 000 due by then, 610 000
received.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    CallMade,
    ClientRegistered,
    DealWon,
    DepartmentOpened,
    PlanSet,
    SellerHired,
)
from events.vocabulary.fact import Fact
from tests.projections.payment_days import (
    Dated,
    K,
    credit,
    history,
    invoice,
    on,
    paid,
    promise,
    written_off,
)
from tests.tui.world import at

CLIENTS: Final = {
    "romashka": "Ромашка",
    "sigma": "Сигма",
    "vektor": "李小龍貿易公司",
    "delta": "Delta & Söhne",
    "omega": "Омега",
}
SELLERS: Final = {"ivanov": "Иванов Илья", "petrova": "Anna Petrova", "sidorov": "Сидоров С."}


def board() -> list[Dated]:
    """The four lines of the page, and one that nobody needs today."""
    return [
        (on(1), PlanSet(month="2024-04", amount=1980 * K)),
        paid(None, 610 * K, on(5)),
        *history("romashka", 67, 99),
        *history("sigma", 23, 25),
        invoice("1", 180 * K, on(1), client="romashka", seller="ivanov"),
        promise("1", 180 * K, on(8), on(11)),
        promise("1", 180 * K, on(12), on(15)),
        invoice("2", 70 * K, on(2), client="sigma", seller="sidorov"),
        promise("2", 70 * K, on(9), on(15)),
        invoice("3", 90 * K, on(4), client="vektor", seller="petrova"),
        invoice("4", 60 * K, on(8), (on(22), 60 * K), client="delta", seller="petrova"),
    ]


def easy() -> list[Dated]:
    """So much has come in that the first line covers what is still needed today."""
    return [*board(), paid(None, 220 * K, on(9))]


def moved() -> list[Dated]:
    """An invoice in two instalments, of which a part was paid, credited and written off."""
    return [
        *board(),
        invoice("5", 100 * K, on(3), (on(10), 40 * K), (on(25), 60 * K), client="omega",
                seller="petrova"),
        paid("5", 30 * K, on(11)),
        credit("5", 5 * K, on(12)),
        written_off("5", 1 * K, on(12)),
    ]  # fmt: skip


def at_once() -> list[Dated]:
    """Sales that take a single touch."""
    found: list[Dated] = [*board()]
    for place in range(3):
        deal = f"deal-{place}"
        found.append((on(3), CallMade(seller="ivanov", deal=deal, seconds=60)))
        found.append((on(3), DealWon(seller="ivanov", deal=deal, amount=K)))
    return found


def settled() -> list[Dated]:
    """The plan to date is reached, and what is owed is due later."""
    return [
        (on(1), PlanSet(month="2024-04", amount=1980 * K)),
        paid(None, 910 * K, on(5)),
        invoice("4", 60 * K, on(8), (on(22), 60 * K), client="delta", seller="petrova"),
    ]


def build(path: Path, dated: list[Dated]) -> None:
    """Write the log; every event is recorded the moment it happens."""
    start = dt.date(2024, 1, 9)
    opened = DepartmentOpened(
        name="Север", country="RU", currency="RUB", minor_digits=2, zone="Europe/Moscow",
        language="en",
    )  # fmt: skip
    people: list[Fact] = [SellerHired(seller=key, name=name) for key, name in SELLERS.items()]
    people += [ClientRegistered(client=key, name=name) for key, name in CLIENTS.items()]
    ordered = sorted(dated, key=lambda one: one[0])
    drafts = [
        Draft(body=body, occurred_at=at(day, hour), actor="head")
        for day, hour, body in [
            (start, 8, opened),
            *((start, 9, body) for body in people),
            *((day, 12, body) for day, body in ordered),
        ]
    ]
    moments = iter(drafts)
    with SqliteLog.create(
        path, clock=lambda: next(moments).occurred_at, salt=lambda: "00" * 16
    ) as log:
        log.append(drafts)
