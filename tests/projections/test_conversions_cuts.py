"""Conversions cut by anything, weeks included: parts add up and nothing is flattered."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import msgspec
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from events.vocabulary import DealLost, LeadReceived, MeetingHeld, ProposalSent
from events.vocabulary.fact import Fact
from projections.fold.basis import Basis
from projections.fold.plain import PlainSource
from projections.period import Period, week_of
from projections.question import Cut, Dials, Question, Reading
from projections.reports.conversions import ConversionRow, Conversions, conversions, explain
from projections.windows.conversions import load_conversions
from tests.projections.catch_up_worlds import Course, courses, lived, story
from tests.projections.listed import ZONE, Listed, facts
from tests.projections.worlds import settings

FIRST, LAST = dt.date(2024, 3, 4), dt.date(2024, 4, 28)
PAIRS = (("lead_received", "meeting_held"), ("meeting_held", "proposal_sent"))
CUTS: tuple[Cut, ...] = ("seller", "channel", "segment", "product", "territory", "group", "week")
Dated = tuple[dt.date, Fact]
RELAXED = trying(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])

days = st.dates(FIRST, LAST)
names = st.sampled_from([None, "a", "b"])


@st.composite
def events(draw: st.DrawFn) -> list[Dated]:
    """Deals that come back to steps they were in, are lost and go on all the same."""
    found: list[Dated] = []
    for _ in range(draw(st.integers(0, 30))):
        kind = draw(st.sampled_from([LeadReceived, MeetingHeld, ProposalSent, DealLost]))
        deal = f"deal-{draw(st.integers(0, 8))}"
        seller = draw(st.sampled_from(["ivanov", "petrova"]))
        if kind is DealLost:
            found.append((draw(days), DealLost(deal=deal, seller=seller)))
            continue
        body = kind(
            deal=deal, seller=seller, channel=draw(names), segment=draw(names), product=draw(names),
            territory=draw(names), group=draw(names),
        )  # fmt: skip
        found.append((draw(days), body))
    return sorted(found, key=lambda one: one[0])


def report(dated: list[Dated], by: Cut, reading: Reading = "cohort") -> Conversions:
    question = Question(
        period=Period(FIRST, LAST),
        dials=Dials(as_of=LAST, mode="evening"),
        pairs=PAIRS,
        by=by,
        reading=reading,
    )
    ground = settings()
    return conversions(load_conversions(Listed(facts(*dated)), question, ground), question, ground)


def of_pair(found: Conversions, total: ConversionRow) -> list[ConversionRow]:
    pair = (total.step_from, total.step_to)
    return [row for row in found.rows if (row.step_from, row.step_to) == pair]


@given(events(), st.sampled_from(CUTS), st.sampled_from(["cohort", "period"]))
def test_the_rows_of_every_cut_add_up_to_the_department(
    dated: list[Dated], by: Cut, reading: Reading
) -> None:
    found = report(dated, by, reading)
    for total in found.totals:
        rows = of_pair(found, total)
        assert sum(row.n for row in rows) == total.n
        assert sum(row.count for row in rows) == total.count
        assert total.pending is None or sum(row.pending or 0 for row in rows) == total.pending


@given(events(), st.sampled_from(CUTS))
def test_no_cut_ever_lets_more_go_on_than_came_in(dated: list[Dated], by: Cut) -> None:
    found = report(dated, by)
    deals = {getattr(body, "deal", None) for _, body in dated}
    for row in (*found.totals, *found.rows):
        assert 0 <= row.count <= row.n <= len(deals)


@given(events())
def test_lost_deals_and_second_visits_change_no_week(dated: list[Dated]) -> None:
    first_visits: list[Dated] = []
    seen: set[tuple[type[Fact], str]] = set()
    for day, body in dated:
        name = (type(body), getattr(body, "deal", ""))
        if name not in seen and not isinstance(body, DealLost):
            seen.add(name)
            first_visits.append((day, body))
    told = {row.key: (row.n, row.count) for row in report(dated, "week").rows}
    plain = {row.key: (row.n, row.count) for row in report(first_visits, "week").rows}
    assert told == plain


@given(events())
def test_a_week_holds_what_happened_in_it_and_its_trace_finds_as_much(dated: list[Dated]) -> None:
    found = report(dated, "week", "period")
    for row in found.rows:
        assert row.cut is not None
        week = week_of(dt.date.fromisoformat(row.cut))
        for figure, value in (("n", row.n), ("count", row.count)):
            trace = explain(found, row.key, figure).trace
            assert (trace.first, trace.last) == (max(week.first, FIRST), min(week.last, LAST))
            assert trace.first is not None
            assert trace.last is not None
            inside = [
                body
                for day, body in dated
                if trace.first <= day <= trace.last
                and msgspec.to_builtins(body)["kind"] in trace.kinds
            ]
            assert len(inside) == value


def deals(seller: str, leads: int, met: int) -> list[Dated]:
    """So many leads of a seller, of whom so many were met."""
    found: list[Dated] = []
    for place in range(leads):
        deal = f"{seller}-{place}"
        found.append((FIRST, LeadReceived(deal=deal, seller=seller)))
        if place < met:
            found.append((FIRST, MeetingHeld(deal=deal, seller=seller)))
    return found


def test_a_share_stands_apart_only_beyond_chance() -> None:
    dated = [*deals("anna", 60, 40), *deals("boris", 60, 8), *deals("carl", 9, 0),
             *deals("dora", 60, 28)]  # fmt: skip
    found = report(dated, "seller")
    rows = {row.cut: row for row in of_pair(found, found.totals[0])}
    whole = found.totals[0]
    assert whole.share == Fraction(76, 189)
    assert rows["anna"].standing == "above"
    assert rows["boris"].standing == "below"
    assert rows["dora"].standing is None
    assert rows["carl"].share == 0
    assert rows["carl"].small
    assert rows["carl"].standing is None


def test_in_the_period_reading_nobody_is_ranked() -> None:
    found = report([*deals("anna", 60, 40), *deals("boris", 60, 8)], "seller", "period")
    assert {row.standing for row in found.rows} == {None}


@RELAXED
@given(courses, st.sampled_from(["cohort", "period"]))
def test_the_read_model_and_the_plain_log_agree_week_by_week(
    told: list[Course], reading: Reading
) -> None:
    with lived(story(told)) as world:
        question = Question(
            period=Period(dt.date(2024, 2, 5), LAST),
            dials=Dials(as_of=LAST),
            by="week",
            reading=reading,
        )
        source = PlainSource(world.log, Basis(ZONE, "payment"))
        plain = conversions(load_conversions(source, question, settings()), question, settings())
        found = world.desk.ask("conversions", question)
        assert isinstance(found, Conversions)
        assert (found.rows, found.totals) == (plain.rows, plain.totals)
