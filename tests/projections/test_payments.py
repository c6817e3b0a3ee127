"""The payment plan of the day: the board of the feature page, and the promises for what is odd."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from events.vocabulary import CallMade, DealWon, HandedOver, MeetingHeld
from projections.reports.payments import Payments, explain
from projections.rounding import half_up
from tests.projections.formulas import evaluate
from tests.projections.payment_days import (
    MONDAY,
    Dated,
    K,
    ask,
    credit,
    history,
    invoice,
    on,
    paid,
    promise,
    report,
    row,
    written_off,
)
from tests.projections.worlds import of, plan


def board() -> list[Dated]:
    """The screen of feature P6: T = 1 980 000, of which 10 of 22 working days are due."""
    return [
        plan(1980 * K),
        paid(None, 610 * K, on(5)),
        *history("romashka", 67, 99),
        *history("sigma", 23, 25),
        invoice("1", 180 * K, on(1), client="romashka", seller="ivanov"),
        promise("1", 180 * K, on(8), on(11)),
        promise("1", 180 * K, on(12), on(15)),
        invoice("2", 70 * K, on(2), client="sigma", seller="sidorov"),
        promise("2", 70 * K, on(9), on(15)),
        invoice("3", 90 * K, on(4), client="vektor", seller="petrova"),
        invoice("4", 60 * K, on(8), (on(22), 60 * K), client="delta", seller="petrova"),
    ]


@pytest.fixture(scope="module")
def screen() -> Payments:
    return report(*board())


def thousands(value: Fraction | int) -> int:
    return half_up(Fraction(value) / K)


def test_the_sums_of_the_feature_page(screen: Payments) -> None:
    total = screen.total
    named = "cash_plan cash_fact need listed covered short"
    assert [thousands(getattr(total, name)) for name in named.split()] == [
        900, 610, 290, 400, 220, 70
    ]  # fmt: skip
    assert screen.cash_plan_source == "target"
    assert (total.days_done, total.days) == (10, 22)


@pytest.mark.parametrize(
    ("key", "client", "seller", "amount", "broken", "expected", "step"),
    [
        ("1", "romashka", "ivanov", 180, 1, 81, "call"),
        ("2", "sigma", "sidorov", 70, 0, 64, "await"),
        ("3", "vektor", "petrova", 90, 0, 45, "date"),
        ("4", "delta", "petrova", 60, 0, 30, "sooner"),
    ],
)
def test_the_lines_of_the_feature_page(
    screen: Payments,
    key: str,
    client: str,
    seller: str,
    amount: int,
    broken: int,
    expected: int,
    step: str,
) -> None:
    one = row(screen, key)
    assert of(one, "client seller broken step control") == (client, seller, broken, step, True)
    assert (thousands(one.open), thousands(one.expected)) == (amount, expected)


def test_the_words_of_the_clients_on_the_feature_page(screen: Payments) -> None:
    assert row(screen, "1").reliability == Fraction(67, 100)
    assert row(screen, "2").reliability == Fraction(92, 100)
    assert not row(screen, "1").mixed
    assert row(screen, "3").mixed
    assert [one.key for one in screen.rows] == ["1", "2", "3", "4"]
    assert [p.outcome for p in row(screen, "1").promises] == ["broken", "pending"]


def test_every_formula_of_the_board_comes_to_its_figure(screen: Payments) -> None:
    checked = 0
    for one in (*screen.rows, screen.total):
        aside = screen.aside if one is screen.total else ()
        for column in (*screen.columns, *aside):
            if column.unit == "text":
                continue
            said = explain(screen, one.key, column.key)
            if said.expression:
                assert evaluate(said) == getattr(one, column.key), (one.key, column.key)
                checked += 1
    assert checked > 20


def test_others_are_not_needed_once_the_need_is_covered() -> None:
    found = report(
        plan(22 * K),
        invoice("big", 16 * K, on(1)),
        invoice("small", 8 * K, on(1)),
        invoice("least", 2 * K, on(1)),
    )
    assert found.total.need == 10 * K
    assert [(one.key, one.control, one.step) for one in found.rows] == [
        ("big", True, "date"), ("small", True, "date"), ("least", False, "not_today"),
    ]  # fmt: skip
    assert of(found.total, "covered short") == (12 * K, 0)


def test_nothing_is_needed_on_the_line() -> None:
    found = report(plan(22 * K), paid(None, 10 * K, on(3)), invoice("1", K, on(1)))
    assert of(found.total, "need short listed") == (0, 0, 0)
    assert row(found, "1").step == "not_today"


def test_a_partial_payment_leaves_the_right_remainder() -> None:
    found = report(
        invoice("7", 90, on(1), (on(5), 30), (on(15), 30), (on(25), 30)), paid("7", 40, on(4))
    )
    assert [(one.key, one.open, one.when) for one in sorted(found.rows, key=lambda r: r.key)] == [
        ("7#2", 20, "today"), ("7#3", 30, "later")
    ]  # fmt: skip
    assert found.total.open == 50


def test_a_payment_may_name_the_instalment_it_is_for() -> None:
    due = ((on(5), 30), (on(15), 30), (on(25), 30))
    found = report(invoice("7", 90, on(1), *due), paid("7", 40, on(4), 2))
    assert {one.key: one.open for one in found.rows} == {"7#1": 20, "7#2": 30}


def test_a_full_refund_is_nothing_net() -> None:
    found = report(
        invoice("1", 100, on(2)), paid("1", 100, on(3)), credit("1", 100, on(9), refund=True)
    )
    assert found.rows == ()
    assert (found.total.open, found.total.cash_fact) == (0, 0)
    assert evaluate(explain(found, "department", "cash_fact")) == 0


def test_credit_notes_and_write_offs_are_asked_for_no_more() -> None:
    found = report(
        invoice("1", 100, on(2)), credit("1", 30, on(3)), written_off("1", 20, on(4)),
        paid("1", 10, on(5)),
    )  # fmt: skip
    assert row(found, "1").open == 40
    said = explain(found, "1", "open")
    assert [term.value for term in said.terms] == [100, 10, 30, 20]


def test_an_overpaid_invoice_owes_nothing_and_is_owed_nothing_by_others() -> None:
    found = report(invoice("1", 100, on(2)), paid("1", 150, on(3)), invoice("2", 40, on(2)))
    assert (found.total.open, [one.key for one in found.rows]) == (40, ["2"])
    assert evaluate(explain(found, "department", "open")) == 40


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ([paid("1", 100, on(11))], "kept"),
        ([paid("1", 60, on(9)), paid("1", 40, on(11))], "kept"),
        ([paid("1", 99, on(11)), paid("1", 1, on(12))], "broken"),
        ([paid("1", 100, on(12))], "broken"),
        ([credit("1", 100, on(10))], "lapsed"),
        ([credit("1", 60, on(10)), paid("1", 40, on(11))], "kept"),
        ([written_off("1", 100, on(12))], "broken"),
    ],
)
def test_a_promise_is_kept_if_paid_in_full_by_its_day(told: list[Dated], outcome: str) -> None:
    found = report(
        invoice("1", 150, on(1)), paid("1", 50, on(2)), promise("1", 100, on(8), on(11)), *told,
        invoice("2", 10, on(1)),
    )  # fmt: skip
    word = found.basis.everyone
    expected = {"kept": (1, 1), "broken": (0, 1), "lapsed": (0, 0)}[outcome]
    assert (word.kept, word.judged) == expected


def test_a_promise_can_be_kept_until_its_day_is_over() -> None:
    dated = (invoice("1", 100, on(1)), promise("1", 100, on(8), on(15)))
    for mode in ("morning", "evening"):
        found = report(*dated, question=ask(MONDAY, mode))
        assert row(found, "1").promises[0].outcome == "pending"
        assert found.total.promised_today == 100
    assert row(report(*dated, question=ask(on(16))), "1").broken == 1


def test_few_promises_are_mixed_with_those_of_all_clients() -> None:
    found = report(
        *history("old", 10, 16), *history("new", 0, 4), invoice("1", K, on(1), client="new")
    )
    assert row(found, "1").reliability == (0 + 5 * Fraction(10, 20)) / (4 + 5)
    assert row(found, "1").mixed
    more = report(
        *history("old", 10, 16), *history("new", 1, 5), invoice("1", K, on(1), client="new")
    )
    assert row(more, "1").reliability == Fraction(1, 5)


def test_money_nobody_promised_is_worth_no_more_than_the_word_of_the_client() -> None:
    said = report(*history("bad", 1, 5), invoice("1", 100, on(1), client="bad"))
    assert row(said, "1").expected == 20
    assert evaluate(explain(said, "1", "expected")) == 20


def test_the_first_promise_there_ever_was_is_an_even_chance() -> None:
    found = report(invoice("1", 100, on(1)), promise("1", 100, on(8), on(20)))
    assert of(row(found, "1"), "reliability expected") == (None, 50)
    assert evaluate(explain(found, "1", "expected")) == 50


def test_open_money_stands_on_the_day_it_is_agreed_for() -> None:
    found = report(
        invoice("late", 10, on(1), (on(10), 10)),
        invoice("due", 20, on(1), (MONDAY, 20)),
        invoice("moved", 40, on(1), (on(5), 40)),
        promise("moved", 40, on(8), MONDAY),
        invoice("half", 80, on(1), (on(30), 80)),
        promise("half", 30, on(8), on(18)),
        invoice("may", 160, on(1), (on(3, 5), 160)),
        invoice("none", 320, on(1)),
    )
    total, plan_of = found.total, found.schedule
    assert of(total, "overdue due_today promised_today") == (10, 20, 40)
    assert (plan_of.before, plan_of.later, plan_of.undated) == (10, 160, 320)
    assert [(day.day, day.amount, day.promised) for day in plan_of.days] == [
        (MONDAY, 60, 40), (on(18), 30, 30), (on(30), 50, 0)
    ]  # fmt: skip


def test_a_later_word_replaces_the_one_before() -> None:
    found = report(
        invoice("1", 100, on(1)), promise("1", 100, on(8), on(17)), promise("1", 100, on(9), on(20))
    )
    assert row(found, "1").promised == on(20)
    assert [day.day for day in found.schedule.days] == [on(20)]


def test_a_day_promised_in_vain_stands_where_no_other_is_agreed() -> None:
    found = report(
        invoice("1", 10, on(1)), promise("1", 10, on(2), on(5)),
        invoice("2", 20, on(1), (on(22), 20)), promise("2", 20, on(2), on(5)),
    )  # fmt: skip
    assert {one.key: one.when for one in found.rows} == {"1": "overdue", "2": "later"}
    assert (found.total.overdue, found.schedule.undated) == (10, 0)


def test_where_plans_are_not_of_cash_the_dates_agreed_at_the_start_are_the_plan() -> None:
    found = report(
        plan(9000 * K),
        invoice("a", 100, on(20, 3), (on(10), 100)),
        invoice("b", 50, on(20, 3), (on(15), 50)),
        invoice("old", 7, on(1, 3), (on(20, 3), 7)),
        invoice("fresh", 900, on(2), (on(9), 900)),
        paid("a", 30, on(9)),
        recognition="invoice",
    )
    assert found.cash_plan_source == "agreed"
    assert of(found.total, "cash_plan cash_fact need") == (100, 30, 70)
    assert evaluate(explain(found, "department", "cash_plan")) == 100
    assert explain(found, "department", "cash_fact").events_sum is None


def test_an_invoice_is_controlled_by_whoever_has_the_client_now() -> None:
    handed = HandedOver(seller="ivanov", to="petrova", client="delta")
    dated = (
        invoice("1", 100, on(1), client="delta", seller="ivanov"),
        (on(3), handed),
        invoice("2", 50, on(4), client="delta", seller="sidorov"),
    )
    found = report(*dated)
    assert {one.key: one.seller for one in found.rows} == {"1": "petrova", "2": "sidorov"}
    hers = report(*dated, question=ask(sellers=("petrova",)))
    assert [one.key for one in hers.rows] == ["1"]
    assert explain(hers, "department", "open").trace.sellers == ("ivanov",)


@pytest.mark.parametrize(("calls", "relevant"), [(1, False), (2, True)])
def test_sales_of_one_touch_need_no_payment_plan(calls: int, relevant: bool) -> None:
    touched: list[Dated] = [
        (on(2), CallMade(deal=deal, client="c")) for deal in "abc" for _ in range(calls)
    ]
    touched.append((on(3), MeetingHeld(deal="a")))
    won: list[Dated] = [(on(5), DealWon(deal=deal)) for deal in "abc"]
    found = report(*touched, *won)
    assert found.touches == calls
    assert found.relevant == relevant


def test_old_sales_say_nothing_about_touches_now() -> None:
    old = dt.date(2023, 12, 1)
    calls: list[Dated] = [(old, CallMade(deal="old")) for _ in range(9)]
    found = report(
        *calls, (old, DealWon(deal="old")), (on(2), CallMade(deal="a")), (on(3), DealWon(deal="a"))
    )
    assert found.touches == 1


def test_where_touches_are_not_known_the_plan_is_shown() -> None:
    found = report((on(5), DealWon(deal="a")))
    assert (found.touches, found.relevant) == (None, True)


def test_a_figure_or_a_row_that_is_none_is_refused(screen: Payments) -> None:
    for key, figure in (("99", "open"), ("1", "need"), ("1", "client")):
        with pytest.raises(KeyError):
            explain(screen, key, figure)


def test_a_day_is_explained_by_its_events(screen: Payments) -> None:
    said = explain(screen, "1", "promised")
    assert (said.value, said.trace.fields) == ("2024-04-15", (("invoice", "1"),))
    assert explain(screen, "4", "due").value == "2024-04-22"
    assert isinstance(row(screen, "4").due, dt.date)
