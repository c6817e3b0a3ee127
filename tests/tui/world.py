"""A small department whose figures are known: the worked example of plan-fact, April 2024.

Sellers and money are those of the board printed with feature P2; seen in the morning of Monday,
15 April, 10 of 22 working days have passed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from events.envelope import Draft
from events.sqlite import SqliteLog
from events.trace import Trace
from events.vocabulary import (
    AbsenceSet,
    CallMade,
    ClientRegistered,
    DepartmentOpened,
    InvoiceIssued,
    LeadReceived,
    MeetingHeld,
    NormSet,
    PaymentReceived,
    PlanSet,
    ProposalSent,
    SellerHired,
)
from events.vocabulary.fact import Fact

ZONE: Final = ZoneInfo("Europe/Moscow")
TODAY: Final = dt.date(2024, 4, 15)
NAMES: Final = {"ivanov": "Иванов Илья", "petrova": "Anna Petrova", "sidorov": "Sergey Sidorov"}
PLANS: Final = {"ivanov": 3_000_000, "petrova": 2_400_000, "sidorov": 1_800_000}
PAID: Final = {"ivanov": (14, 75_000), "petrova": (12, 105_000), "sidorov": (8, 90_000)}
CALLS: Final = {"ivanov": 5, "petrova": 9, "sidorov": 8}
UNASSIGNED: Final = 45_000
CALL_NORM: Final = 8

_WORKDAYS: Final = [dt.date(2024, 4, day) for day in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)]
_LEADS: Final = 16
_MEETINGS: Final = {"ivanov": 9, "petrova": 12, "sidorov": 6}
_PROPOSALS: Final = {"ivanov": 4, "petrova": 10, "sidorov": 5}


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A moment on the wall clock of the department."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def build(path: Path, language: str = "en") -> None:
    """Write the log; every event is recorded the moment it happens."""
    drafts = sorted(_story(language), key=lambda draft: draft.occurred_at)
    moments = iter(drafts)
    with SqliteLog.create(
        path, clock=lambda: next(moments).occurred_at, salt=lambda: "00" * 16
    ) as log:
        log.append(drafts)


def found(path: Path) -> None:
    """Write the log of a department without anybody in it."""
    department = DepartmentOpened(
        name="New", country="RU", currency="RUB", minor_digits=2, zone="Europe/Moscow",
        language="en",
    )  # fmt: skip
    with SqliteLog.create(path) as log:
        log.append([_draft(department, at(TODAY, 9))])


def meeting_steps(path: Path) -> list[Fact]:
    """What a log says of stand-ups."""
    kinds = ("standup_started", "item_started", "item_ended", "standup_paused",
             "standup_resumed", "standup_closed")  # fmt: skip
    with SqliteLog.open(path, writable=False) as log:
        return [
            event.body for event in log.find(Trace(kinds=kinds)) if isinstance(event.body, Fact)
        ]


def call(seller: str, when: dt.datetime) -> Draft:
    """A call as a seller logs it."""
    return _draft(CallMade(seller=seller, seconds=190), when, seller)


def payment(seller: str, amount: int, when: dt.datetime) -> Draft:
    """A payment in whole roubles, without an invoice."""
    return _draft(PaymentReceived(seller=seller, amount=amount * 100), when)


def _draft(body: Fact, when: dt.datetime, actor: str = "head") -> Draft:
    return Draft(body=body, occurred_at=when, actor=actor)


def _story(language: str) -> Iterator[Draft]:
    """Everything that happened, in any order."""
    start = at(dt.date(2024, 1, 9), 9)
    yield _draft(
        DepartmentOpened(
            name="Север",
            country="RU",
            currency="RUB",
            minor_digits=2,
            zone="Europe/Moscow",
            language=language,
        ),
        start,
    )
    for place, (seller, name) in enumerate(NAMES.items()):
        yield _draft(SellerHired(seller=seller, name=name), start + dt.timedelta(minutes=place + 1))
        amount = PLANS[seller] * 100
        yield _draft(PlanSet(month="2024-04", seller=seller, amount=amount), at(_WORKDAYS[0], 8))
        yield from _work(seller)
        yield from _sales(seller)
    yield _draft(
        NormSet(activity="call_made", count=CALL_NORM, since=_WORKDAYS[0]), at(_WORKDAYS[0], 8)
    )
    yield _draft(
        AbsenceSet(seller="sidorov", first=dt.date(2024, 4, 22), last=dt.date(2024, 4, 24)),
        at(_WORKDAYS[3], 18),
    )
    yield _draft(PaymentReceived(amount=UNASSIGNED * 100), at(_WORKDAYS[6], 17))


def _work(seller: str) -> Iterator[Draft]:
    """Calls every day, one more on every third."""
    for index, day in enumerate(_WORKDAYS):
        for made in range(CALLS[seller] + (index % 3 == 0)):
            yield call(seller, at(day, 10 + made // 4, made % 4 * 12))


def _sales(seller: str) -> Iterator[Draft]:
    """Leads, of which some were met, offered, invoiced and paid."""
    paid, check = PAID[seller]
    for place in range(_LEADS):
        deal, client = f"{seller}-{place}", f"{seller}-client-{place}"
        day = _WORKDAYS[place % len(_WORKDAYS)]
        name = f"ООО {place}"
        yield _draft(ClientRegistered(client=client, name=name), at(day, 9))
        yield _draft(LeadReceived(deal=deal, seller=seller, client=client), at(day, 9, 5))
        if place < _MEETINGS[seller]:
            yield _draft(MeetingHeld(deal=deal, seller=seller, client=client), at(day, 14))
        if place < _PROPOSALS[seller]:
            yield _draft(ProposalSent(deal=deal, seller=seller, client=client), at(day, 15))
    for place in range(paid):
        deal, client = f"{seller}-{place}", f"{seller}-client-{place}"
        day, number = _WORKDAYS[place % len(_WORKDAYS)], f"{seller}/{place}"
        yield _draft(
            InvoiceIssued(
                invoice=number, deal=deal, seller=seller, client=client, amount=check * 100
            ),
            at(day, 16),
        )
        yield _draft(
            PaymentReceived(
                invoice=number, deal=deal, seller=seller, client=client, amount=check * 100
            ),
            at(day, 17),
        )
