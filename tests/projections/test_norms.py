"""Where norms come from: the plan, the own best, the sector, by hand; and which to believe."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.vocabulary import (
    BenchmarkEntered,
    CallMade,
    MeetingHeld,
    NormSet,
    SellerHired,
    SellerLeft,
)
from events.vocabulary.fact import Fact
from events.vocabulary.plans import NormSource
from projections.offers import percentile
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.activity import Activity, activity
from projections.reports.norms import NormRow, NormsReport, explain, norms
from projections.windows.activity import load_activity
from projections.windows.norms import load_norms
from tests.projections.formulas import evaluate
from tests.projections.listed import Listed, facts
from tests.projections.test_activity import worked_example
from tests.projections.worlds import LONG_AGO, hired, of, plan, settings

MONDAY = dt.date(2024, 4, 15)
Dated = tuple[dt.date, Fact]


def ask(day: dt.date = MONDAY, norm: NormSource | None = None, *, brief: bool = False) -> Question:
    dials = Dials(as_of=day)
    return Question(period=month_of(day), dials=dials, norm=norm, brief=brief)


def report(*dated: Dated, day: dt.date = MONDAY) -> NormsReport:
    source = Listed(facts(*dated), {"young": "new"})
    return norms(load_norms(source, ask(day), settings()), ask(day), settings())


def judged(*dated: Dated, norm: NormSource | None = None, brief: bool = False) -> Activity:
    source, question = Listed(facts(*dated)), ask(norm=norm, brief=brief)
    return activity(load_activity(source, question, settings()), question, settings())


def only(found: NormsReport, key: str) -> NormRow:
    (row,) = [row for row in found.rows if row.key == key]
    return row


def calls(seller: str, daily: list[int], until: dt.date, seconds: int | None = None) -> list[Dated]:
    """So many calls on the working days up to a day, the last number on the last of them."""
    found: list[Dated] = []
    day = until
    for count in reversed(daily):
        while day.weekday() > 4:
            day -= dt.timedelta(days=1)
        found += [(day, CallMade(seller=seller, seconds=seconds))] * count
        day -= dt.timedelta(days=1)
    return found


FRIDAY = dt.date(2024, 4, 12)
CALLS = "anna|call_made|*|*"


@pytest.mark.parametrize(
    ("daily", "expected"),
    [
        ([], None),
        ([7], None),
        ([1, 2, 3, 4, 5], Fraction(21, 5)),
        ([10, 20], 18),
        ([5, 5, 5, 5, 50], 14),
        (range(1, 12), 9),
    ],
)
def test_the_best_days_begin_where_four_fifths_lie_below(
    daily: list[int], expected: Fraction | None
) -> None:
    assert percentile(daily) == expected


@given(st.lists(st.integers(0, 200), min_size=2, max_size=60))
def test_the_percentile_is_exact_and_splits_the_days_four_to_one(daily: list[int]) -> None:
    found = percentile(daily)
    assert found is not None
    place = Fraction(4, 5) * (len(daily) - 1)
    whole, part = divmod(place, 1)
    ordered = [*sorted(daily), 0]
    assert found == ordered[int(whole)] * (1 - part) + ordered[int(whole) + 1] * part


def test_the_best_is_that_of_the_own_team_and_role_over_twelve_weeks() -> None:
    people = [
        (LONG_AGO, SellerHired(seller="anna", name="A", team="north", role="closer")),
        (LONG_AGO, SellerHired(seller="boris", name="B", team="north", role="closer")),
        (LONG_AGO, SellerHired(seller="vera", name="V", team="north", role="farmer")),
        (LONG_AGO, SellerHired(seller="gleb", name="G", team="south", role="closer")),
    ]
    long_before = (dt.date(2024, 1, 19), CallMade(seller="anna"))
    found = report(
        *people,
        *[long_before] * 500,
        *calls("anna", [1, 2, 3, 4, 5], FRIDAY),
        *calls("boris", [6, 7, 8, 9, 10], FRIDAY),
        *calls("vera", [90, 90, 90, 90, 90], FRIDAY),
        *calls("gleb", [50, 50, 50, 50, 50], FRIDAY),
    )
    assert only(found, CALLS).best == percentile(range(1, 11))
    assert only(found, "vera|call_made|*|*").best == 90
    assert only(found, "gleb|call_made|*|*").best == 50


def test_a_day_worked_without_a_call_is_a_day_of_none() -> None:
    found = report(*hired("anna"), *calls("anna", [10, 0, 0, 0, 10], FRIDAY))
    assert only(found, CALLS).best == percentile([10, 0, 0, 0, 10]) == 10
    left = (dt.date(2024, 4, 9), SellerLeft(seller="boris"))
    world = [*hired("anna", "boris"), *calls("anna", [10] * 5, FRIDAY), left]
    assert only(report(*world), CALLS).best == percentile([10] * 5 + [0] * 2)


def test_a_benchmark_holds_for_its_activity_or_direction_until_another_is_entered() -> None:
    found = report(
        *hired("anna"),
        (LONG_AGO, BenchmarkEntered(activity="call_made", count=999, origin="hearsay")),
        (LONG_AGO, BenchmarkEntered(activity="call_made", count=60, origin="a survey")),
        (
            LONG_AGO,
            BenchmarkEntered(activity="call_made", count=250, direction="out", origin="a book"),
        ),
        (LONG_AGO, BenchmarkEntered(activity="meeting_held", count=10, per="week", origin="it")),
    )
    assert of(only(found, CALLS), "sector origin norm") == (60, "a survey", None)
    assert of(only(found, "anna|call_made|*|out"), "sector origin") == (250, "a book")
    assert only(found, "anna|meeting_held|*|*").sector == 2


def test_the_norm_set_wins_and_the_plan_holds_without_it() -> None:
    world = [*worked_example(), *calls("ivanov", [40] * 5, FRIDAY)]
    key = "ivanov|call_made|*|*"
    derived = Fraction(40, 22) * Fraction(1250, 36)
    assert of(only(report(*world), key), "norm norm_source hand plan") == (
        derived, "plan", None, derived,
    )  # fmt: skip
    fixed = NormSet(activity="call_made", count=55, since=LONG_AGO, norm_source="best")
    row = only(report(*world, (LONG_AGO, fixed)), key)
    assert of(row, "norm norm_source hand plan") == (55, "best", 55, derived)


@pytest.mark.parametrize(
    ("source", "expected"), [("hand", 55), ("best", 40), ("sector", 60), (None, 55)]
)
def test_activities_can_be_judged_by_one_source_alone(
    source: NormSource | None, expected: int
) -> None:
    world = [
        *hired("anna"),
        *calls("anna", [40] * 5, FRIDAY),
        (LONG_AGO, NormSet(activity="call_made", count=55, since=LONG_AGO)),
        (LONG_AGO, BenchmarkEntered(activity="call_made", count=60, origin="a survey")),
    ]
    (row,) = [row for row in judged(*world, norm=source).rows if row.key == CALLS]
    assert row.norm == 10 * expected
    assert row.norm_source == (source or "hand")
    assert {row.norm for row in judged(*world, norm="plan").rows} == {None}


def test_calls_under_thirty_seconds_are_no_work_done() -> None:
    world = [
        *hired("anna"),
        (FRIDAY, CallMade(seller="anna", seconds=29)),
        (FRIDAY, CallMade(seller="anna", seconds=30)),
        (FRIDAY, CallMade(seller="anna")),
    ]
    found = judged(*world)
    assert ([row.fact for row in found.rows if row.is_whole], found.brief) == ([2], 1)
    found = judged(*world, brief=True)
    assert ([row.fact for row in found.rows if row.is_whole], found.brief) == ([3], 0)


def test_a_norm_above_what_was_ever_done_or_fits_a_day_is_warned_of() -> None:
    march = calls("anna", [20] * 21, dt.date(2024, 3, 29), seconds=600)
    february = calls("anna", [10] * 21, dt.date(2024, 2, 29), seconds=600)

    def set_to(count: int) -> NormRow:
        norm = (LONG_AGO, NormSet(activity="call_made", count=count, since=LONG_AGO))
        return only(report(*hired("anna"), *march, *february, norm), CALLS)

    row = set_to(25)
    assert of(row, "best_month mean_seconds warned") == (20, 600, ())
    assert row.rate is not None
    assert row.rate.month == dt.date(2024, 3, 1)
    assert set_to(26).warned == ("rate",)
    assert set_to(34).warned == ("rate", "hours")
    tight = [(day, CallMade(seller="anna", seconds=840)) for day, _ in march]
    norm = (LONG_AGO, NormSet(activity="call_made", count=24, since=LONG_AGO))
    assert only(report(*hired("anna"), *tight, norm), CALLS).warned == ()
    norm = (LONG_AGO, NormSet(activity="call_made", count=25, since=LONG_AGO))
    assert only(report(*hired("anna"), *tight, norm), CALLS).warned == ("hours",)


def test_the_first_red_line_is_volume_when_volume_is_below_its_norm() -> None:
    norm = [
        (LONG_AGO, NormSet(activity=name, count=count, since=LONG_AGO))
        for name, count in (("call_made", 5), ("meeting_held", 4))
    ]
    few = judged(*hired("anna"), *norm, *calls("anna", [4] * 10, FRIDAY))
    assert [row.activity for row in few.rows if row.first_red] == ["call_made"]
    assert [row.activity for row in few.department if row.first_red] == ["call_made"]
    many = judged(*hired("anna"), *norm, *calls("anna", [5] * 10, FRIDAY))
    assert [row.activity for row in many.rows if row.first_red] == ["meeting_held"]
    met = [(FRIDAY, MeetingHeld(seller="anna"))] * 40
    fine = judged(*hired("anna"), *norm, *met, *calls("anna", [5] * 10, FRIDAY))
    assert [row.activity for row in fine.rows if row.first_red] == []


def test_every_figure_of_a_source_works_out_from_its_formula() -> None:
    found = report(*worked_example(), *hired("boris"), plan(100_000_000, "boris"))
    checked = 0
    for row in found.rows:
        for figure in ("norm", "plan", "best_month", "mean_seconds"):
            said = explain(found, row.key, figure)
            assert said.value == getattr(row, figure)
            if said.expression:
                assert evaluate(said) == said.value, (row.key, figure)
                checked += 1
    assert checked > 20
    with pytest.raises(KeyError, match="best_month"):
        explain(found, found.rows[0].key, "colour")
    with pytest.raises(KeyError, match=r"boris\|call_made"):
        explain(found, "nobody", "norm")


def test_the_events_behind_the_best_days_recompute_them() -> None:
    world = facts(
        *hired("anna", "boris"),
        *calls("anna", [1, 2, 3, 4, 5], FRIDAY),
        *calls("boris", [9, 0, 9, 0, 9], FRIDAY),
    )
    found = norms(load_norms(Listed(world), ask(), settings()), ask(), settings())
    trace = explain(found, CALLS, "best").trace
    assert trace.first is not None
    assert trace.last is not None
    days: dict[tuple[str | None, dt.date], int] = {}
    for version in world:
        if isinstance(version.body, CallMade) and version.body.seller in trace.sellers:
            assert trace.first <= version.day <= trace.last
            key = version.body.seller, version.day
            days[key] = days.get(key, 0) + 1
    empty = [0] * (2 * 5 - len(days))
    assert percentile([*days.values(), *empty]) == only(found, CALLS).best
