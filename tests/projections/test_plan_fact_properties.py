"""What holds for plan-fact whatever happened: sums tie, formulas hold, traces recompute."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from events.trace import Trace
from events.vocabulary import (
    AbsenceSet,
    CostSet,
    CreditNoteIssued,
    PaymentReceived,
    PlanSet,
    SellerHired,
    SellerLeft,
    name_of,
)
from events.vocabulary.fact import Fact
from events.vocabulary.plans import Measure
from projections.fold.sales import recognised
from projections.period import Period
from projections.question import Dials, Mode, Question
from projections.reports.plan_fact import COLUMNS, PlanFact, PlanFactRow, explain, plan_fact
from projections.source import Version
from projections.windows.plan_fact import load_plan_fact
from tests.projections.formulas import evaluate
from tests.projections.listed import ZONE, Listed, facts
from tests.projections.worlds import settings as ground

SELLERS = ("anna", "boris", "vera")
TEAMS = ("north", "south", None)
MONTHS = ("2024-03", "2024-04", "2024-05")
DAYS = st.dates(dt.date(2024, 3, 20), dt.date(2024, 5, 10))
WHO = st.sampled_from((*SELLERS, None))
MONEY = st.integers(1, 10_000_000)

HIRED = [
    (day, SellerHired(seller=seller, name=seller, team=team))
    for seller, team, day in zip(
        SELLERS,
        TEAMS,
        (dt.date(2020, 1, 9), dt.date(2024, 3, 14), dt.date(2024, 4, 10)),
        strict=True,
    )
]


def dated(bodies: st.SearchStrategy[Fact]) -> st.SearchStrategy[list[tuple[dt.date, Fact]]]:
    return st.lists(st.tuples(DAYS, bodies), min_size=4, max_size=10)


PLANS = dated(
    st.builds(
        PlanSet,
        month=st.sampled_from(MONTHS),
        amount=MONEY,
        seller=WHO,
        team=st.sampled_from(TEAMS),
        reserve=st.booleans(),
    )
)
SALES = dated(
    st.builds(PaymentReceived, seller=WHO, amount=MONEY, cost=MONEY, direct=MONEY)
    | st.builds(
        CreditNoteIssued, invoice=st.just("7"), seller=WHO, amount=MONEY, refund=st.booleans()
    )
    | st.builds(CostSet, seller=WHO, cost=MONEY, direct=MONEY)
)
LEAVES = st.lists(
    st.builds(
        lambda seller, first, days: (
            first,
            AbsenceSet(seller=seller, first=first, last=first + dt.timedelta(days=days)),
        ),
        st.sampled_from(SELLERS),
        DAYS,
        st.integers(0, 40),
    ),
    max_size=3,
)
LEAVERS = st.lists(
    st.tuples(DAYS, st.builds(SellerLeft, seller=st.sampled_from(SELLERS))), max_size=1
)
WORLDS = st.builds(
    lambda *groups: facts(*HIRED, *(entry for group in groups for entry in group)),
    PLANS,
    SALES,
    LEAVES,
    LEAVERS,
)
APRIL = Period(dt.date(2024, 4, 1), dt.date(2024, 4, 30))
SPRING = Period(dt.date(2024, 3, 1), dt.date(2024, 5, 31))
PERIODS = st.sampled_from((APRIL, APRIL, SPRING)) | st.builds(
    lambda first, days: Period(first, first + dt.timedelta(days=days)), DAYS, st.integers(0, 50)
)
MODES: st.SearchStrategy[Mode] = st.sampled_from(("morning", "evening"))
MEASURES: st.SearchStrategy[Measure] = st.sampled_from(("revenue", "margin", "profit"))
QUESTIONS = st.builds(
    lambda period, as_of, mode, measure: Question(
        period=period, dials=Dials(as_of=as_of, mode=mode), measure=measure
    ),
    PERIODS,
    DAYS,
    MODES,
    MEASURES,
)


def ask(world: list[Version], question: Question) -> PlanFact:
    return plan_fact(load_plan_fact(Listed(world), question, ground()), question, ground())


def every(found: PlanFact) -> tuple[PlanFactRow, ...]:
    rows = (*found.rows, *found.teams, found.total)
    return tuple(sorted(rows, key=lambda row: row.key))


def total(rows: tuple[PlanFactRow, ...], figure: str) -> Fraction:
    return sum((Fraction(getattr(row, figure) or 0) for row in rows), Fraction())


@given(WORLDS, QUESTIONS)
def test_the_rows_add_up_to_the_total(world: list[Version], question: Question) -> None:
    found = ask(world, question)
    for figure in ("plan", "fact", "line", "deviation"):
        assert total(found.rows, figure) == (getattr(found.total, figure) or 0), figure


@given(WORLDS, QUESTIONS)
def test_the_total_ties_to_the_money(world: list[Version], question: Question) -> None:
    dials, period = question.dials, question.period
    assert isinstance(dials.as_of, dt.date)
    last = min(period.last, dials.as_of)
    counted = [
        recognised(version.body, "payment") or (0, 0, 0)
        for version in world
        if period.first <= version.day <= last
    ]
    amount, cost, direct = (sum(column) for column in zip((0, 0, 0), *counted, strict=True))
    money = {"revenue": amount, "margin": amount - cost, "profit": amount - cost - direct}
    assert ask(world, question).total.fact == money[question.measure]


@given(WORLDS, QUESTIONS)
def test_every_formula_works_out_to_its_figure(world: list[Version], question: Question) -> None:
    found = ask(world, question)
    for row in every(found):
        for column in COLUMNS[1:]:
            said = explain(found, row.key, column.key)
            assert said.value == getattr(row, column.key)
            if said.value is None or not said.expression:
                continue
            assert isinstance(said.value, int | Fraction)
            exact = evaluate(said)
            if column.key == "plan" and row.key in found.basis.parts:
                assert abs(exact - said.value) <= Fraction(1, 2)
            else:
                assert exact == said.value, (row.key, column.key, said.expression)


def traced(world: list[Version], trace: Trace) -> list[Fact]:
    """What the log would list, over facts that were never repaired."""
    return [
        version.body
        for version in world
        if (not trace.kinds or name_of(type(version.body)) in trace.kinds)
        and (not trace.sellers or (getattr(version.body, "seller", None) or "") in trace.sellers)
        and (trace.first is None or trace.first <= version.day)
        and (trace.last is None or version.day <= trace.last)
    ]


@given(WORLDS, QUESTIONS)
def test_the_events_of_a_trace_recompute_the_fact(world: list[Version], question: Question) -> None:
    found = ask(world, question)
    for row in every(found):
        said = explain(found, row.key, "fact")
        assert said.trace.zone == ZONE
        if said.events_sum is None:
            assert row.fact == 0
            continue
        sums = [0, 0, 0]
        for body in traced(world, said.trace):
            for place, value in enumerate(recognised(body, "payment") or (0, 0, 0)):
                sums[place] += value
        amount, cost, direct = sums
        by_name = {"amount": amount, "margin": amount - cost, "profit": amount - cost - direct}
        assert by_name[said.events_sum] == row.fact, row.key


@given(WORLDS, QUESTIONS, st.sampled_from(SELLERS), DAYS, st.integers(0, 20))
def test_a_leave_never_moves_plans_of_whole_months_or_facts(
    world: list[Version], question: Question, seller: str, first: dt.date, days: int
) -> None:
    question = msgspec.structs.replace(question, period=SPRING)
    leave = AbsenceSet(seller=seller, first=first, last=first + dt.timedelta(days=days))
    (entry,) = facts((first, leave))
    later = msgspec.structs.replace(entry, seq=len(world) + 1)
    before, after = ask(world, question), ask([*world, later], question)
    assert [(row.key, row.plan, row.fact) for row in every(before)] == [
        (row.key, row.plan, row.fact) for row in every(after)
    ]
    pairs = zip(every(before), every(after), strict=True)
    others = [pair for pair in pairs if pair[0].scope == "seller" and pair[0].seller != seller]
    assert all(old == new for old, new in others)


@given(WORLDS, QUESTIONS)
def test_an_evening_counts_a_day_more_than_the_morning_at_most(
    world: list[Version], question: Question
) -> None:
    def at(mode: Mode) -> PlanFact:
        dials = msgspec.structs.replace(question.dials, mode=mode)
        return ask(world, msgspec.structs.replace(question, dials=dials))

    for morning, evening in zip(every(at("morning")), every(at("evening")), strict=True):
        assert 0 <= evening.days_done - morning.days_done <= 1
        assert evening.days_done <= evening.days == morning.days
        assert (morning.plan, morning.fact) == (evening.plan, evening.fact)
        if morning.line is not None and evening.line is not None:
            assert morning.scope != "seller" or morning.line <= evening.line
