"""Reports over a real log: repairs, late entries, both dials, and traces that find the events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from events.envelope import Draft
from events.sqlite import SqliteLog
from events.vocabulary import (
    BY_NAME,
    CallMade,
    CreditNoteIssued,
    EventCorrected,
    EventVoided,
    MeetingHeld,
    NormSet,
    PaymentReceived,
    PlanSet,
    ProposalSent,
    SellerHired,
    StepCompleted,
)
from events.vocabulary.fact import Fact
from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.fold.sales import recognised
from projections.formula import Explanation
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports import activity, conversions, plan_fact
from projections.source import Version
from projections.windows.activity import load_activity
from projections.windows.conversions import load_conversions
from projections.windows.plan_fact import load_plan_fact
from tests.projections.listed import ZONE
from tests.projections.worlds import settings

MOSCOW = ZoneInfo(ZONE)
APRIL = month_of(dt.date(2024, 4, 1))
END = dt.date(2024, 4, 30)


class Department:
    """A log with a clock that the test turns."""

    def __init__(self, path: Path) -> None:
        self.now = dt.datetime(2024, 3, 29, 18, tzinfo=MOSCOW)
        self.log = SqliteLog.create(path, clock=lambda: self.now)
        self.source = PlainSource(self.log, Basis(ZONE, "payment"))

    def log_at(self, day: dt.date, body: Fact, recorded: dt.date | None = None) -> str:
        """Log a fact of noon in the afternoon of a day; returns its id."""
        self.now = dt.datetime.combine(recorded or day, dt.time(15), MOSCOW)
        noon = dt.datetime.combine(day, dt.time(12), MOSCOW)
        (answer,) = self.log.append([Draft(body=body, occurred_at=noon, actor="head")])
        return answer.id

    def plan_fact(self, question: Question) -> plan_fact.PlanFact:
        """The report of that name."""
        window = load_plan_fact(self.source, question, settings())
        return plan_fact.plan_fact(window, question, settings())

    def activity(self, question: Question) -> activity.Activity:
        """The report of that name."""
        window = load_activity(self.source, question, settings())
        return activity.activity(window, question, settings())

    def conversions(self, question: Question) -> conversions.Conversions:
        """The report of that name."""
        window = load_conversions(self.source, question, settings())
        return conversions.conversions(window, question, settings())

    def behind(self, said: Explanation, question: Question) -> list[Version]:
        """The events a trace finds, as they stand with repairs applied, where they still match."""
        trace = said.trace
        found = {event.id for event in self.log.find(trace)}
        kinds = [BY_NAME[kind] for kind in trace.kinds]
        return [
            version
            for version in self.source.facts(kinds, question.dials)
            if version.id in found
            and (not trace.sellers or (_seller(version) or "") in trace.sellers)
            and (not trace.deals or getattr(version.body, "deal", None) in trace.deals)
            and (trace.first is None or trace.first <= version.day)
            and (trace.last is None or version.day <= trace.last)
        ]


def _seller(version: Version) -> str | None:
    seller: str | None = getattr(version.body, "seller", None)
    return seller


def on(day: int) -> dt.date:
    return dt.date(2024, 4, day)


def ask(day: dt.date = END, known_at: dt.datetime | None = None) -> Question:
    return Question(period=APRIL, dials=Dials(as_of=day, known_at=known_at, mode="evening"))


def paid(seller: str | None, amount: int, deal: str | None = None) -> PaymentReceived:
    return PaymentReceived(seller=seller, amount=amount, deal=deal)


@pytest.fixture
def department(tmp_path: Path) -> Iterator[Department]:
    made = Department(tmp_path / "sales.cockpit")
    before = dt.date(2024, 3, 28)
    for seller in ("anna", "boris"):
        made.log_at(before, SellerHired(seller=seller, name=seller.title()))
        made.log_at(before, PlanSet(month="2024-04", seller=seller, amount=220_000))
    made.log_at(before, NormSet(activity="call_made", count=10, since=before))
    yield made
    made.log.close()


def told(department: Department) -> dict[str, str]:
    """A month in which nearly everything was repaired once; ids by what they were."""
    ids = {
        "plain": department.log_at(on(2), paid("anna", 10_000, "a")),
        "twice": department.log_at(on(3), paid("anna", 5_000)),
        "typo": department.log_at(on(4), paid("anna", 120)),
        "hers": department.log_at(on(5), paid("anna", 7_000)),
        "march": department.log_at(on(5), paid("boris", 900)),
        "nobodys": department.log_at(on(8), paid(None, 3_000)),
        "refund": department.log_at(
            on(10), CreditNoteIssued(invoice="1", seller="anna", amount=1_000, refund=True)
        ),
        "unpaid": department.log_at(
            on(10), CreditNoteIssued(invoice="2", seller="anna", amount=6_000)
        ),
    }
    kind = "payment_received"
    department.log_at(
        on(11), EventVoided(target=ids["twice"], target_kind=kind, reason="double", seller="anna")
    )
    fixes: dict[str, dict[str, str | int | bool | None]] = {
        "typo": {"amount": 12_000},
        "hers": {"seller": "boris"},
        "march": {"occurred_at": "2024-03-29T12:00:00+03:00"},
    }
    for name, fields in fixes.items():
        fix = EventCorrected(target=ids[name], target_kind=kind, fields=fields, reason="typo")
        department.log_at(on(12), fix)
    ids["late"] = department.log_at(on(9), paid("boris", 40_000), recorded=on(22))
    return ids


def facts(found: plan_fact.PlanFact) -> dict[str, int]:
    return {row.key: row.fact for row in (*found.rows, found.total)}


def test_repairs_count_as_they_stand(department: Department) -> None:
    told(department)
    assert facts(department.plan_fact(ask())) == {
        "seller:anna": 10_000 + 12_000 - 1_000,
        "seller:boris": 7_000 + 40_000,
        "unassigned": 3_000,
        "department": 71_000,
    }


def test_what_was_known_before_the_repairs_is_still_to_be_seen(department: Department) -> None:
    told(department)
    known = dt.datetime(2024, 4, 10, 23, tzinfo=MOSCOW)
    assert facts(department.plan_fact(ask(known_at=known))) == {
        "seller:anna": 10_000 + 5_000 + 120 + 7_000 - 1_000,
        "seller:boris": 900,
        "unassigned": 3_000,
        "department": 25_020,
    }


def test_an_earlier_day_sees_what_had_occurred_as_it_is_known_now(department: Department) -> None:
    told(department)
    found = department.plan_fact(ask(on(8)))
    assert facts(found)["department"] == 10_000 + 12_000 + 7_000 + 3_000
    assert found.total.days_done == 6


def test_a_plan_that_was_lowered_later_is_seen_as_it_was(department: Department) -> None:
    department.log_at(on(15), PlanSet(month="2024-04", seller="anna", amount=110_000))
    then = dt.datetime(2024, 4, 14, 12, tzinfo=MOSCOW)
    assert department.plan_fact(ask()).total.plan == 330_000
    assert department.plan_fact(ask(known_at=then)).total.plan == 440_000


def test_the_events_a_trace_finds_recompute_the_fact(department: Department) -> None:
    told(department)
    question = ask()
    found = department.plan_fact(question)
    for row in (*found.rows, found.total):
        said = plan_fact.explain(found, row.key, "fact")
        behind = department.behind(said, question)
        sums = [recognised(version.body, "payment") or (0, 0, 0) for version in behind]
        assert sum(amount for amount, _, _ in sums) == row.fact, row.key


def test_a_trace_lists_what_was_voided_or_moved_and_the_repairs(department: Department) -> None:
    ids = told(department)
    found = department.plan_fact(ask())
    trace = plan_fact.explain(found, "seller:anna", "fact").trace
    listed = {event.id for event in department.log.find(trace)}
    assert {ids["plain"], ids["twice"], ids["typo"], ids["hers"]} <= listed
    assert ids["nobodys"] not in listed
    assert {event.kind for event in department.log.find(trace)} >= {
        "event_voided", "event_corrected"
    }  # fmt: skip
    nobodys = plan_fact.explain(found, "unassigned", "fact").trace
    assert [event.id for event in department.log.find(nobodys)] == [ids["nobodys"]]


def test_the_plan_behind_a_line_is_found_though_it_was_set_before(department: Department) -> None:
    trace = plan_fact.explain(department.plan_fact(ask()), "seller:anna", "line").trace
    (event,) = department.log.find(trace)
    assert isinstance(event.body, PlanSet)
    assert (event.body.seller, event.body.amount) == ("anna", 220_000)


def test_activities_are_counted_and_found_by_what_they_were(department: Department) -> None:
    day = on(2)
    department.log_at(day, CallMade(seller="anna", direction="in"))
    wrong = department.log_at(day, CallMade(seller="anna"))
    department.log_at(day, CallMade(seller="anna"))
    department.log_at(day, StepCompleted(activity="measurement", seller="anna"))
    department.log_at(day, StepCompleted(activity="design", seller="anna"))
    turned = EventCorrected(
        target=wrong, target_kind="call_made", fields={"direction": "in"}, reason="typo"
    )
    department.log_at(on(3), turned)
    found = department.activity(ask(on(3)))
    expected = {
        "anna|call_made|*|*": 3,
        "anna|call_made|*|in": 2,
        "anna|:measurement|*|*": 1,
    }
    for key, count in expected.items():
        (row,) = [row for row in found.rows if row.key == key]
        assert row.fact == count
        said = activity.explain(found, key, "fact")
        listed = [
            event
            for event in department.log.find(said.trace)
            if isinstance(event.body, CallMade | StepCompleted)
        ]
        assert len(listed) == count, key
    norm = activity.explain(found, "anna|call_made|*|*", "norm")
    assert [event.kind for event in department.log.find(norm.trace)] == ["norm_set"]


def test_a_voided_entry_puts_no_deal_into_a_cohort(department: Department) -> None:
    for deal in ("a", "b", "c"):
        department.log_at(on(2), ProposalSent(deal=deal, seller="anna"))
    department.log_at(on(5), MeetingHeld(deal="a", seller="anna"))
    wrong = department.log_at(on(3), paid("anna", 10_000, "b"))
    gone = department.log_at(on(3), ProposalSent(deal="d", seller="anna"))
    department.log_at(on(4), paid("anna", 10_000, "a"))
    for target, kind in ((wrong, "payment_received"), (gone, "proposal_sent")):
        department.log_at(on(5), EventVoided(target=target, target_kind=kind, reason="double"))
    found = department.conversions(ask())
    key = "proposal_sent>payment_received|*"
    (row,) = [row for row in found.totals if row.key == key]
    assert (row.n, row.count, row.pending) == (3, 1, 2)
    said = conversions.explain(found, key, "n")
    deals = {event.deal for event in department.log.find(said.trace)}
    assert deals == {"a", "b", "c"}
