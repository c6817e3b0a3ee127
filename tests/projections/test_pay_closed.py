"""Pay of closed months, asked both ways: what comes later stands in the next open sheet, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from events.envelope import Appended, Draft
from events.sqlite.store import SqliteLog
from events.vocabulary import (
    CallMade,
    CreditNoteIssued,
    DepartmentOpened,
    EventVoided,
    KpiSet,
    KpiWeight,
    MonthClosed,
    NormSet,
    OteSet,
    PaymentReceived,
    PlanSet,
    ScaleSet,
    ScaleStep,
    SellerHired,
)
from events.vocabulary.fact import Fact
from projections.desk import Desk
from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.period import Period, month_of
from projections.question import Dials, Question
from projections.reports.pay import PayReport, PayRow, pay
from projections.windows.pay import load_pay

ZONE = ZoneInfo("Europe/Moscow")
R = 100
PLAN = 1_000 * R
MONTHS = tuple(month_of(dt.date(2026, month, 1)) for month in range(1, 6))
END = dt.date(2026, 5, 31)


class Book:
    """A department of two sellers whose months are closed as the test says."""

    def __init__(self, path: Path, *, even: bool) -> None:
        self.now = dt.datetime(2026, 1, 1, 9, tzinfo=ZONE)
        self.log = SqliteLog.create(path, clock=lambda: self.now.astimezone(dt.UTC))
        self.desk = Desk(self.log, None)
        first = self.now.date()
        self.put(DepartmentOpened(name="n", country="RU", currency="RUB", minor_digits=2,
                                  zone="Europe/Moscow", language="en"))  # fmt: skip
        for seller in ("anna", "boris"):
            self.put(SellerHired(seller=seller, name=seller))
            for month in MONTHS:
                self.put(PlanSet(month=f"{month.first:%Y-%m}", amount=PLAN, seller=seller))
        self.put(OteSet(since=first, amount=100_000 * R))
        self.put(NormSet(activity="call_made", count=10, per="month", since=first))
        if even:
            steps = (
                ScaleStep(from_bp=0, rate_bp=10_000),
                ScaleStep(from_bp=10_000, rate_bp=12_000),
            )
            self.put(ScaleSet(since=first, steps=steps))
        self.put(KpiSet(since=first, weights=(KpiWeight(activity="call_made", weight=1),)))

    def put(self, body: Fact, day: dt.date | None = None) -> Appended:
        """Append at a moment later than all before it; on a day gone by where one is named."""
        self.now += dt.timedelta(minutes=1)
        at = self.now if day is None else dt.datetime.combine(day, dt.time(12), ZONE)
        return self.log.append([Draft(body=body, occurred_at=at, actor="boss")])[0]

    def pass_to(self, day: dt.date) -> None:
        """Time goes by up to the morning of a day."""
        self.now = max(self.now, dt.datetime.combine(day, dt.time(9), ZONE))

    def paid(self, amount: int, day: dt.date, seller: str = "anna", invoice: str = "1") -> Appended:
        return self.put(PaymentReceived(invoice=invoice, seller=seller, amount=amount), day)

    def refund(
        self, amount: int, day: dt.date, seller: str = "anna", invoice: str = "1"
    ) -> Appended:
        note = CreditNoteIssued(invoice=invoice, seller=seller, amount=amount, refund=True)
        return self.put(note, day)

    def close(self, month: Period) -> None:
        """Close a month where the log ends."""
        self.pass_to(month.last + dt.timedelta(days=2))
        head = self.log.head()
        name = f"{month.first:%Y-%m}"
        self.put(MonthClosed(month=name, position=head.seq, link=head.link))

    def sheets(self, month: Period, *, as_closed: bool = False) -> PayReport:
        """The sheets of a month as now known, or as known at its close."""
        self.desk.catch_up()
        closing = self.desk.closings().get(f"{month.first:%Y-%m}")
        position = closing.position if closing and as_closed else None
        dials = Dials(as_of=END, position=position, mode="evening")
        report = self.desk.ask("pay", Question(period=month, dials=dials))
        assert isinstance(report, PayReport)
        return report

    def row(self, month: Period, *, as_closed: bool = False, seller: str = "anna") -> PayRow:
        rows = self.sheets(month, as_closed=as_closed).rows
        return next(row for row in rows if row.seller == seller)

    def lines(self, month: Period, seller: str = "anna") -> list[PayRow]:
        """What a sheet has of earlier months."""
        found = self.sheets(month).lines
        return [line for line in found if line.seller == seller and line.month is not None]


@contextmanager
def book(*, even: bool = False) -> Iterator[Book]:
    """With the usual scale, or one in which every rouble counts."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        made = Book(Path(folder) / "log.db", even=even)
        try:
            yield made
        finally:
            made.desk.close()
            made.log.close()


