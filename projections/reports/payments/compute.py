"""From a window to the payment plan of the day (feature P6, requirement rows 16-19)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec.structs import replace

from projections.control_list import ControlList, control_list
from projections.dials import due_day
from projections.promises import Promise, agreed, broken, promises, reliability
from projections.question import Question
from projections.receivables import Bill, added
from projections.reports.payments.cash import asked, at_start, due_to_date, target
from projections.reports.payments.claims import rows_of
from projections.reports.payments.rows import (
    ASIDE,
    COLUMNS,
    Basis,
    PaymentRow,
    Payments,
    PaymentTotal,
)
from projections.reports.payments.schedule import overdue, schedule, today
from projections.state import Settings
from projections.windows.payments import PaymentsWindow


def payments(window: PaymentsWindow, question: Question, settings: Settings) -> Payments:
    """Every open claim, whom to control, and the sums of the day."""
    bills = asked(window.bills, window, question)
    told = {number: promises(bill, window.seen) for number, bill in bills.items()}
    basis = _basis(bills, window, question, settings, told)
    need = due_to_date(basis.shares, basis.agreed) - window.received + window.refunded
    found = rows_of(bills, basis, told, window.owners)
    control = control_list({row.key: row.expected for row in found}, max(Fraction(), need))
    rows = _placed(found, control)
    return Payments(
        name="payments",
        question=question,
        currency=settings.currency,
        minor_digits=settings.minor_digits,
        columns=COLUMNS,
        aside=ASIDE,
        rows=rows,
        total=_total(window, question, basis, rows, control),
        trust=window.trust,
        basis=basis,
        cash_plan_source="target" if basis.shares else "agreed",
        relevant=window.touches is None or window.touches > 1,
        touches=window.touches,
        schedule=schedule(basis.pieces, window.seen, question.period.last),
    )


def _basis(
    bills: Mapping[str, Bill],
    window: PaymentsWindow,
    question: Question,
    settings: Settings,
    told: dict[str, tuple[Promise, ...]],
) -> Basis:
    """What stays of the invoices."""
    tallies = [
        its
        for owner, its in window.tallies.items()
        if not question.sellers or owner in question.sellers
    ]
    claims = [claim for bill in bills.values() for claim in bill.claims]
    pieces = tuple(p for bill in bills.values() for p in agreed(bill, told[bill.invoice]))
    owed = {piece.key for piece in pieces}
    owing = {bill.client for bill in bills.values() for each in bill.claims if each.key in owed}
    months = target(window, question)
    return Basis(
        zone=settings.zone,
        seen=window.seen,
        recognised=settings.recognition == "payment",
        claims={claim.key: claim for claim in claims if claim.key in owed},
        whole=added(tallies),
        above=sum(its.above for its in tallies),
        credited=frozenset(seller for its in tallies for seller in its.sellers),
        words={client: word for client, word in window.words.items() if client in owing},
        everyone=window.everyone,
        pieces=pieces,
        shares=months,
        agreed=() if months else at_start(window, question),
        received=window.received,
        refunded=window.refunded,
    )


def _placed(rows: list[PaymentRow], control: ControlList) -> tuple[PaymentRow, ...]:
    """The rows by what they are expected to bring, those beyond the control list let be."""
    listed = frozenset(control.keys)
    placed = [
        replace(row, control=True) if row.key in listed else replace(row, step="not_today")
        for row in rows
    ]
    return tuple(sorted(placed, key=lambda row: (not row.control, -row.expected, row.key)))


def _total(
    window: PaymentsWindow,
    question: Question,
    basis: Basis,
    rows: tuple[PaymentRow, ...],
    control: ControlList,
) -> PaymentTotal:
    first, last = question.period.first, question.period.last
    plan = due_to_date(basis.shares, basis.agreed)
    fact = window.received - window.refunded
    said = {row.invoice: row.promises for row in rows}
    count = window.calendars.working_days
    return PaymentTotal(
        key="department",
        client=None,
        seller=None,
        invoice=None,
        open=sum(row.open for row in rows),
        broken=sum(broken(each) for each in said.values()),
        reliability=reliability(basis.everyone, basis.everyone),
        expected=sum((row.expected for row in rows), Fraction()),
        cash_plan=plan,
        cash_fact=fact,
        need=max(Fraction(), plan - fact),
        listed=sum(row.open for row in rows if row.control),
        covered=control.expected,
        short=control.short,
        overdue=sum(piece.amount for piece in overdue(basis.pieces, window.seen)),
        due_today=sum(p.amount for p in today(basis.pieces, window.seen, promised=False)),
        promised_today=sum(p.amount for p in today(basis.pieces, window.seen, promised=True)),
        days_done=count(None, first, min(last, due_day(window.seen, question.dials.mode))),
        days=count(None, first, last),
    )
