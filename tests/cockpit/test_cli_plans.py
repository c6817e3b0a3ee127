"""Plans, norms, absences and days are set, and what does not tie is said at once."""

from __future__ import annotations

import datetime as dt

import pytest

from events.vocabulary import (
    AbsenceSet,
    BenchmarkEntered,
    CalendarSet,
    NormSet,
    PlanSet,
    RampHeld,
    RampStarted,
)
from tests.cockpit.shell import Shell


def test_a_plan_is_set_and_the_sum_is_checked(north: Shell) -> None:
    answer = north.ok("plan set ivanov 3m")
    assert answer.out == "✓ Иванов Пётр: ₽3,000,000, November 2026\n"
    assert answer.err == ("personal plans sum to ₽3,000,000; the department has no own plan\n")
    assert north.events()[-1].body == PlanSet(month="2026-11", amount=300_000_000, seller="ivanov")
    answer = north.ok("plan department 5m --reserve 200k")
    assert "✗ ₽3,200,000 is handed out, ₽1,800,000 less" in answer.err
    answer = north.ok("plan set petrova 2m")
    assert "✗ ₽5,200,000 is handed out, ₽200,000 more" in answer.err
    answer = north.ok("plan set petrova '1 800 000'")
    assert answer.err == "personal plans and the reserve tie to the department's plan\n"


def test_a_month_that_is_over_or_far_ahead_is_doubted(north: Shell) -> None:
    assert "October 2026 is over" in north.ok("plan set ivanov 1m --month 2026-10").err
    assert "is the year right" in north.ok("plan set ivanov 1m --month 2028-04").err
    assert north.ok("plan set ivanov 1m --month 2026-12").err.startswith("personal plans")


def test_the_calendar_of_a_planned_year_is_there(north: Shell) -> None:
    north.ok("plan set ivanov 1m --month 2028-04")
    years = [e.body.year for e in north.events() if isinstance(e.body, CalendarSet)]
    assert years == [2025, 2026, 2027, 2028]


def test_plans_are_shown(north: Shell) -> None:
    north.ok("plan set ivanov 3m --measure margin")
    shown = north.ok("plan show --measure margin")
    assert "ivanov   Иванов Пётр   ₽3,000,000" in shown.out
    data = north.ok("plan show --measure margin --json").data
    assert data["sellers"] == {"ivanov": 300_000_000, "petrova": None}
    assert data["difference"] is None


def test_a_plan_of_zero_takes_it_away(north: Shell) -> None:
    north.ok("plan set ivanov 3m")
    north.ok("plan set ivanov 0")
    assert north.ok("plan show --json").data["sellers"] == {"ivanov": 0, "petrova": None}


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("norm set call 70", {"activity": "call_made", "count": 70}),
        ("norm set calls 70", {"activity": "call_made", "count": 70}),
        ("norm set :cal 70", {"activity": ":cal", "count": 70}),
        ("norm set звонок 70", {"activity": "call_made", "count": 70}),
        (
            "norm set meeting 8 --per week --seller иванов",
            {"activity": "meeting_held", "count": 8, "per": "week", "seller": "ivanov"},
        ),
        ("norm set Замер 2 --team north", {"activity": ":замер", "count": 2, "team": "north"}),
        (
            "norm set call 20 --book new --direction out",
            {"activity": "call_made", "count": 20, "book": "new", "direction": "out"},
        ),
    ],
)
def test_a_norm_is_set(north: Shell, line: str, fact: dict[str, str | int]) -> None:
    body = north.logged(line)
    assert isinstance(body, NormSet)
    assert body.since == dt.date(2026, 11, 18)
    assert {name: getattr(body, name) for name in fact} == fact


def test_a_benchmark_is_entered_with_its_origin_and_fixed_as_a_norm(north: Shell) -> None:
    entered = north.logged("norm benchmark call 250 --direction out --origin 'a survey'")
    assert entered == BenchmarkEntered(
        activity="call_made", count=250, direction="out", origin="a survey"
    )
    north.ok("norm set call --source sector --direction out --seller ivanov")
    norm = north.events()[-1].body
    assert isinstance(norm, NormSet)
    assert (norm.count, norm.norm_source, norm.direction, norm.seller) == (
        250, "sector", "out", "ivanov",
    )  # fmt: skip
    shown = north.ok("report norms").out
    assert "benchmark of calls, outgoing: a survey" in shown


