"""The bridge over a real log and its read model."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings

from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.period import month_of
from projections.question import Dials, Question
from projections.recount import recount
from projections.reports.bridge import BridgeReport, bridge
from projections.windows.bridge import load_bridge
from tests.projections.catch_up_worlds import Course, Lived, courses, lived, story
from tests.projections.listed import ZONE
from tests.projections.worlds import settings as ground

MONDAY = dt.date(2024, 4, 15)
RELAXED = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def asked(world: Lived, day: dt.date = MONDAY) -> BridgeReport:
    question = Question(period=month_of(day), dials=Dials(as_of=day))
    found = world.desk.ask("bridge", question)
    assert isinstance(found, BridgeReport)
    return found


@RELAXED
@given(courses)
def test_effects_add_up_and_sellers_are_the_department(told: list[Course]) -> None:
    with lived(story(told)) as world:
        question = Question(period=month_of(MONDAY), dials=Dials(as_of=MONDAY))
        source = PlainSource(world.log, Basis(ZONE, "payment"))
        plain = bridge(load_bridge(source, question, ground()), question, ground())
        found = asked(world)
        assert found.rows == plain.rows
        deviations = [row for row in found.rows if row.factor == "deviation"]
        effects = sum(row.effect for row in found.rows if row.factor != "deviation")
        assert effects == sum(row.effect for row in deviations) == found.total.effect
        assert sum(row.effect for row in found.department) == found.total.effect


@RELAXED
@given(courses)
def test_a_past_day_knows_nothing_of_what_came_after(told: list[Course]) -> None:
    whole = story(told)
    before = [(day, body) for day, body in whole if day <= MONDAY]
    with lived(before) as then, lived(whole) as now:
        assert asked(now).rows == asked(then).rows
        assert asked(now).burned == asked(then).burned


def test_the_events_of_a_step_are_found_and_counted() -> None:
    told = story([(start, 0, 4, 1, 900) for start in (2, 9, 16, 62, 65, 68)])
    with lived(told) as world:
        found = asked(world)
        for row in (*found.rows, *found.department):
            if row.factor in ("volume", "conversion"):
                said = world.desk.why(found, row.key, "done")
                events = list(world.log.find(said.trace))
                assert recount(events, said, ground()) == row.done
        assert {row.done for row in found.rows if row.factor == "volume"} == {3, 0}


def test_what_a_line_of_nought_takes_is_told_by_known_figures_alone() -> None:
    """In the morning of the first day no plan is due yet."""
    told = story([(start, 0, 4, 1, 900) for start in (2, 9, 16, 62, 65, 68)])
    with lived(told) as world:
        for day in (dt.date(2024, 4, 1), MONDAY):
            found = asked(world, day)
            rows = [row for row in (*found.rows, *found.department) if row.wanted is not None]
            assert rows
            for row in rows:
                said = world.desk.why(found, row.key, "wanted")
                assert None not in [term.value for term in said.terms]
                assert said.value is not None
                if day != MONDAY:
                    assert not said.value
