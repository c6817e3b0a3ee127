"""Random departments: logs with late entries, fixes, voids, voids of voids and moved dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from events.envelope import Draft
from events.errors import Invalid
from events.sqlite.store import SqliteLog
from events.vocabulary import (
    AbsenceSet,
    CallMade,
    ClientRegistered,
    CorrectionAgreed,
    CorrectionReviewed,
    CostSet,
    CreditNoteIssued,
    DealOpened,
    DealWon,
    DepartmentOpened,
    EventCorrected,
    EventVoided,
    ExpectedDateSet,
    FixedCostsSet,
    InvoiceIssued,
    MeetingHeld,
    OrderPlaced,
    PaymentPromised,
    PaymentReceived,
    PlanSet,
    ProposalSent,
    SellerHired,
    StepCompleted,
    name_of,
)
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition
from events.vocabulary.repairs import Scalar

ZONE = "Europe/Moscow"
START = dt.datetime(2026, 3, 2, 6, 0, tzinfo=dt.UTC)
SELLERS = ("ann", "bob", None)
CLIENTS = ("acme", "brill", "cosmo", None)
DEALS = ("d1", "d2", "d3", None)

_MEMORY = Path("/dev/shm")
"""Where a file costs no disk, on systems that have it."""

WEIGHTS = (0, 0, 0, 1, 2, 2, 3, 4, 4, 4, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10,
           11, 12, 13, 14)  # fmt: skip
"""How often each of the kinds that make cells comes; the golden digest of the fold is of these."""

RICHER = (*WEIGHTS, 15, 16, 16, 17, 17, 18, 19)
"""Promises, expected dates, corrections with their answers and fixed costs besides."""

Step = tuple[int, int, int, int, int, int]
"""What to do, and numbers to choose by."""


def steps(seed: int, size: int) -> list[Step]:
    """A life of that many steps; the same numbers give the same life."""
    dice = Random(seed)
    return [tuple(dice.randrange(60) for _ in range(6)) for _ in range(size)]  # type: ignore[misc]


lives = st.builds(steps, st.integers(0, 2**32), st.integers(1, 90))
"""Any department's life, long enough for its parts to meet."""


class Life:
    """Turns numbers into appends to a real log, by a clock of its own."""

    def __init__(self, path: Path, recognition: Recognition, *, richer: bool = False) -> None:
        self.now = START
        self.richer = richer
        self.log = SqliteLog.create(path, clock=lambda: self.now)
        self.written: list[Draft] = []
        opened = DepartmentOpened(
            name="north", country="RU", currency="RUB", minor_digits=2, zone=ZONE, language="en",
            recognition=recognition,
        )  # fmt: skip
        self.put(opened, 0)

    def put(self, body: Fact, hours_ago: int, *, minutes: int = 0) -> None:
        """Append; what the log refuses is left out."""
        zone = (dt.UTC, ZoneInfo(ZONE), dt.timezone(dt.timedelta(hours=-5, minutes=-30)))
        at = self.now - dt.timedelta(hours=hours_ago, minutes=minutes)
        draft = Draft(body=body, occurred_at=at.astimezone(zone[minutes % 3]), actor="ann")
        try:
            self.log.append([draft])
        except Invalid:
            return
        self.written.append(draft)

    def live(self, step: Step) -> None:
        """One step: time passes, then something is written down."""
        what, pace, a, b, c, d = step
        self.now += dt.timedelta(minutes=(0, 1, 7, 45, 200, 500)[pace % 6])
        hours_ago = (0, 0, 0, 1, 20, 23, 24, 25, 50, 90)[a % 10]
        if what >= 46:
            repair = self._repair(what, a, b, c, d)
            if repair is not None:
                self.put(repair, 0, minutes=d)
            return
        self.put(_fact(what, a, b, c, d, richer=self.richer), hours_ago, minutes=d)

    def _repair(self, what: int, a: int, b: int, c: int, d: int) -> Fact | None:
        target = self.written[-1 - (a * 7 + b) % min(len(self.written), 25)]
        kind = name_of(type(target.body))
        if what >= 55 or isinstance(target.body, DepartmentOpened):
            if isinstance(target.body, DepartmentOpened):
                return None
            return EventVoided(target=target.id, target_kind=kind, reason="twice")
        moved = (self.now - dt.timedelta(hours=(2, 26, 49)[c % 3], minutes=d)).astimezone(
            ZoneInfo(ZONE)
        )
        choices: list[dict[str, Scalar]] = [
            {"seller": SELLERS[c % 3]},
            {"client": CLIENTS[d % 4]},
            {"deal": DEALS[c % 4]},
            {"amount": 1 + 100 * c},
            {"seconds": 10 * d, "client": CLIENTS[c % 4]},
            {"occurred_at": moved.isoformat()},
            {"occurred_at": moved.isoformat(), "client": CLIENTS[d % 4]},
            {"reason": "other words"},
        ]
        fields = choices[b % len(choices)]
        return EventCorrected(target=target.id, target_kind=kind, fields=fields, reason="typo")