JANUARY, FEBRUARY, MARCH, APRIL = MONTHS[:4]


def test_what_comes_after_the_close_is_paid_by_the_next_open_sheet_and_asked_for_both_ways() -> (
    None
):
    with book() as it:
        it.pass_to(dt.date(2026, 1, 20))
        it.paid(700 * R, dt.date(2026, 1, 15))
        it.close(JANUARY)
        closed = it.row(JANUARY, as_closed=True)
        assert (closed.bonus, closed.after_close) == (38_500 * R, None)
        it.paid(200 * R, dt.date(2026, 1, 16), invoice="2")
        assert it.row(JANUARY, as_closed=True) == closed
        now = it.row(JANUARY)
        assert (now.bonus, now.after_close) == (49_500 * R, 11_000 * R)
        (line,) = it.lines(FEBRUARY)
        assert (line.kind, line.month) == ("after_close", "2026-01")
        assert (line.fact, line.carried) == (200 * R, 11_000 * R)
        assert it.row(FEBRUARY).fact == 0
        it.pass_to(dt.date(2026, 2, 20))
        it.close(FEBRUARY)
        assert it.lines(MARCH) == []
        assert it.row(FEBRUARY, as_closed=True).carried == 11_000 * R


def test_what_a_sheet_took_over_opens_into_what_it_knew_of_however_far_one_sees() -> None:
    with book() as it:
        it.pass_to(dt.date(2026, 1, 20))
        it.close(JANUARY)
        first = it.paid(700 * R, dt.date(2026, 1, 15))
        it.close(FEBRUARY)
        second = it.paid(200 * R, dt.date(2026, 1, 16), invoice="2")
        for position in (None, it.log.head().seq):
            dials = Dials(as_of=END, position=position, mode="evening")
            for month, paid in ((FEBRUARY, first), (MARCH, second)):
                report = it.desk.ask("pay", Question(period=month, dials=dials))
                why = it.desk.why(report, "anna|after_close|2026-01", "carried")
                assert [event.seq for event in it.log.find(why.trace)] == [paid.seq]


def test_a_refund_after_the_close_is_a_negative_line_of_its_month_tied_to_its_sale() -> None:
    with book() as it:
        it.pass_to(dt.date(2026, 1, 20))
        sale = it.paid(100 * R, dt.date(2026, 1, 15), invoice="7")
        it.paid(800 * R, dt.date(2026, 1, 15), invoice="2")
        it.close(JANUARY)
        it.pass_to(dt.date(2026, 2, 10))
        it.paid(900 * R, dt.date(2026, 2, 6), invoice="3")
        note = it.refund(100 * R, dt.date(2026, 2, 9), invoice="7")
        (line,) = it.lines(FEBRUARY)
        ids = {event.seq: event.id for event in it.log.read()}
        assert (line.kind, line.month) == ("refund", "2026-01")
        assert (line.event, line.sale) == (ids[note.seq], ids[sale.seq])
        assert (line.fact, line.carried) == (-100 * R, -5_500 * R)
        february = it.row(FEBRUARY)
        assert (february.fact, february.bonus) == (900 * R, 49_500 * R)
        assert it.row(JANUARY).pay == it.row(JANUARY, as_closed=True).pay


