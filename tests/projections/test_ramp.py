"""A norm grows by steps while it is attained and people talk as well as before (row 135)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import accumulate, repeat

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.ramping import decision
from events.vocabulary import CallMade, CardFilled, NormSet, RampHeld, RampStarted
from events.vocabulary.fact import Fact
from projections.period import Period, month_of
from projections.question import Dials, Question
from projections.ramps import Signs, because, grown
from projections.reports.activity import activity
from projections.reports.ramp import RampReport, RampRow, explain, ramp
from projections.windows.activity import load_activity
from projections.windows.ramp import load_ramp
from tests.projections.listed import Listed, facts
from tests.projections.worlds import LONG_AGO, hired, of, settings

Dated = tuple[dt.date, Fact]
MONDAY = dt.date(2024, 4, 15)
BEGAN = dt.date(2024, 4, 2)


def ask(day: dt.date) -> Question:
    return Question(period=month_of(day), dials=Dials(as_of=day))


def report(*dated: Dated, day: dt.date = MONDAY) -> RampReport:
    return ramp(load_ramp(Listed(facts(*dated)), ask(day), settings()), ask(day), settings())


def only(found: RampReport) -> RampRow:
    (row,) = found.rows
    return row


def norm(count: int, day: dt.date, seller: str | None = "anna") -> Dated:
    return day, NormSet(activity="call_made", count=count, since=day, seller=seller)


def begun(day: dt.date = BEGAN, goal: int = 71, seller: str | None = "anna") -> Dated:
    return day, RampStarted(activity="call_made", goal=goal, seller=seller)


def held(day: dt.date) -> Dated:
    return day, RampHeld(activity="call_made", seller="anna", because="hand")


def worked(per_day: int, first: dt.date, last: dt.date, short: int = 0) -> list[Dated]:
    """So many calls on every working day, `short` of them of forty seconds."""
    days = [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]
    return [
        (day, CallMade(seller="anna", seconds=40 if place < short else 200))
        for day in days
        if day.weekday() < 5
        for place in range(per_day)
    ]


def card(day: dt.date, score: int) -> Dated:
    body = CardFilled(
        seller="anna", template="t", revision=1, evidence="call", scores={"a": score}, note="n"
    )
    return day, body


FORTNIGHT = (dt.date(2024, 4, 1), dt.date(2024, 4, 14))
BEFORE = (dt.date(2024, 3, 18), dt.date(2024, 3, 31))
GROUND = [*hired("anna"), norm(40, LONG_AGO), begun()]


def test_forty_calls_become_seventy_one_in_six_weeks() -> None:
    steps = accumulate(repeat(None, 7), lambda n, _: grown(Fraction(n), 71, 1000), initial=40)
    assert list(steps) == [40, 44, 49, 54, 60, 66, 71, 71]


@given(st.integers(1, 300), st.integers(1, 400), st.integers(1, 10_000))
def test_a_step_never_passes_the_goal_nor_stands_still_before_it(
    count: int, goal: int, weekly: int
) -> None:
    following = grown(Fraction(count), goal, weekly)
    assert following <= goal
    assert following > count or count >= goal


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (Signs(attained=Fraction(90)), None),
        (Signs(attained=Fraction(8999, 100)), "attainment"),
        (Signs(), "attainment"),
        (Signs(attained=Fraction(99), cards_before=Fraction(7), cards=Fraction(67, 10)), None),
        (
            Signs(attained=Fraction(99), cards_before=Fraction(7), cards=Fraction(669, 100)),
            "quality",
        ),
        (Signs(attained=Fraction(99), short_before=Fraction(1, 5), short=Fraction(3, 10)), None),
        (
            Signs(attained=Fraction(99), short_before=Fraction(1, 5), short=Fraction(31, 100)),
            "quality",
        ),
        (Signs(attained=Fraction(99), cards=Fraction(1), short=Fraction(1)), None),
    ],
)
def test_it_is_held_where_it_is_not_attained_or_quality_dropped(
    signs: Signs, expected: str | None
) -> None:
    assert because(signs) == expected


def test_the_step_is_due_on_the_monday_after_and_not_before() -> None:
    world = [*GROUND, *worked(36, *FORTNIGHT)]
    assert only(report(*world, day=dt.date(2024, 4, 7))).ramp_state == "waits"
    row = only(report(*world))
    assert of(row, "ramp_state norm next attained") == ("grows", 40, 44, 90)
    step = decision(row, MONDAY)
    assert step == NormSet(activity="call_made", count=44, since=MONDAY, seller="anna")
    assert step is not None
    after = only(report(*world, (MONDAY, step), day=dt.date(2024, 4, 21)))
    assert of(after, "ramp_state norm") == ("waits", 44)
    assert decision(after, MONDAY) is None


def test_a_week_below_nine_tenths_is_held_and_after_two_the_head_is_asked() -> None:
    world = [*GROUND, *worked(35, *FORTNIGHT)]
    row = only(report(*world))
    assert (row.ramp_state, row.because) == ("holds", "attainment")
    assert decision(row, MONDAY) == RampHeld(
        activity="call_made", seller="anna", because="attainment"
    )
    assert only(report(*world, held(MONDAY))).ramp_state == "waits"
    twice = report(*world, held(dt.date(2024, 4, 8)), held(MONDAY))
    assert (only(twice).ramp_state, decision(only(twice), MONDAY)) == ("asks", None)
    again = [held(dt.date(2024, 4, 8)), norm(42, dt.date(2024, 4, 9)), held(MONDAY)]
    assert only(report(*world, *again)).holds == 1


def test_shorter_calls_or_worse_cards_hold_it() -> None:
    well = worked(40, *BEFORE, short=8)
    fine = [*well, *worked(40, *FORTNIGHT, short=12)]
    assert only(report(*GROUND, *fine)).ramp_state == "grows"
    hasty = [*well, *worked(40, *FORTNIGHT, short=13)]
    assert only(report(*GROUND, *hasty)).because == "quality"
    worse = [card(dt.date(2024, 3, 20), 8), card(dt.date(2024, 4, 10), 7)]
    assert only(report(*GROUND, *fine, *worse)).because == "quality"
    earlier = [card(dt.date(2024, 3, 11), 10), card(dt.date(2024, 4, 10), 7)]
    assert only(report(*GROUND, *fine, *earlier)).ramp_state == "grows"


def test_how_many_times_as_much_is_done_as_before_it_began() -> None:
    row = only(report(*GROUND, *worked(30, *BEFORE), *worked(42, *FORTNIGHT), begun(MONDAY, 60)))
    assert (row.times, row.times_wanted) == (Fraction(1), 60 / Fraction(42))
    row = only(report(*GROUND, *worked(30, *BEFORE), *worked(42, *FORTNIGHT)))
    assert (row.times, row.times_wanted) == (Fraction(7, 5), Fraction(71, 30))


def test_the_activities_say_how_many_norms_wait_for_a_decision() -> None:
    def waiting(*dated: Dated) -> tuple[int, int]:
        source, question = Listed(facts(*GROUND, *dated)), ask(MONDAY)
        found = activity(load_activity(source, question, settings()), question, settings())
        return found.ramps_due, found.ramps_asking

    assert waiting() == (1, 0)
    assert waiting(held(MONDAY)) == (0, 0)
    assert waiting(held(dt.date(2024, 4, 8)), held(MONDAY)) == (0, 1)


def test_the_goal_or_a_norm_of_zero_ends_it_and_a_new_start_changes_it() -> None:
    assert report(*GROUND, norm(71, dt.date(2024, 4, 8))).rows == ()
    assert report(*GROUND, norm(0, dt.date(2024, 4, 8))).rows == ()
    assert report(*hired("anna"), norm(40, LONG_AGO)).rows == ()
    row = only(report(*GROUND, held(dt.date(2024, 4, 8)), begun(MONDAY, 50)))
    assert (row.goal, row.holds, row.since, row.ramp_state) == (50, 0, MONDAY, "waits")


def test_a_ramp_of_everybody_is_one_for_each_who_works_here() -> None:
    found = report(*hired("anna", "boris"), norm(40, LONG_AGO, None), begun(seller=None))
    assert [row.seller for row in found.rows] == ["anna", "boris"]


def test_what_is_behind_a_decision_is_found() -> None:
    found = report(*GROUND, *worked(36, *FORTNIGHT))
    said = explain(found, "anna|call_made", "next")
    assert (said.value, said.expression) == (44, "min(G,⌈N×(1+r)⌉)")
    assert [term.value for term in said.terms] == [71, 40, Fraction(1, 10)]
    trace = explain(found, "anna|call_made", "attained").trace
    assert (trace.first, trace.last) == FORTNIGHT
    with pytest.raises(KeyError, match="anna"):
        explain(found, "nobody", "next")
    with pytest.raises(KeyError, match="attained"):
        explain(found, "anna|call_made", "colour")


NORMS = st.tuples(
    st.sampled_from(("call_made", "meeting_held")),
    st.integers(0, 90),
    st.sampled_from(("anna", None)),
    st.sampled_from(("day", "week", "month")),
    st.sampled_from((None, "new", "existing")),
    st.sampled_from((None, "in", "out")),
)


@given(st.lists(NORMS, max_size=4), NORMS, st.integers(1, 30), st.lists(st.integers(1, 30)))
def test_changing_todays_norm_changes_no_past_attainment(
    before: list[tuple[object, ...]], changed: tuple[object, ...], today: int, made: list[int]
) -> None:
    names = ("activity", "count", "seller", "per", "book", "direction")

    def set_on(day: dt.date, values: tuple[object, ...]) -> Dated:
        fields = dict(zip(names, values, strict=True))
        return day, msgspec.convert({"kind": "norm_set", "since": day, **fields}, NormSet)

    day = dt.date(2024, 4, today)
    calls = [(dt.date(2024, 4, on), CallMade(seller="anna", client="young")) for on in made]
    world = [*hired("anna"), *(set_on(LONG_AGO, values) for values in before), *calls]
    question = Question(
        period=Period(dt.date(2024, 4, 1), dt.date(2024, 4, 30)),
        dials=Dials(as_of=dt.date(2024, 4, 30), mode="evening"),
    )

    def judged(dated: list[Dated]) -> dict[tuple[str, dt.date], tuple[int, Fraction | None]]:
        source = Listed(facts(*dated), {"young": "new"})
        found = activity(load_activity(source, question, settings()), question, settings())
        return {
            (row.key, on): (fact, due)
            for row in found.rows
            for on, fact, due in row.by_day
            if on < day and (fact or due is not None)
        }

    assert judged([*world, set_on(day, changed)]) == judged(world)
