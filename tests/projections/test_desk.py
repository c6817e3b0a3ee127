"""The desk: one door to a department's figures, its people, its papers, and their reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.envelope import Draft, Event, Unknown
from events.errors import Missing
from events.sqlite.engine import sqlite3
from events.sqlite.store import SqliteLog
from events.vocabulary import (
    CallMade,
    ClientForgotten,
    ClientRegistered,
    CreditNoteIssued,
    DepartmentOpened,
    EventCorrected,
    HandedOver,
    InvoiceIssued,
    InvoiceWrittenOff,
    PaymentReceived,
    RoleSet,
    SellerHired,
    SellerLeft,
)
from events.vocabulary.fact import Fact
from projections.desk import Desk
from projections.period import month_of
from projections.question import Dials, Question

ZONE = dt.timezone(dt.timedelta(hours=3))


class Office:
    """A log written on days of April 2026, each fact at noon of its day."""

    def __init__(self, path: Path) -> None:
        self.now = dt.datetime(2026, 4, 1, 9, 30, tzinfo=dt.UTC)
        self.log = SqliteLog.create(path, clock=lambda: self.now)

    def on(self, day: int, *bodies: Fact) -> list[str]:
        """Write facts of that day down in the same minute; gives their ids."""
        self.now = max(self.now, dt.datetime(2026, 4, day, 9, 30, tzinfo=dt.UTC))
        at = dt.datetime(2026, 4, day, 12, tzinfo=ZONE)
        return [
            a.id
            for a in self.log.append([Draft(body=b, occurred_at=at, actor="h") for b in bodies])
        ]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A department that was opened."""
    office = Office(tmp_path / "log")
    office.on(
        1,
        DepartmentOpened(
            name="north", country="RU", currency="RUB", minor_digits=2, zone="Europe/Moscow",
            language="en",
        ),
        SellerHired(seller="ann", name="Ann", team="east"),
    )  # fmt: skip
    yield office
    office.log.close()


def seen_on(day: int) -> Dials:
    """The dials at the end of a day of April."""
    return Dials(as_of=dt.date(2026, 4, day))


def test_sellers_are_seen_as_they_were_on_the_day(office: Office) -> None:
    office.on(6, RoleSet(seller="ann", role="closer", team="west"))
    office.on(9, SellerLeft(seller="ann"), SellerHired(seller="bob", name="Bob"))
    with Desk(office.log, None) as desk:
        assert [*desk.sellers(seen_on(5))] == ["ann"]
        assert desk.sellers(seen_on(5))["ann"].team == "east"
        assert desk.sellers(seen_on(6))["ann"].role == "closer"
        assert desk.sellers(seen_on(8))["ann"].left is None
        assert desk.sellers(seen_on(9))["ann"].left == dt.date(2026, 4, 9)
        assert desk.sellers(seen_on(9))["bob"].hired == dt.date(2026, 4, 9)


def test_clients_follow_their_hand_overs_and_are_forgotten(office: Office) -> None:
    office.on(2, ClientRegistered(client="acme", name="Acme", seller="ann", channel="ads"))
    office.on(3, HandedOver(seller="ann", to="bob", client="acme"))
    office.on(7, ClientForgotten(client="acme", fields=1))
    with Desk(office.log, None) as desk:
        assert desk.clients(seen_on(2))["acme"].seller == "ann"
        assert desk.clients(seen_on(3))["acme"].seller == "bob"
        assert desk.clients(seen_on(3))["acme"].channel == "ads"
        assert not desk.clients(seen_on(6))["acme"].forgotten
        assert desk.clients(seen_on(7))["acme"].forgotten


def test_an_invoice_keeps_what_is_open_and_what_costs_are_left(office: Office) -> None:
    office.on(2, InvoiceIssued(invoice="17", seller="ann", amount=100_00, cost=40_00, direct=10_00))
    office.on(3, PaymentReceived(invoice="17", amount=60_00, cost=24_00, direct=6_00))
    office.on(4, CreditNoteIssued(invoice="17", amount=10_00, cost=4_00, refund=True))
    office.on(5, CreditNoteIssued(invoice="17", amount=15_00, cost=6_00))
    office.on(6, InvoiceWrittenOff(invoice="17", amount=5_00))
    with Desk(office.log, None) as desk:
        whole = desk.invoices(seen_on(3))["17"]
        assert (whole.paid, whole.open) == (60_00, 40_00)
        assert (whole.cost_left, whole.direct_left) == (16_00, 4_00)
        refunded = desk.invoices(seen_on(4))["17"]
        assert (refunded.paid, refunded.open, refunded.cost_left) == (50_00, 40_00, 16_00)
        assert desk.invoices(seen_on(5))["17"].open == 25_00
        assert desk.invoices(seen_on(6))["17"].open == 20_00
        assert desk.invoices(seen_on(6))["17"].cost_left == 10_00