def test_a_refund_within_its_month_only_lowers_the_fact() -> None:
    with book() as it:
        it.pass_to(dt.date(2026, 1, 20))
        it.paid(900 * R, dt.date(2026, 1, 15))
        it.refund(100 * R, dt.date(2026, 1, 16))
        assert it.row(JANUARY).fact == 800 * R
        assert it.lines(JANUARY) == []


def test_a_refund_of_a_sale_nobody_was_paid_for_lowers_the_fact_of_its_month() -> None:
    with book() as it:
        it.pass_to(dt.date(2026, 2, 20))
        it.paid(900 * R, dt.date(2026, 2, 15))
        it.refund(100 * R, dt.date(2026, 2, 16), invoice="unheard of")
        assert it.row(FEBRUARY).fact == 800 * R


Deed = tuple[str, int, int, int, int]
"""What happens, in which month of those begun, on which day, how much, and to what."""

deeds = st.lists(
    st.tuples(
        st.sampled_from(["pay", "pay", "pay", "refund", "refund", "void", "call", "close", "plan"]),
        st.integers(0, 3), st.integers(1, 28), st.integers(1, 12), st.integers(0, 2),
    ),
    min_size=1, max_size=30,
)  # fmt: skip


def live(it: Book, deed: Deed, closed: int, paid: list[str], *, close: bool = True) -> int:
    """Let something happen; returns how many months are closed."""
    what, back, day, size, to = deed
    month = MONTHS[max(0, closed - back)]
    on = month.first.replace(day=day)
    it.pass_to(on + dt.timedelta(days=1))
    seller, invoice = ("anna", "boris")[to % 2], str(to)
    match what:
        case "pay":
            it.paid(size * 50 * R + to, on, seller, invoice)
            paid.append(next(iter(it.log.read(it.log.head().seq - 1))).id)
        case "refund":
            it.refund(size * 20 * R, on, seller, invoice)
        case "void" if paid:
            target = paid.pop(to % len(paid))
            it.put(EventVoided(target=target, target_kind="payment_received", reason="twice"))
        case "call":
            it.put(CallMade(seller=seller, direction="out", seconds=90), on)
        case "plan":
            it.put(PlanSet(month=f"{month.first:%Y-%m}", amount=size * 100 * R, seller=seller))
        case "close" if closed < 4:
            if close:
                it.close(MONTHS[closed])
            return closed + 1
    return closed


@settings(max_examples=25, deadline=None)
@given(life=deeds)
def test_every_payment_is_in_exactly_one_sheet_and_the_sheets_pay_what_is_known(
    life: list[Deed],
) -> None:
    with book(even=True) as it:
        closed, paid, frozen = 0, list[str](), dict[Period, PayReport]()
        for deed in life:
            before, closed = closed, live(it, deed, closed, paid)
            if closed != before:
                frozen[MONTHS[before]] = it.sheets(MONTHS[before], as_closed=True)
        for month, then in frozen.items():
            again = it.sheets(month, as_closed=True)
            assert (again.rows, again.lines) == (then.rows, then.lines)
        sheets = [it.sheets(month, as_closed=True) for month in MONTHS]
        own = sum(row.fact or 0 for sheet in sheets for row in sheet.rows)
        carried = sum(line.fact or 0 for sheet in sheets for line in sheet.lines if line.month)
        assert own + carried == sum(_money(it))
        _settles(it)


