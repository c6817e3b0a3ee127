"""Where reports get their numbers from: the read model, or a plain fold of the log.

Both answer the same questions with the same rows; a test holds them to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from events.vocabulary.fact import Fact
from projections.period import Period
from projections.question import Dials

Dimension = Literal[
    "day",
    "seller",
    "activity",
    "book",
    "direction",
    "channel",
    "segment",
    "territory",
    "product",
    "group",
    "temperature",
    "bucket",
]


class Cell(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Counts and sums of events that agree in the asked dimensions; the others are None.

    `activity` is the kind's name (`call_made`), for a trade's own step the step's name with a
    colon before it (`:measurement`), for a refund `credit_note_issued:refund`, for events this
    program cannot read the kind after a question mark (`?call_made`). `book` is `new` or
    `existing` by the client's whole history. `bucket` is the length of a call: `short` < 60 s
    <= `middle` <= 180 s < `long`. `amount`, `cost` and `direct` are minor units, credit notes
    count against. `n` counts events, `unmeasured` those of them that are calls without a length,
    `brief` calls shorter than the department's limit, `reached` calls that reached who decides,
    `told` calls of which it is known whether they did, `late` those recorded more
    than 24 hours after they occurred. `projections.fold.sales` says which activities make a sale.
    """

    day: dt.date | None = None
    seller: str | None = None
    activity: str | None = None
    book: str | None = None
    direction: str | None = None
    channel: str | None = None
    segment: str | None = None
    territory: str | None = None
    product: str | None = None
    group: str | None = None
    temperature: str | None = None
    bucket: str | None = None
    n: int = 0
    amount: int = 0
    cost: int = 0
    direct: int = 0
    seconds: int = 0
    unmeasured: int = 0
    brief: int = 0
    reached: int = 0
    told: int = 0
    late: int = 0


class Version(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An event's content as known at the dials, repairs applied; voided ones are not given.

    `late` is what was recorded more than 24 hours after it occurred.
    """

    seq: int
    id: str
    day: dt.date
    occurred_at: str
    late: bool
    body: Fact


class Turn(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one fact says about the deal it names; `day` is an ordinal, for there are many.

    `said` is the step it entered (`projections.steps`), or else the kind. `seller` is whom it
    names, of a hand-over who gets the deal. `amount` is what it is about in minor units, for what
    settles an invoice what it takes off what is open of it.
    """

    seq: int
    day: int
    deal: str
    said: str
    seller: str | None = None
    amount: int | None = None
    invoice: str | None = None
    client: str | None = None


class Paper(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one fact says about the invoice it names; days are ordinals, for there are many.

    `amount` is what it is about in minor units. `dues` is when how much is to come: the instalments
    of an invoice, or the day of a promise. `places` are the instalments a payment names. Whose it
    is only an invoice says.
    """

    seq: int
    day: int
    invoice: str
    said: Literal["issued", "promised", "paid", "credited", "written_off"]
    amount: int
    dues: tuple[tuple[int, int], ...] = ()
    places: tuple[int, ...] = ()
    seller: str | None = None
    client: str | None = None
    deal: str | None = None


class Source(Protocol):
    """Additive cells and single facts, both seen through the two dials."""

    def cells(
        self,
        activities: Sequence[str],
        period: Period,
        dials: Dials,
        by: Sequence[Dimension],
        sellers: Sequence[str] = (),
    ) -> list[Cell]:
        """Sums over the period up to the dials, a cell per combination of `by`, sorted by it with
        None first.

        No activities means all of them. Cells whose every number is zero are left out.
        """
        ...

    def facts(
        self,
        kinds: Sequence[type[Fact]],
        dials: Dials,
        period: Period | None = None,
        deals: Sequence[str] = (),
    ) -> list[Version]:
        """Facts of these kinds in the order of the log; kinds of calls only where they name a
        deal. Without a period everything that occurred up to `as_of`, except that plans, norms,
        calendars and absences, which speak of other days, count from when they were recorded.
        """
        ...

    def turns(self, dials: Dials, period: Period | None = None) -> Iterable[Turn]:
        """What the facts of the kinds `projections.fold.turns.TURNS` say of the deals they name,
        by day and position; without a period everything that occurred up to `as_of`.

        To be gone through once, before the source is asked anything else.
        """
        ...

    def papers(self, dials: Dials) -> Iterable[Paper]:
        """What the facts of the kinds `projections.fold.papers.PAPERS` say of the invoices they
        name, by day and position: everything that occurred up to `as_of`.

        To be gone through once, before the source is asked anything else.
        """
        ...

    def counts(
        self, kinds: Sequence[type[Fact]], dials: Dials, deals: Sequence[str]
    ) -> Mapping[str, int]:
        """How many facts of these kinds each of some deals has; without any it is left out."""
        ...

    def first_days(
        self, kinds: Sequence[type[Fact]], dials: Dials, period: Period, deals: Sequence[str]
    ) -> Mapping[str, dt.date]:
        """The first day of the period with a fact of these kinds, of each of some deals; without
        any it is left out.
        """
        ...

    def first_sales(self, dials: Dials) -> dict[str, tuple[dt.date, str | None]]:
        """The business day and the deal of each client's first recognised sale."""
        ...
