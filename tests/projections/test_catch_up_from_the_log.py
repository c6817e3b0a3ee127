"""Catching up over a real log and its read model: nothing later is known, credit is optional."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import HealthCheck, given, settings

from events.vocabulary import CallMade, NormSet, ProposalSent
from projections.catch_up import deals
from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.catch_up import CatchUp, catch_up
from projections.windows.catch_up import load_catch_up
from tests.projections.catch_up_worlds import MOSCOW, Course, Lived, courses, lived, story
from tests.projections.listed import ZONE
from tests.projections.worlds import settings as ground

APRIL = month_of(dt.date(2024, 4, 1))
MONDAY = dt.date(2024, 4, 15)
RELAXED = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def asked(
    world: Lived,
    day: dt.date = MONDAY,
    *,
    credit: bool = True,
    known_at: dt.datetime | None = None,
) -> CatchUp:
    dials = Dials(as_of=day, known_at=known_at)
    found = world.desk.ask("catch-up", Question(period=APRIL, dials=dials, credit=credit))
    assert isinstance(found, CatchUp)
    return found


@RELAXED
@given(courses)
def test_the_model_and_the_plain_fold_agree(told: list[Course]) -> None:
    with lived(story(told)) as world:
        question = Question(period=APRIL, dials=Dials(as_of=MONDAY))
        source = PlainSource(world.log, Basis(ZONE, "payment"))
        plain = catch_up(load_catch_up(source, question, ground()), question, ground())
        assert asked(world).rows == plain.rows


@RELAXED
@given(courses)
def test_a_past_day_knows_nothing_of_what_came_after(told: list[Course]) -> None:
    whole = story(told)
    before = [(day, body) for day, body in whole if day <= MONDAY]
    with lived(before) as then, lived(whole) as now:
        moment = dt.datetime.combine(MONDAY, dt.time(23), MOSCOW)
        assert asked(now).rows == asked(then).rows
        assert asked(now, known_at=moment).rows == asked(then).rows


@RELAXED
@given(courses)
def test_without_credit_only_gap_and_check_count(told: list[Course]) -> None:
    with lived(story(told)) as world:
        full, plain = asked(world), asked(world, credit=False)
        for one, other in zip(full.rows, plain.rows, strict=True):
            assert one.gap == other.gap
            if other.gap is None:
                continue
            assert other.credit == 0
            assert other.now == deals(other.gap, Fraction(), other.check)
            assert one.credit is not None
            assert 0 <= one.credit <= (one.credit_month or 0)
            assert one.now is None or other.now is None or one.now <= other.now


def test_a_norm_set_today_changes_no_day_before() -> None:
    call = CallMade(seller="anna")
    with lived([(dt.date(2024, 4, 2), call), (dt.date(2024, 4, 15), call)]) as world:
        world.put(dt.date(2024, 4, 1), NormSet(activity="call_made", count=9, since=APRIL.first))
        friday = dt.date(2024, 4, 12)
        before = asked(world, friday).rows
        world.put(MONDAY, NormSet(activity="call_made", count=30, since=MONDAY))
        assert asked(world, friday).rows == before
        assert [row.norm for row in asked(world).rows if row.activity == "call_made"] == [30, 30]


def test_the_events_behind_the_credit_are_those_of_the_deals_in_hand() -> None:
    told = story([(5, 0, 4, 2, 900), (9, 0, 4, 1, 700), (70, 0, 2, 0, 20_000)])
    with lived(told) as world:
        found = asked(world)
        key = "anna|payment_received"
        said = world.desk.why(found, key, "credit")
        events = list(world.log.find(said.trace))
        assert {event.deal for event in events} == {"d2"}
        bodies = [event.body for event in events]
        assert sum(b.amount or 0 for b in bodies if isinstance(b, ProposalSent)) == 20_000


def test_a_gap_opens_into_the_sales_and_into_the_plan_where_there_are_none_yet() -> None:
    with lived(story([(5, 0, 4, 2, 900), (70, 0, 2, 0, 20_000)])) as world:
        gap = world.desk.why(asked(world), "anna|payment_received", "gap")
        kinds = {event.kind for event in world.log.find(gap.trace)}
        assert gap.value
        assert kinds == {"plan_set"}