def _fact(what: int, a: int, b: int, c: int, d: int, *, richer: bool) -> Fact:
    """One of the kinds that a figure or a fact depends on."""
    seller, client, deal = SELLERS[b % 3], CLIENTS[c % 4], DEALS[d % 4]
    keys: dict[str, Any] = {"seller": seller, "client": client, "deal": deal}
    keys.update(channel=("ads", None)[a % 2], product=("tea", "milk", None)[b % 3])
    amount, cost = 1 + 37 * c, 5 * d
    seconds = (None, 29, 30, 60, 180, 181)[d % 6]
    reached = (None, False, True)[b % 3]
    facts: tuple[Fact, ...] = (
        CallMade(direction="in" if a % 2 else "out", seconds=seconds, reached=reached, **keys),
        MeetingHeld(seconds=900, **keys),
        ProposalSent(amount=amount, **keys),
        StepCompleted(activity="measurement", **keys),
        OrderPlaced(amount=amount, cost=cost, direct=d, **keys),
        InvoiceIssued(invoice=f"i{c}", amount=amount, cost=cost, **keys),
        PaymentReceived(invoice=f"i{c}", amount=amount, cost=cost, direct=d, **keys),
        CreditNoteIssued(invoice=f"i{c}", amount=amount, refund=bool(a % 2), **keys),
        CostSet(cost=cost + 1, **keys),
        DealOpened(deal=deal or "d4", seller=seller, client=client, amount=amount),
        DealWon(deal=deal or "d4", seller=seller, client=client, amount=amount if a % 3 else None),
        PlanSet(month="2026-03", amount=amount, seller=seller),
        SellerHired(seller=seller or "cat", name="Cat"),
        ClientRegistered(client=client or "delta", name="Delta", channel="ads"),
        AbsenceSet(seller=seller or "cat", first=dt.date(2026, 3, 5), last=dt.date(2026, 3, 6)),
        PaymentPromised(invoice=f"i{c}", amount=amount, due=_soon(d), **_who(keys)),
        ExpectedDateSet(deal=deal or "d4", on=_soon(c), seller=seller, client=client),
        CorrectionAgreed(
            correction=f"c{c % 5}", seller=seller or "cat", metric="call_made", before="1",
            target="2", until=_soon(d), action="call first",
        ),
        CorrectionReviewed(
            correction=f"c{c % 5}", seller=seller or "cat",
            verdict=("done", "not_done", "moved")[a % 3],
            until=_soon(d) if a % 3 == 2 else None,
        ),
        FixedCostsSet(month="2026-03", amount=amount),
    )  # fmt: skip
    weights = RICHER if richer else WEIGHTS
    return facts[weights[what % len(weights)]]


def _soon(days: int) -> dt.date:
    """A day of the weeks that a life takes."""
    return START.date() + dt.timedelta(days=days % 21)


def _who(keys: dict[str, Any]) -> dict[str, Any]:
    """The keys of whom and what an event speaks of, without what it is cut by."""
    return {name: keys[name] for name in ("seller", "client", "deal")}


@contextmanager
def lived(recognition: Recognition = "payment", *, richer: bool = False) -> Iterator[Life]:
    """An empty department's log in a folder that goes away."""
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        life = Life(Path(folder) / "log.cockpit", recognition, richer=richer)
        try:
            yield life
        finally:
            life.log.close()
