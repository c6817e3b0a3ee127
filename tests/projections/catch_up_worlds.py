"""A department on a real log whose sellers sell at random, for the reports of the way to a sale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import hypothesis.strategies as st

from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    CallMade,
    DealLost,
    DepartmentOpened,
    InvoiceIssued,
    MeetingHeld,
    PaymentReceived,
    PlanSet,
    ProposalSent,
    SellerHired,
)
from events.vocabulary.fact import Fact
from projections.desk import Desk
from tests.projections.listed import ZONE

MOSCOW = ZoneInfo(ZONE)
SELLERS = ("anna", "boris")
FEBRUARY = dt.date(2024, 2, 1)

Course = tuple[int, int, int, int, int]
"""A deal's course: the day it began, its seller, how far it came, the days between, its amount."""

courses: st.SearchStrategy[list[Course]] = st.lists(
    st.tuples(
        st.integers(0, 88),
        st.integers(0, 1),
        st.integers(0, 5),
        st.integers(0, 9),
        st.integers(1, 40_000),
    ),
    max_size=14,
)


def story(told: Sequence[Course]) -> list[tuple[dt.date, Fact]]:
    """What happened to some deals, in the order of the days."""
    found: list[tuple[dt.date, Fact]] = []
    for number, (start, who, far, pause, amount) in enumerate(told):
        deal, seller = f"d{number}", SELLERS[who]
        steps: list[Fact] = [
            CallMade(deal=deal, seller=seller),
            MeetingHeld(deal=deal, seller=seller),
            ProposalSent(deal=deal, seller=seller, amount=amount),
            InvoiceIssued(invoice=deal, deal=deal, seller=seller, amount=amount),
            PaymentReceived(invoice=deal, deal=deal, seller=seller, amount=amount),
        ]
        done = steps[: far + 1] if far < 5 else [*steps[:3], DealLost(deal=deal, seller=seller)]
        for place, body in enumerate(done):
            found.append((FEBRUARY + dt.timedelta(days=start + place * pause), body))
    return sorted(found, key=lambda item: item[0])


class Lived:
    """A log with a clock that shows the day of what is written down, and its desk."""

    def __init__(self, path: Path) -> None:
        """Opened in January, with two sellers who have a plan for March and April."""
        self.now = dt.datetime(2024, 1, 9, 9, tzinfo=MOSCOW)
        self.log = SqliteLog.create(path, clock=lambda: self.now)
        self.desk = Desk(self.log, None)
        first = self.now.date()
        self.put(
            first,
            DepartmentOpened(
                name="North",
                country="RU",
                currency="RUB",
                minor_digits=2,
                zone=ZONE,
                language="en",
            ),
        )
        for seller in SELLERS:
            self.put(first, SellerHired(seller=seller, name=seller.title()))
            for month in ("2024-03", "2024-04"):
                self.put(first, PlanSet(month=month, seller=seller, amount=110_000))

    def put(self, day: dt.date, *bodies: Fact) -> None:
        """Log facts of noon in the afternoon of their day."""
        self.now = max(self.now, dt.datetime.combine(day, dt.time(15), MOSCOW))
        noon = dt.datetime.combine(day, dt.time(9), MOSCOW)
        self.log.append([Draft(body=body, occurred_at=noon, actor="head") for body in bodies])


@contextmanager
def lived(told: Sequence[tuple[dt.date, Fact]] = ()) -> Iterator[Lived]:
    """A department whose log goes away with its folder."""
    with TemporaryDirectory() as folder:
        found = Lived(Path(folder) / "sales.cockpit")
        for day, body in told:
            found.put(day, body)
        try:
            yield found
        finally:
            found.desk.close()
            found.log.close()