def test_a_benchmark_of_a_week_is_fixed_for_a_month(north: Shell) -> None:
    north.ok("norm benchmark meeting 4 --per week --origin hearsay")
    north.ok("norm set meeting --source sector --per month")
    norms = [event.body for event in north.events()[-2:]]
    assert [(norm.count, norm.per) for norm in norms if isinstance(norm, NormSet)] == [
        (16, "month"),
        (16, "month"),
    ]
    assert "less than one" in north.refused("norm set meeting --source sector")


def test_a_norm_grows_from_what_holds_today_and_is_decided_on_once_a_week(north: Shell) -> None:
    assert "norm set" in north.refused("norm ramp call 71 --seller ivanov")
    north.ok("norm set call 40")
    north.ok("norm ramp call 71 --seller ivanov")
    norm, started = (event.body for event in north.events()[-2:])
    assert isinstance(norm, NormSet)
    assert (norm.count, norm.seller) == (40, "ivanov")
    assert started == RampStarted(activity="call_made", goal=71, seller="ivanov")
    before = north.head()
    assert "40 of 71" in north.ok("norm step").out
    assert north.head() == before
    assert "report ramp" in north.refused("norm hold meeting --seller ivanov")
    held = north.logged("norm hold call --seller ivanov")
    assert held == RampHeld(activity="call_made", seller="ivanov", because="hand")


def test_an_absence_moves_the_line_and_not_the_plan(north: Shell) -> None:
    north.ok("plan set ivanov 2m")
    before = north.ok("report plan-fact --json").data["total"]
    assert north.logged("absence add иванов 23.11 27.11") == AbsenceSet(
        seller="ivanov", first=dt.date(2026, 11, 23), last=dt.date(2026, 11, 27)
    )
    after = north.ok("report plan-fact --json").data["total"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["plan"], before["fact"]) == (after["plan"], after["fact"])
    assert before["line"] == 110_000_000
    assert after["line"] == 146_666_667


def test_days_are_overruled(north: Shell) -> None:
    assert north.ok("calendar show 2026").out.startswith("2026: 247 working days\n")
    north.ok("calendar off 29.12.2026 30.12.2026")
    assert north.ok("calendar show 2026").out.startswith("2026: 245 working days\n")
    north.ok("calendar work 30.12.2026 12.12.2026")
    shown = north.ok("calendar show 2026").out
    assert shown.startswith("2026: 247 working days\n")
    assert "weekend days worked: 2026-12-12" in shown


def test_a_day_may_be_overruled_for_one_seller(north: Shell) -> None:
    north.ok("calendar off 20.11 --seller ivanov")
    assert north.ok("calendar show 2026").out.startswith("2026: 247 working days\n")
    body = north.events()[-1].body
    assert isinstance(body, CalendarSet)
    assert (body.seller, body.days_off) == ("ivanov", (dt.date(2026, 11, 20),))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("plan set Никто 3m", "ivanov, petrova"),
        ("plan set ivanov 12,5к0", "240k"),
        ("plan set ivanov 3m --month 2026-13", "2026-04"),
        ("plan department", "--reserve"),
        ("norm set cal 5", "type call, or :cal for a step of your own"),
        ("norm set звонки 5", "type звонок, or :звонки"),
        ("norm ramp metings 5", "type meeting, or"),
        ("norm set call many", "Try cockpit norm set --help"),
        ("norm set call 5 --seller ivanov --team north", "name one of them"),
        ("norm set call", "--source"),
        ("norm set call 5 --source best", "--source"),
        ("norm set call --source best", "report norms"),
        ("norm benchmark call 250", "--origin"),
        ("absence add ivanov 24.04 22.04", "first day first"),
        ("absence add ivanov soon", "2026-11-15"),
        ("calendar off 31.02.2026", "2026-11-15"),
        ("calendar off 31.13.2026", "31.13.2026 is not a day"),
    ],
)
def test_what_cannot_be_is_refused(north: Shell, line: str, says: str) -> None:
    assert says in north.refused(line)