def test_every_report_answers_and_accounts_for_its_first_figure(office: Office) -> None:
    office.on(3, CallMade(seller="ann", client="acme", seconds=70))
    office.on(4, PaymentReceived(seller="ann", client="acme", amount=50_00))
    question = Question(period=month_of(dt.date(2026, 4, 1)), dials=seen_on(10))
    with Desk(office.log, None) as desk:
        board = desk.ask("plan-fact", question)
        explanation = desk.why(board, "seller:ann", "fact")
        assert explanation.value == 50_00
        kinds = [event.kind for event in office.log.find(explanation.trace)]
        assert kinds == ["payment_received"]
        for name in ("activity", "conversions"):
            report = desk.ask(name, question)
            assert report.name == name
            assert (report.trust.events, report.trust.calls) == (4, 1)
        with pytest.raises(KeyError):
            desk.ask("horoscope", question)


def test_the_trace_of_a_past_report_ends_where_it_knew(office: Office) -> None:
    office.on(4, PaymentReceived(seller="ann", amount=50_00))
    known_at = office.now
    office.on(5)
    office.on(5, PaymentReceived(seller="ann", amount=70_00))
    dials = Dials(as_of=dt.date(2026, 4, 10), known_at=known_at)
    with Desk(office.log, None) as desk:
        board = desk.ask("plan-fact", Question(period=month_of(dials.as_of), dials=dials))
        explanation = desk.why(board, "seller:ann", "fact")
    assert explanation.value == 50_00
    assert explanation.trace.upto == 3


def test_a_log_without_a_department_has_no_reports_but_says_so(tmp_path: Path) -> None:
    question = Question(period=month_of(dt.date(2026, 4, 1)), dials=seen_on(1))
    with SqliteLog.create(tmp_path / "log") as log, Desk(log, None) as desk:
        assert desk.settings() is None
        assert desk.sellers(seen_on(1)) == {}
        with pytest.raises(Missing):
            desk.ask("plan-fact", question)


def test_a_desk_hears_that_the_log_moved(office: Office) -> None:
    with Desk(office.log, None) as desk:
        desk.catch_up()
        assert not desk.moved()
        office.on(2, CallMade(seller="ann"))
        assert desk.moved()
        assert desk.catch_up() == 1
        assert not desk.moved()


def test_corrected_ground_rules_are_the_rules(office: Office, tmp_path: Path) -> None:
    opened = next(iter(office.log.read(upto=1)))
    with Desk(office.log, tmp_path / "m") as desk:
        fields: dict[str, str | int | bool | None] = {"recognition": "order", "name": "south"}
        office.on(
            2,
            EventCorrected(
                target=opened.id, target_kind="department_opened", fields=fields, reason="typo"
            ),
        )
        settings = desk.settings()
        assert settings is not None
        assert (settings.recognition, settings.name) == ("order", "south")


def test_events_of_a_newer_program_are_counted_and_shown(office: Office, tmp_path: Path) -> None:
    office.on(3, CallMade(seller="ann", client="acme", seconds=70))
    _written_by_a_newer_program(office.log)
    question = Question(period=month_of(dt.date(2026, 4, 1)), dials=seen_on(10))
    with Desk(office.log, tmp_path / "m") as desk:
        trust = desk.ask("activity", question).trust
        assert (trust.unknown, trust.calls, trust.unmeasured) == (2, 1, 0)
        assert trust.events == 5
        live = desk.rebuild()
    assert live == 5


def _written_by_a_newer_program(log: SqliteLog) -> None:
    """A kind of the future, and a shape of the future of a kind of today."""
    last: Event = list(log.read())[-1]
    connection = sqlite3.connect(log.path, isolation_level=None)
    for offset, (kind, version, body) in enumerate(
        (
            ("hologram_shown", 1, '{"kind":"hologram_shown","seller":"ann","client":"acme"}'),
            ("call_made", 99, '{"kind":"call_made","seller":"ann","mood":"sunny"}'),
        ),
        1,
    ):
        connection.execute(
            "INSERT INTO event (seq, id, kind, version, occurred_at, recorded_at, actor, source,"
            " body, digest, link) VALUES (?, ?, ?, ?, ?, ?, 'h', 'later', ?, '', '')",
            (
                last.seq + offset, f"later-{offset}", kind, version, last.occurred_at,
                last.recorded_at, body,
            ),
        )  # fmt: skip
    connection.close()
    assert isinstance(list(log.read())[-1].body, Unknown)
