"""Activities against norms: whose norm holds on which day, by hand or from the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import msgspec
import pytest

from events.vocabulary import (
    AbsenceSet,
    CallMade,
    DealWon,
    InvoiceIssued,
    MeetingHeld,
    NormSet,
    OrderPlaced,
    PaymentReceived,
    PresentationGiven,
    ProposalSent,
    RoleSet,
    SellerHired,
    SellerLeft,
    StepCompleted,
)
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition
from events.vocabulary.plans import Per
from projections.period import Period, month_of
from projections.question import Dials, Mode, Question
from projections.reports.activity import Activity, ActivityRow, activity, explain
from projections.source import Version
from projections.windows.activity import load_activity
from tests.projections.formulas import evaluate
from tests.projections.listed import Listed, facts
from tests.projections.worlds import LONG_AGO, hired, of, plan, settings

MONDAY = dt.date(2024, 4, 15)
APRIL = month_of(MONDAY)
Dated = tuple[dt.date, Fact]


def april(number: int) -> dt.date:
    return dt.date(2024, 4, number)


def norm(count: int, since: dt.date = LONG_AGO, per: Per = "day", **more: str) -> Dated:
    fields = {"activity": "call_made", "count": count, "per": per, "since": since, **more}
    return LONG_AGO, msgspec.convert({"kind": "norm_set", **fields}, NormSet)


def call(day: int, seller: str | None = "ivanov", **more: str) -> Dated:
    body = msgspec.convert({"kind": "call_made", "seller": seller, **more}, CallMade)
    return april(day), body


def report(
    *dated: Dated,
    versions: Sequence[Version] = (),
    as_of: dt.date = MONDAY,
    mode: Mode = "morning",
    period: Period = APRIL,
    per: Per = "month",
    recognition: Recognition = "payment",
    sellers: tuple[str, ...] = (),
    known_at: dt.datetime | None = None,
) -> Activity:
    question = Question(
        period=period,
        dials=Dials(as_of=as_of, mode=mode, known_at=known_at),
        per=per,
        sellers=sellers,
    )
    ground = settings(recognition)
    books = {"old": "existing", "young": "new"}
    source = Listed([*facts(*dated), *versions], books)
    return activity(load_activity(source, question, ground), question, ground)


def only(found: Activity, key: str) -> ActivityRow:
    (row,) = [row for row in (*found.rows, *found.department) if row.key == key]
    return row


CALLS = "ivanov|call_made|*|*"


def test_a_norm_by_hand_is_due_for_every_working_day_passed() -> None:
    found = report(*hired("ivanov"), norm(70), *(call(5) for _ in range(43)))
    row = only(found, CALLS)
    assert of(row, "fact norm deviation norm_source") == (43, 700, -657, "hand")
    assert row.percent == Fraction(4300, 700)
    assert only(report(*hired("ivanov"), norm(70), mode="evening"), CALLS).norm == 770


def test_a_past_day_is_judged_by_the_norm_of_that_day() -> None:
    early = [*hired("ivanov"), norm(40), call(1)]
    before = report(*early, as_of=april(5), mode="evening")
    after = report(*early, norm(50, april(8)), as_of=april(9), mode="evening")
    assert only(before, CALLS).by_day == only(after, CALLS).by_day[:5]
    assert only(after, CALLS).norm == 5 * 40 + 2 * 50


def test_the_later_recorded_norm_of_the_same_day_holds() -> None:
    found = report(*hired("ivanov"), norm(40), norm(45, april(8)), norm(50, april(8)))
    assert only(found, CALLS).norm == 5 * 40 + 5 * 50


def test_a_norm_recorded_out_of_order_does_not_cover_a_later_one() -> None:
    found = report(*hired("ivanov"), norm(50, april(8)), norm(40))
    assert only(found, CALLS).norm == 5 * 40 + 5 * 50


def test_the_narrowest_scope_holds() -> None:
    people = [
        (LONG_AGO, SellerHired(seller="anna", name="A", team="north", role="closer")),
        (LONG_AGO, SellerHired(seller="boris", name="B", team="north", role="farmer")),
        (LONG_AGO, SellerHired(seller="vera", name="V", team="south", role="farmer")),
        *hired("gleb"),
    ]
    found = report(
        *people,
        norm(1, seller="anna"),
        norm(10, role="closer"),
        norm(20, role="farmer", team="north"),
        norm(100, team="north"),
        norm(1000),
    )
    due = {row.seller: row.norm for row in found.rows}
    assert due == {"anna": 10, "boris": 200, "vera": 10_000, "gleb": 10_000}


def test_a_seller_has_the_norm_of_the_role_of_the_day() -> None:
    promoted = (april(8), RoleSet(seller="ivanov", role="closer"))
    found = report(*hired("ivanov"), promoted, norm(70), norm(10, role="closer"))
    assert only(found, CALLS).norm == 5 * 70 + 5 * 10


def test_a_norm_may_change_in_the_middle_of_a_week_and_so_may_a_role() -> None:
    changed = report(*hired("ivanov"), norm(40), norm(50, april(10)), as_of=april(13))
    assert only(changed, CALLS).norm == 5 * 40 + 2 * 40 + 3 * 50
    promoted = (april(10), RoleSet(seller="ivanov", role="closer"))
    found = report(*hired("ivanov"), promoted, norm(70), norm(10, role="closer"))
    assert only(found, CALLS).norm == 7 * 70 + 3 * 10


def test_a_weekly_or_monthly_norm_is_spread_over_the_sellers_days_of_it() -> None:
    weekly = only(report(*hired("ivanov"), norm(12, per="week")), CALLS)
    assert weekly.norm == 24
    monthly = only(report(*hired("ivanov"), norm(44, per="month")), CALLS)
    assert monthly.norm == 20
    leave = (LONG_AGO, AbsenceSet(seller="ivanov", first=april(8), last=april(10)))
    shorter = only(report(*hired("ivanov"), leave, norm(12, per="week"), as_of=april(12)), CALLS)
    assert shorter.norm == 12 + 6


def test_a_norm_is_due_only_while_one_works() -> None:
    dated = (
        (april(8), SellerHired(seller="new", name="N")),
        (april(10), SellerLeft(seller="new")),
        norm(70),
    )
    assert only(report(*dated), "new|call_made|*|*").norm == 3 * 70


def test_zero_takes_the_norm_away_and_none_is_derived_instead() -> None:
    found = report(*worked_example(), norm(0), call(1))
    assert of(only(found, CALLS), "norm norm_source deviation") == (None, None, None)


def test_books_and_directions_are_counted_and_normed_apart() -> None:
    found = report(
        *hired("ivanov"),
        norm(20, book="new"),
        norm(10, direction="in"),
        call(1, client="young"),
        call(1, client="young", direction="in"),
        call(2, client="old"),
        call(3),
    )
    facts_ = {row.key.partition("|call_made|")[2]: row.fact for row in found.rows}
    assert facts_ == {
        "*|*": 4,
        "new|*": 2,
        "existing|*": 1,
        "*|in": 1,
        "*|out": 3,
        "new|in": 1,
        "new|out": 1,
        "existing|out": 1,
    }
    assert only(found, "ivanov|call_made|new|*").norm == 200
    assert only(found, "ivanov|call_made|*|in").norm == 100
    assert only(found, "ivanov|call_made|*|out").norm is None


def test_the_whole_has_the_sum_of_its_parts_norms_where_it_has_none_itself() -> None:
    parts = [norm(20, book="new"), norm(10, book="existing"), norm(15, direction="in")]
    assert only(report(*hired("ivanov"), *parts), CALLS).norm == 300
    assert only(report(*hired("ivanov"), *parts, norm(70)), CALLS).norm == 700
    crossed = [norm(8, book="new", direction="out"), norm(3, book="new", direction="in")]
    found = report(*hired("ivanov"), *crossed)
    assert only(found, CALLS).norm == 110
    assert only(found, "ivanov|call_made|new|*").norm == 110


def worked_example() -> list[Dated]:
    """A quarter in which a thousandth of 12,500 calls to 324 payments was done each day."""
    day = dt.date(2024, 2, 14)
    bodies: list[Fact] = [
        *[CallMade(seller="ivanov")] * 1250,
        *[MeetingHeld(seller="ivanov")] * 150,
        *[PresentationGiven(seller="ivanov")] * 72,
        *[ProposalSent(seller="ivanov")] * 90,
    ]
    bodies += [InvoiceIssued(invoice=str(one), seller="ivanov", amount=1) for one in range(40)]
    bodies += [PaymentReceived(seller="ivanov", amount=7_500_000)] * 36
    return [*hired("ivanov"), plan(300_000_000, "ivanov"), *((day, body) for body in bodies)]


def test_without_a_norm_by_hand_it_follows_from_the_plan() -> None:
    found = report(*worked_example(), as_of=april(1), mode="evening")
    per_day = {row.activity: row.norm for row in found.rows}
    deals = Fraction(40, 22)
    assert per_day == {
        "payment_received": deals,
        "invoice_issued": deals * Fraction(40, 36),
        "proposal_sent": deals * Fraction(90, 36),
        "presentation_given": deals * 2,
        "meeting_held": deals * Fraction(150, 36),
        "call_made": deals * Fraction(1250, 36),
    }
    assert {row.norm_source for row in found.rows} == {"plan"}


def test_leave_raises_the_norm_of_the_days_left() -> None:
    leave = (LONG_AGO, AbsenceSet(seller="ivanov", first=april(22), last=april(24)))
    plain, shorter = (
        only(report(*worked_example(), *more, as_of=april(1), mode="evening"), CALLS).norm
        for more in ((), (leave,))
    )
    assert plain is not None
    assert shorter == plain * Fraction(22, 19)


def test_a_month_keeps_its_derived_norm_whatever_happens_in_it() -> None:
    example = worked_example()
    busy = [call(day) for day in (2, 3, 4) for _ in range(50)]
    before = only(report(*example, as_of=april(5)), CALLS)
    after = only(report(*example, *busy, as_of=april(29)), CALLS)
    assert {norm for _, _, norm in after.by_day} == {norm for _, _, norm in before.by_day}


def test_who_has_no_history_is_normed_by_the_departments_chain() -> None:
    found = report(*worked_example(), *hired("new"), plan(300_000_000, "new"))
    assert only(found, "new|call_made|*|*").norm == only(found, CALLS).norm


def test_a_norm_by_hand_stands_before_the_derived_one() -> None:
    found = report(*worked_example(), norm(70, april(8)), as_of=april(9), mode="evening")
    row = only(found, CALLS)
    derived = Fraction(40, 22) * Fraction(1250, 36)
    assert [due for _, _, due in row.by_day] == [derived] * 5 + [70] * 2
    assert row.norm == 5 * derived + 140
    assert row.norm_source == "hand"


def test_the_department_is_the_sum_of_its_sellers() -> None:
    found = report(
        *hired("anna", "boris"), norm(20), call(1, "anna"), call(2, "boris"), call(3, None)
    )
    department = only(found, "*|call_made|*|*")
    assert of(department, "fact norm deviation norm_source") == (3, 400, -397, "hand")
    assert only(found, "-|call_made|*|*").norm is None
    assert department.by_day[:3] == tuple((april(day), 1, Fraction(40)) for day in (1, 2, 3))


def test_the_strip_has_the_days_worked_and_those_with_a_deed() -> None:
    row = only(report(*hired("ivanov"), norm(2), call(6), as_of=april(8)), CALLS)
    assert row.by_day == (
        *((april(day), 0, 2) for day in (1, 2, 3, 4, 5)),
        (april(6), 1, None),
        (april(8), 0, 2),
    )
    assert row.norm == 10


def test_own_steps_and_deals_won_are_activities_and_unused_ones_are_not_listed() -> None:
    found = report(
        *hired("ivanov"),
        (april(1), StepCompleted(activity="measurement", seller="ivanov")),
        (april(1), DealWon(deal="7", seller="ivanov")),
    )
    assert [row.activity for row in found.rows] == ["deal_won", ":measurement"]


def test_where_an_order_is_a_sale_orders_are_an_activity() -> None:
    order = (april(1), OrderPlaced(seller="ivanov", amount=100))
    assert report(*hired("ivanov"), order).rows == ()
    found = report(*hired("ivanov"), order, recognition="order")
    assert [row.activity for row in found.rows] == ["order_placed"]


@pytest.mark.parametrize(
    ("per", "mode", "first", "last"),
    [
        ("month", "morning", 1, 30),
        ("week", "morning", 8, 14),
        ("week", "evening", 15, 21),
        ("day", "morning", 12, 12),
        ("day", "evening", 15, 15),
    ],
)
def test_a_day_or_a_week_is_the_last_one_that_was_worked(
    per: Per, mode: Mode, first: int, last: int
) -> None:
    found = report(*hired("ivanov"), norm(10), per=per, mode=mode)
    assert found.question.period == Period(april(first), april(last))


def test_a_period_that_is_a_day_stays_that_day() -> None:
    today = Period(MONDAY, MONDAY)
    found = report(*hired("ivanov"), norm(10), period=today, per="day")
    assert found.question.period == today
    assert only(found, CALLS).norm == 0


def test_some_sellers_only_are_their_rows_and_their_sum() -> None:
    found = report(*hired("anna", "boris"), call(1, "anna"), call(1, "boris"), sellers=("anna",))
    assert {row.seller for row in found.rows} == {"anna"}
    assert only(found, "*|call_made|*|*").fact == 1


def test_every_norm_works_out_from_its_formula() -> None:
    found = report(
        *worked_example(),
        *hired("boris"),
        plan(100_000_000, "boris"),
        norm(70, april(8)),
        norm(4, april(2), activity="meeting_held", per="week"),
        call(2, client="young"),
        norm(3, book="new"),
    )
    checked = 0
    for row in (*found.rows, *found.department):
        for figure in ("norm", "deviation", "percent"):
            said = explain(found, row.key, figure)
            assert said.value == getattr(row, figure)
            if said.value is not None:
                assert evaluate(said) == said.value, (row.key, figure)
                checked += 1
    assert checked > 30


def test_explaining_a_fact_names_the_kind_the_seller_and_the_days() -> None:
    found = report(
        *hired("ivanov"),
        call(1, direction="in"),
        call(2, None),
        (april(1), StepCompleted(activity="measurement", seller="ivanov")),
    )
    said = explain(found, "ivanov|call_made|*|in", "fact")
    assert (said.value, said.events_sum, said.expression) == (1, "talks", "")
    assert (said.trace.kinds, said.trace.sellers) == (("call_made",), ("ivanov",))
    assert said.trace.fields == (("direction", "in"),)
    assert (said.trace.first, said.trace.last) == (APRIL.first, MONDAY)
    assert explain(found, "-|call_made|*|*", "fact").trace.sellers == ("",)
    step = explain(found, "ivanov|:measurement|*|*", "fact").trace
    assert (step.kinds, step.fields) == (("step_completed",), (("activity", "measurement"),))


def test_explaining_what_is_not_there_names_what_is() -> None:
    found = report(*hired("ivanov"), call(1))
    with pytest.raises(KeyError, match=r"ivanov\|call_made"):
        explain(found, "nobody|call_made|*|*", "fact")
    with pytest.raises(KeyError, match="percent"):
        explain(found, CALLS, "colour")
