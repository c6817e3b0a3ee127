"""The payment plan over a real log through the desk: repairs, both dials, traces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    CallMade,
    ClientRegistered,
    CreditNoteIssued,
    DealWon,
    DepartmentOpened,
    EventCorrected,
    EventVoided,
    InvoiceIssued,
    InvoiceWrittenOff,
    PaymentReceived,
    PlanSet,
)
from events.vocabulary.fact import Fact
from projections.desk import Desk
from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.period import month_of
from projections.question import Dials, Question
from projections.recount import recount, standing
from projections.reports.payments import Payments, payments
from projections.windows.payments import load_payments
from tests.projections.listed import ZONE
from tests.projections.payment_days import invoice, on, paid, promise, written_off
from tests.projections.worlds import settings as ground

MOSCOW = ZoneInfo(ZONE)
MONDAY = on(15)
START = dt.date(2024, 3, 25)


class World:
    """A department whose clock the test turns, asked through the desk."""

    def __init__(self, path: Path) -> None:
        self.now = dt.datetime.combine(START, dt.time(9), MOSCOW)
        self.log = SqliteLog.create(path, clock=lambda: self.now)
        opened = DepartmentOpened(
            name="north", country="RU", currency="RUB", minor_digits=2, zone=ZONE, language="en"
        )
        self.tell(START, opened)
        self.desk = Desk(self.log, None)

    def tell(self, day: dt.date, body: Fact, recorded: dt.date | None = None) -> str:
        """Log a fact of noon in the afternoon of a day; returns its id."""
        self.now = dt.datetime.combine(recorded or day, dt.time(15), MOSCOW)
        noon = dt.datetime.combine(day, dt.time(12), MOSCOW)
        (answer,) = self.log.append([Draft(body=body, occurred_at=noon, actor="head")])
        return answer.id

    def ask(self, day: dt.date = MONDAY, known_at: dt.datetime | None = None) -> Payments:
        """The report as of a day, from the read model, which must agree with the plain fold."""
        dials = Dials(as_of=day, known_at=known_at)
        question = Question(period=month_of(MONDAY), dials=dials)
        found = self.desk.ask("payments", question)
        assert isinstance(found, Payments)
        settings = self.desk.settings()
        assert settings is not None
        plain = PlainSource(self.log, Basis(ZONE, "payment"))
        assert found == payments(load_payments(plain, question, settings), question, settings)
        return found


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "sales.cockpit")
    yield made
    made.desk.close()
    made.log.close()


def told(world: World) -> dict[str, str]:
    """A fortnight of one client's invoices; ids by what they are."""
    world.tell(START, PlanSet(month="2024-04", amount=2_200))
    world.tell(START, ClientRegistered(client="delta", name="Delta"))
    ids: dict[str, str] = {}
    for name, (day, body) in {
        "first": invoice("1", 900, on(1), (on(5), 300), (on(15), 600), client="delta"),
        "second": invoice("2", 500, on(2), client="delta"),
        "part": paid("1", 200, on(5)),
        "said": promise("1", 700, on(8), on(12)),
        "twice": paid("1", 300, on(9)),
        "waived": written_off("2", 100, on(10)),
    }.items():
        ids[name] = world.tell(day, body)
    return ids


def open_of(found: Payments) -> dict[str, int]:
    return {row.key: row.open for row in found.rows}


def test_what_is_open_follows_the_repairs(world: World) -> None:
    ids = told(world)
    assert open_of(world.ask()) == {"1#2": 400, "2": 400}
    world.tell(on(11), EventVoided(target=ids["twice"], target_kind="payment_received", reason="x"))
    fix = {"amount": 150}
    world.tell(
        on(12),
        EventCorrected(
            target=ids["waived"], target_kind="invoice_written_off", fields=dict(fix), reason="typo"
        ),
    )
    assert open_of(world.ask()) == {"1#1": 100, "1#2": 600, "2": 350}
    assert world.ask().total.broken == 1


def test_a_past_day_is_replayed_as_it_was_known_then(world: World) -> None:
    ids = told(world)
    then, moment = world.ask(on(10)), dt.datetime(2024, 4, 10, 16, tzinfo=MOSCOW)
    world.tell(on(11), EventVoided(target=ids["part"], target_kind="payment_received", reason="x"))
    world.tell(on(9), paid("2", 250, on(9))[1], recorded=on(12))
    world.tell(on(13), CreditNoteIssued(invoice="1", amount=100))
    again = world.ask(on(10), moment)
    assert (again.rows, again.total, again.schedule) == (then.rows, then.total, then.schedule)
    assert open_of(world.ask(on(10))) == {"1#2": 600, "2": 150}


def test_the_events_of_a_trace_recompute_what_is_open(world: World) -> None:
    ids = told(world)
    world.tell(on(11), EventVoided(target=ids["twice"], target_kind="payment_received", reason="x"))
    found = world.ask()
    for row in found.rows:
        trace = world.desk.why(found, row.key, "open").trace
        events = list(world.log.find(trace))
        assert {e.id for e in events} >= {e for n, e in ids.items() if _of(n) == row.invoice}
        bodies = standing(events, trace)
        issued = sum(body.amount for body in bodies if isinstance(body, InvoiceIssued))
        gone = sum(
            body.amount for body in bodies if isinstance(body, PaymentReceived | InvoiceWrittenOff)
        )
        left = sum(each.open for each in found.rows if each.invoice == row.invoice)
        assert issued - gone == left


def _of(name: str) -> str:
    return "2" if name in ("second", "waived") else "1"


def test_the_cash_is_the_sum_of_its_events(world: World) -> None:
    told(world)
    world.tell(on(11), CreditNoteIssued(invoice="1", amount=50, refund=True))
    world.tell(on(11), CreditNoteIssued(invoice="2", amount=70))
    found = world.ask()
    said = world.desk.why(found, "department", "cash_fact")
    events = list(world.log.find(said.trace))
    assert found.total.cash_fact == 450 == recount(events, said, ground())
    assert open_of(found) == {"1#2": 400, "2": 330}


def test_touches_are_counted_from_the_deals_won(world: World) -> None:
    for day in (1, 2, 3):
        world.tell(on(day), CallMade(deal="d1", client="delta"))
    world.tell(on(4), DealWon(deal="d1", client="delta"))
    found = world.ask()
    assert found.touches == 3
    assert found.relevant


def test_every_figure_leads_to_events(world: World) -> None:
    told(world)
    found = world.ask()
    for row in (*found.rows, found.total):
        for column in (*found.columns, *(found.aside if row is found.total else ())):
            if column.unit != "text" and column.key not in ("days", "days_done"):
                trace = world.desk.why(found, row.key, column.key).trace
                assert list(world.log.find(trace)), (row.key, column.key)


def test_money_for_an_unknown_invoice_is_cash_and_nothing_else(world: World) -> None:
    world.tell(on(3), paid("nobody's", 100, on(3))[1])
    world.tell(on(3), promise("nobody's", 100, on(3), on(5))[1])
    found = world.ask()
    assert (found.rows, found.total.open, found.total.cash_fact) == ((), 0, 100)
    assert found.total.reliability is None
