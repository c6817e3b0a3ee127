"""The plain fold, which defines every figure, against loops that share no code with it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from events.envelope import Event
from events.vocabulary import (
    CallMade,
    CostSet,
    CreditNoteIssued,
    EventCorrected,
    EventVoided,
    PaymentReceived,
)
from events.vocabulary.fact import Fact
from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.fold.sales import SALE_ACTIVITIES
from projections.period import Period
from projections.question import Dials
from tests.projections.random_logs import START, ZONE, Step, lived, lives

Held = tuple[dt.date, int, Fact]
"""Business day, position and content of an event that holds."""


def holding(events: list[Event]) -> list[Held]:
    """What holds in the end: repairs are taken from the last one back, so that a repair knows
    whether it was itself withdrawn before it is looked at.
    """
    void: set[str] = set()
    fixes: dict[str, list[EventCorrected]] = {}
    for event in reversed(events):
        if event.id in void:
            continue
        if isinstance(event.body, EventVoided):
            void.add(event.body.target)
        elif isinstance(event.body, EventCorrected):
            fixes.setdefault(event.body.target, []).insert(0, event.body)
    found = []
    for event in events:
        if event.id in void or not isinstance(event.body, Fact):
            continue
        at, body = event.occurred_at, msgspec.to_builtins(event.body)
        for fix in fixes.get(event.id, ()):
            changed = {k: v for k, v in fix.fields.items() if k != "occurred_at"}
            if isinstance(event.body, EventCorrected):
                continue
            at = str(fix.fields.get("occurred_at", at))
            body = {**body, **changed}
        day = dt.datetime.fromisoformat(at).astimezone(ZoneInfo(ZONE)).date()
        found.append((day, event.seq, msgspec.convert(body, type(event.body))))
    return found


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(life=lives, first=st.integers(-4, 6), length=st.integers(0, 9))
def test_margin_by_seller_is_what_a_loop_over_the_events_says(
    life: list[Step], first: int, length: int
) -> None:
    start = START.date() + dt.timedelta(days=first)
    period = Period(start, start + dt.timedelta(days=length))
    with lived() as department:
        for step in life:
            department.live(step)
        expected: dict[str | None, list[int]] = {}
        for day, _, body in holding(list(department.log.read())):
            if not period.first <= day <= period.last:
                continue
            if isinstance(body, PaymentReceived):
                found = expected.setdefault(body.seller, [0, 0, 0])
                found[0] += body.amount
                found[1] += body.cost
                found[2] += body.direct
            elif isinstance(body, CreditNoteIssued) and body.refund:
                expected.setdefault(body.seller, [0, 0, 0])[0] -= body.amount
            elif isinstance(body, CostSet):
                expected.setdefault(body.seller, [0, 0, 0])[1] += body.cost
        source = PlainSource(department.log, Basis(ZONE, "payment"))
        dials = Dials(as_of=period.last)
        cells = source.cells(SALE_ACTIVITIES["payment"], period, dials, ("seller",))
        assert {c.seller: [c.amount, c.cost, c.direct] for c in cells} == expected


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(life=lives)
def test_a_payment_is_of_an_existing_client_where_a_loop_finds_an_earlier_one(
    life: list[Step],
) -> None:
    period = Period(START.date() - dt.timedelta(days=9), START.date() + dt.timedelta(days=30))
    with lived() as department:
        for step in life:
            department.live(step)
        held = holding(list(department.log.read()))
        paid = [
            (body.client, day, seq, body.deal)
            for day, seq, body in held
            if isinstance(body, PaymentReceived) and body.client is not None
        ]
        existing = 0
        for client, day, seq, deal in paid:
            first = min(other[1:] for other in paid if other[0] == client)
            again = first[0] == day and first[1] < seq and first[2] != deal
            existing += first[0] < day or again
        source = PlainSource(department.log, Basis(ZONE, "payment"))
        cells = source.cells(("payment_received",), period, Dials(as_of=period.last), ("book",))
        told = {cell.book: cell.n for cell in cells if cell.book is not None}
        assert told.get("existing", 0) == existing
        assert told.get("new", 0) == len(paid) - existing


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(life=lives, brief=st.sampled_from((0, 29, 30, 61)))
def test_calls_are_brief_unmeasured_and_with_who_decides_as_a_loop_counts_them(
    life: list[Step], brief: int
) -> None:
    period = Period(START.date() - dt.timedelta(days=9), START.date() + dt.timedelta(days=30))
    with lived() as department:
        for step in life:
            department.live(step)
        expected: dict[str | None, list[int]] = {}
        for _, _, body in holding(list(department.log.read())):
            if not isinstance(body, CallMade):
                continue
            found = expected.setdefault(body.seller, [0, 0, 0, 0, 0])
            found[0] += 1
            found[1] += body.seconds is not None and body.seconds < brief
            found[2] += body.seconds is None
            found[3] += bool(body.reached)
            found[4] += body.reached is not None
        source = PlainSource(department.log, Basis(ZONE, "payment", brief))
        cells = source.cells(("call_made",), period, Dials(as_of=period.last), ("seller",))
        told = {c.seller: [c.n, c.brief, c.unmeasured, c.reached, c.told] for c in cells}
        assert told == expected
