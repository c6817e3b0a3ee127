"""Every figure of every report opens into the events behind it, today and of any past evening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache

import pytest

from cockpit import words
from cockpit.cli import rows
from cockpit.cli.reports import NAMES
from cockpit.demo.spec import Spec
from cockpit.demo.writing import build
from cockpit.department import Department, open_department
from cockpit.render import parted
from events.envelope import Event
from events.trace import Trace
from projections.catalogue import parts
from projections.period import Period, month_of
from projections.question import Dials, Question
from projections.recount import recount
from projections.report import Report

TODAY = dt.date(2026, 11, 20)
OCTOBER = month_of(dt.date(2026, 10, 1))
TWELFTH = dt.datetime(2026, 10, 12, 23, 59, tzinfo=dt.UTC)


BOTH_DIALS = pytest.mark.parametrize(
    "dials",
    [
        Dials(as_of=TODAY, mode="evening"),
        Dials(as_of=TWELFTH.date(), known_at=TWELFTH, mode="evening"),
    ],
    ids=["now", "the-twelfth"],
)
NAMING = {"day", "before_end"}
"""What says which row it is, and is no figure of it."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Department]:
    words.use("en")
    path = tmp_path_factory.mktemp("open") / "demo.db"
    build(path, Spec(today=TODAY, seed=7, sellers=4, months=2))
    with open_department(path, writable=False, private=True) as department:
        yield department


@pytest.fixture(scope="module")
def found(demo: Department) -> Callable[[Trace], list[Event]]:
    """The events behind a figure; many figures have the same, and nobody writes meanwhile."""
    return cache(lambda trace: list(demo.log.find(trace)))


def asked(department: Department, name: str, dials: Dials, period: Period = OCTOBER) -> Report:
    return department.desk.ask(name, Question(period=period, dials=dials))


@pytest.mark.parametrize("name", ["story", "forecast"])
@BOTH_DIALS
def test_every_figure_opens_into_events_that_recompute_it(
    demo: Department, found: Callable[[Trace], list[Event]], name: str, dials: Dials
) -> None:
    report = asked(demo, name, dials)
    known = demo.desk.known_upto(dials)
    opened, summed = 0, 0
    for part in parts(report):
        for row in part.rows:
            for figure in parted.figures(part, row):
                why = demo.desk.why(report, part.key(row), figure)
                events = found(why.trace)
                said = f"{part.key(row)} {figure} = {why.value}"
                assert why.figure == figure, said
                if why.value:
                    assert events, f"{said} opens into nothing"
                if known is not None:
                    assert all(event.seq <= known for event in events), said
                opened += bool(events)
                if why.events_sum is not None:
                    summed += 1
                    assert recount(events, why, demo.settings) == why.value, said
    assert opened > 15
    assert summed > 10 or name == "forecast"


@BOTH_DIALS
@pytest.mark.parametrize("month", [OCTOBER, month_of(TODAY)], ids=["October", "November"])
@pytest.mark.parametrize("name", NAMES)
def test_no_figure_of_any_report_opens_into_nothing(
    demo: Department,
    found: Callable[[Trace], list[Event]],
    name: str,
    dials: Dials,
    month: Period,
) -> None:
    """As `cockpit explain` finds them: rows, totals, what stands apart, and the trust line."""
    report = asked(demo, name, dials, month)
    for row in rows.candidates(report):
        for figure in row.figures:
            if figure in NAMING or not getattr(row.row, figure, None):
                continue
            why = demo.desk.why(report, row.key, figure)
            said = f"{row.key} {figure} = {why.value}"
            assert why.value is None or found(why.trace), said


def test_the_trust_line_of_a_board_opens_figure_by_figure(demo: Department) -> None:
    report = asked(demo, "plan-fact", Dials(as_of=TODAY, mode="evening"))
    trust = report.trust
    unmeasured = demo.desk.why(report, "trust:department", "unmeasured_share")
    calls = list(demo.log.find(unmeasured.trace))
    assert len(calls) == trust.unmeasured > 0
    assert unmeasured.value == Fraction(trust.unmeasured, trust.calls)
    late = demo.desk.why(report, "trust:department", "late_share")
    assert late.trace.ids
    assert late.value == Fraction(trust.late, trust.events)
    seen = demo.desk.why(report, "trust:department", "events")
    assert recount(list(demo.log.find(seen.trace)), seen, demo.settings) == trust.events


def test_the_parts_of_the_story_are_named_as_people_say(demo: Department) -> None:
    report = asked(demo, "story", Dials(as_of=TODAY, mode="evening"))
    named = {
        part.key(row): parted.named(report, part, row, demo.seller_names)
        for part in parts(report)
        for row in part.rows
    }
    assert named["book:won"] == "order book, won"
    assert named["course:2026-10-12"] == "course of the month, Mon 10-12"
    assert named["late:department"] == "recorded late, DEPARTMENT"
    assert named["bridge:department|volume"] == "bridge from plan to fact, calls"
    seller = next(iter(demo.seller_names))
    assert demo.seller_names[seller] in named[f"bridge:{seller}|volume"]


def test_a_share_of_no_events_is_not_known(demo: Department) -> None:
    """Before the log began there is nothing to divide by, and nothing opens into something."""
    early = month_of(dt.date(2020, 1, 1))
    report = asked(demo, "story", Dials(as_of=TODAY), early)
    why = demo.desk.why(report, "late:department", "late_share")
    assert (why.value, why.expression, why.terms) == (None, "", ())
    assert not list(demo.log.find(why.trace))


def test_a_chapter_that_is_none_opens_nothing(demo: Department) -> None:
    report = asked(demo, "story", Dials(as_of=TODAY))
    assert demo.desk.why(report, "book:opening", "deals") == demo.desk.why(
        report, "opening", "deals"
    )
    with pytest.raises(KeyError):
        demo.desk.why(report, "nobody:opening", "deals")
