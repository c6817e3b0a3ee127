"""The effect of corrections by replay, and what the head learns from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from events.vocabulary import (
    CallMade,
    CorrectionAgreed,
    CorrectionReviewed,
    MeetingHeld,
    PaymentReceived,
    PlanSet,
    SellerHired,
    SellerLeft,
    StandupStarted,
)
from events.vocabulary.fact import Fact
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.corrections import CorrectionRow, Corrections, corrections_report, explain
from projections.source import Version
from projections.windows.corrections import load_corrections
from tests.projections.listed import Listed, facts
from tests.projections.worlds import of, settings

START = dt.date(2024, 3, 1)
AGREED = dt.date(2024, 4, 8)
WEEK_BEFORE = [dt.date(2024, 4, day) for day in (1, 2, 3, 4, 5)]
WEEK_AFTER = [dt.date(2024, 4, day) for day in (8, 9, 10, 11, 12)]
MONDAY = dt.date(2024, 4, 15)


def hired(*sellers: str) -> Iterator[tuple[dt.date, Fact]]:
    for seller in sellers:
        yield START, SellerHired(seller=seller, name=seller.capitalize())
        yield START, PlanSet(month="2024-04", seller=seller, amount=1_000_000)


def calls(
    days: list[dt.date], a_day: int, seller: str = "ivanov"
) -> Iterator[tuple[dt.date, Fact]]:
    for day in days:
        for _ in range(a_day):
            yield day, CallMade(seller=seller, seconds=90)


def agreed(
    key: str = "a", metric: str = "call_made", day: dt.date = AGREED, topic: str | None = None
) -> tuple[dt.date, Fact]:
    body = CorrectionAgreed(correction=key, seller="ivanov", metric=metric, before="8",
                            target="16", until=day + dt.timedelta(days=2), action="Call first",
                            topic=topic)  # fmt: skip
    return day, body


def asked(
    versions: list[Version], day: dt.date = MONDAY, known_at: dt.datetime | None = None
) -> Corrections:
    question = Question(period=month_of(day), dials=Dials(as_of=day, known_at=known_at))
    window = load_corrections(Listed(versions), question, settings())
    return corrections_report(window, question, settings())


def only(report: Corrections, key: str = "a") -> CorrectionRow:
    return next(row for row in report.rows if row.key == key)


def story(after: int = 16) -> list[tuple[dt.date, Fact]]:
    return [*hired("ivanov"), *calls(WEEK_BEFORE, 8), agreed(), *calls(WEEK_AFTER, after)]


def test_counts_are_compared_over_five_working_days_on_either_side() -> None:
    row = only(asked(facts(*story())))
    assert of(row, "was became change") == (8, 16, 2)
    assert (row.days_before, row.days_after, row.n) == (5, 5, 120)
    assert row.outcome == "moved"
    assert only(asked(facts(*story(9)))).outcome == "not_moved"


def test_until_the_days_are_over_it_is_too_early() -> None:
    row = only(asked(facts(*story()), dt.date(2024, 4, 11)))
    assert (row.outcome, row.days_after, row.settled) == ("too_early", 3, None)
    assert row.became == 16


def test_absence_of_events_is_no_proof_either() -> None:
    row = only(asked(facts(*hired("ivanov"), *calls(WEEK_BEFORE[:1], 3), agreed())))
    assert (row.outcome, row.n) == ("too_early", 3)


def test_shares_money_and_checks_have_their_own_comparison() -> None:
    def world(metric: str) -> list[Version]:
        told: list[tuple[dt.date, Fact]] = [*hired("ivanov"), agreed(metric=metric)]
        for days, met, amount in ((WEEK_BEFORE, 2, 100_00), (WEEK_AFTER, 8, 300_00)):
            told += calls(days, 10)
            for day in days:
                told += [(day, MeetingHeld(seller="ivanov")) for _ in range(met)]
                told += [
                    (day, PaymentReceived(seller="ivanov", amount=amount + place * 1_00))
                    for place in range(3)
                ]
        return facts(*sorted(told, key=lambda each: each[0]))

    share = only(asked(world("call_made>meeting_held")))
    assert (share.unit, share.was, share.became) == ("share", Fraction(1, 5), Fraction(4, 5))
    assert share.outcome == "moved"
    money = only(asked(world("revenue")))
    assert of(money, "unit was became") == ("money", 303_00, 903_00)
    assert money.outcome == "moved"
    check = only(asked(world("average_check")))
    assert of(check, "was became outcome") == (101_00, 301_00, "moved")


def test_the_effect_does_not_change_by_whatever_happens_afterwards() -> None:
    told = story()
    then = only(asked(facts(*told)))
    later = [dt.date(2024, 4, day) for day in range(15, 27)]
    now = only(asked(facts(*told, *calls(later, 40)), dt.date(2024, 4, 29)))
    assert replace(now, state=then.state, review=then.review) == then


def test_what_was_recorded_later_is_counted_named_and_told_apart() -> None:
    told = story(9)
    versions = facts(*told)
    night = "2024-04-15T18:00:00.000000Z"
    late = [
        replace(version, seq=version.seq + 1000, id=f"late{version.seq}", recorded_at=night)
        for version in facts(*calls(WEEK_AFTER, 8))
    ]
    report = asked([*versions, *late], dt.date(2024, 4, 16))
    row = only(report)
    assert row.late == 40
    assert (row.outcome_then, row.outcome) == ("not_moved", "moved")
    why = explain(report, "a", "late")
    assert why.recorded_after is not None
    assert why.recorded_after.date() == WEEK_AFTER[-1]
    assert (why.trace.kinds, why.trace.sellers) == (("call_made",), ("ivanov",))
    before = asked(
        [*versions, *late], dt.date(2024, 4, 16), dt.datetime(2024, 4, 14, tzinfo=dt.UTC)
    )
    assert only(before).outcome == "not_moved"
    assert only(before).late == 0


def test_the_numbers_put_in_give_the_figure() -> None:
    report = asked(facts(*story()))
    for figure, numbers in (("was", (40, 5)), ("became", (80, 5)), ("change", (16, 8))):
        why = explain(report, "a", figure)
        one, two = (term.value for term in why.terms)
        assert (one, two) == numbers
        assert isinstance(one, int | Fraction)
        assert isinstance(two, int | Fraction)
        assert Fraction(one) / two == why.value


def test_the_morning_begins_with_what_was_agreed_last_or_is_due() -> None:
    standups: list[tuple[dt.date, Fact]] = [
        (day, StandupStarted(standup=f"{day}")) for day in WEEK_AFTER
    ]
    told = [
        *hired("ivanov"),
        *sorted(
            [
                *standups,
                agreed("old", day=WEEK_AFTER[0]),
                agreed("answered", day=WEEK_AFTER[0]),
                agreed("yesterday", day=WEEK_AFTER[2]),
                (
                    WEEK_AFTER[1],
                    CorrectionReviewed(correction="answered", seller="ivanov", verdict="done"),
                ),
            ],
            key=lambda each: each[0],
        ),
    ]
    report = asked(facts(*told), WEEK_AFTER[3])
    assert [row.key for row in report.to_review] == ["old", "yesterday"]
    assert report.last_standup == WEEK_AFTER[2]
    assert only(report, "old").state == "overdue"
    today = (WEEK_AFTER[3], CorrectionReviewed(correction="old", seller="ivanov", verdict="done"))
    answered = asked(facts(*told, today), WEEK_AFTER[3])
    assert [row.key for row in answered.to_review] == ["yesterday", "old"]


def test_who_lags_without_a_correction_is_named_first() -> None:
    told = [*hired("ivanov", "petrova"), *calls(WEEK_BEFORE, 1), agreed()]
    report = asked(facts(*told))
    assert [it.seller for it in report.sellers if it.uncorrected] == ["petrova"]
    assert {it.seller: it.open for it in report.sellers} == {"ivanov": 1, "petrova": 0}


def test_a_topic_three_times_in_ten_standups_without_moving_needs_training() -> None:
    days = [*WEEK_BEFORE, *WEEK_AFTER]
    standups: list[tuple[dt.date, Fact]] = [(day, StandupStarted(standup=f"{day}")) for day in days]
    march = [dt.date(2024, 3, day) for day in range(18, 31)]
    flat = [*calls(march, 9), *calls(days, 9)]
    three = [agreed(f"c{place}", day=days[place], topic="opening") for place in (0, 2, 4)]

    def training(*told: tuple[dt.date, Fact]) -> list[tuple[str, str, int]]:
        ordered = sorted([*hired("ivanov"), *standups, *told], key=lambda each: each[0])
        report = asked(facts(*ordered))
        return [(it.seller, it.topic, it.times) for it in report.training]

    assert training(*flat, *three) == [("ivanov", "opening", 3)]
    assert training(*flat, *three[:2]) == []
    more = calls(WEEK_AFTER, 30)
    assert training(*flat, *more, *three) == []


def test_the_head_learns_what_was_done_on_time_and_what_moved() -> None:
    done = CorrectionReviewed(correction="a", seller="ivanov", verdict="done")
    report = asked(facts(*story(), (WEEK_AFTER[1], done), agreed("b", day=WEEK_AFTER[4])))
    it = report.statistics
    assert (it.agreed, it.answered, it.in_time, it.measured, it.moved) == (2, 2, 1, 1, 1)
    topic = report.topics[0]
    assert (topic.topic, topic.agreed, topic.moved) == (None, 2, 1)


def test_nobody_waits_for_the_answer_of_a_seller_who_left() -> None:
    told = [*hired("ivanov"), agreed(), (dt.date(2024, 4, 9), SellerLeft(seller="ivanov"))]
    report = asked(facts(*told))
    row = only(report)
    assert (row.state, row.left, row.review) == ("left", dt.date(2024, 4, 9), False)
    assert report.sellers == ()
    assert (report.statistics.agreed, report.statistics.answered) == (1, 0)
    late = [*told[:-1], (dt.date(2024, 4, 11), SellerLeft(seller="ivanov"))]
    assert asked(facts(*late)).statistics.answered == 1
