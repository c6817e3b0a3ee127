"""The desk check: what sags most, in the right order, since the right day."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings

from cockpit.render.checking import checking
from events.vocabulary import (
    CreditNoteIssued,
    NormSet,
    PlanSet,
    RampHeld,
    RampStarted,
    StepCompleted,
)
from events.vocabulary.fact import Fact
from projections.period import month_of
from projections.question import Dials, Question
from projections.reports.bridge import BridgeReport, BridgeRow
from projections.reports.desk_check import DeskCheck, DeskRow
from projections.reports.desk_check.compute import ranked
from projections.reports.desk_check.rows import Indicator
from tests.projections.catch_up_worlds import Course, Lived, courses, lived, story
from tests.projections.worlds import of

MONDAY = dt.date(2024, 4, 15)
RELAXED = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def asked(world: Lived, day: dt.date = MONDAY) -> DeskCheck:
    found = world.desk.ask("desk-check", Question(period=month_of(day), dials=Dials(as_of=day)))
    assert isinstance(found, DeskCheck)
    return found


def bridged(world: Lived, day: dt.date) -> dict[str, BridgeRow]:
    """The bridge by row as it stands in the evening of a day."""
    dials = Dials(as_of=day, mode="evening")
    found = world.desk.ask("bridge", Question(period=month_of(day), dials=dials))
    assert isinstance(found, BridgeReport)
    return {row.key: row for row in found.rows}


def behind(row: BridgeRow | None) -> bool:
    """Whether a factor is below what the plan asks of it."""
    match row:
        case BridgeRow(factor="volume", wanted=wanted, done=done) if wanted is not None:
            return done is not None and done < wanted
        case BridgeRow(factor="conversion", share=share, share_due=due) if due is not None:
            return share is not None and share < due
        case BridgeRow(factor="check", actual=actual, planned=planned) if planned is not None:
            return actual is not None and actual < planned
    return False


@RELAXED
@given(courses)
def test_what_is_listed_and_what_is_not_is_all_that_costs_money(told: list[Course]) -> None:
    with lived(story(told)) as world:
        found = asked(world)
        whole = world.desk.ask("bridge", found.question)
        assert isinstance(whole, BridgeReport)
        factors = [row for row in (*whole.rows, *whole.burned) if row.factor != "deviation"]
        dear = {row.key: row.effect for row in factors if row.effect < 0}
        listed = {row.key: row.effect for row in found.rows if row.effect is not None}
        assert len(found.rows) <= 7
        assert listed.items() <= dear.items()
        assert sum(listed.values()) + found.others == sum(dear.values())


@RELAXED
@given(courses)
def test_a_line_sags_since_the_day_the_bridge_itself_first_said_so(told: list[Course]) -> None:
    with lived(story(told)) as world:
        found = asked(world)
        worked = [
            dt.date(2024, 4, day) for day in range(1, 13) if dt.date(2024, 4, day).weekday() < 5
        ]
        past = {day: bridged(world, day) for day in worked}
        for row in found.rows:
            if row.factor not in ("volume", "conversion", "check"):
                continue
            run = []
            for day in reversed(worked):
                if not behind(past[day].get(row.key)):
                    break
                run.append(day)
            assert (row.age, row.since) == (len(run), run[-1] if run else MONDAY), row.key


def test_what_was_done_on_a_day_off_makes_up_for_the_days_before() -> None:
    norm = (dt.date(2024, 1, 9), NormSet(activity=":measurement", count=1, per="day",
                                         since=dt.date(2024, 4, 1), seller="anna"))  # fmt: skip
    saturday = dt.date(2024, 4, 6)
    done = [(saturday, StepCompleted(activity="measurement", seller="anna")) for _ in range(6)]
    with lived([norm, *done]) as world:
        found = asked(world)
        line = next(row for row in found.rows if row.step_from == ":measurement")
        assert of(line, "fact norm since age") == (6, 10, dt.date(2024, 4, 9), 4)


def test_few_contacts_stand_before_all_else_of_a_seller() -> None:
    def line(seller: str, factor: Indicator, effect: int | None) -> DeskRow:
        key = f"{seller}|{factor}"
        return DeskRow(key=key, seller=seller, factor=factor, unit="count", effect=effect)

    told = [
        line("a", "check", -10),
        line("a", "volume", -2),
        line("b", "activity", None),
        line("b", "check", -50),
        line("c", "volume", -20),
    ]
    order = [row.key for row in ranked(told)]
    assert order == ["b|check", "c|volume", "a|volume", "a|check", "b|activity"]


def test_every_listed_line_opens_into_its_figures_and_events() -> None:
    told = story([(start, 0, 4, 1, 900) for start in (2, 9, 16, 62, 65, 68)])
    with lived(told) as world:
        found = asked(world)
        assert found.rows
        for row in found.rows:
            said = world.desk.why(found, row.key, "norm" if row.effect is None else "effect")
            assert said.value == (row.norm if row.effect is None else row.effect)
            if row.factor == "volume":
                assert (
                    len(list(world.log.find(world.desk.why(found, row.key, "fact").trace)))
                    == row.fact
                )


@RELAXED
@given(courses)
def test_what_a_line_is_explained_by_is_what_it_shows(told: list[Course]) -> None:
    stray = (dt.date(2024, 4, 3), CreditNoteIssued(invoice="x", amount=40_000, refund=True))
    planned = (dt.date(2024, 1, 9), PlanSet(month="2024-04", amount=900_000, seller="cleo"))
    with lived([planned, *story(told), stray]) as world:
        found = asked(world)
        assert {"unassigned|rest", "cleo|rest"} & {row.key for row in found.rows}
        for row in found.rows:
            for figure in ("norm", "fact"):
                said = world.desk.why(found, row.key, figure)
                assert said.value == getattr(row, figure), (row.key, figure)


def test_a_norm_held_for_two_weeks_is_put_to_the_head() -> None:
    def told(*holds: int) -> list[tuple[dt.date, Fact]]:
        grown = RampStarted(activity="call_made", goal=71, seller="anna")
        held = RampHeld(activity="call_made", seller="anna", because="hand")
        weeks = [(dt.date(2024, 4, day), held) for day in holds]
        return [*story([]), (dt.date(2024, 3, 25), grown), *weeks]

    with lived(told(1)) as once, lived(told(1, 8)) as twice:
        assert asked(once).asks == ()
        (row,) = asked(twice).asks
        assert (row.seller, row.holds) == ("anna", 2)
        said = checking(asked(twice), {"anna": "Anna"})
        assert any(line.startswith("Anna, calls: ? held for 2 weeks") for line in said)
