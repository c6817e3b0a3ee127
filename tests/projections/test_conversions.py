"""Conversions: what the denominator holds, who counts once, how a row is cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import pytest

from events.vocabulary import (
    CallMade,
    DealLost,
    DealOpened,
    DealWon,
    InvoiceIssued,
    LeadReceived,
    MeetingHeld,
    PaymentReceived,
    ProposalSent,
    StageEntered,
    StepCompleted,
)
from events.vocabulary.fact import Fact
from events.vocabulary.people import Recognition
from projections.period import month_of
from projections.question import Cut, Dials, Question, Reading
from projections.reports.conversions import ConversionRow, Conversions, conversions, explain
from projections.windows.conversions import load_conversions
from tests.projections.formulas import evaluate
from tests.projections.listed import Listed, facts
from tests.projections.worlds import of, settings

MONDAY = dt.date(2024, 4, 15)
APRIL = month_of(MONDAY)
Dated = tuple[dt.date, Fact]
SENT_PAID = (("proposal_sent", "payment_received"),)


def on(month: int, day: int, *bodies: Fact) -> list[Dated]:
    return [(dt.date(2024, month, day), body) for body in bodies]


def report(
    *dated: Dated,
    pairs: tuple[tuple[str, str], ...] = SENT_PAID,
    reading: Reading = "cohort",
    by: Cut = "seller",
    as_of: dt.date = dt.date(2024, 4, 30),
    sellers: tuple[str, ...] = (),
    recognition: Recognition = "payment",
) -> Conversions:
    question = Question(
        period=APRIL,
        dials=Dials(as_of=as_of, mode="evening"),
        pairs=pairs,
        reading=reading,
        by=by,
        sellers=sellers,
    )
    ground = settings(recognition)
    window = load_conversions(Listed(facts(*dated)), question, ground)
    return conversions(window, question, ground)


def sent(deal: str | None, seller: str = "ivanov", channel: str | None = None) -> Fact:
    return ProposalSent(deal=deal, seller=seller, channel=channel)


def paid(deal: str | None, seller: str = "ivanov", channel: str | None = None) -> Fact:
    return PaymentReceived(deal=deal, seller=seller, channel=channel, amount=100)


def only(found: Conversions, key: str = "proposal_sent>payment_received|*") -> ConversionRow:
    (row,) = [row for row in (*found.rows, *found.totals) if row.key == key]
    return row


def deals(count: int) -> list[str]:
    return [f"deal-{number:02}" for number in range(count)]


def test_eighteen_of_forty_is_forty_five_per_cent_between_31_and_60() -> None:
    found = report(
        *on(4, 2, *(sent(deal) for deal in deals(40))),
        *on(4, 9, *(paid(deal) for deal in deals(18))),
    )
    row = only(found)
    assert of(row, "n count share small") == (40, 18, Fraction(45, 100), False)
    assert row.low is not None
    assert row.high is not None
    assert (round(row.low * 100), round(row.high * 100)) == (31, 60)


def test_a_lost_deal_stays_in_the_denominator() -> None:
    found = report(*on(4, 2, sent("a"), sent("b"), sent("c"), paid("a"), DealLost(deal="b")))
    assert of(only(found), "n count pending") == (3, 1, 1)


def test_a_deal_counts_once_a_step_however_often_it_comes_back() -> None:
    found = report(
        *on(4, 2, sent("a"), sent("a"), sent("b")), *on(4, 9, paid("a"), paid("a"), sent("a"))
    )
    assert of(only(found), "n count") == (2, 1)


def test_only_the_first_entry_puts_a_deal_into_a_period() -> None:
    found = report(*on(3, 28, sent("old")), *on(4, 2, sent("old"), sent("new"), paid("old")))
    assert of(only(found), "n count") == (1, 0)


def test_a_late_entry_is_the_first_where_it_lies_first() -> None:
    dated = [*on(4, 9, sent("a", "boris")), *on(4, 2, sent("a", "anna"))]
    assert [row.cut for row in report(*dated).rows] == ["anna"]
    assert only(report(*on(4, 9, sent("a")), *on(3, 28, sent("a")))).n == 0


def test_what_a_cohort_does_after_the_period_counts_once_it_is_seen() -> None:
    dated = [*on(4, 2, sent("a")), *on(5, 6, paid("a"))]
    assert only(report(*dated)).count == 0
    assert only(report(*dated, as_of=dt.date(2024, 5, 6))).count == 1


def test_the_cut_is_taken_from_the_first_entry_into_the_first_step() -> None:
    found = report(
        *on(4, 2, sent("a", channel="fair"), sent("b", channel="site"), sent("c")),
        *on(4, 3, sent("a", channel="site")),
        *on(4, 9, paid("a", channel="site")),
        by="channel",
    )
    cuts = [(row.cut, row.n, row.count) for row in found.rows]
    assert cuts == [("fair", 1, 1), ("site", 1, 0), ("", 1, 0)]
    assert only(found, "proposal_sent>payment_received|").cut == ""


def test_sellers_add_up_to_the_total() -> None:
    found = report(
        *on(4, 2, sent("a", "anna"), sent("b", "boris"), sent("c", "boris")),
        *on(4, 9, paid("a", "boris"), paid("c", "anna")),
    )
    assert [(row.cut, row.n, row.count) for row in found.rows] == [
        ("anna", 1, 1), ("boris", 2, 1)
    ]  # fmt: skip
    assert of(only(found), "n count cut") == (3, 2, None)


def test_some_sellers_only_are_their_rows_and_their_sum() -> None:
    dated = on(4, 2, sent("a", "anna"), sent("b", "boris"))
    assert of(only(report(*dated, sellers=("anna",))), "n cut") == (1, None)
    assert only(report(*dated, sellers=("anna",), reading="period")).n == 1


def test_fewer_than_ten_are_small() -> None:
    assert only(report(*on(4, 2, *(sent(deal) for deal in deals(9))))).small
    assert not only(report(*on(4, 2, *(sent(deal) for deal in deals(10))))).small


def test_entries_that_name_no_deal_are_said() -> None:
    found = report(*on(4, 2, sent("a"), sent(None), sent(None)))
    assert of(only(found), "n loose") == (1, 2)


def test_by_period_events_are_set_against_events() -> None:
    dated = [
        *on(3, 28, sent("a")),
        *on(4, 2, sent("a"), sent("b"), sent(None)),
        *on(4, 9, paid("a"), paid("a"), paid("a"), paid("a")),
    ]
    row = only(report(*dated, reading="period"))
    assert of(row, "n count share") == (3, 4, Fraction(4, 3))
    assert of(row, "low high pending loose") == (None, None, None, None)


@pytest.mark.parametrize("figure", ["share", "low", "high"])
def test_what_is_not_known_is_explained_by_no_formula(figure: str) -> None:
    """More events of the second step than of the first are a share with no interval."""
    dated = [*on(4, 2, sent("a")), *on(4, 9, paid("a"), paid("a"))]
    found = report(*(dated if figure != "share" else dated[1:]), reading="period")
    said = explain(found, only(found).key, figure)
    assert (said.value, said.expression, said.terms) == (None, "", ())


def test_by_period_a_value_may_be_there_in_the_second_step_alone() -> None:
    found = report(
        *on(4, 2, sent("a", channel="fair"), paid("b", channel="site")),
        reading="period",
        by="channel",
    )
    assert [(row.cut, row.n, row.count, row.share) for row in found.rows] == [
        ("fair", 1, 0, 0), ("site", 0, 1, None)
    ]  # fmt: skip


def test_own_steps_and_stages_are_steps_by_name() -> None:
    dated = on(
        4, 2,
        StepCompleted(activity="measurement", deal="a"),
        StageEntered(stage="measurement", deal="b"),
        StageEntered(stage="contract", deal="a"),
        StageEntered(stage="contract", deal="a"),
    )  # fmt: skip
    pairs = ((":measurement", ":contract"),)
    key = ":measurement>:contract|*"
    assert of(only(report(*dated, pairs=pairs), key), "n count") == (2, 1)
    assert of(only(report(*dated, pairs=pairs, reading="period"), key), "n count") == (2, 2)


def test_stages_of_other_sellers_are_left_out() -> None:
    dated = on(
        4, 2,
        StageEntered(stage="contract", deal="a", seller="anna"),
        StageEntered(stage="contract", deal="b", seller="boris"),
    )  # fmt: skip
    pairs = ((":contract", ":act"),)
    found = report(*dated, pairs=pairs, reading="period", sellers=("anna",))
    assert only(found, ":contract>:act|*").n == 1


def test_the_usual_pairs_follow_the_chain_over_the_steps_in_use() -> None:
    found = report(
        *on(4, 2, CallMade(deal="a"), ProposalSent(deal="a"), InvoiceIssued(invoice="1", amount=9)),
        *on(4, 3, PaymentReceived(amount=9), LeadReceived(deal="a")),
        pairs=(),
    )
    assert [(row.step_from, row.step_to) for row in found.totals] == [
        ("call_made", "proposal_sent"),
        ("proposal_sent", "invoice_issued"),
        ("invoice_issued", "payment_received"),
        ("lead_received", "payment_received"),
        ("proposal_sent", "payment_received"),
    ]


def test_won_deals_stand_for_the_sale_where_they_are_logged() -> None:
    found = report(
        *on(3, 5, LeadReceived(deal="a"), ProposalSent(deal="a"), DealWon(deal="a", amount=9)),
        pairs=(),
        recognition="won",
    )
    assert [(row.step_from, row.step_to) for row in found.totals] == [
        ("proposal_sent", "deal_won"), ("lead_received", "deal_won")
    ]  # fmt: skip


def test_without_any_step_there_is_nothing_to_convert() -> None:
    assert report(*on(4, 2, DealOpened(deal="a")), pairs=()).totals == ()


def test_a_step_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="coffee_drunk: lead_received"):
        report(pairs=(("coffee_drunk", "deal_won"),))


def test_a_call_is_cut_by_its_length_and_a_deal_by_its_book() -> None:
    dated = on(4, 2, CallMade(deal="a", client="x", seconds=20), MeetingHeld(deal="a", client="x"))
    pairs = (("call_made", "meeting_held"),)
    assert [row.cut for row in report(*dated, pairs=pairs, by="bucket").rows] == ["short"]
    assert [row.cut for row in report(*dated, pairs=pairs, by="book").rows] == ["new"]


def world() -> Sequence[Dated]:
    return [
        *on(4, 2, *(sent(deal, channel="fair") for deal in deals(12)), sent("x", "anna")),
        *on(4, 9, *(paid(deal, channel="fair") for deal in deals(5)), sent("x", "anna")),
    ]


@pytest.mark.parametrize("reading", ["cohort", "period"])
def test_every_formula_works_out_to_its_figure(reading: Reading) -> None:
    found = report(*world(), reading=reading, by="channel")
    checked = 0
    for row in (*found.rows, *found.totals):
        for figure in ("share", "low", "high"):
            said = explain(found, row.key, figure)
            assert said.value == getattr(row, figure)
            if isinstance(said.value, Fraction):
                assert abs(evaluate(said) - said.value) < Fraction(1, 10**10)
                checked += 1
    assert checked == (9 if reading == "cohort" else 3)


def test_a_cohort_is_explained_by_its_deals() -> None:
    found = report(*world(), by="channel")
    entered = explain(found, "proposal_sent>payment_received|fair", "n")
    assert (entered.value, entered.trace.deals) == (12, tuple(deals(12)))
    assert entered.trace.kinds == ("proposal_sent",)
    reached = explain(found, "proposal_sent>payment_received|fair", "count")
    assert (reached.trace.kinds, reached.trace.deals) == (
        ("payment_received",), tuple(deals(5))
    )  # fmt: skip
    assert explain(found, "proposal_sent>payment_received|", "count").trace.deals == ("",)


def test_a_period_is_explained_by_its_days_and_its_cut() -> None:
    found = report(*world(), reading="period", by="channel")
    said = explain(found, "proposal_sent>payment_received|fair", "n")
    assert (said.value, said.events_sum) == (12, "count")
    assert said.trace.fields == (("channel", "fair"),)
    assert (said.trace.first, said.trace.last) == (APRIL.first, APRIL.last)
    by_seller = report(*world(), reading="period")
    said = explain(by_seller, "proposal_sent>payment_received|anna", "n")
    assert (said.value, said.trace.sellers) == (2, ("anna",))


def test_explaining_what_is_not_there_names_what_is() -> None:
    found = report(*world())
    with pytest.raises(KeyError, match="payment_received"):
        explain(found, "call_made>coffee|*", "n")
    with pytest.raises(KeyError, match="share"):
        explain(found, "proposal_sent>payment_received|*", "colour")