@settings(max_examples=40, deadline=None)
@given(life=deeds)
def test_a_close_moves_pay_from_sheet_to_sheet_and_neither_makes_nor_loses_any(
    life: list[Deed],
) -> None:
    with book(even=True) as it, book(even=True) as open_book:
        closed, paid, others = 0, list[str](), list[str]()
        for deed in life:
            live(open_book, deed, closed, others, close=False)
            closed = live(it, deed, closed, paid)
        for seller in ("anna", "boris"):
            rows = [it.row(month, as_closed=True, seller=seller) for month in MONTHS]
            never = [open_book.row(month, seller=seller) for month in MONTHS]
            assert sum(row.pay or 0 for row in rows) == sum(row.pay or 0 for row in never)


def _money(it: Book) -> Iterator[int]:
    """The revenue of every seller over all months as plan-fact knows it."""
    for month in MONTHS:
        report = it.desk.ask("plan-fact", Question(period=month, dials=Dials(as_of=END)))
        yield sum(getattr(row, "fact", 0) for row in report.rows)


@settings(max_examples=8, deadline=None)
@given(life=deeds)
def test_the_read_model_and_a_plain_fold_of_the_log_pay_the_same(life: list[Deed]) -> None:
    with book(even=True) as it:
        closed, paid = 0, list[str]()
        for deed in life:
            closed = live(it, deed, closed, paid)
        plain, ground = PlainSource(it.log, Basis("Europe/Moscow", "payment")), it.desk.settings()
        assert ground is not None
        for month in MONTHS:
            answered = it.sheets(month)
            question = Question(period=month, dials=Dials(as_of=END, mode="evening"))
            told = pay(load_pay(plain, question, ground), question, ground)
            assert (told.rows, told.lines, told.total) == (
                answered.rows, answered.lines, answered.total,
            )  # fmt: skip


def _settles(it: Book) -> None:
    """The lines of every sheet come to what it pays."""
    for month in MONTHS:
        report = it.sheets(month)
        for row in report.rows:
            lines = [line for line in report.lines if line.seller == row.seller]
            premium = sum(line.premium or 0 for line in lines)
            carried = sum(line.carried or 0 for line in lines)
            assert (premium, carried) == (row.premium, row.carried)
            assert (row.fixed or 0) + premium + (row.bonus or 0) + carried == row.pay
            assert Fraction(row.fixed or 0) == 30_000 * R


@settings(max_examples=25, deadline=None)
@given(
    sold=st.lists(st.integers(1, 300), max_size=8),
    calls=st.integers(0, 14),
    more=st.integers(1, 400),
)
def test_more_is_never_paid_less(sold: list[int], calls: int, more: int) -> None:
    with book() as it:
        it.pass_to(dt.date(2026, 1, 20))
        for amount in sold:
            it.paid(amount * R + 1, dt.date(2026, 1, 15))
        for _ in range(calls):
            it.put(CallMade(seller="anna", direction="out", seconds=90), dt.date(2026, 1, 15))
        before = it.row(JANUARY).pay
        it.put(CallMade(seller="anna", direction="out", seconds=90), dt.date(2026, 1, 15))
        it.paid(more * R, dt.date(2026, 1, 15))
        after = it.row(JANUARY).pay
        assert before is not None
        assert after is not None
        assert after >= before


@settings(max_examples=15, deadline=None)
@given(life=deeds, amount=st.integers(1, 50))
def test_a_change_from_a_later_day_leaves_earlier_sheets_untouched(
    life: list[Deed], amount: int
) -> None:
    with book() as it:
        closed, paid = 0, list[str]()
        for deed in life:
            closed = live(it, deed, closed, paid)
        earlier = [it.sheets(month) for month in MONTHS[:3]]
        since = APRIL.first
        it.put(OteSet(since=since, amount=amount * R))
        it.put(KpiSet(since=since, weights=(KpiWeight(activity="meeting_held", weight=1),)))
        for before, month in zip(earlier, MONTHS[:3], strict=True):
            after = it.sheets(month)
            assert (after.rows, after.lines) == (before.rows, before.lines)
