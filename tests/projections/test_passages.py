"""The effect of a conversion is read by cohort where its events name their deals."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from msgspec.structs import replace

from cockpit.render.correcting import correcting, effect
from events.vocabulary import CallMade, MeetingHeld
from events.vocabulary.fact import Fact
from projections.reports.corrections import Corrections, explain
from tests.projections.listed import facts
from tests.projections.test_corrections import (
    MONDAY,
    WEEK_AFTER,
    WEEK_BEFORE,
    agreed,
    asked,
    hired,
    only,
)

Told = list[tuple[dt.date, Fact]]
PAIR = "call_made>meeting_held"


def called(day: dt.date, deal: str | None) -> tuple[dt.date, Fact]:
    return day, CallMade(seller="ivanov", seconds=90, deal=deal)


def met(day: dt.date, deal: str | None, seller: str = "ivanov") -> tuple[dt.date, Fact]:
    return day, MeetingHeld(seller=seller, deal=deal)


def week(days: list[dt.date], name: str, meetings: int) -> Told:
    """Fifteen deals called on a Monday, some of them met on the Wednesday, one of them twice."""
    told = [called(days[0], f"{name}{place}") for place in range(15)]
    told += [met(days[2], f"{name}{place}") for place in range(meetings)]
    return [*told, met(days[3], f"{name}0")]


def report(*more: tuple[dt.date, Fact], day: dt.date = MONDAY) -> Corrections:
    told = [*hired("ivanov"), agreed(metric=PAIR), *more]
    return asked(facts(*sorted(told, key=lambda each: each[0])), day)


def both() -> Told:
    return [*week(WEEK_BEFORE, "b", 3), *week(WEEK_AFTER, "a", 12)]


def test_each_deal_counts_once_and_only_in_the_days_it_entered_in() -> None:
    row = only(report(*both()))
    assert (row.reading, row.was, row.became) == ("cohort", Fraction(1, 5), Fraction(4, 5))
    late_ones = [met(WEEK_AFTER[0], f"b{place}") for place in range(3, 6)]
    row = only(report(*both(), *late_ones))
    assert (row.reading, row.was, row.became) == ("cohort", Fraction(1, 5), Fraction(4, 5))


def test_what_happens_after_its_days_does_not_change_it() -> None:
    later = dt.date(2024, 4, 22)
    more = [met(later - dt.timedelta(days=5), f"a{place}") for place in range(15)]
    before, after = only(report(*both())), only(report(*both(), *more, day=later))
    assert (after.was, after.became, after.outcome) == (before.was, before.became, before.outcome)


def test_calls_that_name_no_deal_are_read_for_the_period_and_that_is_said() -> None:
    nameless = [called(day, None) for day in WEEK_BEFORE]
    found = report(*both(), *nameless)
    row = only(found)
    assert row.reading == "period"
    assert row.was == Fraction(4, 20)
    assert ", for the period: 20%" in effect(row, 2)
    assert any("too few events name their deal" in line for line in correcting(found, {}))


def test_a_tenth_without_a_deal_is_borne() -> None:
    found = report(*both(), *(called(day, None) for day in WEEK_BEFORE[:3]))
    assert only(found).reading == "cohort"
    assert ", by cohort: " in effect(only(found), 2)
    assert any("went on in those days: ivanov 1" in line for line in correcting(found, {}))


def test_a_sale_that_takes_longer_than_the_days_is_read_for_the_period() -> None:
    old = [called(dt.date(2024, 3, 4), f"o{place}") for place in range(30)]
    slow = [met(WEEK_AFTER[1], f"o{place}") for place in range(30)]
    assert only(report(*old, *both(), *slow)).reading == "period"


def test_a_deal_that_somebody_else_met_is_the_callers_all_the_same() -> None:
    told = [called(WEEK_BEFORE[0], "b0"), met(WEEK_BEFORE[1], "b0", seller="petrova")]
    row = only(report(*told))
    assert (row.reading, row.was) == ("cohort", Fraction(1))


def test_the_events_behind_it_are_those_of_its_deals() -> None:
    found = report(*both(), met(WEEK_AFTER[0], "b9"))
    trace = explain(found, "a", "was").trace
    assert trace.deals == tuple(sorted(f"b{place}" for place in range(15)))
    assert (trace.first, trace.last) == (WEEK_BEFORE[0], dt.date(2024, 4, 7))
    assert trace.kinds == ("call_made", "meeting_held")


NIGHT = "2024-04-15T18:00:00.000000Z"


def report_late(*late: tuple[dt.date, Fact], more: Told | None = None) -> Corrections:
    """What the effect says after some facts were recorded when it was complete already, and `more`
    before.
    """
    told = [*hired("ivanov"), agreed(metric=PAIR), *both(), *(more or ())]
    versions = facts(*sorted(told, key=lambda each: each[0]))
    since = [
        replace(version, seq=version.seq + 1000, id=f"late{version.seq}", recorded_at=NIGHT)
        for version in facts(*late)
    ]
    return asked([*versions, *since], dt.date(2024, 4, 16))


def test_a_deal_that_turns_out_to_have_entered_long_before_is_named_as_recorded_late() -> None:
    """No event came into the days, and yet the deals of those days are others."""
    march = dt.date(2024, 3, 11)
    found = report_late(*(called(march, f"a{place}") for place in range(7)))
    row = only(found)
    assert (row.reading, row.became) == ("cohort", Fraction(5, 8))
    assert (row.outcome_then, row.outcome, row.late) == ("moved", "too_early", 7)
    why = explain(found, "a", "late")
    assert why.trace.deals == tuple(sorted(f"a{place}" for place in range(7)))
    assert (why.trace.first, why.trace.sellers) == (None, ())
    assert why.recorded_after is not None


def test_what_makes_it_read_for_the_period_is_named_as_recorded_late() -> None:
    row = only(report_late(*(met(WEEK_AFTER[1], f"o{place}") for place in range(30))))
    assert (row.reading, row.outcome_then, row.late) == ("period", "moved", 30)


def test_what_is_recorded_late_and_changes_no_deals_way_is_not_named() -> None:
    again = report_late(met(WEEK_AFTER[3], "a1"), met(dt.date(2024, 4, 15), "a14"))
    assert (only(again).late, only(again).became) == (0, Fraction(4, 5))
    moved = report_late(met(WEEK_AFTER[3], "a13"), met(WEEK_AFTER[3], "a14"))
    assert (only(moved).late, only(moved).became) == (2, Fraction(14, 15))


def test_of_a_deal_that_was_known_as_somebody_elses_only_what_is_new_is_recorded_late() -> None:
    known = [met(WEEK_AFTER[3], "x", seller="petrov")]
    found = report_late(called(WEEK_AFTER[1], "x"), more=known)
    assert (only(found).reading, only(found).became, only(found).late) == (
        "cohort", Fraction(13, 16), 1,
    )  # fmt: skip
